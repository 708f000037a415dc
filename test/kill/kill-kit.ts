import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MINUTE, SECOND } from '../../src/domain/time.ts';
import { startTelemetry } from '../../src/sandbox/telemetry/start-telemetry.ts';
import { type SlackKit, startSlackKit } from '../slack-kit/slack-kit.ts';
import { type ChildBot, startChildBot } from './child-bot.ts';

/** Slack tries an event again at once, and then a minute later. */
const SLACK_RETRY = MINUTE + SECOND;
/** How often calm is looked for before something never ends. */
const ROUNDS = 20;

/** A workspace and people in this process, Steady in another that may die at any moment and is started anew. */
export interface KillKit extends SlackKit {
  readonly dataDir: string;
  /** The bot that runs now. */
  bot(): ChildBot;
  /** Identities of the crossings of each stage, in order, up to a death in it; the first stage is the start of the bot. */
  stages(): readonly (readonly string[])[];
  /** The stages in which a bot died where it was told to, each as `stage identity`. */
  diedAt(): readonly string[];
  /** How often a new one had to be started. */
  restarts(): number;
  /** How often Slack showed a person an error, and the person clicked again. */
  clickedAgain(): number;
  /** Ends the running bot with SIGKILL, whatever it does. */
  kill(): Promise<void>;
  /** Resolves when a living bot has nothing left to do. */
  calm(): Promise<void>;
  /** A person does something and waits for what should come of it; where Slack says that it failed, once more. */
  step(what: string, act: () => Promise<unknown>, seen: () => boolean): Promise<void>;
  /** Moves time in small steps until something is to be seen; fails after `limit`. */
  passUntil(what: string, seen: () => boolean, limit: number): Promise<void>;
  pass(ms: number): Promise<void>;
  /** Ends the bot in order, so that its data can be read. */
  stopBot(): Promise<void>;
}

export interface KillKitOptions {
  /** At which crossing of a stage the bot of that time ends itself; nothing for never. Stages are counted from 0. */
  readonly deaths?: (stage: number) => string | undefined;
  /** More of the configuration. */
  readonly toml?: string;
}

/** How long workspace time may go on at once while something is waited for. */
export const STRIDE = 20 * SECOND;

export async function startKillKit({
  deaths = () => undefined,
  toml: more = '',
}: KillKitOptions = {}): Promise<KillKit> {
  const kit = await startSlackKit();
  const telemetry = await startTelemetry({ now: kit.clock.now, port: 0 });
  const dataDir = await mkdtemp(join(tmpdir(), 'steady-kill-'));
  const { tokens, apiUrl } = kit.workspace;
  const toml = `
[slack]
bot_token = "${tokens.bot}"
app_token = "${tokens.app}"
api_url = "${apiUrl}"

[prometheus.deployments.prod]
url = "${telemetry.url}"
${more}`;
  const start = (at?: string) =>
    startChildBot({
      toml,
      dataDir,
      owner: randomUUID(),
      at: kit.clock.now(),
      live: false,
      ...(at !== undefined && { killAt: at }),
    });
  let bot = await start(deaths(0));
  const stages: { readonly bot: ChildBot; readonly part: number; readonly death: string | undefined }[] = [];
  let inARow = 0;
  let restarts = 0;
  let clickedAgain = 0;
  kit.clock.onAdvance(async (now) => void (await bot.move(now)));

  async function revive(): Promise<void> {
    while (!bot.alive()) {
      restarts += 1;
      inARow += 1;
      if (inARow > 3) throw new Error(`Steady does not stay up:\n${bot.log.slice(-5).join('\n')}`);
      bot = await start();
      await kit.workspace.advance(SLACK_RETRY);
    }
  }
  async function calm(): Promise<void> {
    for (let round = 0; round < ROUNDS; round++) {
      await revive();
      await kit.workspace.settled();
      if (!(await bot.round())) continue;
      await kit.workspace.settled();
      if (bot.alive()) return;
    }
    throw new Error('Steady does not come to rest.');
  }
  /** One part of the story: begins and ends calm, with one death in it at most. */
  async function stage(work: () => Promise<void>): Promise<void> {
    if (stages.length === 0) {
      stages.push({ bot, part: 0, death: deaths(0) });
      await calm();
    }
    inARow = 0;
    const death = deaths(stages.length);
    await bot.arm(death ?? 0);
    stages.push({ bot, part: bot.armed(), death });
    await work();
    await calm();
    await bot.arm(0);
  }
  const crossingsOf = ({ bot: its, part }: (typeof stages)[number]) => its.crossings[part] ?? [];
  async function move(ms: number): Promise<void> {
    await kit.workspace.advance(ms);
    await calm();
  }
  async function moveUntil(what: string, seen: () => boolean, limit: number): Promise<void> {
    await calm();
    for (let waited = 0; !seen(); waited += STRIDE) {
      if (waited > limit)
        throw new Error(`Waited ${limit / MINUTE} min of workspace time in vain for ${what}.`);
      await move(STRIDE);
    }
  }
  async function insist(act: () => Promise<unknown>, seen: () => boolean): Promise<void> {
    for (let tries = 1; ; tries++) {
      try {
        await act();
        return;
      } catch (error) {
        if (tries === 3) throw error;
        await calm();
        if (seen()) return;
        clickedAgain += 1;
      }
    }
  }

  return {
    ...kit,
    dataDir,
    bot: () => bot,
    stages: () => stages.map(crossingsOf),
    diedAt: () =>
      stages.flatMap((one, stage) =>
        one.death !== undefined && !one.bot.alive() && crossingsOf(one).at(-1) === one.death
          ? [`${stage} ${one.death}`]
          : [],
      ),
    restarts: () => restarts,
    clickedAgain: () => clickedAgain,
    kill: () => bot.kill(),
    calm,
    pass: (ms) => stage(() => move(ms)),
    passUntil: (what, seen, limit) => stage(() => moveUntil(what, seen, limit)),
    step: (what, act, seen) =>
      stage(async () => {
        await insist(act, seen);
        await moveUntil(what, seen, 2 * MINUTE);
      }),
    async stopBot() {
      await bot.stop();
    },
    async stop() {
      await bot.kill();
      await kit.stop();
      await telemetry.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
