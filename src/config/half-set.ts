import { type Duration, formatDuration, MINUTE, parseDuration } from '../domain/time.ts';
import { ASKED_TOOLS } from './asked-tools.ts';
import { isTable } from './environment.ts';
import type { KeyPath } from './key-lines.ts';
import { nearest } from './nearest.ts';
import { ownOrganization } from './own-organization.ts';
import { Text } from './text.ts';

type Report = (path: KeyPath, message: string) => void;

const PAIRS = [
  ['username', 'password'],
  ['cf_access_client_id', 'cf_access_client_secret'],
  ['header_name', 'header_value'],
  ['grafana_url', 'grafana_uid'],
] as const;

/**
 * Reports sections of which one half is missing. It looks at what is written, not at what it means, so that a wrong
 * value elsewhere never hides a missing one.
 */
export function reportHalfSet(settings: Record<string, unknown>, report: Report): void {
  reportSlack(tableAt(settings, 'slack'), report);
  reportLadder(tableAt(settings, 'cadence'), report);
  for (const tool of ASKED_TOOLS)
    reportNames([tool, 'deployments'], tableAt(tableAt(settings, tool), 'deployments'), report);
  reportNames(['slack', 'workspaces'], tableAt(tableAt(settings, 'slack'), 'workspaces'), report);
  for (const tool of ASKED_TOOLS) {
    const all = tableAt(tableAt(settings, tool), 'deployments');
    for (const name of Object.keys(all)) {
      const one = tableAt(all, name);
      for (const [first, second] of PAIRS) {
        if (first in one === second in one) continue;
        const [there, missing] = first in one ? [first, second] : [second, first];
        report([tool, 'deployments', name, there], `is set without ${missing}; set both or neither`);
      }
    }
  }
  reportOrganizations(settings, report);
  const orgs = tableAt(tableAt(settings, 'knowledge'), 'orgs');
  reportNames(['knowledge', 'orgs'], orgs, report);
  for (const name of Object.keys(orgs)) {
    const org = tableAt(orgs, name);
    for (const key of ['branch', 'username', 'token', 'ssh_key_file'])
      if (key in org && !('repo' in org))
        report(['knowledge', 'orgs', name, key], 'is set without repo; set repo, or leave it out');
    if ('username' in org && !('token' in org))
      report(['knowledge', 'orgs', name, 'username'], 'is set without token; set both or neither');
  }
  reportEnvironments(settings, report);
  const metrics = tableAt(settings, 'metrics');
  if ('host' in metrics && !('port' in metrics))
    report(['metrics', 'host'], 'is set without port; without a port no metrics are served');
}

/** Every request to Sentry names an organization; an address of the organization's own says which. */
function reportOrganizations(settings: Record<string, unknown>, report: Report): void {
  const all = tableAt(tableAt(settings, 'sentry'), 'deployments');
  for (const name of Object.keys(all)) {
    const { organization_slug: slug, url } = tableAt(all, name);
    if (slug !== undefined || (url instanceof Text && ownOrganization(url.value.trim()) !== undefined))
      continue;
    report(
      ['sentry', 'deployments', name],
      'is set without organization_slug; the slug is in the address of its pages, as in https://my-org.sentry.io',
    );
  }
}

function reportSlack(slack: Record<string, unknown>, report: Report): void {
  const bot = 'bot_token' in slack;
  const asked = 'workspace' in slack;
  const ways = (['app_token', 'signing_secret'] as const).filter((key) => key in slack);
  if (bot && asked)
    report(
      ['slack', 'workspace'],
      'is set together with bot_token: two workspaces to choose from; keep one of them',
    );
  if ((bot || asked) && ways.length === 0)
    report(
      ['slack', bot ? 'bot_token' : 'workspace'],
      'is set without app_token (Socket Mode) or signing_secret (HTTP); Steady needs one of them to hear Slack',
    );
  const known = Object.keys(tableAt(slack, 'workspaces'));
  const offer =
    known[0] === undefined
      ? ''
      : ` (workspace = "${known[0]}" would take the token of [slack.workspaces.${known[0]}])`;
  if (!bot && !asked)
    for (const way of ways)
      report(['slack', way], `is set without bot_token${offer}; Steady needs it to speak in Slack`);
  const name = slack.workspace;
  if (!(name instanceof Text) || name.broken) return;
  if (known.includes(name.value.trim())) return;
  const near = name.held ? undefined : nearest(name.value, known);
  report(
    ['slack', 'workspace'],
    known.length === 0
      ? 'names a workspace, and there is no [slack.workspaces.NAME]'
      : `names no [slack.workspaces.NAME]; there ${known.length === 1 ? 'is' : 'are'} ${known.join(', ')}${near === undefined ? '' : `; did you mean "${near}"?`}`,
  );
}

/** A channel bound to an environment that no tool has would never find anything. */
function reportEnvironments(settings: Record<string, unknown>, report: Report): void {
  const known = ASKED_TOOLS.flatMap((tool) => Object.keys(tableAt(tableAt(settings, tool), 'deployments')));
  for (const [channel, name] of Object.entries(tableAt(tableAt(settings, 'slack'), 'environments'))) {
    if (!(name instanceof Text) || name.broken || known.includes(name.value.trim())) continue;
    const near = name.held ? undefined : nearest(name.value, known);
    report(
      ['slack', 'environments', channel],
      `names no deployment of any tool${near === undefined ? '' : `; did you mean "${near}"?`}`,
    );
  }
}

const NAME = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,62}$/;

/** Names are typed after `env:` in a channel, so they must be one plain word. */
function reportNames(at: KeyPath, entries: Record<string, unknown>, report: Report): void {
  for (const name of Object.keys(entries))
    if (!NAME.test(name))
      report([...at, name], 'is not a usable name: letters, digits, dot, dash, underline, at most 63');
}

/** What the ladder does where the configuration is silent. */
const LATE_AFTER: Duration = 5 * MINUTE;
const ESCALATE_AFTER: Duration = 15 * MINUTE;

function reportLadder(cadence: Record<string, unknown>, report: Report): void {
  const read = (key: string) => {
    const text = cadence[key];
    return text instanceof Text ? parseDuration(text.value.trim()) : undefined;
  };
  const late = read('late_after') ?? LATE_AFTER;
  const escalate = read('escalate_after') ?? ESCALATE_AFTER;
  if (escalate >= late) return;
  const key = 'escalate_after' in cadence ? 'escalate_after' : 'late_after';
  report(
    ['cadence', key],
    `puts escalate_after (${formatDuration(escalate)}) before late_after (${formatDuration(late)}); the ladder goes from lead to comms to escalate_to`,
  );
}

function tableAt(table: Record<string, unknown>, key: string): Record<string, unknown> {
  const found = Object.hasOwn(table, key) ? table[key] : undefined;
  return isTable(found) ? found : {};
}
