import type { Machine } from './machine.ts';
import { nearest } from './nearest.ts';
import type { Problems } from './problems.ts';
import { Text } from './text.ts';

/** Variables that are settings, and the key each stands for. They win over the file. */
const VARIABLES = {
  SLACK_BOT_TOKEN: ['slack', 'bot_token'],
  SLACK_APP_TOKEN: ['slack', 'app_token'],
  SLACK_SIGNING_SECRET: ['slack', 'signing_secret'],
  STEADY_SLACK_WORKSPACE: ['slack', 'workspace'],
  PORT: ['slack', 'port'],
  DATABASE_URL: ['storage', 'database_url'],
  STEADY_DATA_DIR: ['storage', 'data_dir'],
} as const;

/** Variables of the project that are no settings of a running Steady. */
const NO_SETTINGS: ReadonlySet<string> = new Set(['STEADY_REQUIRE_REAL_SERVERS']);

/** Lays the environment over the file's settings. Answers which key came from which variable, as `slack.bot_token` → name. */
export function layEnvironment(
  settings: Record<string, unknown>,
  machine: Machine,
  problems: Problems,
): ReadonlyMap<string, string> {
  const laid = new Map<string, string>();
  for (const [name, [section, key]] of Object.entries(VARIABLES)) {
    const value = machine.env[name];
    if (value === undefined) continue;
    // Many platforms set PORT for everything they start: alone it says nothing about Slack.
    if (name === 'PORT' && !Object.hasOwn(settings, 'slack')) continue;
    if (value.trim() === '') {
      problems.add(0, `env ${name}: is set but empty; give it its value, or unset it`);
      continue;
    }
    const table = settings[section];
    const kept = isTable(table) ? table : {};
    if (table === undefined || isTable(table))
      settings[section] = { ...kept, [key]: new Text(value, `env ${name}`) };
    laid.set(`${section}.${key}`, name);
  }
  return laid;
}

export function isTable(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Text);
}

/** Names of variables that make this a real installation, empty ones included: an empty token is a mistake, not a wish to play. */
export function settingVariables(machine: Machine): readonly string[] {
  return Object.keys(machine.env)
    .filter((name) => machine.env[name] !== undefined && !NO_SETTINGS.has(name))
    .filter((name) => name.startsWith('STEADY_') || name.startsWith('SLACK_') || name === 'DATABASE_URL')
    .sort();
}

/** Warns about variables that look like ours and are not. */
export function strangeVariables(machine: Machine): readonly string[] {
  const known = [...Object.keys(VARIABLES), 'STEADY_CONFIG'];
  return Object.keys(machine.env)
    .filter((name) => name.startsWith('STEADY_') && !known.includes(name) && !NO_SETTINGS.has(name))
    .map((name) => {
      const near = nearest(name, known);
      return `env ${name}: no such setting${near === undefined ? '' : `; did you mean ${near}?`}`;
    });
}

/** What a program needs to find itself, its user's home and the roots it trusts. Nothing of Steady's own, no tokens. */
const FOR_COMMANDS =
  /^(?:PATH|HOME|USER|LOGNAME|LANG|LC_ALL|TZ|TMPDIR|XDG_(?:CONFIG|CACHE|DATA|STATE)_HOME|XDG_RUNTIME_DIR|SSL_CERT_(?:FILE|DIR))$/;

/** All that an `access_command` sees of the environment. */
export function environmentOfCommands(env: Machine['env']): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) =>
      FOR_COMMANDS.test(name) && value !== undefined ? [[name, value]] : [],
    ),
  );
}
