import type { ReceiverEvent } from '@slack/bolt';
import { describe, expect, it } from 'vitest';
import { MINUTE, SECOND } from '../../src/domain/time.ts';
import type { World } from '../../src/flows/ports.ts';
import {
  createIntake,
  type Intake,
  type IntakeSettings,
  STILL_MEANT,
} from '../../src/slack/intake/intake.ts';
import { onWorlds, TEAM } from '../flows/worlds.ts';

const ME = { botUserId: 'UBOT', emoji: 'pushpin', readMessages: true };

interface Bench {
  readonly intake: Intake;
  /** What reached Bolt, with whether it was resumed. */
  readonly worked: string[];
  readonly faults: string[];
  readonly givenUp: string[];
}

function intakeOf(world: World, more: Partial<IntakeSettings> = {}): Bench {
  const worked: string[] = [];
  const faults: string[] = [];
  const givenUp: string[] = [];
  const intake = createIntake({
    store: world.store,
    owner: world.owner,
    me: ME,
    redact: async (value) => value,
    fault: (error, about) => faults.push(`${about}: ${error}`),
    process: async (event) => {
      const { ts } = (event.body as { event: { ts: string } }).event;
      worked.push(event.retryReason === 'resumed' ? `${ts} resumed` : ts);
      await event.ack();
    },
    crossing: () => {},
    givenUp: async ({ key, tries }) => void givenUp.push(`${key} after ${tries}`),
    ...more,
  });
  return { intake, worked, faults, givenUp };
}

function mention(ts: string, acked: string[] = [], inner: object = {}): ReceiverEvent {
  return {
    body: {
      type: 'event_callback',
      team_id: TEAM,
      event_id: `Ev${ts}`,
      event: { type: 'app_mention', user: 'U1', channel: 'C1', ts, text: '<@UBOT> status', ...inner },
    },
    ack: async () => {
      acked.push(ts);
    },
  };
}

describe('a delivery', () => {
  it(
    'is worked on once, however often and wherever it comes; a duplicate is only acknowledged',
    onWorlds(async (world, all) => {
      const one = intakeOf(world);
      const two = intakeOf(await all.open());
      const acked: string[] = [];
      await one.intake.take(mention('1.1', acked));
      await Promise.all([one.intake.take(mention('1.1', acked)), two.intake.take(mention('1.1', acked))]);
      expect(one.worked).toEqual(['1.1']);
      expect(two.worked).toEqual([]);
      expect(acked).toHaveLength(3);
      all.pass(10 * MINUTE);
      expect([await one.intake.resume(), await two.intake.resume()]).toEqual([0, 0]);
    }),
  );

  it(
    'of no use is acknowledged and leaves no trace',
    onWorlds(async (world) => {
      let stored = 0;
      const receive = async () => {
        stored++;
        return 'new' as const;
      };
      const store = { ...world.store, receive };
      const { intake, worked } = intakeOf({ ...world, store });
      const acked: string[] = [];
      await intake.take(mention('1.1', acked, { bot_id: 'B1' }));
      expect([worked, acked, stored]).toEqual([[], ['1.1'], 0]);
    }),
  );

  it(
    'is redacted before it is stored; where that fails it is neither stored nor acknowledged',
    onWorlds(async (world, all) => {
      const safe = intakeOf(world, {
        redact: async (value) => JSON.parse(JSON.stringify(value).replaceAll('xoxb-1', '[withheld]')),
        process: async () => {
          throw new Error('died');
        },
      });
      await expect(safe.intake.take(mention('1.1', [], { text: '<@UBOT> note xoxb-1' }))).rejects.toThrow(
        'died',
      );
      all.pass(2 * MINUTE);
      const [left] = await world.store.claimUnfinished({ owner: 'reader', for: SECOND, limit: 9 });
      expect(JSON.stringify(left?.body)).toContain('[withheld]');
      expect(JSON.stringify(left?.body)).not.toContain('xoxb-1');

      const acked: string[] = [];
      const closed = intakeOf(world, {
        redact: async () => {
          throw new Error('cannot tell');
        },
      });
      await expect(closed.intake.take(mention('2.2', acked))).rejects.toThrow('cannot tell');
      expect([closed.worked, acked]).toEqual([[], []]);
    }),
  );
});

describe('what a crash interrupted', () => {
  it(
    'is done once by whoever comes first, while it is still meant',
    onWorlds(async (world, all) => {
      const dead = intakeOf(world, {
        crossing: (name) => {
          if (name === 'intake:record:after') throw new Error('died');
        },
      });
      await expect(dead.intake.take(mention('1.1'))).rejects.toThrow('died');
      const heirs = [intakeOf(await all.open()), intakeOf(await all.open())];
      for (const { intake } of heirs) expect(await intake.resume()).toBe(0);
      all.pass(STILL_MEANT - 30 * SECOND);
      await Promise.all(heirs.map(({ intake }) => intake.resume()));
      expect(heirs.flatMap(({ worked }) => worked)).toEqual(['1.1 resumed']);
      all.pass(10 * MINUTE);
      for (const { intake } of heirs) expect(await intake.resume()).toBe(0);
    }),
  );

  it(
    'stays until it succeeds; one that fails again keeps no other waiting',
    onWorlds(async (world, all) => {
      let broken = true;
      const worked: string[] = [];
      const { intake, faults } = intakeOf(world, {
        process: async (event) => {
          const { ts } = (event.body as { event: { ts: string } }).event;
          if (broken || (ts === '1.1' && worked.length === 0)) throw new Error('broken');
          worked.push(ts);
        },
      });
      for (const ts of ['1.1', '2.2']) await expect(intake.take(mention(ts))).rejects.toThrow('broken');
      broken = false;
      all.pass(90 * SECOND);
      await intake.resume();
      expect(worked).toEqual(['2.2']);
      expect(faults).toHaveLength(1);
      all.pass(90 * SECOND);
      await intake.resume();
      expect(worked).toEqual(['2.2', '1.1']);
    }),
  );

  it(
    'is given up after five tries with growing pauses, also across processes, and whoever asked is told once',
    onWorlds(async (world, all) => {
      const when: number[] = [];
      const broken = {
        process: async () => {
          when.push(Math.round((all.now() - first) / MINUTE));
          throw new Error('broken');
        },
      };
      const one = intakeOf(world, broken);
      const two = intakeOf(await all.open(), broken);
      const first = all.now();
      await expect(one.intake.take(mention('1.1'))).rejects.toThrow('broken');
      for (let minute = 0; minute < 180; minute++) {
        all.pass(MINUTE);
        await (minute % 2 === 0 ? one : two).intake.resume();
      }
      expect(when).toHaveLength(6);
      const pauses = when.slice(1).map((at, index) => at - (when[index] ?? 0));
      expect(pauses).toEqual(pauses.toSorted((a, b) => a - b));
      expect(pauses.at(-1)).toBeGreaterThanOrEqual(60);
      expect([...one.givenUp, ...two.givenUp]).toEqual(['message/C1/1.1 after 5']);
      expect([...one.faults, ...two.faults].join()).toContain('given up after 5 tries');
    }),
  );

  it(
    'knows when it was recorded, so that what is old can be asked about',
    onWorlds(async (world, all) => {
      const seen: unknown[] = [];
      const begun = all.now();
      const { intake } = intakeOf(world, {
        process: async (event) => {
          seen.push(event.customProperties?.recordedAt);
          if (event.retryReason !== 'resumed') throw new Error('died');
        },
      });
      await expect(intake.take(mention('1.1'))).rejects.toThrow('died');
      all.pass(10 * MINUTE);
      await intake.resume();
      expect(seen).toEqual([undefined, begun]);
    }),
  );

  it(
    'is not taken from a process that is only slow',
    onWorlds(async (world, all) => {
      const gate = Promise.withResolvers<void>();
      const begun = Promise.withResolvers<void>();
      let times = 0;
      const { intake } = intakeOf(world, {
        process: async () => {
          times++;
          begun.resolve();
          await gate.promise;
        },
      });
      const taking = intake.take(mention('1.1'));
      await begun.promise;
      const other = intakeOf(await all.open());
      all.pass(45 * SECOND);
      await other.intake.resume();
      all.pass(10 * MINUTE);
      await intake.resume();
      gate.resolve();
      await taking;
      await intake.idle();
      expect([times, other.worked]).toEqual([1, []]);
      all.pass(10 * MINUTE);
      expect(await other.intake.resume()).toBe(0);
    }),
  );
});

it(
  'idle waits for what is under way',
  onWorlds(async (world) => {
    const gate = Promise.withResolvers<void>();
    let done = false;
    const { intake } = intakeOf(world, {
      process: async () => {
        await gate.promise;
        done = true;
      },
    });
    void intake.take(mention('1.1'));
    const idle = intake.idle().then(() => done);
    gate.resolve();
    expect(await idle).toBe(true);
  }),
);
