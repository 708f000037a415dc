import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { MINUTE, SECOND } from '../../../src/domain/time.ts';
import { TEAM } from '../../../src/sandbox/slack/options.ts';
import { openStore } from '../../../src/storage/open-store.ts';
import { type ChildBot, startChildBot } from '../../kill/child-bot.ts';
import { type SlackKit, startSlackKit } from '../../slack-kit/slack-kit.ts';
import { createLiveClock } from '../../slack-kit/test-clock.ts';
import { usePostgres } from '../../storage/use-postgres.ts';

const INCIDENTS = 20;
const NUMBERS = Array.from({ length: INCIDENTS }, (_, index) => index + 1);
const channelId = (number: number) => `C0TEAM${String(number).padStart(4, '0')}`;
const channelOf = (number: number) => `team-${number}`;

/** Two Steadies on one database, each with a socket of its own; Slack gives every delivery to either. */
interface Pair {
  readonly kit: SlackKit;
  readonly bots: readonly ChildBot[];
  readonly databaseUrl: string;
  /** Resolves when those that live have nothing left to do. */
  rest(): Promise<void>;
  pass(ms: number): Promise<void>;
  /** Rests until it holds; fails after many rounds. */
  eventually(what: string, holds: () => boolean): Promise<void>;
  stop(): Promise<void>;
}

async function startPair(databaseUrl: string): Promise<Pair> {
  const clock = createLiveClock();
  const kit = await startSlackKit({
    clock,
    channels: NUMBERS.map((number) => ({
      id: channelId(number),
      name: channelOf(number),
      appInvited: true,
    })),
  });
  const { tokens, apiUrl } = kit.workspace;
  const toml = `
[slack]
bot_token = "${tokens.bot}"
app_token = "${tokens.app}"
api_url = "${apiUrl}"
expected_connections = 2
`;
  const ahead = () => clock.now() - Date.now();
  const start = () =>
    startChildBot({ toml, dataDir: '/', databaseUrl, owner: randomUUID(), at: ahead(), live: true });
  const bots = [await start(), await start()];
  clock.onAdvance(async () => void (await Promise.all(bots.map((bot) => bot.move(ahead())))));

  async function rest(): Promise<void> {
    await kit.workspace.settled();
    await Promise.all(bots.map((bot) => bot.round()));
    await kit.workspace.settled();
  }
  return {
    kit,
    bots,
    databaseUrl,
    rest,
    async pass(ms) {
      await kit.workspace.advance(ms);
      await rest();
    },
    async eventually(what, holds) {
      for (let round = 0; !holds(); round++) {
        if (round === 60)
          throw new Error(`In vain: ${what}.\n${bots.flatMap((bot) => bot.log.slice(-3)).join('\n')}`);
        await rest();
      }
      await rest();
    },
    async stop() {
      await Promise.all(bots.map((bot) => bot.kill()));
      await kit.stop();
    },
  };
}

const postgres = usePostgres();

describe.runIf(postgres !== undefined)('two processes on one PostgreSQL', () => {
  let pair: Pair | undefined;
  afterEach(async () => {
    await pair?.stop();
    pair = undefined;
  });

  const lines = (kit: SlackKit, number: number, text: string) =>
    kit.channel(channelOf(number)).filter((line) => line.includes(text)).length;
  const each = (kit: SlackKit, text: string) => NUMBERS.map((number) => lines(kit, number, text));
  const once = NUMBERS.map(() => 1);

  it('share the work; one dies in the middle of it, and everything is done once', async () => {
    if (postgres === undefined) return;
    pair = await startPair(await postgres().createPlace());
    const { kit, bots, pass, eventually } = pair;
    const [first] = bots;
    const lea = kit.person('Lea');
    const kai = kit.person('Kai');
    expect(kit.workspace.sockets.connections()).toBe(2);

    for (const number of NUMBERS) {
      // A mention is two deliveries: without a word in between all mentions would go to the same process.
      await kai.say(channelOf(number), 'is it only me?');
      await lea.say(channelOf(number), '@Steady declare P2 it is slow here');
    }
    await eventually('20 cards', () =>
      NUMBERS.every((number) => lines(kit, number, '· P2 · it is slow') > 0),
    );
    expect(each(kit, '· P2 · it is slow')).toEqual(once);
    const busy = bots.map(
      (bot) => bot.crossings.flat().filter((one) => one.startsWith('commit:receive:after#')).length,
    );
    expect(Math.min(...busy)).toBeGreaterThan(0);

    await pass(26 * MINUTE);
    await pass(5 * MINUTE);
    await eventually('20 nudges', () =>
      NUMBERS.every((number) => lines(kit, number, 'was promised an update') > 0),
    );
    expect(each(kit, 'was promised an update')).toEqual(once);

    // Thirty clicks and mentions at once, and one of the two dies over them.
    await first?.arm(60);
    const clicked = NUMBERS.slice(0, 10);
    const clicks = clicked.map(async (number) => {
      const click = () => lea.click('No change', { channel: channelOf(number) });
      // What Slack could not deliver, a person clicks again.
      await click().catch(() => click().catch(() => undefined));
    });
    for (const number of NUMBERS.slice(10)) {
      await lea.say(channelOf(number), '@Steady update doing: rolling back');
      await kai.say(channelOf(number), 'thanks');
      await lea.say(channelOf(number), '@Steady note the deploy was at noon');
    }
    await Promise.all(clicks);
    await eventually('the death of one', () => first?.alive() === false);
    await pass(MINUTE + SECOND);
    await eventually('10 updates', () =>
      NUMBERS.slice(10).every((number) => lines(kit, number, 'Doing  rolling back') > 0),
    );
    await eventually('10 heartbeats', () => clicked.every((number) => lines(kit, number, 'no change') > 0));
    expect(NUMBERS.slice(10).map((number) => lines(kit, number, 'Doing  rolling back'))).toEqual(
      once.slice(10),
    );
    expect(clicked.map((number) => lines(kit, number, 'no change'))).toEqual(once.slice(10));

    // The other alone keeps the promises of both.
    await pass(25 * MINUTE);
    await pass(6 * MINUTE);
    await eventually('20 more nudges', () =>
      NUMBERS.every((number) => lines(kit, number, 'was promised an update') > 0),
    );
    expect(each(kit, 'was promised an update')).toEqual(once);
    await Promise.all(bots.map((bot) => bot.kill()));

    const counted = await eventsOf(pair.databaseUrl);
    for (const number of NUMBERS) {
      const events = counted.get(number) ?? [];
      expect(events.filter((type) => type === 'declared')).toHaveLength(1);
      expect(events.filter((type) => type === 'noted')).toHaveLength(number > 10 ? 1 : 0);
      expect(events.filter((type) => type === 'updated')).toHaveLength(number > 10 ? 1 : 0);
      expect(events.filter((type) => type === 'nudged due')).toHaveLength(2);
    }
  }, 300_000);
});

/** Types of the events of each channel's incident. */
async function eventsOf(databaseUrl: string): Promise<ReadonlyMap<number, readonly string[]>> {
  const store = await openStore({ databaseUrl, dataDir: '', now: () => 0 });
  try {
    const found = new Map<number, readonly string[]>();
    for (const number of NUMBERS) {
      const timeline = await store.load({ team: TEAM.id, number });
      const bodies = (timeline?.events ?? []).map(
        ({ body }) => body as { type: string; rung?: string; channel?: string },
      );
      // Numbers follow the order in which the two came to it, channels do not.
      const channel = bodies.find(({ type }) => type === 'declared')?.channel ?? '';
      found.set(
        NUMBERS.find((one) => channelId(one) === channel) ?? 0,
        bodies.map(({ type, rung }) => (rung === undefined ? type : `${type} ${rung}`)),
      );
    }
    return found;
  } finally {
    await store.close();
  }
}
