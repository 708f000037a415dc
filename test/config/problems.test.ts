import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/config/load-config.ts';
import { ConfigError } from '../../src/domain/errors.ts';
import { type FakeFile, fakeMachine } from './fake-machine.ts';

function problemsOf(toml: string, env: Record<string, string> = {}, files: Record<string, FakeFile> = {}) {
  try {
    loadConfig(fakeMachine({ 'config.toml': toml, ...files }, env));
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}

const PROM = '[prometheus.deployments.prod]\nurl = "https://prom.example.com"\n';

/** One wrong document each, and the one line it must produce. */
const TABLE: readonly (readonly [toml: string, problem: string])[] = [
  // Keys and types
  ['[slakc]\nemoji = "x"', 'config.toml:1 slakc: no such key; did you mean "slack"?'],
  [
    '\n[slack]\nbot_tokn = "xoxb-12345678"',
    'config.toml:3 slack.bot_tokn: no such key; did you mean "bot_token"?',
  ],
  ['[discovery]\nqqqq = 1', 'config.toml:2 discovery.qqqq: no such key; known here: timeout'],
  ['slack = 3', 'config.toml:1 slack: 3 is not a table; write it as [section] with its keys below'],
  [
    '[prometheus]\ndeployments = []',
    'config.toml:2 prometheus.deployments: a list is not a table; write it as [section.NAME] with its keys below',
  ],
  [
    'links = "x"',
    `config.toml:1 links: "x" is not a table; write lines of 'PATTERN' = "address" below [links]`,
  ],
  ['[slack]\nemoji = 5', 'config.toml:2 slack.emoji: 5 is not text; write the name of an emoji in quotes'],
  ['[slack]\nemoji = "no blanks"', 'config.toml:2 slack.emoji: "no blanks" is not the name of an emoji'],
  [
    '[slack]\nannounce_channel = " "',
    'config.toml:2 slack.announce_channel: is empty; write a channel, or remove the line',
  ],
  [
    '[slack]\nnew_channels = "yes"',
    'config.toml:2 slack.new_channels: "yes" is neither true nor false (without quotes)',
  ],
  ['[slack]\nport = 70000', 'config.toml:2 slack.port: 70000 is not a whole number from 1 to 65535'],
  ['[slack]\nport = "3000"', 'config.toml:2 slack.port: "3000" is not a whole number from 1 to 65535'],
  ['[slack]\nteams = "T1"', 'config.toml:2 slack.teams: "T1" is not a list; write ["T0123ABCD"]'],
  [
    '[slack]\nteams = [\n  "T012",\n  "acme",\n]',
    'config.toml:4 slack.teams[1]: "acme" is not a team id (T… or E…)',
  ],
  [
    '[slack]\nrate_class = "unlistd"',
    'config.toml:2 slack.rate_class: "unlistd" is not one of internal, marketplace, unlisted; did you mean "unlisted"?',
  ],
  [
    '[logging]\nlevel = 1979-05-27',
    'config.toml:2 logging.level: a date is not text; write one of trace, debug, info, warn, error, fatal in quotes',
  ],
  // Durations
  [
    '[cadence]\nupdate_every = "5"',
    'config.toml:2 cadence.update_every: "5" is not a duration; write 30m, 90s or 1h30m (at least 10s, at most 1d)',
  ],
  [
    '[cadence]\nupdate_every = 30',
    'config.toml:2 cadence.update_every: 30 has no unit; write "30m" or "30s" (at least 10s, at most 1d)',
  ],
  [
    '[cadence]\nupdate_every = "9s"',
    'config.toml:2 cadence.update_every: "9s" is too short; write at least 10s, at most 1d',
  ],
  [
    '[cadence]\nupdate_every = "25h"',
    'config.toml:2 cadence.update_every: "25h" is too long; write at least 10s, at most 1d',
  ],
  [
    '[cadence.table.mitigated]\nP5 = "1h"',
    'config.toml:2 cadence.table.mitigated.P5: no such key; did you mean "P1"?',
  ],
  ['[cadence]\nlong = { after = "4h" }', 'config.toml:2 cadence.long.update_every: is missing'],
  [
    '[cadence]\nlate_after = "10m"\nescalate_after = "5m"',
    'config.toml:3 cadence.escalate_after: puts escalate_after (5m) before late_after (10m); the ladder goes from lead to comms to escalate_to',
  ],
  [
    '[cadence]\nescalate_to = ["lea"]',
    'config.toml:2 cadence.escalate_to[0]: "lea" is not a user or user group id (U…, W… or S…)',
  ],
  [
    '[cadence]\nlate_after = "20m"',
    'config.toml:2 cadence.late_after: puts escalate_after (15m) before late_after (20m); the ladder goes from lead to comms to escalate_to',
  ],
  [
    `[slack.environments]\ncheckout = "prd"\n${PROM}`,
    'config.toml:2 slack.environments.checkout: names no deployment of any tool; did you mean "prod"?',
  ],
  [
    '[slack]\nallow_bots = ["B0123"]',
    'config.toml:2 slack.allow_bots[0]: "B0123" is not a user id (U… or W…)',
  ],
  // Addresses
  ['[prometheus.deployments.p]\ntimeout = "5s"', 'config.toml:1 prometheus.deployments.p.url: is missing'],
  [
    '[prometheus.deployments.p]\nurl = "prom:9090"',
    'config.toml:2 prometheus.deployments.p.url: is not an address that begins with http:// or https://',
  ],
  [
    '[prometheus.deployments.p]\nurl = "https://u:short@prom.example.com"',
    'config.toml:2 prometheus.deployments.p.url: its password is shorter than 8 characters and cannot be withheld; use a longer one',
  ],
  [
    '[prometheus.deployments."a b"]\nurl = "https://p.example.com"',
    'config.toml:1 prometheus.deployments."a b": is not a usable name: letters, digits, dot, dash, underline, at most 63',
  ],
  [
    '[storage]\ndatabase_url = "mysql://h/d"',
    'config.toml:2 storage.database_url: is not an address that begins with postgres:// or postgresql://',
  ],
  [
    '[slack]\napi_url = "http://slack.example.com/api/"',
    'config.toml:2 slack.api_url: must begin with https:// unless it is on this machine: tokens travel with every request',
  ],
  [
    '[slack]\napi_url = "http://127.0.0.1.example.com/api/"',
    'config.toml:2 slack.api_url: must begin with https:// unless it is on this machine: tokens travel with every request',
  ],
  ['[slack]\napi_url = "https://slack.example.com/v2"', 'config.toml:2 slack.api_url: must end in /api/'],
  [
    '[prometheus.deployments.p]\nurl = "https://p.example.com/?token=x"',
    'config.toml:2 prometheus.deployments.p.url: has a part after ?; remove it',
  ],
  [
    '[prometheus.deployments.p]\nurl = "https://p.example.com/#x"',
    'config.toml:2 prometheus.deployments.p.url: has a part after #; remove it',
  ],
  [
    '[prometheus.deployments.p]\nurl = "https://a-token@p.example.com"',
    'config.toml:2 prometheus.deployments.p.url: has a user name and no password in it; use token, or username and password',
  ],
  // Half-set sections
  [
    '[slack]\nbot_token = "xoxb-12345678"',
    'config.toml:2 slack.bot_token: is set without app_token (Socket Mode) or signing_secret (HTTP); Steady needs one of them to hear Slack',
  ],
  [
    '[slack]\napp_token = "xapp-12345678"',
    'config.toml:2 slack.app_token: is set without bot_token; Steady needs it to speak in Slack',
  ],
  [
    '[slack]\nsigning_secret = "12345678"',
    'config.toml:2 slack.signing_secret: is set without bot_token; Steady needs it to speak in Slack',
  ],
  [
    `${PROM}username = "bob"`,
    'config.toml:3 prometheus.deployments.prod.username: is set without password; set both or neither',
  ],
  [
    `${PROM}cf_access_client_secret = "12345678"`,
    'config.toml:3 prometheus.deployments.prod.cf_access_client_secret: is set without cf_access_client_id; set both or neither',
  ],
  [
    `${PROM}header_name = "X-Key"`,
    'config.toml:3 prometheus.deployments.prod.header_name: is set without header_value; set both or neither',
  ],
  [
    '[loki.deployments.p]\nurl = "https://l.example.com"\ngrafana_url = "https://g.example.com"',
    'config.toml:3 loki.deployments.p.grafana_url: is set without grafana_uid; set both or neither',
  ],
  [
    '[loki.deployments.p]\nurl = "https://l.example.com"\nlink_url = "https://l.example.com"',
    'config.toml:3 loki.deployments.p.link_url: no such key; known here: url, ca_file, timeout, concurrency, token, username, password, header_name, header_value, cf_access_client_id, cf_access_client_secret, org_id, grafana_url, grafana_uid',
  ],
  [
    '[alertmanager.deployments.p]\nurl = "https://a.example.com"\nusername = "bob"',
    'config.toml:3 alertmanager.deployments.p.username: is set without password; set both or neither',
  ],
  [
    '[metrics]\nhost = "0.0.0.0"',
    'config.toml:2 metrics.host: is set without port; without a port no metrics are served',
  ],
  [
    '[slack]\napp_token = "xapp-12345678"\nworkspace = "acem"\n[slack.workspaces.acme]\ntoken = "xoxb-12345678"',
    'config.toml:3 slack.workspace: names no [slack.workspaces.NAME]; there is acme; did you mean "acme"?',
  ],
  [
    '[slack]\napp_token = "xapp-12345678"\n[slack.workspaces.acme]\ntoken = "xoxb-12345678"',
    'config.toml:2 slack.app_token: is set without bot_token (workspace = "acme" would take the token of [slack.workspaces.acme]); Steady needs it to speak in Slack',
  ],
  // Secrets
  [
    `${PROM}token = "short"`,
    'config.toml:3 prometheus.deployments.prod.token: a secret shorter than 8 characters cannot be withheld; use a longer one',
  ],
  [
    `${PROM}token = "12345678 "`,
    'config.toml:3 prometheus.deployments.prod.token: begins or ends with a blank or holds a line break; it was probably copied with more than itself',
  ],
  [
    `${PROM}token = 12345678`,
    'config.toml:3 prometheus.deployments.prod.token: is not text; write a token in quotes',
  ],
  [
    `${PROM}token = "env:NOPE"`,
    'config.toml:3 prometheus.deployments.prod.token: the environment has no variable NOPE',
  ],
  [
    `${PROM}token = "env:A B"`,
    'config.toml:3 prometheus.deployments.prod.token: "env:" needs the name of an environment variable after it, as in "env:PROM_TOKEN"',
  ],
  [`${PROM}token = "file:nope"`, 'config.toml:3 prometheus.deployments.prod.token: there is no file nope'],
  [
    `${PROM}token = "file:"`,
    'config.toml:3 prometheus.deployments.prod.token: "file:" needs a path after it, as in "file:/run/secrets/prom-token"',
  ],
  [
    `${PROM}ca_file = "nope.pem"`,
    'config.toml:3 prometheus.deployments.prod.ca_file: names a file that is not there',
  ],
  // Patterns and commands
  [
    `[links]\n'(a+)+' = "https://x.example.com/$0"`,
    'config.toml:2 links."(a+)+": the pattern repeats a group that itself repeats or offers alternatives',
  ],
  [
    `[links]\n'A(' = "https://x.example.com/$0"`,
    'config.toml:2 links."A(": the pattern is not a regular expression',
  ],
  [
    `[links]\n'A-1' = "https://x.example.com/"`,
    'config.toml:2 links.A-1: does not say where the match goes; write $0 in the address',
  ],
  [
    `[links]\n'A-1' = "https://x.example.com/$1"`,
    'config.toml:2 links.A-1: uses $1, and the pattern has no groups',
  ],
  [
    `[links]\n'A-1' = "javascript:alert($0)"`,
    'config.toml:2 links.A-1: leads to no address that begins with http:// or https://',
  ],
  [
    `[links]\n'A-1' = "https://$0.example.com/"`,
    'config.toml:2 links.A-1: fills the match into the host; a message could then choose where the link leads',
  ],
  [
    `[redaction]\npatterns = ['(?:ab|a)*c']`,
    'config.toml:2 redaction.patterns[0]: "(?:ab|a)*c" repeats a group that itself repeats or offers alternatives',
  ],
  [
    '[grafana.deployments.g]\nurl = "https://g.example.com"\naccess_command = "curl $(id)"',
    'config.toml:3 grafana.deployments.g.access_command: has the shell character $; no shell runs it. Write a list of arguments instead: ["cmd", "arg"]',
  ],
  // Not TOML at all
  [
    '[slack]\n__proto__ = { emoji = "x" }',
    'config.toml:2 column 1: not TOML: document contains an unsafe property',
  ],
  ['[slack]\nemoji = "open', 'config.toml:2 column 9: not TOML: unfinished string'],
  [
    'a = 1\n[x]\n[x]',
    'config.toml:3 column 2: not TOML: trying to redefine an already defined table or value',
  ],
];

describe('each kind of problem is one line that names its place', () => {
  it.each(TABLE)('%j', (toml, problem) => {
    expect(problemsOf(toml)).toEqual([problem]);
  });

  it.each([
    [
      { SLACK_BOT_TOKEN: 'xapp-1-abcdefgh', SLACK_APP_TOKEN: 'xapp-1-abcdefgh' },
      'env SLACK_BOT_TOKEN: is an app token (xapp-); the bot token begins with xoxb-',
    ],
    [
      { SLACK_BOT_TOKEN: 'xoxb-1-abcdefgh', SLACK_APP_TOKEN: 'xoxb-1-abcdefgh' },
      'env SLACK_APP_TOKEN: is not an app token; app tokens begin with xapp-',
    ],
    [
      { SLACK_BOT_TOKEN: 'xoxp-1-abcdefgh', SLACK_APP_TOKEN: 'xapp-1-abcdefgh' },
      'env SLACK_BOT_TOKEN: is a user token (xoxp-); Steady acts as itself, with a bot token (xoxb-)',
    ],
    [
      { SLACK_BOT_TOKEN: 'xoxb-1-abcdefgh' },
      'env SLACK_BOT_TOKEN: is set without app_token (Socket Mode) or signing_secret (HTTP); Steady needs one of them to hear Slack',
    ],
    [{ DATABASE_URL: '' }, 'env DATABASE_URL: is set but empty; give it its value, or unset it'],
    [
      { DATABASE_URL: 'db.example.com' },
      'env DATABASE_URL: is not an address that begins with postgres:// or postgresql://',
    ],
    [
      { STEADY_SLACK_WORKSPACE: 'acme', SLACK_APP_TOKEN: 'xapp-1-abcdefgh' },
      'env STEADY_SLACK_WORKSPACE: names a workspace, and there is no [slack.workspaces.NAME]',
    ],
  ] as const)('%j', (env, problem) => {
    expect(problemsOf('', env)).toEqual([problem]);
  });
});

it('refuses what env: and file: lead to when it is empty', () => {
  const at = 'config.toml:3 prometheus.deployments.prod.token:';
  expect(problemsOf(`${PROM}token = "env:EMPTY"`, { EMPTY: ' ' })).toEqual([
    `${at} the environment variable EMPTY is empty`,
  ]);
  expect(problemsOf(`${PROM}token = "file:empty"`, {}, { empty: '\n' })).toEqual([
    `${at} the file empty is empty`,
  ]);
  expect(problemsOf(`${PROM}token = "env:SHORT"`, { SHORT: '1234567' })).toEqual([
    `${at} the value of config.toml:3, env SHORT is shorter than 8 characters; what comes by env: or file: is a secret, and secrets that short cannot be withheld`,
  ]);
});

it('reports everything at once, in the order of the file', () => {
  const toml = `[slack]
emoji = 5
[cadence]
update_every = "5"
[prometheus.deployments.prod]
token = "env:NOPE"
username = "bob"
[nonsense]
`;
  const found = problemsOf(toml, { DATABASE_URL: 'nowhere' });
  expect(found.map((line) => line.split(': ')[0])).toEqual([
    'env DATABASE_URL',
    'config.toml:2 slack.emoji',
    'config.toml:4 cadence.update_every',
    'config.toml:5 prometheus.deployments.prod.url',
    'config.toml:6 prometheus.deployments.prod.token',
    'config.toml:7 prometheus.deployments.prod.username',
    'config.toml:8 nonsense',
  ]);
});

it('shows no value that could be a secret, wherever it was put by mistake', () => {
  const secret = 'hunter2hunter2';
  const shown = [
    problemsOf(`[slack]\nbot_token = ["${secret}"]`),
    problemsOf(`[slack]\napp_token = "xoxb-${secret}"`),
    problemsOf(`[prometheus.deployments.p]\nurl = "postgres://u:${secret}@h"`),
    problemsOf(`[storage]\ndatabase_url = "https://u:${secret}@h"`),
    problemsOf('[cadence]\nupdate_every = "env:X"', { X: secret }),
    problemsOf('[slack]\nrate_class = "env:X"', { X: secret }),
    problemsOf(`x = "${secret}`),
  ];
  for (const lines of shown) {
    expect(lines.length).toBeGreaterThan(0);
    expect(lines.join('\n')).not.toContain(secret);
  }
});

describe('files that others could have written are refused', () => {
  const toml = '[logging]\nlevel = "info"';
  it.each([
    [{ mode: 0o620 }, 'others can write it; run chmod go-w on it'],
    [{ mode: 0o606 }, 'others can write it; run chmod go-w on it'],
    [{ owner: 1001 }, 'it belongs to another user (uid 1001); chown it to yourself'],
    [{ linkOwner: 1001 }, 'the link to it belongs to another user (uid 1001)'],
    [{ folderMode: 0o777 }, 'others can write its folder and so replace it; run chmod o-w on the folder'],
    [{ kind: 'unreadable', why: 'it is not a file' }, 'it is not a file'],
  ] as const)('%j', (facts, why) => {
    const config = 'kind' in facts ? facts : { text: toml, ...facts };
    expect(problemsOf('', {}, { 'config.toml': config })).toEqual([`config.toml: refused: ${why}`]);
    const token = 'kind' in facts ? facts : { text: 'long-enough-token', ...facts };
    expect(problemsOf(`${PROM}token = "file:token"`, {}, { token })).toEqual([
      `config.toml:3 prometheus.deployments.prod.token: the file token is refused: ${why}`,
    ]);
  });

  it.each([{ owner: 0 }, { linkOwner: 0 }, { folderMode: 0o1777 }, { mode: 0o444 }])(
    'but not %j',
    (facts) => {
      expect(problemsOf('', {}, { 'config.toml': { text: toml, ...facts } })).toEqual([]);
    },
  );
});
