import { dirname } from 'node:path';
import { parse, TomlError } from 'smol-toml';
import { ConfigError } from '../domain/errors.ts';
import { Secret } from '../domain/secret.ts';
import { assemble } from './assemble.ts';
import { readCertificates } from './certificates.ts';
import type { Config, Origin } from './config.ts';
import { isTable, layEnvironment, strangeVariables } from './environment.ts';
import { type ConfigFile, findConfigFile, showPath, trusted } from './find-file.ts';
import { reportHalfSet } from './half-set.ts';
import { type KeyPath, keyLines } from './key-lines.ts';
import { inheritable } from './legacy-file.ts';
import { checkLinks } from './link-patterns.ts';
import type { Machine } from './machine.ts';
import { homedirPath, resolvePath } from './paths.ts';
import { Problems, sayPath } from './problems.ts';
import { ALREADY_SAID } from './readers.ts';
import { resolveTexts } from './resolve-texts.ts';
import { fileSchema } from './schema.ts';
import { SHORTEST_SECRET, Text } from './text.ts';
import { configWarnings } from './warnings.ts';

/**
 * Reads the configuration once: the first file of the search order, the environment over it, `env:` and `file:`
 * looked up. Throws one ConfigError with every problem, each a line that names the place. Nothing in a value is executed.
 */
export function loadConfig(machine: Machine): Config {
  const problems = new Problems();
  const warnings: string[] = [];
  const file = findConfigFile(machine);
  const named = machine.env.STEADY_CONFIG;
  if (named !== undefined && (file === undefined || named === ''))
    problems.add(
      0,
      `env STEADY_CONFIG: ${named === '' ? 'is set but empty' : `names ${named}, where there is no file`}`,
    );

  const document = file === undefined ? NOTHING : readDocument(file, machine, problems);
  const settings = resolveTexts(
    file?.legacy ? inheritable(document.table, document.place, warnings) : document.table,
    {
      machine,
      path: file?.path ?? resolvePath('config.toml', machine.cwd, machine.home),
      place: (path) => document.place(path),
      report: (path, message) =>
        problems.add(document.line(path), `${document.place(path)} ${sayPath(path)}: ${message}`),
    },
  ) as Record<string, unknown>;
  const laid = layEnvironment(settings, machine, problems);

  const place = (path: KeyPath) => {
    const variable = laid.get(path.slice(0, 2).join('.'));
    return variable === undefined ? `${document.place(path)} ${sayPath(path)}` : `env ${variable}`;
  };
  const report = (path: KeyPath, message: string) =>
    problems.add(
      laid.has(path.slice(0, 2).join('.')) ? 0 : document.line(path),
      `${place(path)}: ${message}`,
    );

  reportHalfSet(settings, report);
  checkLinks(settings, report);
  const folder = file === undefined ? machine.cwd : dirname(file.path);
  const certificates = readCertificates(settings, folder, machine, report);
  const read = fileSchema.safeParse(settings);
  for (const issue of read.error?.issues ?? []) {
    const path = issue.path.map((key) => (typeof key === 'symbol' ? String(key) : key));
    if (issue.code === 'unrecognized_keys')
      for (const [index, message] of issue.message.split('\n').entries())
        report([...path, issue.keys[index] ?? ''], message);
    else if (issue.message !== ALREADY_SAID) report(path, issue.message);
  }
  if (!read.success || problems.lines.length > 0) throw new ConfigError(problems.lines);

  const assembled = assemble(read.data, {
    defaultDataDir: defaultDataDir(machine),
    absolute: (path) => resolvePath(path, laid.has('storage.data_dir') ? machine.cwd : folder, machine.home),
    certificates: (path) => certificates.get(path),
    env: machine.env,
  });
  return {
    file: file?.path,
    ...assembled,
    secrets: secretsOf(settings, read.data),
    origins: originsOf(settings, document.place),
    warnings: [...warnings, ...strangeVariables(machine), ...configWarnings(settings, assembled)],
  };
}

interface Document {
  readonly table: Record<string, unknown>;
  readonly line: (path: KeyPath) => number;
  readonly place: (path: KeyPath) => string;
}

const NOTHING: Document = { table: {}, line: () => 0, place: () => 'config.toml' };

function readDocument(file: ConfigFile, machine: Machine, problems: Problems): Document {
  const shown = showPath(file.path, machine);
  const content = trusted(file, machine);
  if ('refused' in content) {
    problems.add(0, `${shown}: refused: ${content.refused}`);
    return NOTHING;
  }
  try {
    const table = parse(content.text, { unsafeKeyBehaviour: 'throw' });
    const lineOf = keyLines(content.text);
    const line = (path: KeyPath) => lineOf(path) ?? 1;
    return { table, line, place: (path) => `${shown}:${line(path)}` };
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    // Only the first line of the message: the rest quotes the file, which may hold secrets.
    const [reason = 'not TOML'] = error.message.replace('Invalid TOML document: ', '').split('\n');
    problems.add(error.line, `${shown}:${error.line} column ${error.column}: not TOML: ${reason}`);
    return NOTHING;
  }
}

function defaultDataDir(machine: Machine): string {
  const state = machine.env.XDG_STATE_HOME || homedirPath(machine.home, '.local/state');
  return state === undefined ? resolvePath('data', machine.cwd, undefined) : `${state}/steady`;
}

/** Keys whose values are words of a short list: withholding those would tear holes into ordinary text. */
const CLOSED: ReadonlySet<string> = new Set(['level', 'rate_class']);

/** Every secret: what a schema wrapped, and every text that came by `env:` or `file:` and is kept as text. */
function secretsOf(settings: unknown, read: unknown): readonly Secret[] {
  const found: Secret[] = [];
  const add = (secret: Secret) => {
    if (!found.some((one) => one.reveal() === secret.reveal())) found.push(secret);
  };
  const walk = (raw: unknown, value: unknown, key = ''): void => {
    if (value instanceof Secret) add(value);
    else if (raw instanceof Text) {
      if (
        raw.held &&
        !CLOSED.has(key) &&
        value !== undefined &&
        typeof value !== 'number' &&
        raw.value.length >= SHORTEST_SECRET
      )
        add(raw.secret());
      if (isTable(value)) for (const part of Object.values(value)) walk(undefined, part);
    } else if (typeof value === 'object' && value !== null)
      for (const [key, part] of Object.entries(value))
        walk((raw as Record<string, unknown> | undefined)?.[key], part, key);
  };
  walk(settings, read);
  return found;
}

function originsOf(settings: unknown, place: (path: KeyPath) => string): readonly Origin[] {
  const origins: Origin[] = [];
  const walk = (value: unknown, path: KeyPath): void => {
    if (isTable(value)) for (const [key, part] of Object.entries(value)) walk(part, [...path, key]);
    else origins.push({ setting: sayPath(path), from: value instanceof Text ? value.from : place(path) });
  };
  walk(settings, []);
  return origins;
}
