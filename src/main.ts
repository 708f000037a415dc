import { randomUUID } from 'node:crypto';
import { createDecoder } from './backends/decoder.ts';
import { createBackends } from './backends/registry.ts';
import type {
  Composition,
  ExportRequest,
  ImportRequest,
  Probe,
  Running,
  SandboxOptions,
  Terminal,
} from './cli/composition.ts';
import { storeOptions } from './cli/store-options.ts';
import type { Config } from './config/config.ts';
import { configOf } from './config/config-of.ts';
import { requireSlack } from './config/slack-settings.ts';
import { SECOND } from './domain/time.ts';
import type { Clock } from './flows/ports.ts';
import { createLog } from './log.ts';
import { type RunningBot, runBot } from './run-bot.ts';
import { checkSlack, teamOf } from './slack/connection/check-slack.ts';
import { backup as writeBackup } from './storage/backup.ts';
import { openStore } from './storage/open-store.ts';
import { restore as readBackup } from './storage/restore.ts';

/** The machine's own time. Everything below is handed a clock; nothing else reads one. */
const machineClock: Clock = {
  now: () => Date.now(),
  after: (ms, call) => {
    const timer = setTimeout(() => void call(), ms);
    return () => clearTimeout(timer);
  },
};

const SANDBOX_TICK = 10 * SECOND;

/** Connects to Slack and serves. */
export async function startSteady(config: Config, terminal: Terminal): Promise<Running> {
  return runBot({
    config,
    clock: machineClock,
    owner: randomUUID(),
    announce: (line) => terminal.out(line),
    log: (redactor) => createLog(config.logging.level, redactor, (line) => void process.stdout.write(line)),
  });
}

/** Starts a Slack workspace on this machine and a bot in it; no real configuration is read. */
export async function startSandbox(options: SandboxOptions, terminal: Terminal): Promise<Running> {
  const { runSandbox } = await import('./sandbox/run-sandbox.ts');
  const { clockFree, port } = options;
  const sandbox = await runSandbox({ clockFree, ...(port !== undefined && { port }) });
  let bot: RunningBot;
  try {
    bot = await runBot({
      config: configOf(sandbox.toml, { dataDir: sandbox.dataDir }),
      clock: sandbox.clock,
      realClock: machineClock,
      // Hours pass at a click here, and each look at what is due is a look at the database.
      tickEvery: SANDBOX_TICK,
      owner: randomUUID(),
      log: (redactor) => createLog('warn', redactor, (line) => terminal.err(line.trimEnd())),
    });
  } catch (error) {
    await sandbox.stop();
    throw error;
  }
  // What the moved clock made due is said at once, not at the next look.
  sandbox.clock.onAdvance(() => bot.look());
  terminal.out(`Open ${sandbox.url}`);
  terminal.out('It runs on this machine alone and forgets everything when it ends (Ctrl-C).');
  return {
    ended: bot.ended,
    stop: async () => {
      await bot.stop();
      await sandbox.stop();
    },
  };
}

/** One harmless question for each configured system. */
export function probes(config: Config): readonly Probe[] {
  const decoder = createDecoder();
  const backends = createBackends(config, { now: machineClock.now, decoder });
  const { slack } = config;
  return [
    { subject: 'Storage', ask: () => askStorage(config) },
    ...(slack ? [{ subject: 'Slack', ask: (signal: AbortSignal) => checkSlack(slack, signal) }] : []),
    ...backends.map((backend) => ({
      subject: backend.title,
      ask: async (signal: AbortSignal) => ({ line: await backend.probe(signal) }),
    })),
  ];
}

async function askStorage(config: Config) {
  const store = await openStore({ ...storeOptions(config, machineClock), lock: false });
  try {
    await store.now();
    return {
      line: store.engine === 'postgres' ? 'PostgreSQL answers' : `SQLite in ${config.storage.dataDir}`,
    };
  } finally {
    await store.close();
  }
}

export async function backup(config: Config, file: string): Promise<string> {
  const rows = await writeBackup(storeOptions(config, machineClock), file);
  return `${rows} rows are in ${file}.`;
}

export async function exportTo(config: Config, request: ExportRequest): Promise<readonly string[]> {
  const { exportWith } = await import('./cli/export-with.ts');
  return exportWith(config, request, machineClock);
}

export async function restore(config: Config, file: string): Promise<string> {
  const rows = await readBackup(file, storeOptions(config, machineClock));
  return `${rows} rows came from ${file}.`;
}

export async function importMemory(config: Config, request: ImportRequest): Promise<readonly string[]> {
  const { importMemory: bringIn } = await import('./cli/import-memory.ts');
  const team = async () => request.team ?? (await teamOf(requireSlack(config)));
  return bringIn(config, request, { clock: machineClock, team });
}

({ startSteady, startSandbox, probes, backup, exportTo, restore, importMemory }) satisfies Composition;
