import { discoveryCard } from '../../../blocks/evidence/discovery.ts';
import { type SourceLine, sourcesCard } from '../../../blocks/evidence/sources.ts';
import type { Backend, Discovery } from '../../backends/backend.ts';
import { BackendError, RuleViolation } from '../../domain/errors.ts';
import type { Instant } from '../../domain/time.ts';
import { chooseBackend } from '../../flows/ask.ts';
import type { Call, CommandRow, Said } from '../command-row.ts';
import { refuseWhereShared } from '../evidence/evidence-place.ts';
import { environmentFor, PATIENCE, withEnvironment } from './ask.ts';
import { channelsLine, discoverSlack } from './discover-slack.ts';
import { envOf, takeTool, wordFor } from './tool-words.ts';

/** `rows` gives the whole table: a tool is known by the names of the row that asks it. */
export function discoverRows(rows: () => readonly CommandRow[]): readonly CommandRow[] {
  return [
    {
      name: 'discover',
      also: ['sources', 'what is there'],
      group: 'ask',
      usage:
        'discover [prom|loki|alerts|slack|…] [metrics|jobs|labels|streams|…] [part of a name] [env:prod]',
      summary: 'What there is to ask: metrics, labels, streams, receivers.',
      examples: ['discover', 'discover prom metrics http_', 'discover loki streams checkout'],
      options: ['env'],
      target: 'none',
      run: (call) => discover(call, rows()),
    },
  ];
}

async function discover(call: Call, rows: readonly CommandRow[]): Promise<Said> {
  await refuseWhereShared(call);
  const { backends } = call.bot.world.telemetry;
  if (/^slack\b/i.test(call.text)) return discoverSlack(call);
  const { row, rest } = takeTool(call.text, rows);
  const tools = new Set(backends.map(({ tool }) => tool));
  const tool = row?.asks ?? (tools.size <= 1 ? ([...tools][0] ?? 'prometheus') : undefined);
  const [kind = '', ...filter] = rest.split(/\s+/);
  const env = environmentFor(call);
  const among = backends.filter(
    (one) => (tool === undefined || one.tool === tool) && (env === undefined || one.deployment === env),
  );
  if (kind === '' && among.length > 1) return overview(call, among, rows);
  if (tool === undefined && kind !== '') throw whichTool(call, tools, rows);
  if (tool === undefined && among.length === 0) throw whichTool(call, tools, rows);
  const asked = tool ?? among[0]?.tool ?? 'prometheus';
  const again = (name: string) => withEnvironment(call, name);
  const backend = chooseBackend(call.bot.world.telemetry, asked, env, again);
  return look(call, backend, { kind, filter: filter.join(' ') }, rows);
}

function whichTool(call: Call, tools: ReadonlySet<string>, rows: readonly CommandRow[]): RuleViolation {
  const ways = [...tools].map((tool) => {
    const name = wordFor(tool, rows);
    return { label: name, command: `discover ${name} ${call.text}`.trim() };
  });
  return new RuleViolation(
    'which-tool',
    `Discover what? ${ways.map(({ command }) => `\`${command}\``).join(', ')}`,
    ways,
  );
}

/** Everything at once, each part under its own limit: one line for each deployment. */
async function overview(call: Call, among: readonly Backend[], rows: readonly CommandRow[]): Promise<Said> {
  const { telemetry, clock } = call.bot.world;
  const signal = AbortSignal.timeout(PATIENCE);
  const lines = await Promise.all(
    among.map(async (backend): Promise<SourceLine> => {
      const found = await telemetry.rediscover(backend, signal).catch((error: unknown) => {
        if (error instanceof BackendError) return unreached(error, clock.now());
        throw error;
      });
      return {
        title: backend.title,
        command: `discover ${wordFor(backend.tool, rows)}${envOf(backend, call)}`,
        discovery: found,
        age: Math.max(0, clock.now() - found.at),
      };
    }),
  );
  const slack = call.text.trim() === '' ? await channelsLine(call) : undefined;
  return answered(call, sourcesCard([...lines, ...(slack ? [slack] : [])]));
}

function unreached({ message, details }: BackendError, at: Instant): Discovery {
  const { nextStep } = details;
  const missing = { kind: 'everything', why: message, ...(nextStep !== undefined && { nextStep }) };
  return { at, took: 0, lists: [], missing: [missing] };
}

interface Look {
  readonly kind: string;
  readonly filter: string;
}

/** One deployment. Asked without a kind it looks anew; a kind that is missing is looked for again, alone. */
async function look(
  call: Call,
  backend: Backend,
  { kind, filter }: Look,
  rows: readonly CommandRow[],
): Promise<Said> {
  const { telemetry, clock } = call.bot.world;
  const signal = AbortSignal.timeout(PATIENCE);
  const command = `discover ${wordFor(backend.tool, rows)}${envOf(backend, call)}`;
  const known =
    kind === '' ? await telemetry.rediscover(backend, signal) : await telemetry.discovery(backend, signal);
  // A list inside one source of many is made when it is asked for: `Prometheus/metrics`.
  const listed = kind === '' || known.lists.some((one) => one.kind === kind);
  const inside = !listed && (backend.needs?.(kind.replace('/', ' ')).includes(kind) ?? false);
  const lost = inside || known.missing.some((one) => one.kind === kind);
  const discovery = lost ? await telemetry.retry(backend, signal, [kind]) : known;
  const kinds = [...new Set([...discovery.lists, ...discovery.missing].map((one) => one.kind))];
  if (kind !== '' && !kinds.includes(kind)) {
    const word = wordFor(backend.tool, rows);
    throw new RuleViolation(
      'unknown-kind',
      `${backend.title} has ${kinds.map((one) => `\`${one}\``).join(', ')}.`,
      kinds.map((one) => ({ label: one, command: `discover ${word} ${one} ${kind}${envOf(backend, call)}` })),
    );
  }
  return answered(
    call,
    discoveryCard(discovery, {
      title: backend.title,
      age: Math.max(0, clock.now() - discovery.at),
      command,
      ...(kind !== '' && { kind }),
      ...(filter !== '' && { filter }),
    }),
  );
}

function answered(call: Call, message: ReturnType<typeof sourcesCard>): Said {
  return { kind: call.request.kind === 'slash' ? 'private' : 'thread', message };
}
