import { expect, test } from 'vitest';
import type { Delivery } from '../../../src/storage/store.ts';
import { type OpenBench, on, THEN } from './storage-bench.ts';

const LEASE = { owner: 'a', for: 30_000, limit: 10 };
const delivery = (key: string, team = 'T1', at = THEN): Delivery => ({
  key,
  team,
  kind: 'mention',
  body: { text: `body of ${key}` },
  at,
});

/** What Slack brings is taken once and finished by somebody. */
export function keepsDeliveries(open: OpenBench): void {
  test(
    'takes a delivery once per team, whichever process it reaches',
    on(open, async (store, bench) => {
      const other = await bench.open();
      const answers = await Promise.all(
        Array.from({ length: 10 }, (_, index) =>
          (index % 2 ? store : other).receive(delivery('C1/1.1'), { owner: `p${index}`, for: 30_000 }),
        ),
      );
      expect(answers.filter((answer) => answer === 'new')).toHaveLength(1);
      expect(await store.receive(delivery('C1/1.1', 'T2'), LEASE)).toBe('new');
      await store.finish('T1', 'C1/1.1');
      expect(await store.receive(delivery('C1/1.1'), LEASE)).toBe('duplicate');
    }),
  );

  test(
    'gives the deliveries of a dead process to one other, the oldest first',
    on(open, async (store, bench) => {
      await store.receive(delivery('second', 'T1', THEN + 2), LEASE);
      await store.receive(delivery('first', 'T2', THEN + 1), LEASE);
      await store.receive(delivery('done'), LEASE);
      await store.finish('T1', 'done');
      expect(await store.claimUnfinished({ ...LEASE, owner: 'b' })).toEqual([]);
      bench.advance(30_001);
      const other = await bench.open();
      const claims = await Promise.all([
        store.claimUnfinished({ ...LEASE, owner: 'b' }),
        other.claimUnfinished({ ...LEASE, owner: 'c' }),
      ]);
      expect(claims.flat()).toEqual([
        { ...delivery('first', 'T2', THEN + 1), tries: 1 },
        { ...delivery('second', 'T1', THEN + 2), tries: 1 },
      ]);
      bench.advance(30_001);
      expect(await store.claimUnfinished({ ...LEASE, limit: 1 })).toMatchObject([{ key: 'first', tries: 2 }]);
    }),
  );

  test(
    'gives a delivery that was put back when its time has come, unless it was finished',
    on(open, async (store, bench) => {
      for (const key of ['failed', 'done']) await store.receive(delivery(key), LEASE);
      await store.finish('T1', 'done');
      const until = (await store.now()) + 120_000;
      for (const key of ['failed', 'done']) await store.putBack('T1', key, until);
      bench.advance(60_000);
      expect(await store.claimUnfinished(LEASE)).toEqual([]);
      bench.advance(60_001);
      expect(await store.claimUnfinished(LEASE)).toMatchObject([{ key: 'failed', tries: 1 }]);
    }),
  );

  test(
    'prunes finished deliveries that are old, never unfinished ones',
    on(open, async (store) => {
      await store.receive(delivery('old', 'T1', THEN), LEASE);
      await store.receive(delivery('new', 'T1', THEN + 1_000), LEASE);
      await store.receive(delivery('unfinished', 'T1', THEN), LEASE);
      await store.finish('T1', 'old');
      await store.finish('T1', 'new');
      expect(await store.prune(THEN + 500)).toBe(1);
      expect(await store.receive(delivery('new'), LEASE)).toBe('duplicate');
      expect(await store.receive(delivery('unfinished'), LEASE)).toBe('duplicate');
      expect(await store.receive(delivery('old'), LEASE)).toBe('new');
    }),
  );
}
