import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { configOf } from '../../src/config/config-of.ts';
import type { Clock } from '../../src/flows/ports.ts';
import { createLog } from '../../src/log.ts';
import { type RunningBot, runBot } from '../../src/run-bot.ts';
import type { StartOptions } from '../../src/sandbox/slack/workspace.ts';
import { startTelemetry, type Telemetry } from '../../src/sandbox/telemetry/start-telemetry.ts';
import { type SlackKit, startSlackKit } from '../slack-kit/slack-kit.ts';
import { setRealTimer } from '../slack-kit/test-clock.ts';

/** A whole Steady against a whole fake workspace, both on real sockets, with a clock that stands still. */
export interface BotKit extends SlackKit {
  readonly bot: RunningBot;
  readonly telemetry: Telemetry;
  /** Log lines at warning and above. */
  readonly warnings: readonly string[];
  /** Waits until nothing is on its way in either direction. */
  settled(): Promise<void>;
  /** Moves time and lets everything that falls due be said. */
  pass(ms: number): Promise<void>;
}

export interface BotKitOptions {
  readonly workspace?: Partial<StartOptions>;
  /** Added to the configuration. */
  readonly toml?: string;
}

const realClock: Clock = { now: () => Date.now(), after: setRealTimer };

export async function startBotKit(options: BotKitOptions = {}): Promise<BotKit> {
  const kit = await startSlackKit(options.workspace);
  const telemetry = await startTelemetry({ now: kit.clock.now, port: 0 });
  const dataDir = await mkdtemp(join(tmpdir(), 'steady-e2e-'));
  const warnings: string[] = [];
  const { tokens, apiUrl } = kit.workspace;
  const toml = `
[slack]
bot_token = "${tokens.bot}"
app_token = "${tokens.app}"
api_url = "${apiUrl}"

[prometheus.deployments.prod]
url = "${telemetry.url}"
${options.toml ?? ''}`;
  const bot = await runBot({
    config: configOf(toml, { dataDir }),
    clock: kit.clock,
    realClock,
    limits: { channel: { most: 1000, within: 1000 }, editEvery: 0 },
    owner: randomUUID(),
    log: (redactor) => createLog('warn', redactor, (line) => void warnings.push(line.trim())),
  });
  const settled = async () => {
    await kit.workspace.settled();
    await bot.idle();
    await kit.workspace.settled();
  };
  return {
    ...kit,
    bot,
    telemetry,
    warnings,
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
