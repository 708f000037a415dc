import { expect, test } from 'vitest';
import { decision, declare, type OpenBench, on } from './storage-bench.ts';

const LEASE = { owner: 'a', for: 30_000, limit: 10 };

/** Promises that fall due are looked after by one process at a time. */
export function wakesOnTime(open: OpenBench): void {
  test(
    'claims what is due at or before now, the oldest first, up to the limit, across teams',
    on(open, async (store) => {
      const now = await store.now();
      await declare(store, 'T1', 'C1', { dueAt: now - 10 });
      await declare(store, 'T2', 'C1', { dueAt: now - 30 });
      await declare(store, 'T1', 'C2', { dueAt: now - 20 });
      await declare(store, 'T1', 'C3', { dueAt: now + 60_000 });
      await declare(store, 'T1', 'C4');
      await declare(store, 'T1', 'C5', { dueAt: now - 5, open: false });
      const claimed = await store.claimDue({ ...LEASE, limit: 2 });
      expect(claimed.map(({ ref }) => [ref.team, ref.number])).toEqual([
        ['T2', 1],
        ['T1', 2],
      ]);
      expect((await store.claimDue(LEASE)).map(({ channel }) => channel)).toEqual(['C1']);
      expect(await store.claimDue(LEASE)).toEqual([]);
    }),
  );

  test(
    'claims at the very moment, not before',
    on(open, async (store, bench) => {
      await declare(store, 'T1', 'C1', { dueAt: (await store.now()) + 3_600_000 });
      bench.advance(3_590_000);
      expect(await store.claimDue(LEASE)).toEqual([]);
      bench.advance(10_000);
      expect(await store.claimDue(LEASE)).toHaveLength(1);
    }),
  );

  test(
    'lets nobody else claim under a lease, and anybody once it ran out or was given back',
    on(open, async (store, bench) => {
      const other = await bench.open();
      const ref = await declare(store, 'T1', 'C1', { dueAt: (await store.now()) - 1 });
      expect(await store.claimDue(LEASE)).toHaveLength(1);
      expect(await other.claimDue({ ...LEASE, owner: 'b' })).toEqual([]);
      await other.releaseDue(ref, 'b');
      expect(await other.claimDue({ ...LEASE, owner: 'b' })).toEqual([]);
      bench.advance(30_001);
      expect(await other.claimDue({ ...LEASE, owner: 'b' })).toHaveLength(1);
      await store.releaseDue(ref, 'a');
      expect(await store.claimDue(LEASE)).toEqual([]);
      await other.releaseDue(ref, 'b');
      expect(await store.claimDue(LEASE)).toHaveLength(1);
    }),
  );

  test(
    'is moved by an append in the same breath',
    on(open, async (store) => {
      const now = await store.now();
      const ref = await declare(store, 'T1', 'C1', { dueAt: now - 1 });
      await store.append(ref, 1, decision(['updated'], { dueAt: now + 1_800_000 }));
      expect(await store.claimDue(LEASE)).toEqual([]);
      await store.append(ref, 2, decision(['overdue'], { dueAt: now - 1 }));
      expect(await store.claimDue(LEASE)).toMatchObject([{ ref, dueAt: now - 1 }]);
      await store.append(ref, 3, decision(['resolved'], { open: false, dueAt: now - 1 }));
      await store.releaseDue(ref, 'a');
      expect(await store.claimDue(LEASE)).toEqual([]);
    }),
  );

  test(
    'shares the work of several claimers: nothing twice, nothing left',
    on(open, async (store, bench) => {
      const dueAt = (await store.now()) - 1;
      for (let number = 1; number <= 60; number += 1) await declare(store, 'T1', `C${number}`, { dueAt });
      const stores = [store, await bench.open(), await bench.open()];
      const claims = await Promise.all(
        Array.from({ length: 12 }, (_, index) =>
          (stores[index % 3] ?? store).claimDue({ owner: `p${index}`, for: 30_000, limit: 7 }),
        ),
      );
      const numbers = claims.flat().map(({ ref }) => ref.number);
      expect(new Set(numbers).size).toBe(numbers.length);
      const rest = await store.claimDue({ ...LEASE, limit: 100 });
      expect(numbers.length + rest.length).toBe(60);
    }),
  );
}
