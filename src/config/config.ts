import type { AlertmanagerDeployment } from '../backends/alertmanager/settings.ts';
import type { AxiomDeployment } from '../backends/axiom/settings.ts';
import type { GrafanaDeployment } from '../backends/grafana/settings.ts';
import type { LokiDeployment } from '../backends/loki/settings.ts';
import type { PrometheusDeployment } from '../backends/prometheus/settings.ts';
import type { PyroscopeDeployment } from '../backends/pyroscope/settings.ts';
import type { SentryDeployment } from '../backends/sentry/settings.ts';
import type { CadenceSettings } from '../domain/cadence.ts';
import type { Severity } from '../domain/incident.ts';
import type { MitigationSettings } from '../domain/investigation/mitigation-command.ts';
import type { SleepSchedule } from '../domain/knowledge/sleep-schedule.ts';
import type { ServiceLevel } from '../domain/postmortem/service-level.ts';
import type { Secret } from '../domain/secret.ts';
import type { Duration } from '../domain/time.ts';
import type { SlackSettings } from './slack-settings.ts';

/**
 * Everything an operator can set, read once at start by `loadConfig`; nothing else reads files or the environment.
 * Durations are milliseconds. A value that must not be shown is a `Secret`.
 */
export interface Config {
  /** The file that was read, as an absolute path; undefined when the environment alone configures Steady. */
  readonly file: string | undefined;
  /** Undefined when nothing says how to reach Slack; `requireSlack` then names both ways out. */
  readonly slack: SlackSettings | undefined;
  readonly cadence: CadenceSettings;
  readonly conclusions: ConclusionSettings;
  /** Commands for people to run; Steady runs none of them. */
  readonly mitigations: MitigationSettings;
  /** By name in lower case: what services promise. */
  readonly services: Readonly<Record<string, { readonly slo?: ServiceLevel }>>;
  readonly storage: StorageSettings;
  readonly discovery: DiscoverySettings;
  readonly changes: ChangeSettings;
  readonly knowledge: KnowledgeSettings;
  /** Patterns that become links in what Steady posts, in the order of the file. */
  readonly links: readonly LinkPattern[];
  readonly logging: LoggingSettings;
  /** Undefined = no metrics port is opened. */
  readonly metrics: MetricsSettings | undefined;
  readonly redaction: RedactionSettings;
  readonly prometheus: readonly PrometheusDeployment[];
  readonly loki: readonly LokiDeployment[];
  readonly alertmanager: readonly AlertmanagerDeployment[];
  readonly sentry: readonly SentryDeployment[];
  readonly axiom: readonly AxiomDeployment[];
  readonly grafana: readonly GrafanaDeployment[];
  readonly pyroscope: readonly PyroscopeDeployment[];
  /** Every secret that was read, used or not: what redaction must never let out. */
  readonly secrets: readonly Secret[];
  /** What was set and where, in the order of reading; defaults are not listed. */
  readonly origins: readonly Origin[];
  /** What is legal but probably not meant, one line each. */
  readonly warnings: readonly string[];
}

export interface ConclusionSettings {
  /** Severities whose resolution needs no judge. Default none. */
  readonly skipJudge: readonly Severity[];
}

export interface StorageSettings {
  /** A PostgreSQL server (15 or newer); undefined = the embedded SQLite in `dataDir`. */
  readonly database: DatabaseSettings | undefined;
  /** Absolute folder for the embedded database and drafts of files. Default `$XDG_STATE_HOME/steady`, else `~/.local/state/steady`. */
  readonly dataDir: string;
}

/** A PostgreSQL address whose password is kept apart; `databaseUrl` joins them at the place that connects. */
export interface DatabaseSettings {
  /** `postgres://user@host:5432/name`, without a password: safe to print unless it came by `env:` or `file:`. */
  readonly url: string;
  readonly password: Secret | undefined;
}

export interface DiscoverySettings {
  /** How long each part of a discovery may take. Default 10 s, from 1 s to 5 min. */
  readonly timeout: Duration;
}

export interface ChangeSettings {
  /** How often systems are asked for deploys and flags while a P1 or P2 is open. Default 3 min, from 1 min to 1 h. */
  readonly lookEvery: Duration;
}

export interface KnowledgeSettings {
  /** How often organisations' repositories are pulled. Default 10 min, from 1 min to a day. */
  readonly syncEvery: Duration;
  /** An entry that nobody pinned and that helped nobody for so long is archived by sleep. Default 180 days. */
  readonly staleAfter: Duration;
  /** When repositories are consolidated without being asked. Default never: nobody's files are rewritten unless somebody wants it. */
  readonly sleepAt: SleepSchedule | undefined;
  /** Entries in one file above which a sleep is offered, at most once a week. Default 200; 0 never offers. */
  readonly sleepWhen: number;
  /** In the order of the file; *for the team* means the first. */
  readonly orgs: readonly OrgSettings[];
}

/** One `[knowledge.orgs.NAME]`. */
export interface OrgSettings {
  readonly name: string;
  /** A git repository, by https or ssh; without one its knowledge is kept in the storage alone. */
  readonly repo?: string;
  /** Default `main`. */
  readonly branch?: string;
  /** For https, given to git by askpass. The user name is `x-access-token` where only a token is set. */
  readonly username?: string;
  readonly token?: Secret;
  /** Absolute path of a private key for ssh. */
  readonly sshKey?: string;
  /** The channel that hears what a sleep does by itself, or offers; without one whoever wrote last hears of it. */
  readonly channel?: string;
}

/** `PROJ-\d+` and where it leads. */
export interface LinkPattern {
  /** Source of a regular expression, compiled with the flags `gu`; checked to be free of nested repetition. */
  readonly pattern: string;
  /** An http(s) address with `$0` for the whole match, `$1` … for its groups (each percent-encoded when filled in). */
  readonly url: string;
}

export type LogLevel = 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal';

export interface LoggingSettings {
  /** Default `info`. */
  readonly level: LogLevel;
}

export interface MetricsSettings {
  readonly port: number;
  /** Default `127.0.0.1`. */
  readonly host: string;
}

export interface RedactionSettings {
  /** Further shapes whose matches never leave; checked to be free of nested repetition. */
  readonly patterns: readonly RegExp[];
  /** Exact texts, as patterns, that the rule pack would withhold and that are harmless. Never frees a held secret. */
  readonly allow: readonly RegExp[];
}

/** One setting and where it came from; never its value. */
export interface Origin {
  /** `slack.bot_token`. */
  readonly setting: string;
  /** `env SLACK_BOT_TOKEN`, `config.toml:12`, `config.toml:12, env PROM_TOKEN`. */
  readonly from: string;
}

/** The address to connect with. Call it only where the connection is opened; the result holds the password. */
export function databaseUrl(database: DatabaseSettings): string {
  if (database.password === undefined) return database.url;
  const url = new URL(database.url);
  url.password = encodeURIComponent(database.password.reveal());
  return url.href;
}
