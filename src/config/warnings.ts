import { ASKED_TOOLS } from './asked-tools.ts';
import type { Config } from './config.ts';
import { isTable } from './environment.ts';
import { isLoopback } from './readers.ts';
import { Text } from './text.ts';

type Settings = Record<string, unknown>;

/** What is legal but probably not meant, one line each, without values that could be secret. */
export function configWarnings(
  settings: Settings,
  config: Pick<Config, 'slack' | (typeof ASKED_TOOLS)[number]>,
): readonly string[] {
  const warnings: string[] = [];
  const raw = (tool: string, name: string, key: string) => {
    const deployments = at(at(settings, tool), 'deployments');
    return at(deployments, name)[key];
  };
  for (const one of ASKED_TOOLS.flatMap((tool) => config[tool].map((each) => ({ tool, ...each })))) {
    const label = `${one.tool}.deployments.${one.name}`;
    const byGrafana = one.tool === 'loki' || 'grafanaUid' in one;
    const key = byGrafana ? 'grafana_url' : 'link_url';
    const linked = raw(one.tool, one.name, one.linkUrl === undefined ? 'url' : key);
    // Without a Grafana Loki has no links at all, and without its organisation Axiom has none.
    const links = one.tool === 'axiom' ? 'orgId' in one : one.tool !== 'loki' || one.linkUrl !== undefined;
    if (one.tool === 'axiom') warnings.push(...axiomWarnings(label, one));
    if (links && linked instanceof Text && linked.held)
      warnings.push(
        `${label}: the address of its links came by env: or file: and is therefore withheld from messages; write ${key} in the file`,
      );
    else if (links) {
      const why = unreachable(new URL(one.linkUrl ?? one.url).hostname);
      if (why !== undefined)
        warnings.push(`${label}: links lead to ${why}, which most browsers cannot reach; set ${key}`);
    }
    const ways = ['access_command', 'token', 'password', 'header_value', 'cf_access_client_id'].filter(
      (key) => raw(one.tool, one.name, key) !== undefined,
    );
    // Cloudflare Access goes together with any of the others, except a command, to which no secret is given.
    const apart = one.accessCommand ? ways : ways.filter((key) => key !== 'cf_access_client_id');
    if (apart.length > 1) warnings.push(`${label}: more than one way to sign in; ${apart[0]} is used`);
    if (one.accessCommand?.argv.some(looksSecret))
      warnings.push(
        `${label}.access_command: an argument looks like a secret; every user of the machine can read arguments`,
      );
  }
  const workspaces = Object.keys(at(at(settings, 'slack'), 'workspaces'));
  if (workspaces.length > 0 && at(settings, 'slack').workspace === undefined && config.slack === undefined)
    warnings.push(
      `[slack.workspaces.${workspaces[0]}] is there and is not used; to use it, write workspace = "${workspaces[0]}" under [slack], or set STEADY_SLACK_WORKSPACE=${workspaces[0]}`,
    );
  return warnings;
}

/** Hosts that the bot's machine knows and a person's browser usually does not. */
export function unreachable(hostname: string): string | undefined {
  if (isLoopback(hostname)) return `this machine (${hostname})`;
  if (/\.svc(?:\.cluster\.local)?$/.test(hostname)) return `a name inside a cluster (${hostname})`;
  if (/\.(?:local|internal)$/.test(hostname)) return `a private name (${hostname})`;
  if (!hostname.includes('.') && !hostname.startsWith('[')) return `a bare name (${hostname})`;
  return undefined;
}

function axiomWarnings(label: string, { auth, orgId }: Config['axiom'][number]): readonly string[] {
  const personal = auth?.kind === 'bearer' && auth.token.reveal().startsWith('xapt-');
  return [
    ...(orgId === undefined ? [`${label}: without org_id answers have no link into Axiom`] : []),
    ...(personal
      ? [
          `${label}: a personal token (xapt-) may do all that its owner may; an API token that may query is enough`,
        ]
      : []),
  ];
}

function looksSecret(argument: string): boolean {
  return (
    /(?:token|secret|password|api.?key|authorization|bearer)[^A-Za-z0-9]+\S{8,}/i.test(argument) ||
    /^(?:xox|xapp-|glsa_|glc_|sntry[su]_|xaat-|xapt-|gh[pousr]_|eyJ)/.test(argument) ||
    (/^[A-Za-z0-9+/_-]{24,}={0,2}$/.test(argument) && /\d/.test(argument) && /[A-Z]/.test(argument))
  );
}

function at(table: Settings, key: string): Settings {
  const found = Object.hasOwn(table, key) ? table[key] : undefined;
  return isTable(found) ? found : {};
}
