import { expect, test } from 'vitest';
import { Conflict, RuleViolation } from '../../../src/domain/errors.ts';
import { decision, declare, type OpenBench, on, refusal, THEN } from './storage-bench.ts';

/** Timelines: numbers, versions, and all or nothing. */
export function keepsIncidents(open: OpenBench): void {
  test(
    'numbers the incidents of each team from 1 and hands the number to the opening',
    on(open, async (store) => {
      const seen: number[] = [];
      for (const channel of ['C1', 'C2']) {
        await store.declare('T1', (ref) => {
          seen.push(ref.number);
          return decision([{ kind: 'declared', name: `INC-${ref.number}` }], { channel });
        });
      }
      expect(seen).toEqual([1, 2]);
      expect(await declare(store, 'T2', 'C1')).toEqual({ team: 'T2', number: 1 });
      expect(await store.load({ team: 'T1', number: 2 })).toEqual({
        ref: { team: 'T1', number: 2 },
        version: 1,
        events: [{ seq: 1, at: THEN, body: { kind: 'declared', name: 'INC-2' } }],
      });
    }),
  );

  test(
    'knows nothing of what was never declared',
    on(open, async (store) => {
      for (const number of [1, 0, -1, 2 ** 40, 1e300, Number.NaN]) {
        expect(await store.load({ team: 'T1', number })).toBeUndefined();
        expect(await store.projection({ team: 'T1', number })).toBeUndefined();
      }
      expect(await store.inChannel('T1', 'C1')).toBeUndefined();
      expect(await store.list('T1')).toEqual([]);
      await expect(store.append({ team: 'T1', number: 1 }, 0, decision([1]))).rejects.toThrow(Conflict);
    }),
  );

  test(
    'refuses a second open incident in a channel, names the first, and takes no number for it',
    on(open, async (store) => {
      await declare(store, 'T1', 'C1');
      const error = await refusal(declare(store, 'T1', 'C1'));
      expect(error).toBeInstanceOf(RuleViolation);
      expect(error).toMatchObject({ rule: 'one-open-per-channel', next: [{ label: 'Use INC-1' }] });
      expect(await declare(store, 'T2', 'C1')).toEqual({ team: 'T2', number: 1 });
      expect(await declare(store, 'T1', 'C2')).toEqual({ team: 'T1', number: 2 });
    }),
  );

  test(
    'lets a channel have the next incident once the first is closed, and then refuses to reopen the first',
    on(open, async (store) => {
      const first = await declare(store, 'T1', 'C1');
      await store.append(first, 1, decision(['resolved'], { open: false, phase: 'resolved' }));
      const second = await declare(store, 'T1', 'C1');
      expect((await store.inChannel('T1', 'C1'))?.ref).toEqual(second);

      const error = await refusal(store.append(first, 2, decision(['reopened'])));
      expect(error).toMatchObject({ rule: 'one-open-per-channel', next: [{ label: 'Use INC-2' }] });
      expect((await store.load(first))?.version).toBe(2);

      await store.append(second, 1, decision(['resolved'], { open: false }));
      expect((await store.inChannel('T1', 'C1'))?.ref).toEqual(second);
      await store.append(first, 2, decision(['reopened']));
      expect((await store.inChannel('T1', 'C1'))?.ref).toEqual(first);
    }),
  );

  test(
    'gives one of many concurrent declares in a channel the incident and the others its number',
    on(open, async (store, bench) => {
      const others = [store, await bench.open(), await bench.open()];
      const results = await Promise.allSettled(
        Array.from({ length: 12 }, (_, index) => declare(others[index % 3] ?? store, 'T1', 'C1')),
      );
      const refused = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
      expect(refused).toHaveLength(11);
      for (const error of refused) expect(error).toMatchObject({ next: [{ label: 'Use INC-1' }] });
      expect(await store.list('T1')).toHaveLength(1);
    }),
  );

  test(
    'gives concurrent declares in different channels different numbers without a gap',
    on(open, async (store, bench) => {
      const other = await bench.open();
      const refs = await Promise.all(
        Array.from({ length: 20 }, (_, index) => declare(index % 2 ? other : store, 'T1', `C${index}`)),
      );
      expect(refs.map(({ number }) => number).sort((a, b) => a - b)).toEqual(
        Array.from({ length: 20 }, (_, index) => index + 1),
      );
    }),
  );

  test(
    'appends at the expected version only, and answers the new one',
    on(open, async (store) => {
      const ref = await declare(store, 'T1', 'C1');
      expect(await store.append(ref, 1, decision(['a', 'b']))).toBe(3);
      await expect(store.append(ref, 1, decision(['late']))).rejects.toThrow(Conflict);
      await expect(store.append(ref, 4, decision(['early']))).rejects.toThrow(Conflict);
      expect(await store.append(ref, 3, decision([], { title: 'no event' }))).toBe(3);
      const timeline = await store.load(ref);
      expect(timeline?.version).toBe(3);
      expect(timeline?.events.map(({ seq, body }) => [seq, body])).toEqual([
        [1, { kind: 'declared' }],
        [2, 'a'],
        [3, 'b'],
      ]);
      expect((await store.projection(ref))?.title).toBe('no event');
    }),
  );

  test(
    'lets one of concurrent appends win; the others conflict and can decide again',
    on(open, async (store, bench) => {
      const stores = [store, await bench.open(), await bench.open()];
      const ref = await declare(store, 'T1', 'C1');
      let conflicts = 0;
      const stubborn = async (name: number) => {
        for (;;) {
          const at = stores[name % 3] ?? store;
          const version = (await at.load(ref))?.version ?? 0;
          try {
            return await at.append(ref, version, decision([name]));
          } catch (error) {
            expect(error).toBeInstanceOf(Conflict);
            conflicts += 1;
          }
        }
      };
      await Promise.all(Array.from({ length: 9 }, (_, name) => stubborn(name)));
      const bodies = (await store.load(ref))?.events.slice(1).map(({ body }) => body);
      expect(bodies).toHaveLength(9);
      expect(new Set(bodies).size).toBe(9);
      expect(conflicts).toBeGreaterThan(0);
    }),
  );

  test(
    'appends a thousand events at once, in order',
    on(open, async (store) => {
      const ref = await declare(store, 'T1', 'C1');
      await store.append(ref, 1, decision(Array.from({ length: 1_000 }, (_, index) => index)));
      const timeline = await store.load(ref);
      expect(timeline?.events.slice(1).map(({ body }) => body)).toEqual(
        Array.from({ length: 1_000 }, (_, index) => index),
      );
      expect(timeline?.events.at(-1)?.seq).toBe(1_001);
    }),
  );

  test(
    'reads of a timeline only what is later, where that is asked',
    on(open, async (store) => {
      const ref = await declare(store, 'T1', 'C1');
      await store.append(ref, 1, decision(['a', 'b']));
      expect((await store.load(ref, 1))?.events.map(({ seq, body }) => [seq, body])).toEqual([
        [2, 'a'],
        [3, 'b'],
      ]);
      expect(await store.load(ref, 3)).toEqual({ ref, version: 3, events: [] });
      expect(await store.load({ team: 'T1', number: 9 }, 3)).toBeUndefined();
    }),
  );

  test(
    'writes everything of a decision or nothing',
    on(open, async (store) => {
      const ref = await declare(store, 'T1', 'C1');
      const old = { team: 'T1', key: 'old', person: 'U1', kind: 'update', body: 1, at: 1 };
      await store.saveDraft(old);
      const whole = {
        ...decision(['x'], { title: 'new' }),
        posts: [{ key: 'p', post: 1, priority: 1, incident: 1 }],
        drafts: [{ ...old, key: 'new' }],
        settled: ['old'],
        snapshots: [{ key: 'E1', bytes: Uint8Array.of(1) }],
      };
      await expect(store.append(ref, 9, whole)).rejects.toThrow(Conflict);
      // The last thing written is what fails: the rest must go with it.
      const broken = { ...whole, snapshots: [{ key: 'x'.repeat(2_000), bytes: Uint8Array.of(1) }] };
      await expect(store.append(ref, 1, broken)).rejects.toThrow(RangeError);
      await expect(
        store.declare('T1', () => ({ ...broken, ...decision([1], { channel: 'C2' }) })),
      ).rejects.toThrow(RangeError);
      expect(await store.inChannel('T1', 'C2')).toBeUndefined();
      expect((await store.load(ref))?.version).toBe(1);
      expect((await store.projection(ref))?.title).toBe('checkout 500s');
      expect(await store.post('T1', 'p')).toBeUndefined();
      expect(await store.drafts('T1', 'U1')).toEqual([old]);

      await store.append(ref, 1, whole);
      expect((await store.projection(ref))?.title).toBe('new');
      expect(await store.post('T1', 'p')).toMatchObject({ state: 'waiting', incident: 1 });
      expect((await store.drafts('T1', 'U1')).map(({ key }) => key)).toEqual(['new']);
      expect(await store.snapshot('T1', 'E1')).toEqual(Uint8Array.of(1));
    }),
  );

  test(
    'lists newest first, by what is asked',
    on(open, async (store, bench) => {
      for (const [channel, lead] of [
        ['C1', 'U1'],
        ['C2', 'U2'],
        ['C3', 'U1'],
      ] as const) {
        await declare(store, 'T1', channel, { lead });
      }
      await declare(store, 'T2', 'C1');
      bench.advance(1_000);
      await store.append({ team: 'T1', number: 1 }, 1, decision(['resolved'], { open: false }));
      const numbers = async (options?: Parameters<typeof store.list>[1]) =>
        (await store.list('T1', options)).map(({ ref }) => ref.number);
      expect(await numbers()).toEqual([3, 2, 1]);
      expect(await numbers({ open: true })).toEqual([3, 2]);
      expect(await numbers({ open: false })).toEqual([1]);
      expect(await numbers({ lead: 'U1' })).toEqual([3, 1]);
      expect(await numbers({ open: true, lead: 'U1', limit: 5 })).toEqual([3]);
      expect(await numbers({ limit: 2 })).toEqual([3, 2]);
    }),
  );

  test(
    'gives the projection back whole, absent times absent',
    on(open, async (store, bench) => {
      const ref = await declare(store, 'T1', 'C1', { dueAt: THEN + 25, promisedAt: THEN + 30 });
      const first = await store.projection(ref);
      expect(first).toEqual({
        ref,
        ...decision([]).projection,
        dueAt: THEN + 25,
        promisedAt: THEN + 30,
        updatedAt: first?.updatedAt,
      });
      bench.advance(60_000);
      await store.append(ref, 1, decision(['resolved'], { open: false }));
      const second = await store.projection(ref);
      expect(Object.keys(second ?? {})).not.toContain('dueAt');
      expect(Object.keys(second ?? {})).not.toContain('promisedAt');
      expect((second?.updatedAt ?? 0) - (first?.updatedAt ?? 0)).toBeGreaterThanOrEqual(60_000);
    }),
  );

  test(
    'calls the crossings before and after a commit, and stops before it when told',
    on(open, async (store, bench) => {
      const names: string[] = [];
      const watched = await bench.open((name) => {
        names.push(name);
        if (name === 'commit:append:before' && names.length > 3) throw new Error('struck');
      });
      const ref = await declare(watched, 'T1', 'C1');
      await watched.append(ref, 1, decision(['a']));
      await expect(watched.append(ref, 2, decision(['b']))).rejects.toThrow('struck');
      expect(names).toEqual([
        'commit:declare:before',
        'commit:declare:after',
        'commit:append:before',
        'commit:append:after',
        'commit:append:before',
      ]);
      expect((await store.load(ref))?.version).toBe(2);
    }),
  );

  test(
    'finishes what is under way when closed, then refuses work, and closes twice',
    on(open, async (store, bench) => {
      const leaving = await bench.open();
      const ref = await declare(store, 'T1', 'C1');
      const last = leaving.append(ref, 1, decision(['last']));
      await Promise.all([leaving.close(), last]);
      await leaving.close();
      expect((await store.load(ref))?.version).toBe(2);
      await expect(leaving.load(ref)).rejects.toThrow();
    }),
  );

  test(
    'lets a decision that fails take none of its neighbours with it',
    on(open, async (store) => {
      const ref = await declare(store, 'T1', 'C1');
      const tooLong = 'x'.repeat(2_000);
      const results = await Promise.allSettled(
        Array.from({ length: 60 }, async (_, index) => {
          const key = `k${index}`;
          if (index % 3 === 0) await store.enqueue('T1', { key, post: index, priority: 1 });
          else if (index % 3 === 1) {
            const broken = { snapshots: [{ key: tooLong, bytes: new Uint8Array(1) }] };
            const posts = [{ key, post: index, priority: 1 }];
            await store.declare('T1', () => ({ ...decision([1], { channel: key }), posts, ...broken }));
          } else expect((await store.projection(ref))?.title).toBe('checkout 500s');
        }),
      );
      expect(results.map(({ status }) => status)).toEqual(
        results.map((_, index) => (index % 3 === 1 ? 'rejected' : 'fulfilled')),
      );
      for (const index of results.keys())
        expect((await store.post('T1', `k${index}`)) !== undefined).toBe(index % 3 === 0);
      expect(await declare(store, 'T1', 'C2')).toEqual({ team: 'T1', number: 2 });
    }),
  );
}
