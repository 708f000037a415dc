import { describe, expect, it } from 'vitest';
import { DEFAULT_CADENCE } from '../../src/domain/cadence.ts';
import type { Incident } from '../../src/domain/incident.ts';
import { HOUR, MINUTE, SECOND } from '../../src/domain/time.ts';
import { act, draftKey } from '../../src/flows/act.ts';
import { declareIncident } from '../../src/flows/declare.ts';
import { incidentOf } from '../../src/flows/incident-of.ts';
import type { World } from '../../src/flows/ports.ts';
import { projectionOf } from '../../src/flows/projection-of.ts';
import { tick } from '../../src/flows/tick.ts';
import { onWorlds, TEAM, takeKeys, takePosts, type Worlds } from './worlds.ts';

const LEA = { by: 'LEA' };

async function declareIn(world: World, channel: string, by = 'LEA'): Promise<Incident> {
  const incident = await declareIncident(
    world,
    TEAM,
    { title: `trouble in ${channel}`, severity: 'P1', channel, private: false },
    { by },
  );
  await takeKeys(world);
  return incident;
}

/** Passes time and ticks; answers the keys that it made Steady say. */
async function later(world: World, all: Worlds, minutes: number): Promise<readonly string[]> {
  all.pass(minutes * MINUTE);
  await tick(world);
  return (await takeKeys(world)).filter((key) => !/card@|furnish@|[/]guard/.test(key));
}

describe('a tick', () => {
  it(
    'says each rung once, when its time has come',
    onWorlds(async (world, all) => {
      await declareIn(world, 'C1');
      expect(await later(world, all, 24)).toEqual([]);
      expect(await later(world, all, 1)).toEqual(['INC-1/promise-1/draft']);
      expect(await later(world, all, 1)).toEqual([]);
      expect(await later(world, all, 4)).toEqual(['INC-1/promise-1/due']);
      expect(await later(world, all, 5)).toEqual(['INC-1/promise-1/late', 'INC-1/promise-1/late/LEA']);
      expect(await later(world, all, 10)).toEqual([
        'INC-1/promise-1/escalate',
        'INC-1/promise-1/escalate/LEA',
      ]);
      expect(await later(world, all, 9)).toEqual([]);
    }),
  );

  it(
    'speaks once for everything that passed while nobody looked',
    onWorlds(async (world, all) => {
      const incident = await declareIn(world, 'C1');
      expect(await later(world, all, 50)).toEqual([
        'INC-1/promise-1/escalate',
        'INC-1/promise-1/escalate/LEA',
      ]);
      const { promise } = await incidentOf(world.store, incident);
      expect(promise?.climbed.map((one) => one.rung)).toEqual(['escalate']);
    }),
  );

  it(
    'says nothing after the clock stepped back, and goes on when it is time again',
    onWorlds(async (world, all) => {
      await declareIn(world, 'C1');
      expect(await later(world, all, 31)).toEqual(['INC-1/promise-1/due']);
      expect(await later(world, all, -20)).toEqual([]);
      expect(await later(world, all, 19)).toEqual([]);
      expect(await later(world, all, 5)).toEqual(['INC-1/promise-1/late', 'INC-1/promise-1/late/LEA']);
    }),
  );

  it(
    'is silent after an update, a snooze and every kind of end',
    onWorlds(async (world, all) => {
      const updated = await declareIn(world, 'C1');
      const resolved = await declareIn(world, 'C2');
      const cancelled = await declareIn(world, 'C3');
      const merged = await declareIn(world, 'C4');
      const snoozed = await declareIn(world, 'C5');
      all.pass(29 * MINUTE);
      await act(world, updated, { type: 'update', fields: { known: 'x' } }, LEA);
      await act(world, resolved, { type: 'override', reason: 'it is over' }, LEA);
      await act(world, cancelled, { type: 'cancel', reason: 'x' }, LEA);
      await act(
        world,
        merged,
        { type: 'merge', into: { number: 1, phase: 'investigating', title: '' } },
        LEA,
      );
      await act(world, snoozed, { type: 'snooze', for: HOUR, reason: 'x' }, LEA);
      await takeKeys(world);
      expect(await later(world, all, 24)).toEqual([]);
      expect(await later(world, all, 1)).toEqual(['INC-1/promise-2/draft']);
    }),
  );

  it(
    'keeps the draft from the timeline, for the lead',
    onWorlds(async (world, all) => {
      const incident = await declareIn(world, 'C1');
      await act(world, incident, { type: 'note', text: 'rolling back' }, LEA);
      await later(world, all, 25);
      expect(await world.store.draft(TEAM, draftKey(1, 1))).toMatchObject({
        person: 'LEA',
        incident: 1,
        kind: 'update',
        body: { promise: 1, fields: { doing: 'rolling back' } },
      });
    }),
  );

  it(
    'asks the next person at once where one cannot be reached, in the same tick',
    onWorlds(
      async (world, all) => {
        const incident = await declareIn(world, 'C1');
        await act(world, incident, { type: 'give-role', role: 'comms', to: 'BO' }, LEA);
        await takeKeys(world);
        all.gone.set('LEA', 'deactivated');
        expect(await later(world, all, 30)).toEqual([
          'INC-1/promise-1/due',
          'INC-1/promise-1/late',
          'INC-1/promise-1/late/BO',
          'INC-1/promise-1/late/LEA',
        ]);
        const { promise } = await incidentOf(world.store, incident);
        expect(promise?.unreachable).toMatchObject([{ person: 'LEA', why: 'deactivated' }]);
        expect(await later(world, all, 1)).toEqual([]);
      },
      { ...DEFAULT_CADENCE, escalateTo: ['MARA'] },
    ),
  );

  it(
    'goes up to the escalation at once where lead and comms are both gone',
    onWorlds(
      async (world, all) => {
        await declareIn(world, 'C1');
        all.gone.set('LEA', 'asleep');
        expect(await later(world, all, 25)).toEqual(['INC-1/promise-1/draft']);
        expect(await later(world, all, 5)).toEqual([
          'INC-1/promise-1/due',
          'INC-1/promise-1/escalate',
          'INC-1/promise-1/escalate/MARA',
          'INC-1/promise-1/late',
          'INC-1/promise-1/late/LEA',
        ]);
      },
      { ...DEFAULT_CADENCE, escalateTo: ['MARA'] },
    ),
  );

  it(
    'works with promises of ten seconds',
    onWorlds(
      async (world, all) => {
        await declareIn(world, 'C1');
        const said: string[] = [];
        for (let second = 1; second <= 20; second++) {
          all.pass(SECOND);
          await tick(world);
          for (const key of await takeKeys(world))
            if (/promise/.test(key) && !/LEA/.test(key)) said.push(`${second} ${key}`);
        }
        expect(said).toEqual([
          '9 INC-1/promise-1/draft',
          '10 INC-1/promise-1/due',
          '12 INC-1/promise-1/late',
          '15 INC-1/promise-1/escalate',
        ]);
      },
      { ...DEFAULT_CADENCE, updateEvery: 10 * SECOND },
    ),
  );
});

describe('drafts of one person', () => {
  it(
    'that fall due together go into one message',
    onWorlds(async (world, all) => {
      await declareIn(world, 'C1');
      all.pass(2 * MINUTE);
      await declareIn(world, 'C2');
      await declareIn(world, 'C3', 'KAI');
      all.pass(23 * MINUTE);
      await tick(world);
      const said = (await takePosts(world)).flatMap(({ what }) =>
        what.kind === 'draft' && what.items.length > 0 ? [what] : [],
      );
      expect(said).toEqual([
        {
          kind: 'draft',
          to: 'LEA',
          items: [
            { incident: 1, promise: 1 },
            { incident: 2, promise: 1 },
          ],
        },
      ]);
      expect(await world.store.draft(TEAM, draftKey(2, 1))).toBeDefined();
      expect(await later(world, all, 2)).toEqual(['INC-3/promise-1/draft']);
    }),
  );

  it(
    'are said once however a crash fell between the two incidents',
    onWorlds(async (world, all) => {
      await declareIn(world, 'C1');
      await declareIn(world, 'C2');
      all.pass(25 * MINUTE);
      let writes = 0;
      const crashing: World = {
        ...world,
        store: {
          ...world.store,
          append: async (...write) => {
            if (++writes === 2) throw new Error('crashed');
            return world.store.append(...write);
          },
        },
      };
      await tick(crashing);
      all.pass(2 * MINUTE);
      await tick(await all.open());
      const said = (await takePosts(world)).filter(
        ({ what }) => what.kind === 'draft' && what.items.length > 0,
      );
      expect(said.map((one) => one.key)).toEqual(['INC-1/promise-1/draft']);
      expect((await incidentOf(world.store, { team: TEAM, number: 2 })).promise?.climbed).toHaveLength(1);
      expect(await world.store.drafts(TEAM, 'LEA')).toHaveLength(2);
    }),
  );

  it(
    'are not kept for a promise that was met meanwhile',
    onWorlds(async (world, all) => {
      await declareIn(world, 'C1');
      const second = await declareIn(world, 'C2');
      all.pass(25 * MINUTE);
      let writes = 0;
      const racing: World = {
        ...world,
        store: {
          ...world.store,
          append: async (...write) => {
            if (++writes === 1) await act(world, second, { type: 'update', fields: { known: 'x' } }, LEA);
            return world.store.append(...write);
          },
        },
      };
      await tick(racing);
      expect((await world.store.drafts(TEAM, 'LEA')).map((one) => one.key)).toEqual([draftKey(1, 1)]);
    }),
  );
});

describe('two processes', () => {
  it(
    'share what is due and say nothing twice',
    onWorlds(async (world, all) => {
      const other = await all.open();
      for (let i = 1; i <= 12; i++) await declareIn(world, `C${i}`, `LEAD${i}`);
      all.pass(30 * MINUTE);
      const looked = await Promise.all([tick(world), tick(other), tick(world), tick(other)]);
      expect(looked.reduce((sum, one) => sum + one)).toBe(12);
      const keys = (await takePosts(world)).filter(({ what }) => what.kind === 'nudge').map((one) => one.key);
      expect(keys).toHaveLength(12);
      expect(new Set(keys).size).toBe(12);
    }),
  );

  it(
    'one that died holding an incident is relieved when its lease runs out',
    onWorlds(async (world, all) => {
      await declareIn(world, 'C1');
      all.pass(30 * MINUTE);
      await world.store.claimDue({ owner: 'dead', for: MINUTE, limit: 10 });
      const other = await all.open();
      expect(await later(other, all, 0)).toEqual([]);
      expect(await later(other, all, 1)).toEqual(['INC-1/promise-1/due']);
    }),
  );
});

describe('what goes wrong', () => {
  it(
    'with one incident keeps no other waiting, and is tried again when its lease has run out',
    onWorlds(async (world, all) => {
      await Promise.all(Array.from({ length: 110 }, (_, i) => declareIn(world, `C${i}`, `LEAD${i}`)));
      all.pass(30 * MINUTE);
      const broken: World = {
        ...world,
        store: {
          ...world.store,
          append: async (ref, ...rest) => {
            if (ref.number <= 100) throw new Error('broken');
            return world.store.append(ref, ...rest);
          },
        },
      };
      await tick(broken);
      expect(all.faults).toHaveLength(100);
      const said = (await takePosts(world)).filter(({ what }) => what.kind === 'nudge');
      expect(said).toHaveLength(10);
      expect(await tick(world)).toBe(0);
      all.pass(MINUTE);
      expect(await tick(world)).toBe(100);
    }),
  );

  it(
    'a projection that is behind is put right',
    onWorlds(async (world, all) => {
      const incident = await declareIn(world, 'C1');
      const right = projectionOf(incident, world.cadence);
      await world.store.append(incident, 1, { events: [], projection: { ...right, dueAt: all.now() } });
      expect(await tick(world)).toBe(1);
      expect(await world.store.projection(incident)).toMatchObject(right);
      expect(await takeKeys(world)).toEqual([]);
      expect(await tick(world)).toBe(0);
    }),
  );
});
