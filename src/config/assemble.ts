import type { AlertmanagerDeployment } from '../backends/alertmanager/settings.ts';
import type { AxiomDeployment } from '../backends/axiom/settings.ts';
import type { Auth, Connection } from '../backends/connection.ts';
import type { GrafanaDeployment } from '../backends/grafana/settings.ts';
import type { LokiDeployment } from '../backends/loki/settings.ts';
import type { PrometheusDeployment } from '../backends/prometheus/settings.ts';
import type { PyroscopeDeployment } from '../backends/pyroscope/settings.ts';
import type { SentryDeployment } from '../backends/sentry/settings.ts';
import { type CadenceSettings, DEFAULT_CADENCE } from '../domain/cadence.ts';
import type { Secret } from '../domain/secret.ts';
import { DAY, MINUTE, SECOND } from '../domain/time.ts';
import type { Config, DatabaseSettings, KnowledgeSettings, RedactionSettings } from './config.ts';
import { environmentOfCommands } from './environment.ts';
import type { Machine } from './machine.ts';
import { ownOrganization } from './own-organization.ts';
import type { Address } from './readers.ts';
import type { FileSettings } from './schema.ts';
import type { SlackSettings } from './slack-settings.ts';

/** What assembling needs besides the settings. */
export interface Surroundings {
  /** Absolute folder for data when nothing names one. */
  readonly defaultDataDir: string;
  /** A path of the configuration, made absolute. */
  readonly absolute: (path: string) => string;
  /** The text of a PEM file. */
  readonly certificates: (path: string) => string | undefined;
  readonly env: Machine['env'];
}

type Assembled = Omit<Config, 'file' | 'secrets' | 'origins' | 'warnings'>;

/** Gives checked settings the shape the program uses, with defaults. */
export function assemble(settings: FileSettings, around: Surroundings): Assembled {
  return {
    slack: slackOf(settings),
    cadence: cadenceOf(settings.cadence ?? {}),
    mitigations: mitigationsOf(settings.mitigations ?? {}),
    services: Object.fromEntries(
      Object.entries(settings.services ?? {}).map(([name, { slo }]) => [
        name.toLowerCase(),
        slo === undefined ? {} : { slo },
      ]),
    ),
    conclusions: { skipJudge: settings.conclusions?.skip_judge ?? [] },
    storage: {
      database: settings.storage?.database_url && databaseOf(settings.storage.database_url),
      dataDir: around.absolute(settings.storage?.data_dir ?? around.defaultDataDir),
    },
    discovery: { timeout: settings.discovery?.timeout ?? 10 * SECOND },
    changes: { lookEvery: settings.changes?.look_every ?? 3 * MINUTE },
    knowledge: knowledgeOf(settings.knowledge ?? {}, around),
    links: Object.entries(settings.links ?? {}).map(([pattern, url]) => ({ pattern, url })),
    logging: { level: settings.logging?.level ?? 'info' },
    metrics:
      settings.metrics?.port === undefined
        ? undefined
        : { port: settings.metrics.port, host: settings.metrics.host ?? '127.0.0.1' },
    redaction: redactionOf(settings.redaction ?? {}),
    prometheus: plainOf(settings.prometheus, around),
    loki: lokiOf(settings, around),
    alertmanager: plainOf(settings.alertmanager, around),
    axiom: axiomOf(settings, around),
    sentry: sentryOf(settings, around),
    grafana: grafanaOf(settings, around),
    pyroscope: pyroscopeOf(settings, around),
  };
}

function slackOf({ slack }: FileSettings): SlackSettings | undefined {
  const botToken = slack?.bot_token ?? slack?.workspaces?.[slack.workspace ?? '']?.token;
  if (slack === undefined || botToken === undefined) return undefined;
  const { app_token: appToken, signing_secret: signingSecret } = slack;
  if (appToken === undefined && signingSecret === undefined) return undefined;
  return {
    botToken,
    connection:
      appToken !== undefined
        ? { kind: 'socket', appToken }
        : { kind: 'http', signingSecret: signingSecret as Secret, port: slack.port ?? 3000 },
    apiUrl: slack.api_url ?? 'https://slack.com/api/',
    announceChannel: slack.announce_channel && bare(slack.announce_channel),
    newChannels: slack.new_channels ?? false,
    readMessages: slack.read_messages ?? true,
    emoji: (slack.emoji ?? 'pushpin').replaceAll(':', ''),
    recordedEmoji: (slack.recorded_emoji ?? 'white_check_mark').replaceAll(':', ''),
    environments: Object.fromEntries(
      Object.entries(slack.environments ?? {}).map(([channel, name]) => [bare(channel), name]),
    ),
    sharedChannels: (slack.shared_channels ?? []).map(bare),
    openings: {
      guests: slack.allow_guests ?? false,
      teams: slack.allow_teams ?? [],
      bots: slack.allow_bots ?? [],
    },
    allowGroups: slack.allow_groups ?? [],
    teams: slack.teams ?? [],
    rateClass: slack.rate_class ?? 'internal',
    expectedConnections: slack.expected_connections ?? 1,
  };
}

/** A channel as people write it, without its `#`. */
function bare(channel: string): string {
  return channel.replace(/^#/, '');
}

function redactionOf(redaction: NonNullable<FileSettings['redaction']>): RedactionSettings {
  const exactly = (text: string) => new RegExp(text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'), 'u');
  return {
    patterns: (redaction.patterns ?? []).map((source) => new RegExp(source, 'gu')),
    allow: (redaction.allow ?? []).map(exactly),
  };
}

function cadenceOf(cadence: NonNullable<FileSettings['cadence']>): CadenceSettings {
  const { late_after: late, escalate_after: escalate, table, long } = cadence;
  return {
    ...DEFAULT_CADENCE,
    ...(cadence.update_every !== undefined && { updateEvery: cadence.update_every }),
    ...(cadence.escalate_to !== undefined && { escalateTo: cadence.escalate_to }),
    ...(cadence.nudge_cap !== undefined && { nudgeCap: cadence.nudge_cap }),
    ...(cadence.heartbeats_in_a_row !== undefined && { heartbeatsInARow: cadence.heartbeats_in_a_row }),
    ...(table !== undefined && { table: withoutUndefined(table) }),
    ...(long !== undefined && { longMode: { after: long.after, updateEvery: long.update_every } }),
    ...(cadence.draft_before !== undefined && { draftBefore: cadence.draft_before }),
    ...(late !== undefined && { lateAfter: late }),
    ...(escalate !== undefined && { escalateAfter: escalate }),
  };
}

function knowledgeOf(
  knowledge: NonNullable<FileSettings['knowledge']>,
  around: Surroundings,
): KnowledgeSettings {
  return {
    syncEvery: knowledge.sync_every ?? 10 * MINUTE,
    staleAfter: knowledge.stale_after ?? 180 * DAY,
    sleepAt: knowledge.sleep,
    sleepWhen: knowledge.sleep_when ?? 200,
    orgs: Object.entries(knowledge.orgs ?? {}).map(([name, org]) => ({
      name,
      ...(org.repo !== undefined && { repo: org.repo }),
      ...(org.branch !== undefined && { branch: org.branch }),
      ...(org.username !== undefined && { username: org.username }),
      ...(org.token !== undefined && { token: org.token }),
      ...(org.ssh_key_file !== undefined && { sshKey: around.absolute(org.ssh_key_file) }),
      ...(org.channel !== undefined && { channel: org.channel }),
    })),
  };
}

function mitigationsOf({
  services = {},
  ...all
}: NonNullable<FileSettings['mitigations']>): Config['mitigations'] {
  return {
    all: commandsOf(all),
    services: Object.fromEntries(Object.entries(services).map(([name, own]) => [name, commandsOf(own)])),
  };
}

type Commands = Omit<NonNullable<FileSettings['mitigations']>, 'services'>;

function commandsOf({ rollback, flag, rate_limit: rateLimit }: Commands): Config['mitigations']['all'] {
  return {
    ...(rollback !== undefined && { rollback }),
    ...(flag !== undefined && { flag }),
    ...(rateLimit !== undefined && { 'rate-limit': rateLimit }),
  };
}

function withoutUndefined(
  table: NonNullable<NonNullable<FileSettings['cadence']>['table']>,
): NonNullable<CadenceSettings['table']> {
  return Object.fromEntries(
    Object.entries(table).map(([phase, row]) => [
      phase,
      Object.fromEntries(Object.entries(row ?? {}).filter(([, interval]) => interval !== undefined)),
    ]),
  );
}

function databaseOf(address: Address): DatabaseSettings {
  return { url: address.url, password: address.password };
}

type Deployments = FileSettings['prometheus'];
type Written = NonNullable<NonNullable<Deployments>['deployments']>[string];
/** Keys of a deployment as written, whichever of them its tool knows. */
type Reach = { readonly [key in keyof Written]?: Written[key] | undefined } & {
  readonly access_command?: readonly string[] | undefined;
};

/** Tools that need no more than to be reached: Prometheus and Alertmanager. */
function plainOf(
  section: Deployments,
  around: Surroundings,
): readonly (PrometheusDeployment & AlertmanagerDeployment)[] {
  return Object.entries(section?.deployments ?? {}).map(([name, one]) => ({
    name,
    ...connectionOf(one, one.url, around),
    ...(one.link_url !== undefined && { linkUrl: one.link_url.url }),
  }));
}

function lokiOf(settings: FileSettings, around: Surroundings): readonly LokiDeployment[] {
  return Object.entries(settings.loki?.deployments ?? {}).map(([name, one]) => ({
    name,
    ...connectionOf(one, one.url, around),
    ...(one.org_id !== undefined && { orgId: one.org_id }),
    ...(one.grafana_url !== undefined && { linkUrl: one.grafana_url.url }),
    ...(one.grafana_uid !== undefined && { grafanaUid: one.grafana_uid }),
  }));
}

/** Where Sentry itself runs it. */
const SENTRY: Address = { url: 'https://sentry.io', username: undefined, password: undefined };

function sentryOf(settings: FileSettings, around: Surroundings): readonly SentryDeployment[] {
  return Object.entries(settings.sentry?.deployments ?? {}).map(([name, one]) => {
    const url = one.url ?? SENTRY;
    return {
      name,
      ...connectionOf(one, url, around),
      // An address of the organization's own says which it is.
      organization: one.organization_slug ?? ownOrganization(url.url) ?? '',
      ...(one.project_slug !== undefined && { project: one.project_slug }),
      ...(one.link_url !== undefined && { linkUrl: one.link_url.url }),
    };
  });
}

function axiomOf(settings: FileSettings, around: Surroundings): readonly AxiomDeployment[] {
  return Object.entries(settings.axiom?.deployments ?? {}).map(([name, one]) => ({
    name,
    ...connectionOf(one, one.url, around),
    ...(one.link_url !== undefined && { linkUrl: one.link_url.url }),
    ...(one.org_id !== undefined && { orgId: one.org_id }),
  }));
}

function grafanaOf(settings: FileSettings, around: Surroundings): readonly GrafanaDeployment[] {
  return Object.entries(settings.grafana?.deployments ?? {}).map(([name, one]) => ({
    name,
    ...connectionOf(one, one.url, around),
    ...(one.link_url !== undefined && { linkUrl: one.link_url.url }),
    ...(one.org_id !== undefined && { orgId: one.org_id }),
    ...(one.vouched_sources !== undefined && { vouchedSources: one.vouched_sources }),
    ...(one.change_tags !== undefined && { changeTags: one.change_tags }),
  }));
}

function pyroscopeOf(settings: FileSettings, around: Surroundings): readonly PyroscopeDeployment[] {
  return Object.entries(settings.pyroscope?.deployments ?? {}).map(([name, one]) => {
    const link = one.grafana_url ?? one.link_url;
    return {
      name,
      ...connectionOf(one, one.url, around),
      ...(one.org_id !== undefined && { orgId: one.org_id }),
      ...(link !== undefined && { linkUrl: link.url }),
      ...(one.grafana_uid !== undefined && { grafanaUid: one.grafana_uid }),
    };
  });
}

function connectionOf(one: Reach, url: Address, around: Surroundings): Connection {
  const auth = authOf(one, url);
  const id = one.cf_access_client_id;
  const clientSecret = one.cf_access_client_secret;
  const ca = one.ca_file === undefined ? undefined : around.certificates(one.ca_file);
  return {
    url: url.url,
    ...(auth !== undefined && { auth }),
    ...(id !== undefined &&
      clientSecret !== undefined && { cloudflareAccess: { clientId: id, clientSecret } }),
    ...(one.access_command !== undefined && {
      accessCommand: { argv: one.access_command, environment: environmentOfCommands(around.env) },
    }),
    ...(ca !== undefined && { ca }),
    ...(one.timeout !== undefined && { timeout: one.timeout }),
    ...(one.concurrency !== undefined && { concurrency: one.concurrency }),
  };
}

/** With several ways to sign in, the order of the older skill: token, then user name and password; a header last. */
function authOf(one: Reach, url: Address): Auth | undefined {
  if (one.token !== undefined) return { kind: 'bearer', token: one.token };
  if (one.username !== undefined && one.password !== undefined)
    return { kind: 'basic', username: one.username, password: one.password };
  if (url.password !== undefined)
    return { kind: 'basic', username: url.username ?? '', password: url.password };
  if (one.header_name !== undefined && one.header_value !== undefined)
    return { kind: 'header', name: one.header_name, value: one.header_value };
  return undefined;
}
