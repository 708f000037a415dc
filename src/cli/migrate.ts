import { parse } from 'smol-toml';
import { distrust, type Machine } from '../config/machine.ts';
import { resolvePath } from '../config/paths.ts';

/** Settings of the older tools as sections of a configuration, and what to tell the operator. */
export interface Migrated {
  readonly toml: string;
  readonly told: readonly string[];
}

const TOOLS = {
  axiom: ['url', 'token', 'org_id'],
  grafana: [
    'url',
    'token',
    'username',
    'password',
    'cf_access_client_id',
    'cf_access_client_secret',
    'access_command',
    'org_id',
  ],
  pyroscope: [
    'url',
    'token',
    'username',
    'password',
    'cf_access_client_id',
    'cf_access_client_secret',
    'access_command',
    'org_id',
  ],
} as const;

/** Reads `~/.axiom.toml`, `~/.grafana.toml`, `~/.pyroscope.toml` and `~/.slack.conf`; tells by line what it did not understand. */
export function migrateLegacy(machine: Machine): Migrated {
  const sections: string[] = [];
  const told: string[] = [];
  for (const tool of ['axiom', 'grafana', 'pyroscope'] as const) {
    const text = readHome(`.${tool}.toml`, machine, told);
    if (text !== undefined) migrateToml(tool, text, sections, told);
  }
  const slack = readHome('.slack.conf', machine, told);
  if (slack !== undefined) migrateSlack(slack, sections, told);
  if (sections.length === 0) return { toml: '', told: [...told, 'Nothing was migrated.'] };
  return { toml: `# ---- Migrated from the older tools ----\n\n${sections.join('\n')}`, told };
}

function readHome(name: string, machine: Machine, told: string[]): string | undefined {
  if (machine.home === undefined) return undefined;
  const found = machine.files.read(resolvePath(name, machine.home, machine.home), 1_000_000);
  if (found === undefined) {
    told.push(`~/${name}: not there`);
    return undefined;
  }
  const why = distrust(found, machine.uid);
  if (found.kind === 'file' && why === undefined) return found.text;
  told.push(`~/${name}: refused: ${why ?? 'unreadable'}`);
  return undefined;
}

function migrateToml(tool: keyof typeof TOOLS, text: string, sections: string[], told: string[]): void {
  const file = `~/.${tool}.toml`;
  let document: Record<string, unknown>;
  try {
    document = parse(text);
  } catch {
    told.push(`${file}: not TOML; nothing taken from it`);
    return;
  }
  const own = document[tool];
  const holder = isTable(own) ? own : document;
  const deployments = isTable(holder.deployments) ? holder.deployments : holder;
  const taken: string[] = [];
  for (const [written, value] of Object.entries(deployments)) {
    const name = usable(written);
    if (name !== written) told.push(`${file}: ${JSON.stringify(written)} is called ${name} from now on`);
    if (!isTable(value)) {
      told.push(`${file}: ${name} not understood; left out`);
      continue;
    }
    const lines: string[] = [];
    for (const [key, setting] of Object.entries(value)) {
      const known = (TOOLS[tool] as readonly string[]).includes(key);
      const kept = known ? literal(setting) : undefined;
      if (kept === undefined) told.push(`${file}: ${name}.${key} not understood; left out`);
      else if (setting !== '') lines.push(`${key} = ${kept}`);
    }
    if (lines.length === 0) continue;
    sections.push(`[${tool}.deployments.${literalKey(name)}]\n${lines.join('\n')}\n`);
    taken.push(name);
  }
  if (deployments !== document)
    for (const key of Object.keys(document))
      if (key !== 'deployments' && key !== tool) told.push(`${file}: ${key} not understood; left out`);
  told.push(`${file}: ${taken.length === 0 ? 'no deployments' : `took ${taken.join(', ')}`}`);
}

/** Lines of `workspace=token`, blanks around either and quotes around the token allowed. */
function migrateSlack(text: string, sections: string[], told: string[]): void {
  const taken: string[] = [];
  for (const [index, raw] of text.split(/\r?\n/).entries()) {
    const line = raw.trim();
    if (line === '' || line.startsWith('#')) continue;
    const [, name, token] = /^([A-Za-z0-9_.-]+)\s*=\s*["']?([^\s"']+)["']?$/.exec(line) ?? [];
    if (name === undefined || token === undefined || taken.includes(name)) {
      told.push(`~/.slack.conf: line ${index + 1} not understood; left out`);
      continue;
    }
    sections.push(`[slack.workspaces.${literalKey(name)}]\ntoken = ${JSON.stringify(token)}\n`);
    taken.push(name);
  }
  told.push(`~/.slack.conf: ${taken.length === 0 ? 'no workspaces' : `took ${taken.join(', ')}`}`);
  if (taken.length > 0)
    told.push(`  A workspace is used only when asked for: set workspace = "${taken[0]}" under [slack].`);
}

function literal(value: unknown): string | undefined {
  if (typeof value === 'string') return tomlString(value);
  if (typeof value === 'number' && Number.isSafeInteger(value)) return String(value);
  if (Array.isArray(value) && value.every((item) => typeof item === 'string'))
    return `[${value.map(tomlString).join(', ')}]`;
  return undefined;
}

/** JSON's escapes are TOML's, but for DEL, which JSON leaves bare. */
function tomlString(value: string): string {
  return JSON.stringify(value.toWellFormed()).replaceAll('\u007f', '\\u007f');
}

/** Names are typed after `env:` in a channel, so they must be one plain word. */
function usable(name: string): string {
  const plain = name
    .replace(/[^A-Za-z0-9_.-]+/g, '-')
    .replace(/^[^A-Za-z0-9]+/, '')
    .slice(0, 63);
  return plain === '' ? 'default' : plain;
}

function literalKey(name: string): string {
  return /^[A-Za-z0-9_-]+$/.test(name) ? name : tomlString(name);
}

function isTable(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);
}
