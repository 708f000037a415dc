import { describe, expect, it } from 'vitest';
import type { ActionCommand } from '../../src/domain/action-item.ts';
import { DAY, HOUR, type Instant, MINUTE } from '../../src/domain/time.ts';
import { type Asker, act } from '../../src/flows/act.ts';
import { declareIncident } from '../../src/flows/declare.ts';
import { ownedActions } from '../../src/flows/owned-actions.ts';
import type { World } from '../../src/flows/ports.ts';
import { tick } from '../../src/flows/tick.ts';
import { createDelivery } from '../../src/slack/delivery/deliver.ts';
import type { Office } from '../../src/slack/delivery/plan.ts';
import type { IncidentRef } from '../../src/storage/store.ts';
import { T0 } from '../domain/given.ts';
import { onWorlds, TEAM, type Worlds } from '../flows/worlds.ts';
import { type FakeSlack, fakeSlack } from './fake-office.ts';

const LEA: Asker = { by: 'LEA' };
const ZONES: Readonly<Record<string, string>> = {
  MARA: 'Europe/Berlin',
  YUKI: 'Asia/Tokyo',
  LEA: 'America/Los_Angeles',
};
/** When it is nine there, in UTC: Tokyo, Berlin, London, Los Angeles. */
const MORNINGS = [0, 8, 9, 17];
/** Friday noon in Berlin; T0 is a Monday, 14:00 UTC. */
const FRIDAY = Date.UTC(2026, 0, 9, 11);

interface Scene {
  readonly world: World;
  readonly all: Worlds;
  readonly slack: FakeSlack;
  readonly office: Office;
  readonly left: Set<string>;
  ended(channel?: string): Promise<IncidentRef>;
  add(ref: IncidentRef, more: Partial<Extract<ActionCommand, { type: 'add-action' }>>): Promise<void>;
  change(ref: IncidentRef, command: ActionCommand, by?: string): Promise<void>;
  /** Goes to this moment over every morning in between, sending whatever falls due. */
  until(at: Instant): Promise<void>;
  told(person: string): readonly string[];
  /** When they were told. */
  times(person: string): readonly string[];
}

function scene(test: (scene: Scene) => Promise<void>): () => Promise<void> {
  return onWorlds(async (bare, all) => {
    // What is sent may ask for more.
    let waits = false;
    const world: World = {
      ...bare,
      postsWaiting: () => {
        waits = true;
      },
    };
    const slack = fakeSlack(world);
    const left = new Set<string>();
    const sentAt = new Map<string, Instant>();
    const office: Office = {
      ...slack.office,
      directory: {
        ...slack.office.directory,
        zone: async (_team, person) => ZONES[person] ?? 'UTC',
        standing: async (_team, person) => ({
          homeTeam: TEAM,
          guest: false,
          bot: false,
          deactivated: left.has(person),
        }),
      },
    };
    const delivery = createDelivery(office);
    const send = async () => {
      do {
        waits = false;
        await delivery.flush();
        await delivery.quiet();
      } while (waits);
      for (const { ts } of slack.messages) if (!sentAt.has(ts)) sentAt.set(ts, all.now());
    };
    const direct = (person: string) => slack.messages.filter((one) => one.channel === `D-${person}`);
    await test({
      world,
      all,
      slack,
      office,
      left,
      ended: async (channel = 'C1') => {
        const incident = await declareIncident(
          world,
          TEAM,
          { title: 'checkout 500s', severity: 'P2', channel, private: false },
          LEA,
        );
        await act(world, incident, { type: 'override', reason: 'it is over' }, LEA);
        await send();
        slack.messages.splice(0);
        return { team: TEAM, number: incident.number };
      },
      add: async (ref, more) => {
        await act(
          world,
          ref,
          { type: 'add-action', text: 'Limit retries to 2', owner: 'MARA', dueAt: FRIDAY, ...more },
          LEA,
        );
        await send();
      },
      change: async (ref, command, by = 'MARA') => {
        await act(world, ref, command, { by });
        await send();
      },
      until: async (at) => {
        while (all.now() < at) {
          const today = Math.floor(all.now() / DAY) * DAY;
          const next = [...MORNINGS, 24].map((hour) => today + hour * HOUR).find((one) => one > all.now());
          all.pass(Math.min(next ?? at, at) - all.now());
          await send();
        }
      },
      told: (person) => direct(person).map((one) => JSON.stringify(one.message)),
      times: (person) =>
        direct(person).map((one) => new Date(sentAt.get(one.ts) ?? 0).toISOString().slice(0, 13)),
    });
  });
}

describe('an action item is followed up', () => {
  it(
    'on the morning it is due where its owner is, a week after, and so on until a cap',
    scene(async ({ ended, add, until, times, told }) => {
      const ref = await ended();
      await add(ref, {});
      await until(T0 + 48 * DAY);
      expect(times('MARA')).toEqual([
        '2026-01-09T08',
        '2026-01-16T08',
        '2026-01-23T08',
        '2026-01-30T08',
        '2026-02-06T08',
        '2026-02-13T08',
      ]);
      expect(told('MARA')[0]).toContain('1 action item of yours is due');
      expect(told('MARA')[0]).toContain('Limit retries to 2');
      for (const label of ['Done', 'Next week', 'Drop', 'Hand to …'])
        expect(told('MARA')[0]).toContain(label);
    }),
  );

  it(
    'with everything of one person in one message, of every incident, each in their own morning',
    scene(async ({ ended, add, until, times, told }) => {
      const one = await ended('C1');
      const other = await ended('C2');
      await add(one, {});
      await add(one, { text: 'Alert on pool use', dueAt: FRIDAY - 3 * HOUR });
      await add(other, { text: 'Delete the flag' });
      await add(other, { text: 'Write the runbook', owner: 'YUKI' });
      await add(other, { text: 'Move the pool', dueAt: FRIDAY + 20 * DAY });
      await until(FRIDAY);
      expect(times('MARA')).toEqual(['2026-01-09T08']);
      expect(told('MARA')[0]).toContain('3 action items of yours are due');
      expect(told('MARA')[0]).toContain('INC-2 A1');
      expect(told('MARA')[0]).not.toContain('Move the pool');
      expect(times('YUKI')).toEqual(['2026-01-09T00']);
    }),
  );

  it(
    'once, whatever is tried again and however many processes look',
    scene(async ({ ended, add, until, all, office, told }) => {
      const ref = await ended();
      await add(ref, {});
      await until(FRIDAY - 4 * HOUR);
      all.pass(90 * MINUTE);
      const other = createDelivery({ ...office, world: await all.open() });
      const first = createDelivery(office);
      for (let round = 0; round < 4; round++) {
        await Promise.all([first.flush(), other.flush()]);
        await Promise.all([first.quiet(), other.quiet()]);
      }
      expect(told('MARA')).toHaveLength(1);
    }),
  );

  it(
    'in the morning, where Steady was down when it was due; never at night or at a weekend',
    scene(async ({ ended, add, until, all, times }) => {
      const ref = await ended();
      await add(ref, {});
      all.pass(FRIDAY + 8 * HOUR - all.now());
      await until(T0 + 8 * DAY);
      expect(times('MARA')).toEqual(['2026-01-12T08']);
    }),
  );

  it(
    'no more once it is done, and what asked for it says so instead of its buttons',
    scene(async ({ ended, add, change, until, slack, told }) => {
      const ref = await ended();
      await add(ref, {});
      await add(ref, { text: 'Alert on pool use' });
      await until(FRIDAY);
      await change(ref, { type: 'close-action', action: 'A1', how: 'done' });
      const [asked] = slack.messages.filter((one) => one.channel === 'D-MARA');
      expect(asked?.edits).toBe(1);
      expect(told('MARA')[0]).toContain('done by @MARA');
      expect(told('MARA')[0]?.match(/"Done"/g)).toHaveLength(1);
      await change(ref, { type: 'close-action', action: 'A2', how: 'dropped', reason: 'the pool is gone' });
      expect(told('MARA')[0]).toContain('the pool is gone');
      expect(told('MARA')[0]).not.toContain('"Done"');
      await until(T0 + 30 * DAY);
      expect(told('MARA')).toHaveLength(1);
    }),
  );

  it(
    'a week later where it was put off, and by its next owner where it was handed on',
    scene(async ({ ended, add, change, until, times, world, all }) => {
      const ref = await ended();
      await add(ref, {});
      await until(FRIDAY);
      await change(ref, { type: 'change-action', action: 'A1', dueAt: all.now() + 7 * DAY });
      await until(FRIDAY + 8 * DAY);
      expect(times('MARA')).toEqual(['2026-01-09T08', '2026-01-16T08']);
      await change(ref, { type: 'change-action', action: 'A1', owner: 'YUKI' });
      expect(await ownedActions(world.store, TEAM, 'MARA')).toEqual([]);
      expect((await ownedActions(world.store, TEAM, 'YUKI')).map(({ item }) => item.id)).toEqual(['A1']);
      await until(FRIDAY + 12 * DAY);
      expect(times('MARA')).toHaveLength(2);
      expect(times('YUKI')).toEqual(['2026-01-19T00']);
    }),
  );

  it(
    'with the lead where the account of its owner is deactivated',
    scene(async ({ ended, add, until, left, told, times, change }) => {
      const ref = await ended();
      await add(ref, {});
      left.add('MARA');
      await until(FRIDAY);
      expect([told('MARA'), told('LEA')]).toEqual([[], []]);
      // Nine in Berlin is midnight in Los Angeles, where the lead is.
      await until(FRIDAY + 8 * HOUR);
      expect(times('LEA')).toEqual(['2026-01-09T17']);
      expect(told('LEA')[0]).toContain('The account of @MARA is deactivated. Who takes this?');
      await change(ref, { type: 'change-action', action: 'A1', owner: 'YUKI' }, 'LEA');
      expect(told('LEA')[0]).toContain('@YUKI');
    }),
  );

  it(
    'costs the tick nothing: it waits as a row of its own',
    scene(async ({ ended, add, all, world }) => {
      const ref = await ended();
      await add(ref, {});
      all.pass(FRIDAY - all.now());
      expect(await tick(world)).toBe(0);
    }),
  );
});

describe('who does it, and until when', () => {
  it(
    'is asked of the lead once, a working day after the end, in their working hours',
    scene(async ({ world, ended, add, until, times, told }) => {
      const ref = await ended();
      const { owner: _owner, ...bare } = { owner: undefined, text: 'Alert on pool use' };
      await act(world, ref, { type: 'add-action', ...bare }, LEA);
      await act(world, ref, { type: 'add-action', text: 'Limit retries to 3', owner: 'MARA' }, LEA);
      await add(ref, { text: 'Delete the flag' });
      await until(T0 + 20 * DAY);
      // T0 is 6:00 in Los Angeles, so the next working day begins at nine there: 17:00 UTC.
      expect(times('LEA')).toEqual(['2026-01-06T17']);
      expect(told('LEA')[0]).toContain('Who does these, and until when?');
      expect(told('LEA')[0]).toContain('no owner yet');
      expect(told('LEA')[0]).toContain('no date yet');
      expect(told('LEA')[0]).not.toContain('Delete the flag');
    }),
  );

  it(
    'is asked again for what was added later alone, and not while it lasts',
    scene(async ({ world, until, times, told, ended }) => {
      const open = await declareIncident(
        world,
        TEAM,
        { title: 'open', severity: 'P4', channel: 'C9', private: false },
        LEA,
      );
      await act(world, open, { type: 'add-action', text: 'Tidy up' }, LEA);
      const ref = await ended();
      await act(world, ref, { type: 'add-action', text: 'Alert on pool use' }, LEA);
      await until(T0 + 2 * DAY);
      expect(times('LEA').filter((one) => one.startsWith('2026-01-06T17'))).toHaveLength(1);
      await act(world, ref, { type: 'add-action', text: 'Delete the flag' }, LEA);
      await until(T0 + 9 * DAY);
      const asked = told('LEA').filter((one) => one.includes('Who does'));
      expect(asked).toHaveLength(2);
      expect(asked[1]).toContain('Delete the flag');
      expect(asked[1]).not.toContain('Alert on pool use');
      expect(asked.join()).not.toContain('Tidy up');
    }),
  );

  it(
    'is not asked where somebody said it meanwhile',
    scene(async ({ world, ended, change, until, told }) => {
      const ref = await ended();
      await act(world, ref, { type: 'add-action', text: 'Alert on pool use' }, LEA);
      await change(ref, { type: 'change-action', action: 'A1', owner: 'MARA', dueAt: FRIDAY });
      await until(T0 + 3 * DAY);
      expect(told('LEA')).toEqual([]);
    }),
  );
});

describe('the resolution', () => {
  it(
    'says how many action items are open, as they are added and closed',
    scene(async ({ world, office, slack }) => {
      const incident = await declareIncident(
        world,
        TEAM,
        { title: 'checkout 500s', severity: 'P2', channel: 'C1', private: false },
        LEA,
      );
      await act(world, incident, { type: 'add-action', text: 'Alert on pool use' }, LEA);
      await act(world, incident, { type: 'override', reason: 'it is over' }, LEA);
      const delivery = createDelivery(office);
      const settle = async () => {
        await delivery.flush();
        await delivery.quiet();
        await delivery.flush();
        await delivery.quiet();
        return slack.messages.map((one) => JSON.stringify(one.message.blocks));
      };
      const [card, resolved] = await settle();
      expect(card).toContain('1 action item');
      expect(resolved).toContain('1 action item');
      await act(world, incident, { type: 'add-action', text: 'Limit retries to 2' }, LEA);
      expect((await settle()).slice(0, 2).every((one) => one.includes('2 action items'))).toBe(true);
      for (const action of ['A1', 'A2'])
        await act(world, incident, { type: 'close-action', action, how: 'done' }, LEA);
      expect((await settle()).slice(0, 2).every((one) => one.includes('all action items closed'))).toBe(true);
    }),
  );
});
