import type { Config } from '../config/config.ts';
import { loadConfig } from '../config/load-config.ts';
import { requireSlack, sayRateClass } from '../config/slack-settings.ts';
import { BackendError, ConfigError } from '../domain/errors.ts';
import type { Secret } from '../domain/secret.ts';
import { type Duration, SECOND } from '../domain/time.ts';
import type { Probe, World } from './composition.ts';

/** Longest a system may take to answer its one question. */
const PATIENCE: Duration = 30 * SECOND;

interface Row {
  readonly subject: string;
  readonly state: 'ok' | 'failed';
  readonly took: Duration | undefined;
  readonly line: string;
}

/**
 * Validates everything, then asks each configured system one harmless question: a progress line each, a table at the
 * end. Exit code 1 if anything fails. No secret is printed: every line is searched for the ones that are held.
 */
export async function check(world: World, options: { readonly json: boolean }): Promise<number> {
  const config = options.json ? loadForJson(world) : loadConfig(world.machine);
  if (config === undefined) return 1;
  const say = (line: string) => options.json || world.terminal.out(withoutSecrets(line, config.secrets));
  say(`ok      configuration: ${config.file ?? 'the environment alone'}, ${config.origins.length} settings`);
  const warnings = [...config.warnings];
  const rows: Row[] = [];
  const add = (row: Row) => {
    rows.push(row);
    say(progress(row));
  };
  // Nobody to ask, and Steady would not start: both ways out are told below the table.
  const unreachable = waysToSlack(config);
  if (unreachable.length > 0) {
    add({ subject: 'Slack', state: 'failed', took: undefined, line: 'no way to reach it' });
    warnings.push(...unreachable);
  }

  const { probes } = await world.compose();
  const asked = await Promise.all(
    probes(config).map(async (probe) => {
      const { row, notes } = await ask(probe, world);
      say(progress(row));
      warnings.push(...notes.map((note) => `${probe.subject}: ${note}`));
      return row;
    }),
  );
  rows.push(...asked);
  if (config.slack !== undefined) warnings.push(`Slack: ${sayRateClass(config.slack)}`);

  if (options.json) {
    const report = {
      ok: rows.every((row) => row.state !== 'failed'),
      file: config.file ?? null,
      systems: rows,
      notes: warnings,
    };
    world.terminal.out(JSON.stringify(report, (_key, value) => scrubbed(value, config.secrets), 2));
  } else {
    for (const line of [
      '',
      ...table(rows),
      ...(warnings.length > 0 ? ['', ...warnings.map((one) => `note: ${one}`)] : []),
    ])
      say(line);
  }
  return rows.some((row) => row.state === 'failed') ? 1 : 0;
}

/** For programs that read the answer: problems of the configuration as JSON, too. */
function loadForJson(world: World): Config | undefined {
  try {
    return loadConfig(world.machine);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    world.terminal.out(JSON.stringify({ ok: false, problems: error.problems }, null, 2));
    return undefined;
  }
}

function waysToSlack(config: Config): readonly string[] {
  try {
    requireSlack(config);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
}

async function ask(probe: Probe, world: World): Promise<{ row: Row; notes: readonly string[] }> {
  const began = world.now();
  const row = (state: Row['state'], line: string): Row => ({
    subject: probe.subject,
    state,
    took: Math.max(0, world.now() - began),
    line: line.replace(/\s+/g, ' ').trim(),
  });
  const limit = world.timeLimit(PATIENCE);
  const late = Promise.withResolvers<never>();
  const giveUp = () => late.reject(new Error(`no answer within ${PATIENCE / SECOND} s`));
  if (limit.aborted) giveUp();
  limit.addEventListener('abort', giveUp, { once: true });
  try {
    const answer = await Promise.race([probe.ask(limit), late.promise]);
    return { row: row('ok', answer.line), notes: answer.notes ?? [] };
  } catch (error) {
    return { row: row('failed', reason(error)), notes: [] };
  } finally {
    limit.removeEventListener('abort', giveUp);
  }
}

function reason(error: unknown): string {
  if (error instanceof BackendError && error.details.nextStep !== undefined)
    return `${error.message} ${error.details.nextStep}`;
  return error instanceof Error ? error.message : 'failed without a reason';
}

function progress(row: Row): string {
  return `${row.state.padEnd(7)} ${row.subject}: ${row.line}`;
}

function table(rows: readonly Row[]): readonly string[] {
  const cells = [
    ['System', 'Result', 'Took', 'Answer'],
    ...rows.map((row) => [row.subject, row.state, row.took === undefined ? '' : `${row.took} ms`, row.line]),
  ];
  const widths = [0, 1, 2].map((column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  return cells.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}

/** The last line of defence: whatever a system answered, a held secret does not reach the terminal. */
function withoutSecrets(line: string, secrets: readonly Secret[]): string {
  let clean = line;
  for (const secret of secrets)
    for (const form of [secret.reveal(), encodeURIComponent(secret.reveal())])
      clean = clean.replaceAll(form, '[secret]');
  return clean;
}

function scrubbed(value: unknown, secrets: readonly Secret[]): unknown {
  return typeof value === 'string' ? withoutSecrets(value, secrets) : value;
}
