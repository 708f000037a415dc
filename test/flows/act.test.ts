import { describe, expect, it } from 'vitest';
import { Conflict } from '../../src/domain/errors.ts';
import { MINUTE } from '../../src/domain/time.ts';
import { act, draftKey } from '../../src/flows/act.ts';
import { declareIncident } from '../../src/flows/declare.ts';
import { incidentOf } from '../../src/flows/incident-of.ts';
import { mergeIncident } from '../../src/flows/merge.ts';
import type { World } from '../../src/flows/ports.ts';
import { onWorlds, TEAM, takeKeys } from './worlds.ts';

const LEA = { by: 'LEA' };

function declareIn(world: World, channel: string, title = 'checkout 500s') {
  return declareIncident(world, TEAM, { title, severity: 'P1', channel, private: false }, LEA);
}

describe('declare', () => {
  it(
    'numbers incidents, keeps the timeline, and asks for the card once',
    onWorlds(async (world) => {
      const first = await declareIn(world, 'C1');
      const second = await declareIn(world, 'C2');
      expect([first.number, second.number]).toEqual([1, 2]);
      expect(await incidentOf(world.store, first)).toEqual(first);
      expect(await takeKeys(world)).toEqual([
        'INC-1/card',
        'INC-1/furnish@1',
        'INC-1/own-suggestions',
        'INC-1/suggest-1',
        'INC-1/triage-1',
        'INC-2/card',
        'INC-2/furnish@1',
        'INC-2/own-suggestions',
        'INC-2/suggest-1',
        'INC-2/triage-1',
      ]);
      expect(await world.store.projection(first)).toMatchObject({
        open: true,
        lead: 'LEA',
        phase: 'investigating',
        promisedAt: first.promise?.dueAt,
      });
    }),
  );

  it(
    'refuses a second one in a channel, and anything without a title',
    onWorlds(async (world) => {
      await declareIn(world, 'C1');
      await expect(declareIn(world, 'C1')).rejects.toMatchObject({ rule: 'one-open-per-channel' });
      await expect(declareIn(world, 'C2', ' ')).rejects.toMatchObject({ rule: 'title-needed' });
      expect(await world.store.list(TEAM)).toHaveLength(1);
    }),
  );

  it('tells that posts are waiting', async () => {
    let told = 0;
    await onWorlds(
      async (world) => {
        const incident = await declareIn(world, 'C1');
        await act(world, incident, { type: 'note', text: 'x' }, LEA);
        expect(told).toBe(2);
      },
      undefined,
      { postsWaiting: () => told++ },
    )();
  });
});

describe('act', () => {
  it(
    'is decided again on the newer timeline when somebody came first',
    onWorlds(async (world, all) => {
      const other = await all.open();
      const incident = await declareIn(world, 'C1');
      let raced = false;
      const slow: World = {
        ...world,
        store: {
          ...world.store,
          append: async (...write) => {
            if (!raced) {
              raced = true;
              await act(other, incident, { type: 'title', title: 'payments down' }, { by: 'KAI' });
            }
            return world.store.append(...write);
          },
        },
      };
      const { after, events } = await act(slow, incident, { type: 'severity', severity: 'P2' }, LEA);
      expect(after).toMatchObject({ title: 'payments down', severity: 'P2', version: 3 });
      expect(events.map((one) => one.seq)).toEqual([3]);
      expect(await incidentOf(world.store, incident)).toEqual(after);
    }),
  );

  it(
    'refuses on the newer timeline what was allowed on the older',
    onWorlds(async (world) => {
      const incident = await declareIn(world, 'C1');
      const answers = await Promise.allSettled(
        ['KAI', 'BO', 'MARA'].map((by) =>
          act(world, incident, { type: 'override', reason: 'it is over' }, { by }),
        ),
      );
      expect(answers.map((one) => one.status).toSorted()).toEqual(['fulfilled', 'rejected', 'rejected']);
      const refused = answers.flatMap((one) => (one.status === 'rejected' ? [one.reason.rule] : []));
      expect(refused).toEqual(['not-open', 'not-open']);
    }),
  );

  it(
    'reads what it lost against before it decides again, however many ask at once',
    onWorlds(async (world) => {
      for (let round = 1; round <= 30; round++) {
        const incident = await declareIn(world, `C${round}`);
        const askers = ['A', 'B', 'C', 'D', 'E', 'F'].map((by) =>
          act(world, incident, { type: 'override', reason: 'it is over' }, { by }),
        );
        const refused = (await Promise.allSettled(askers)).filter((one) => one.status === 'rejected');
        expect(refused.map((one) => one.reason.rule)).toEqual(Array(5).fill('not-open'));
      }
    }),
  );

  it(
    'gives up after a few tries, and passes other faults on',
    onWorlds(async (world) => {
      const incident = await declareIn(world, 'C1');
      let tries = 0;
      const failing = (error: Error): World => ({
        ...world,
        store: {
          ...world.store,
          append: async () => {
            tries++;
            throw error;
          },
        },
      });
      const note = { type: 'note', text: 'x' } as const;
      await expect(act(failing(new Conflict('again')), incident, note, LEA)).rejects.toThrow(Conflict);
      expect(tries).toBe(8);
      await expect(act(failing(new Error('disk full')), incident, note, LEA)).rejects.toThrow('disk full');
      expect(tries).toBe(9);
    }),
  );

  it(
    'does several things in one step, or none of them',
    onWorlds(async (world) => {
      const incident = await declareIn(world, 'C1');
      const { events, after } = await act(
        world,
        incident,
        [{ type: 'note', text: 'a' }, { type: 'take-lead' }],
        { by: 'KAI', via: { channel: 'C1', ts: '1.2' } },
      );
      expect(events.map((one) => [one.seq, one.event.type, one.event.via?.ts])).toEqual([
        [2, 'noted', '1.2'],
        [3, 'lead-changed', '1.2'],
      ]);
      await expect(
        act(world, incident, [{ type: 'note', text: 'b' }, { type: 'take-lead' }], { by: 'KAI' }),
      ).rejects.toMatchObject({ rule: 'leads-already' });
      expect(await incidentOf(world.store, incident)).toEqual(after);
    }),
  );

  it(
    'writes nothing where it was already so',
    onWorlds(async (world) => {
      const incident = await declareIn(world, 'C1');
      await act(world, incident, { type: 'join', person: 'BO' }, { by: 'BO' });
      await takeKeys(world);
      const { events } = await act(world, incident, { type: 'join', person: 'BO' }, { by: 'BO' });
      expect(events).toEqual([]);
      expect(await takeKeys(world)).toEqual([]);
    }),
  );

  it(
    'settles the stored draft with its promise',
    onWorlds(async (world) => {
      const incident = await declareIn(world, 'C1');
      const key = draftKey(1, 1);
      await world.store.saveDraft({
        team: TEAM,
        key,
        person: 'LEA',
        incident: 1,
        kind: 'update',
        body: {},
        at: 1,
      });
      await act(world, incident, { type: 'note', text: 'x' }, LEA);
      expect(await world.store.draft(TEAM, key)).toBeDefined();
      await act(world, incident, { type: 'update', fields: { known: 'x' } }, LEA);
      expect(await world.store.draft(TEAM, key)).toBeUndefined();
    }),
  );

  it(
    'knows no incident that was never declared',
    onWorlds(async (world) => {
      await expect(
        act(world, { team: TEAM, number: 7 }, { type: 'override', reason: 'it is over' }, LEA),
      ).rejects.toMatchObject({
        rule: 'no-such-incident',
        next: [{ command: 'list' }],
      });
      await declareIn(world, 'C1');
      await expect(
        act(world, { team: 'T2', number: 1 }, { type: 'override', reason: 'it is over' }, LEA),
      ).rejects.toMatchObject({
        rule: 'no-such-incident',
      });
    }),
  );

  it(
    'never opens two in one channel, not by reopening either',
    onWorlds(async (world) => {
      const first = await declareIn(world, 'C1');
      await act(world, first, { type: 'override', reason: 'it is over' }, LEA);
      await declareIn(world, 'C1');
      await expect(act(world, first, { type: 'reopen' }, LEA)).rejects.toMatchObject({
        rule: 'one-open-per-channel',
      });
    }),
  );
});

describe('merge', () => {
  it(
    'ends one as part of the other; both timelines say so',
    onWorlds(async (world) => {
      const one = await declareIn(world, 'C1', 'payments');
      const two = await declareIn(world, 'C2', 'checkout');
      await mergeIncident(world, two, one.number, LEA);
      expect(await incidentOf(world.store, two)).toMatchObject({ phase: 'merged', mergedInto: 1 });
      expect((await incidentOf(world.store, one)).timeline.at(-1)?.event).toEqual({
        type: 'absorbed',
        by: 'LEA',
        number: 2,
        title: 'checkout',
      });
      expect((await world.store.projection(two))?.dueAt).toBeUndefined();
    }),
  );

  it(
    'is finished by asking again when a crash came in between, and told once',
    onWorlds(async (world, all) => {
      const one = await declareIn(world, 'C1');
      const two = await declareIn(world, 'C2');
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
      await expect(mergeIncident(crashing, two, one.number, LEA)).rejects.toThrow('crashed');
      all.pass(MINUTE);
      for (let again = 0; again < 2; again++) await mergeIncident(world, two, one.number, LEA);
      const told = (await incidentOf(world.store, one)).timeline.filter((it) => it.event.type === 'absorbed');
      expect(told).toHaveLength(1);
    }),
  );

  it(
    'refuses an ended, unknown or same target and changes neither',
    onWorlds(async (world) => {
      const one = await declareIn(world, 'C1');
      const two = await declareIn(world, 'C2');
      await act(world, one, { type: 'override', reason: 'it is over' }, LEA);
      await expect(mergeIncident(world, two, 1, LEA)).rejects.toMatchObject({ rule: 'merge-ended' });
      await expect(mergeIncident(world, two, 2, LEA)).rejects.toMatchObject({ rule: 'merge-self' });
      await expect(mergeIncident(world, two, 9, LEA)).rejects.toMatchObject({ rule: 'no-such-incident' });
      expect(await incidentOf(world.store, two)).toEqual(two);
    }),
  );
});
