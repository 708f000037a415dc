import { describe, expect, it } from 'vitest';
import { type Config, databaseUrl } from '../../src/config/config.ts';
import { loadConfig } from '../../src/config/load-config.ts';
import { requireSlack } from '../../src/config/slack-settings.ts';
import { DEFAULT_CADENCE } from '../../src/domain/cadence.ts';
import { ConfigError } from '../../src/domain/errors.ts';
import { HOUR, MINUTE, SECOND } from '../../src/domain/time.ts';
import { CWD, type FakeFile, fakeMachine, HOME } from './fake-machine.ts';

const BOT = 'xoxb-1111-bot-token';
const APP = 'xapp-2222-app-token';
const SIGNING = 'signing-secret-3333';
const SLACK = { SLACK_BOT_TOKEN: BOT, SLACK_APP_TOKEN: APP };

function load(toml: string, env: Record<string, string> = {}, files: Record<string, FakeFile> = {}): Config {
  return loadConfig(fakeMachine({ ...(toml === '' ? {} : { 'config.toml': toml }), ...files }, env));
}

function problems(act: () => unknown): readonly string[] {
  try {
    act();
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}

describe('where the configuration comes from', () => {
  const other = '[logging]\nlevel = "debug"\n';
  const paths = [
    `${CWD}/config.toml`,
    `${HOME}/.config/steady/config.toml`,
    `${HOME}/.config/axiom-sre/config.toml`,
    `${HOME}/.config/gilfoyle/config.toml`,
  ];
  it.each(paths.map((path, index) => [path, index] as const))(
    'takes %s when none before it is there',
    (path, index) => {
      const files = Object.fromEntries(paths.slice(index).map((one) => [one, one === path ? other : '']));
      const config = loadConfig(fakeMachine(files));
      expect([config.file, config.logging.level]).toEqual([path, 'debug']);
    },
  );

  it('lets STEADY_CONFIG replace the whole search, relative to the working folder or home', () => {
    const files = { 'config.toml': 'nonsense', [`${CWD}/other.toml`]: other, [`${HOME}/mine.toml`]: other };
    expect(loadConfig(fakeMachine(files, { STEADY_CONFIG: 'other.toml' })).file).toBe(`${CWD}/other.toml`);
    expect(loadConfig(fakeMachine(files, { STEADY_CONFIG: '~/mine.toml' })).file).toBe(`${HOME}/mine.toml`);
  });

  it('refuses a STEADY_CONFIG that names nothing, and does not fall back to another file', () => {
    expect(problems(() => load(other, { STEADY_CONFIG: 'gone.toml' }))).toEqual([
      'env STEADY_CONFIG: names gone.toml, where there is no file',
    ]);
    expect(problems(() => load(other, { STEADY_CONFIG: '' }))).toEqual([
      'env STEADY_CONFIG: is set but empty',
    ]);
  });

  it('works without any file, with the usual variables alone', () => {
    const config = load('', {
      ...SLACK,
      DATABASE_URL: 'postgres://steady:pass%20word%25@db.example.com/steady?sslmode=require',
    });
    expect(config.file).toBeUndefined();
    expect(config.slack?.botToken.reveal()).toBe(BOT);
    expect(config.storage.database?.url).toBe('postgres://steady@db.example.com/steady?sslmode=require');
    expect(config.storage.database?.password?.reveal()).toBe('pass word%');
    expect(config.storage.database && databaseUrl(config.storage.database)).toBe(
      'postgres://steady:pass%20word%25@db.example.com/steady?sslmode=require',
    );
    expect(config.origins).toEqual([
      { setting: 'slack.bot_token', from: 'env SLACK_BOT_TOKEN' },
      { setting: 'slack.app_token', from: 'env SLACK_APP_TOKEN' },
      { setting: 'storage.database_url', from: 'env DATABASE_URL' },
    ]);
  });

  it('has a default for everything when nothing is set', () => {
    const config = loadConfig(fakeMachine());
    expect(config).toMatchObject({
      slack: undefined,
      cadence: DEFAULT_CADENCE,
      storage: { database: undefined, dataDir: `${HOME}/.local/state/steady` },
      discovery: { timeout: 10 * SECOND },
      logging: { level: 'info' },
      metrics: undefined,
      prometheus: [],
      loki: [],
      alertmanager: [],
      axiom: [],
      pyroscope: [],
      origins: [],
      warnings: [],
    });
  });

  it('keeps data under XDG_STATE_HOME, or where STEADY_DATA_DIR says', () => {
    expect(load('', { XDG_STATE_HOME: '/state' }).storage.dataDir).toBe('/state/steady');
    expect(load('', { STEADY_DATA_DIR: 'here' }).storage.dataDir).toBe(`${CWD}/here`);
    expect(load('[storage]\ndata_dir = "~/there"').storage.dataDir).toBe(`${HOME}/there`);
  });
});

describe('Slack', () => {
  it('chooses Socket Mode by the app token and HTTP by the signing secret', () => {
    expect(load('', SLACK).slack?.connection).toMatchObject({ kind: 'socket' });
    expect(
      load('', { SLACK_BOT_TOKEN: BOT, SLACK_SIGNING_SECRET: SIGNING, PORT: '8080' }).slack?.connection,
    ).toMatchObject({
      kind: 'http',
      port: 8080,
    });
    expect(load('', { ...SLACK, SLACK_SIGNING_SECRET: SIGNING }).slack?.connection.kind).toBe('socket');
  });

  it('lets the environment win over the file, and says so', () => {
    const config = load(`[slack]\nbot_token = "xoxb-from-the-file"\napp_token = "${APP}"`, {
      SLACK_BOT_TOKEN: BOT,
    });
    expect(config.slack?.botToken.reveal()).toBe(BOT);
    expect(config.origins).toContainEqual({ setting: 'slack.bot_token', from: 'env SLACK_BOT_TOKEN' });
    expect(config.origins).toContainEqual({ setting: 'slack.app_token', from: 'config.toml:3' });
  });

  it('takes no notice of PORT alone', () => {
    expect(load('', { PORT: 'not-even-a-port' }).slack).toBeUndefined();
  });

  it('names both ways out when backends are configured and Slack is not', () => {
    const config = load('[prometheus.deployments.prod]\nurl = "https://prom.example.com"');
    const told = problems(() => requireSlack(config)).join('\n');
    for (const name of ['SLACK_APP_TOKEN', 'SLACK_SIGNING_SECRET', 'Socket Mode', 'HTTP'])
      expect(told).toContain(name);
  });

  const skill = `[slack.workspaces.acme]\ntoken = "${BOT}"\n`;
  it("uses the older skill's workspace only when asked for", () => {
    const silent = load(skill);
    expect(silent.slack).toBeUndefined();
    expect(problems(() => requireSlack(silent)).join('\n')).toContain('STEADY_SLACK_WORKSPACE=acme');
    const app = { SLACK_APP_TOKEN: APP };
    expect(load(skill, { ...app, STEADY_SLACK_WORKSPACE: 'acme' }).slack?.botToken.reveal()).toBe(BOT);
    expect(load(`[slack]\nworkspace = "acme"\n${skill}`, app).slack?.botToken.reveal()).toBe(BOT);
  });

  it.each([
    ['http://127.0.0.1:9/api/', 'http://127.0.0.1:9/api/'],
    ['http://localhost:9', 'http://localhost:9/api/'],
    ['https://slack.example.com/api', 'https://slack.example.com/api/'],
  ])('reads api_url %s', (written, read) => {
    expect(load(`[slack]\napi_url = "${written}"`, SLACK).slack?.apiUrl).toBe(read);
  });
});

describe('settings', () => {
  it('reads every section', () => {
    const config = load(
      `
[slack]
announce_channel = "#incidents"
new_channels = true
read_messages = false
emoji = ":round_pushpin:"
recorded_emoji = "heavy_check_mark"
shared_channels = ["#partners", "C0123"]
allow_guests = true
allow_teams = ["T0999"]
allow_bots = ["U0999"]
allow_groups = ["S0123"]
teams = ["T0123"]
rate_class = "unlisted"
expected_connections = 2
environments = { "#checkout" = "prod" }
[prometheus.deployments.prod]
url = "https://prom.example.com"
[cadence]
update_every = "10s"
draft_before = "2m"
late_after = "3m"
escalate_after = "9m"
escalate_to = ["U0123", "S0123"]
nudge_cap = 3
heartbeats_in_a_row = 1
[cadence.table.investigating]
P1 = "15m"
[cadence.long]
after = "4h"
update_every = "2h"
[discovery]
timeout = "1m30s"
[links]
'PROJ-(\\d+)' = "https://issues.example.com/$1?from=$0"
[logging]
level = "warn"
[metrics]
port = 9464
[redaction]
patterns = ['INT-[0-9]{6}']
allow = ["harmless.example(1)"]
`,
      SLACK,
    );
    expect(config.slack).toMatchObject({
      announceChannel: 'incidents',
      newChannels: true,
      readMessages: false,
      emoji: 'round_pushpin',
      recordedEmoji: 'heavy_check_mark',
      environments: { checkout: 'prod' },
      sharedChannels: ['partners', 'C0123'],
      openings: { guests: true, teams: ['T0999'], bots: ['U0999'] },
      allowGroups: ['S0123'],
      teams: ['T0123'],
      rateClass: 'unlisted',
      expectedConnections: 2,
    });
    expect(config.cadence).toEqual({
      updateEvery: 10 * SECOND,
      draftBefore: 2 * MINUTE,
      lateAfter: 3 * MINUTE,
      escalateAfter: 9 * MINUTE,
      escalateTo: ['U0123', 'S0123'],
      nudgeCap: 3,
      heartbeatsInARow: 1,
      table: { investigating: { P1: 15 * MINUTE } },
      longMode: { after: 4 * HOUR, updateEvery: 2 * HOUR },
    });
    expect(config.discovery.timeout).toBe(90 * SECOND);
    expect(config.links).toEqual([{ pattern: 'PROJ-(\\d+)', url: 'https://issues.example.com/$1?from=$0' }]);
    expect(config.logging.level).toBe('warn');
    expect(config.metrics).toEqual({ port: 9464, host: '127.0.0.1' });
    expect(config.redaction).toEqual({ patterns: [/INT-[0-9]{6}/gu], allow: [/harmless\.example\(1\)/u] });
  });

  it('reads Loki with its tenant and Grafana, and Alertmanager', () => {
    const config = load(`
[loki.deployments.prod]
url = "http://loki.monitoring.svc:3100"
org_id = 7
grafana_url = "https://grafana.example.com/"
grafana_uid = "P8E-1"
[loki.deployments.bare]
url = "http://loki:3100"
token = "loki-token"
[alertmanager.deployments.prod]
url = "http://alertmanager.monitoring.svc:9093"
link_url = "https://alerts.example.com"
username = "steady"
password = "a-password"
[alertmanager.deployments.inside]
url = "http://alertmanager:9093"
`);
    const [prod, bare] = config.loki;
    expect(prod).toEqual({
      name: 'prod',
      url: 'http://loki.monitoring.svc:3100',
      orgId: '7',
      linkUrl: 'https://grafana.example.com',
      grafanaUid: 'P8E-1',
    });
    expect(bare?.auth?.kind).toBe('bearer');
    expect(config.alertmanager[0]).toMatchObject({
      linkUrl: 'https://alerts.example.com',
      auth: { kind: 'basic', username: 'steady' },
    });
    // A Loki without Grafana has no links that could lead nowhere.
    expect(config.warnings).toEqual([
      'alertmanager.deployments.inside: links lead to a bare name (alertmanager), which most browsers cannot reach; set link_url',
    ]);
    expect(
      load(
        '[loki.deployments.p]\nurl = "https://l.example.com"\ngrafana_url = "http://grafana:3000"\ngrafana_uid = "x"',
      ).warnings,
    ).toEqual([
      'loki.deployments.p: links lead to a bare name (grafana), which most browsers cannot reach; set grafana_url',
    ]);
  });

  it('reads Axiom, and says what a token may too much and what links lack', () => {
    const axiom = (more: string) => load(`[axiom.deployments.prod]\nurl = "https://api.axiom.co"\n${more}`);
    const config = axiom('token = "xaat-0123456789"\norg_id = "acme-x1"');
    expect(config.axiom).toMatchObject([{ name: 'prod', orgId: 'acme-x1', auth: { kind: 'bearer' } }]);
    expect(config.warnings).toEqual([]);
    expect(axiom('token = "xapt-0123456789"').warnings).toEqual([
      'axiom.deployments.prod: without org_id answers have no link into Axiom',
      'axiom.deployments.prod: a personal token (xapt-) may do all that its owner may; an API token that may query is enough',
    ]);
  });

  it('reads Prometheus with each way to sign in', () => {
    const config = load(
      `
[prometheus.deployments.bearer]
url = "https://prom.example.com/base/"
link_url = "https://p.example.com/"
token = "bearer-token"
[prometheus.deployments.basic]
url = "https://prom.example.com"
username = "steady"
password = "a-password"
[prometheus.deployments.address]
url = "https://steady:in-the-url@prom.example.com"
[prometheus.deployments.header]
url = "https://prom.example.com"
header_name = "X-Api-Key"
header_value = "header-value"
cf_access_client_id = "client-id.access"
cf_access_client_secret = "client-secret"
timeout = "5s"
concurrency = 2
ca_file = "ca.pem"
`,
      {},
      { 'ca.pem': '-----BEGIN CERTIFICATE-----\nMII=\n-----END CERTIFICATE-----\n' },
    );
    const [bearer, basic, address, header] = config.prometheus;
    expect(bearer).toMatchObject({
      name: 'bearer',
      url: 'https://prom.example.com/base',
      linkUrl: 'https://p.example.com',
    });
    expect(bearer?.auth?.kind === 'bearer' && bearer.auth.token.reveal()).toBe('bearer-token');
    expect(basic?.auth).toMatchObject({ kind: 'basic', username: 'steady' });
    expect(address?.url).toBe('https://prom.example.com');
    expect(address?.auth?.kind === 'basic' && address.auth.password.reveal()).toBe('in-the-url');
    expect(header?.auth).toMatchObject({ kind: 'header', name: 'X-Api-Key' });
    expect(header?.cloudflareAccess?.clientSecret.reveal()).toBe('client-secret');
    expect(header).toMatchObject({ timeout: 5 * SECOND, concurrency: 2 });
    expect(header?.ca).toContain('BEGIN CERTIFICATE');
    expect(config.secrets.map((one) => one.reveal()).sort()).toEqual(
      [
        'a-password',
        'bearer-token',
        'client-id.access',
        'client-secret',
        'header-value',
        'in-the-url',
      ].sort(),
    );
  });

  it('reads Grafana: what it vouches for, what marks a change, and Cloudflare Access beside a token', () => {
    const toml = `[grafana.deployments.prod]
url = "https://grafana.internal.example.com/g/"
link_url = "https://grafana.example.com"
token = "glsa_grafana"
cf_access_client_id = "client-id.access"
cf_access_client_secret = "client-secret"
org_id = 2
vouched_sources = ["orders-db", "P8E80"]
change_tags = ["shipped"]`;
    const { grafana, warnings } = loadConfig(fakeMachine({ 'config.toml': toml }));
    expect(grafana).toMatchObject([
      {
        name: 'prod',
        url: 'https://grafana.internal.example.com/g',
        linkUrl: 'https://grafana.example.com',
        auth: { kind: 'bearer' },
        cloudflareAccess: {},
        orgId: '2',
        vouchedSources: ['orders-db', 'P8E80'],
        changeTags: ['shipped'],
      },
    ]);
    expect(warnings).toEqual([]);
  });

  it("keeps the older skill's deployments, unchanged, for a version that asks them", () => {
    const toml = `
[axiom.deployments.prod]
url = "https://api.axiom.co"
token = "xaat-axiom-token"
org_id = "acme"
[grafana.deployments.prod]
url = "https://grafana.example.com"
access_command = "cloudflared access curl"
cf_access_client_id = ""
cf_access_client_secret = ""
token = "glsa_grafana"
org_id = 3
[pyroscope.deployments.prod]
url = "https://pyro.example.com"
username = "steady"
password = "a-password"
[sentry.deployments.prod]
token = "sntryu_token"
organization_slug = "acme"
project_slug = "checkout"
[k8s]
context = "prod"
`;
    const config = loadConfig(fakeMachine({ [`${HOME}/.config/gilfoyle/config.toml`]: toml }));
    expect(config.axiom).toMatchObject([{ name: 'prod', url: 'https://api.axiom.co', orgId: 'acme' }]);
    expect(config.pyroscope).toMatchObject([
      { name: 'prod', url: 'https://pyro.example.com', auth: { kind: 'basic', username: 'steady' } },
    ]);
    expect(config.grafana).toMatchObject([
      {
        name: 'prod',
        url: 'https://grafana.example.com',
        accessCommand: { argv: ['cloudflared', 'access', 'curl'] },
        orgId: '3',
      },
    ]);
    expect(config.sentry).toMatchObject([
      { name: 'prod', url: 'https://sentry.io', organization: 'acme', project: 'checkout' },
    ]);
    expect(config.warnings).toEqual([
      '~/.config/gilfoyle/config.toml:21 k8s: not a section of Steady; left alone',
      'grafana.deployments.prod: more than one way to sign in; access_command is used',
    ]);
  });

  it('gives a command of the operator what it needs of the environment, and nothing of ours', () => {
    const toml = `[grafana.deployments.prod]
url = "https://grafana.example.com"
access_command = ["cloudflared", "access", "curl", "--user-agent=a b"]`;
    const env = { PATH: '/bin', HOME, XDG_CONFIG_HOME: '/c', GRAFANA_TOKEN: 'glsa_12345678', OTHER: 'x' };
    const config = loadConfig(fakeMachine({ 'config.toml': toml }, env));
    expect(config.grafana[0]?.accessCommand).toEqual({
      argv: ['cloudflared', 'access', 'curl', '--user-agent=a b'],
      environment: { PATH: '/bin', HOME, XDG_CONFIG_HOME: '/c' },
    });
  });
});

describe('env: and file:', () => {
  const prom = (token: string) =>
    `[prometheus.deployments.prod]\nurl = "https://prom.example.com"\ntoken = "${token}"`;

  it('looks values up and makes them secrets, with where they came from', () => {
    const env = load(prom('env:PROM_TOKEN'), { PROM_TOKEN: 'from-the-environment' });
    const file = load(prom('file:secrets/prom'), {}, { 'secrets/prom': 'from-the-file\n' });
    expect(env.secrets.map((one) => [one.reveal(), one.origin])).toEqual([
      ['from-the-environment', 'config.toml:3, env PROM_TOKEN'],
    ]);
    expect(file.secrets.map((one) => [one.reveal(), one.origin])).toEqual([
      ['from-the-file', 'config.toml:3, file secrets/prom'],
    ]);
  });

  it('treats what came that way as a secret whatever its key', () => {
    const config = load('[prometheus.deployments.prod]\nurl = "env:PROM_URL"', {
      PROM_URL: 'https://prom.example.com',
    });
    expect(config.secrets.map((one) => one.reveal())).toEqual(['https://prom.example.com']);
    expect(config.warnings.join()).toContain('link_url');
  });

  it('lets durations and words of a list come that way without making them secrets', () => {
    const config = load('[cadence]\nupdate_every = "env:EVERY"\n[slack]\nrate_class = "env:CLASS"', {
      ...SLACK,
      EVERY: '45m',
      CLASS: 'unlisted',
    });
    expect([config.cadence.updateEvery, config.slack?.rateClass]).toEqual([45 * MINUTE, 'unlisted']);
    expect(config.secrets.map((one) => one.reveal())).toEqual([BOT, APP]);
  });

  it('runs nothing: shell syntax in a value is text', () => {
    const config = load(
      `[prometheus.deployments.prod]\nurl = "https://prom.example.com"\ntoken = "$(touch /tmp/owned)"`,
    );
    expect(config.secrets.map((one) => one.reveal())).toEqual(['$(touch /tmp/owned)']);
  });
});

it('never prints a secret, in any way a program prints', () => {
  const config = load(`[prometheus.deployments.p]\nurl = "https://u:url-password@prom.example.com"`, {
    ...SLACK,
    DATABASE_URL: 'postgres://u:db-password@h/d',
  });
  expect(config.secrets).toHaveLength(4);
  for (const secret of config.secrets) expect(JSON.stringify(config)).not.toContain(secret.reveal());
});
