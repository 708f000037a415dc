import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Config, LogLevel } from '../../src/config/config.ts';
import { configOf } from '../../src/config/config-of.ts';
import { MINUTE } from '../../src/domain/time.ts';
import type { Clock } from '../../src/flows/ports.ts';
import { createLog } from '../../src/log.ts';
import { type RunningBot, runBot } from '../../src/run-bot.ts';
import type { StartOptions } from '../../src/sandbox/slack/workspace.ts';
import type { ScenarioName } from '../../src/sandbox/telemetry/scenarios/scenarios.ts';
import { startTelemetry, type Telemetry } from '../../src/sandbox/telemetry/start-telemetry.ts';
import { type SlackKit, startSlackKit } from '../slack-kit/slack-kit.ts';
import { setRealTimer } from '../slack-kit/test-clock.ts';

/** A whole Steady against a whole fake workspace, both on real sockets, with a clock that stands still. */
export interface BotKit extends SlackKit {
  readonly bot: RunningBot;
  readonly telemetry: Telemetry;
  /** Ends the bot and starts it again on the same data folder; what happens in between runs while it is away. */
  restart(meanwhile?: () => Promise<unknown>): Promise<void>;
  /** Log lines at warning and above. */
  readonly warnings: readonly string[];
  /** Every log line, where `level` asks for more than warnings. */
  readonly logs: readonly string[];
  /** The folder that the bot remembers in. */
  readonly dataDir: string;
  /** What the bot was started with, for a second one. */
  readonly config: Config;
  /** Waits until nothing is on its way in either direction. */
  settled(): Promise<void>;
  /** Moves time and lets everything that falls due be said. */
  pass(ms: number): Promise<void>;
}

export interface BotKitOptions {
  readonly workspace?: Partial<StartOptions>;
  /** Added to the configuration. */
  readonly toml?: string;
  /** Added to its `[slack]`. */
  readonly slack?: string;
  /** In place of the one deployment that answers. */
  readonly prometheus?: string;
  /** Every system that the sandbox plays, each named `sandbox`, in place of the one deployment. */
  readonly everySystem?: boolean;
  /** Which scripted incident is going on; checkout by default. */
  readonly scenario?: ScenarioName;
  /** Signed requests in place of Socket Mode, to this free port. */
  readonly httpPort?: number;
  /** Default `warn`. */
  readonly level?: LogLevel;
  /** In place of SQLite in a folder of its own. */
  readonly databaseUrl?: string;
}

const FREELY = { most: 10_000, within: 1000 };

const realClock: Clock = { now: () => Date.now(), after: setRealTimer };

export async function startBotKit(options: BotKitOptions = {}): Promise<BotKit> {
  const { httpPort, databaseUrl } = options;
  const kit = await startSlackKit({
    ...options.workspace,
    ...(httpPort !== undefined && { requestUrl: `http://127.0.0.1:${httpPort}/slack/events` }),
  });
  const telemetry = await startTelemetry({
    now: kit.clock.now,
    port: 0,
    ...(options.scenario !== undefined && { scenario: options.scenario }),
  });
  const dataDir = await mkdtemp(join(tmpdir(), 'steady-e2e-'));
  const logs: string[] = [];
  const { tokens, apiUrl } = kit.workspace;
  const toml = `
[slack]
bot_token = "${tokens.bot}"
${httpPort === undefined ? `app_token = "${tokens.app}"` : `signing_secret = "${tokens.signingSecret}"\nport = ${httpPort}`}
api_url = "${apiUrl}"
${options.slack ?? ''}

${options.everySystem ? telemetry.toml : (options.prometheus ?? `[prometheus.deployments.prod]\nurl = "${telemetry.url}"`)}
${options.toml ?? ''}`;
  const config = configOf(toml, {
    dataDir,
    ...(databaseUrl !== undefined && { env: { DATABASE_URL: databaseUrl } }),
  });
  const start = () =>
    runBot({
      config,
      clock: kit.clock,
      realClock,
      // Hours of an incident pass in a second here, which Slack's pace per real minute would stretch again.
      limits: { channel: FREELY, workspace: FREELY, method: {}, otherMethod: FREELY, editEvery: 0 },
      // Promises are whole minutes here; hours pass with one look a minute.
      tickEvery: MINUTE,
      owner: randomUUID(),
      log: (redactor) => createLog(options.level ?? 'warn', redactor, (line) => void logs.push(line.trim())),
    }).catch(async (error: unknown) => {
      await kit.stop();
      await telemetry.stop();
      throw error;
    });
  let bot = await start();
  const settled = async () => {
    await kit.workspace.settled();
    await bot.idle();
    await kit.workspace.settled();
  };
  return {
    ...kit,
    get bot() {
      return bot;
    },
    async restart(meanwhile) {
      await settled();
      await bot.stop();
      await meanwhile?.();
      bot = await start();
      await settled();
    },
    telemetry,
    config,
    dataDir,
    logs,
    get warnings() {
      return logs.filter((line) => (JSON.parse(line) as { level: number }).level >= 40);
    },
    settled,
    pass: async (ms) => {
      await settled();
      await kit.workspace.advance(ms);
      await bot.round();
      await settled();
    },
    stop: async () => {
      await bot.stop();
      await kit.stop();
      await telemetry.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
