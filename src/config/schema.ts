import { z } from 'zod';
import { DAY, HOUR, MINUTE, SECOND } from '../domain/time.ts';
import { nearest } from './nearest.ts';
import {
  address,
  apiUrl,
  command,
  duration,
  flag,
  list,
  oneOf,
  pattern,
  plain,
  plainOrNumber,
  schedule,
  secret,
  serviceLevel,
  whole,
} from './readers.ts';
import { sayValue } from './text.ts';

/** A table whose unknown keys are problems, one line each, with the nearest known key. */
function section<T extends z.ZodRawShape>(shape: T) {
  const known = Object.keys(shape);
  return z.strictObject(shape, {
    error: (issue) =>
      issue.code === 'unrecognized_keys'
        ? issue.keys.map((key) => unknownKey(key, known)).join('\n')
        : `${sayValue(issue.input)} is not a table; write it as [section] with its keys below`,
  });
}

function unknownKey(key: string, known: readonly string[]): string {
  const near = nearest(key, known);
  return near === undefined
    ? `no such key; known here: ${known.join(', ')}`
    : `no such key; did you mean "${near}"?`;
}

const named = <T extends z.ZodType>(entry: T) =>
  z.record(z.string(), entry, {
    error: (issue) =>
      `${sayValue(issue.input)} is not a table; write it as [section.NAME] with its keys below`,
  });

const deployments = <T extends z.ZodRawShape>(shape: T) =>
  section({ deployments: named(section(shape)).optional() }).optional();

const http = () => address(['http:', 'https:']);

/** How to reach a system over HTTP; the same keys for every tool. */
const reach = {
  url: http(),
  link_url: http().optional(),
  ca_file: plain('the path of a PEM file').optional(),
  timeout: duration(SECOND, 5 * MINUTE).optional(),
  concurrency: whole(1, 64).optional(),
};
const token = { token: secret('a token').optional() };
const basic = { username: plain('a user name').optional(), password: secret('a password').optional() };
const cloudflare = {
  cf_access_client_id: secret('the client id of a service token').optional(),
  cf_access_client_secret: secret('the client secret of a service token').optional(),
};
const header = {
  header_name: plain('the name of a header', /^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}$/).optional(),
  header_value: secret('the value of the header').optional(),
};
/** Loki has no page and no links of its own, new versions of Pyroscope neither: they lead to a Grafana that has them as a data source. */
const { link_url: _noPage, ...reachLoki } = reach;
const explore = {
  grafana_url: http().optional(),
  grafana_uid: plain('the uid of a data source', /^[A-Za-z0-9_-]{1,100}$/).optional(),
};
const own = { access_command: command().optional() };
/** An organisation is a number in Grafana and a slug in Axiom; both spellings are accepted. */
const org = { org_id: plainOrNumber('an organisation').optional() };

const grafana = {
  vouched_sources: list(plain('the uid or name of a data source'), '["P8E80F9AEF21F6940"]').optional(),
  change_tags: list(plain('a tag'), '["deploy", "feature-flag"]').optional(),
};

/** No placeholder inside quotes: what fills it is quoted itself. */
const handCommand = () =>
  plain(
    'one line for a shell, with {service}, {version} or {flag} outside quotes',
    /^(?:[^'"{}\p{C}]|\{(?:service|version|flag)\}|'[^'{}\p{C}]*'|"[^"{}\p{C}]*"){1,500}$/u,
  ).optional();
const mitigation = { rollback: handCommand(), flag: handCommand(), rate_limit: handCommand() };

const botToken = secret('a bot token', (value) => {
  if (value.startsWith('xapp-')) return 'is an app token (xapp-); the bot token begins with xoxb-';
  if (value.startsWith('xoxp-'))
    return 'is a user token (xoxp-); Steady acts as itself, with a bot token (xoxb-)';
  if (value.startsWith('xoxe')) return 'is a rotating token (xoxe); turn token rotation off for the app';
  return undefined;
});
const appToken = secret('an app token', (value) =>
  value.startsWith('xox') ? 'is not an app token; app tokens begin with xapp-' : undefined,
);

const interval = () => duration(10 * SECOND, DAY);
const bySeverity = () =>
  section({
    P1: interval().optional(),
    P2: interval().optional(),
    P3: interval().optional(),
    P4: interval().optional(),
  }).optional();

/** No user-info in https, and nothing that git could take for an option. */
const REPOSITORY = /^(?:https:\/\/[^\s@]+|ssh:\/\/[^\s:@-][^\s:]*[^\s]*|[\w.]+@[\w.-]+:[^\s-]\S*)$/;
const EMOJI = /^:?[a-z0-9_+'-]{1,100}:?$/;
const TEAM = /^[TE][A-Z0-9]{2,20}$/;

/** The whole file. Keys are as people write them; `assemble` gives them the names used in the program. */
export const fileSchema = section({
  slack: section({
    bot_token: botToken.optional(),
    app_token: appToken.optional(),
    signing_secret: secret('the signing secret').optional(),
    port: whole(1, 65_535).optional(),
    api_url: apiUrl().optional(),
    announce_channel: plain('a channel').optional(),
    new_channels: flag().optional(),
    read_messages: flag().optional(),
    emoji: plain('the name of an emoji', EMOJI).optional(),
    recorded_emoji: plain('the name of an emoji', EMOJI).optional(),
    environments: z
      .record(z.string(), plain('the NAME of a deployment'), {
        error: (issue) =>
          `${sayValue(issue.input)} is not a table; write lines of channel = "NAME" below [slack.environments]`,
      })
      .optional(),
    shared_channels: list(plain('a channel'), '["partner-incidents"]').optional(),
    allow_guests: flag().optional(),
    allow_teams: list(plain('a team id (T… or E…)', TEAM), '["T0123ABCD"]').optional(),
    allow_bots: list(plain('a user id (U… or W…)', /^[UW][A-Z0-9]{2,20}$/), '["U0123ABCD"]').optional(),
    allow_groups: list(plain('a user group id (S…)', /^S[A-Z0-9]{2,20}$/), '["S0123ABCD"]').optional(),
    teams: list(plain('a team id (T… or E…)', TEAM), '["T0123ABCD"]').optional(),
    rate_class: oneOf(['internal', 'marketplace', 'unlisted']).optional(),
    expected_connections: whole(1, 10).optional(),
    workspace: plain('the name of a [slack.workspaces.NAME]').optional(),
    workspaces: named(section({ token: botToken })).optional(),
  }).optional(),
  cadence: section({
    update_every: interval().optional(),
    draft_before: duration(SECOND, HOUR).optional(),
    late_after: duration(SECOND, 4 * HOUR).optional(),
    escalate_after: duration(SECOND, 12 * HOUR).optional(),
    escalate_to: list(
      plain('a user or user group id (U…, W… or S…)', /^[UWS][A-Z0-9]{2,20}$/),
      '["U0123ABCD"]',
    ).optional(),
    nudge_cap: whole(1, 20).optional(),
    heartbeats_in_a_row: whole(0, 10).optional(),
    table: section({ investigating: bySeverity(), mitigated: bySeverity() }).optional(),
    long: section({ after: duration(HOUR, 30 * DAY), update_every: interval() }).optional(),
  }).optional(),
  mitigations: section({ ...mitigation, services: named(section(mitigation)).optional() }).optional(),
  services: named(section({ slo: serviceLevel().optional() })).optional(),
  conclusions: section({
    skip_judge: list(oneOf(['P1', 'P2', 'P3', 'P4']), '["P3", "P4"]').optional(),
  }).optional(),
  storage: section({
    database_url: address(['postgres:', 'postgresql:']).optional(),
    data_dir: plain('a folder').optional(),
  }).optional(),
  discovery: section({ timeout: duration(SECOND, 5 * MINUTE).optional() }).optional(),
  changes: section({ look_every: duration(MINUTE, HOUR).optional() }).optional(),
  knowledge: section({
    sync_every: duration(MINUTE, DAY).optional(),
    stale_after: duration(DAY, 3650 * DAY).optional(),
    sleep: schedule().optional(),
    sleep_when: whole(0, 1_000_000).optional(),
    orgs: named(
      section({
        repo: plain('an https or ssh address of a git repository, without a password', REPOSITORY).optional(),
        branch: plain('a branch', /^[A-Za-z0-9][A-Za-z0-9._/-]{0,100}$/).optional(),
        username: plain('a user name').optional(),
        token: secret('a token').optional(),
        ssh_key_file: plain('the path of a private key').optional(),
        channel: plain('a channel').optional(),
      }),
    ).optional(),
  }).optional(),
  links: z
    .record(z.string(), plain('an address with $0 where the match goes'), {
      error: (issue) =>
        `${sayValue(issue.input)} is not a table; write lines of 'PATTERN' = "address" below [links]`,
    })
    .optional(),
  logging: section({
    level: oneOf(['trace', 'debug', 'info', 'warn', 'error', 'fatal']).optional(),
  }).optional(),
  metrics: section({
    port: whole(1, 65_535).optional(),
    host: plain('a host name or address', /^[A-Za-z0-9.:-]{1,255}$/).optional(),
  }).optional(),
  redaction: section({
    patterns: list(pattern('a regular expression'), '["INTERNAL-[0-9]{6}"]').optional(),
    allow: list(plain('a text'), '["xoxb-is-how-tokens-begin"]').optional(),
  }).optional(),
  prometheus: deployments({ ...reach, ...token, ...basic, ...header, ...cloudflare }),
  loki: deployments({ ...reachLoki, ...token, ...basic, ...header, ...cloudflare, ...org, ...explore }),
  alertmanager: deployments({ ...reach, ...token, ...basic, ...header, ...cloudflare }),
  axiom: deployments({ ...reach, ...token, ...org }),
  grafana: deployments({ ...reach, ...token, ...basic, ...cloudflare, ...own, ...org, ...grafana }),
  pyroscope: deployments({ ...reach, ...token, ...basic, ...cloudflare, ...own, ...org, ...explore }),
  sentry: deployments({
    ...reach,
    url: http().optional(),
    ...token,
    ...cloudflare,
    organization_slug: plain('a slug', /^[A-Za-z0-9_-]{1,100}$/).optional(),
    project_slug: plain('a slug', /^[A-Za-z0-9_-]{1,100}$/).optional(),
  }),
});

/** The file as read: values checked, secrets wrapped, keys as written. */
export type FileSettings = z.output<typeof fileSchema>;
