import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { ConfigError } from '../../src/domain/errors.ts';
import { openStore } from '../../src/storage/open-store.ts';
import type { Store } from '../../src/storage/store.ts';
import { decision, declare } from '../contracts/store/storage-bench.ts';
import { startChild } from './child.ts';
import { usePostgres } from './use-postgres.ts';

const postgres = usePostgres();

const open = (databaseUrl: string, ahead = () => 0): Promise<Store> =>
  openStore({ databaseUrl, dataDir: '', now: () => 0, clockOffset: ahead });

if (postgres === undefined) {
  test.skip('not run: postgres');
} else {
  test('due and lease times are the server’s, plus the offset, never this process’s', async () => {
    let ahead = 0;
    const store = await open(await postgres().createPlace(), () => ahead);
    const first = await store.now();
    expect(first).toBeGreaterThan(Date.UTC(2026, 0, 1));
    expect(Number.isInteger(first)).toBe(true);
    ahead = 3_600_000;
    expect((await store.now()) - first).toBeGreaterThanOrEqual(3_600_000);
    await store.close();
  });

  test('three processes share what is due and what waits; one dies, and each is done once by the living', async () => {
    const url = await postgres().createPlace();
    let ahead = 0;
    const store = await open(url, () => ahead);
    const dueAt = (await store.now()) - 1;
    const all = Array.from({ length: 90 }, (_, index) => index + 1);
    for (const number of all) {
      const posts = [{ key: `p${number}`, post: number, priority: 1 }];
      await store.declare('T1', () => ({ ...decision([1], { channel: `C${number}`, dueAt }), posts }));
    }
    const children = ['a', 'b', 'c'].map((owner) => startChild('./claim-for-ever.ts', url, owner));
    const victim = children[0];
    const done: string[] = [];
    // The victim is killed while it holds claims: it says what it claimed before it works on it.
    while (!(await victim?.line())?.startsWith('claimed'));
    await victim?.kill();
    for (const line of (await victim?.rest()) ?? []) if (line.startsWith('done')) done.push(line);
    // Its leases run for an hour of the database's clock; the others finish all that is not its own.
    const living = children.slice(1);
    for (const child of living) {
      for (let line = await child.line(); line !== 'nothing left'; line = await child.line())
        if (line.startsWith('done')) done.push(line);
    }
    for (const child of living) await child.kill();
    expect(new Set(done).size).toBe(done.length);
    expect(done.length).toBeLessThan(180);

    ahead = 3_600_001;
    const lease = { owner: 'd', for: 1_000, limit: 1_000 };
    const left = [
      ...(await store.claimDue(lease)).map(({ ref }) => `done due ${ref.number}`),
      ...(await store.claimPosts(lease)).map(({ key }) => `done post ${key}`),
    ];
    const wanted = all.flatMap((number) => [`done due ${number}`, `done post p${number}`]);
    expect([...done, ...left].sort()).toEqual(wanted.sort());
    await store.close();
  });

  test('several processes can start on an empty database at once', async () => {
    const url = await postgres().createPlace();
    const stores = await Promise.all(Array.from({ length: 6 }, () => open(url)));
    for (const [index, store] of stores.entries()) await declare(store, 'T1', `C${index}`);
    expect(await stores[0]?.list('T1')).toHaveLength(6);
    for (const store of stores) await store.close();
  });

  test('a reader changes nothing, and refuses a database without tables', async () => {
    const url = await postgres().createPlace();
    const reading = () => openStore({ databaseUrl: url, dataDir: '', now: () => 0, readOnly: true });
    await expect(reading()).rejects.toThrow(/empty or older/);
    const store = await open(url);
    const reader = await reading();
    await expect(reader.remember('T1', 'k', 1)).rejects.toThrow(/read-only/);
    await reader.close();
    await store.close();
  });

  test('a server that restarts is survived, mid-work included, and nothing acknowledged is lost or doubled', async () => {
    const store = await open(await postgres().createPlace());
    const ref = await declare(store, 'T1', 'C1');
    await store.append(ref, 1, decision(['before']));
    await postgres().kill();
    const during = store.append(ref, 2, decision(['during']));
    await postgres().revive();
    await during;
    await store.append(ref, 3, decision(['after']));
    expect((await store.load(ref))?.events.map(({ body }) => body)).toEqual([
      { kind: 'declared' },
      'before',
      'during',
      'after',
    ]);
    await store.close();
  });

  test('a lost connection inside a transaction is tried again, after the commit was sent it is reported', async () => {
    const url = await postgres().createPlace();
    let strikes = 0;
    const store = await openStore({
      databaseUrl: url,
      dataDir: '',
      now: () => 0,
      crossing: async (name) => {
        if (name !== 'commit:append:before') return;
        strikes += 1;
        await postgres().kill();
        await postgres().revive();
      },
    });
    const ref = await declare(store, 'T1', 'C1');
    // The connection is gone when the commit is sent: whether it counted cannot be known here, so it is not repeated.
    await expect(store.append(ref, 1, decision(['x']))).rejects.toThrow();
    expect(strikes).toBe(1);
    expect((await store.load(ref))?.version).toBe(1);
    await store.close();
  });

  test('the password is in no error, and every way of not getting in is for the operator', async () => {
    const silent = createServer((socket) => socket.destroy());
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const address = silent.address();
    const port = typeof address === 'object' ? address?.port : 0;
    const urls = [
      `postgres://steady:hunter22@127.0.0.1:${port}/steady`,
      postgres().url('absent').replace('steady@', 'steady:hunter22@'),
      postgres().url().replace('steady@', 'stranger:hunter22@'),
    ];
    for (const url of urls) {
      const error = await open(url).catch((refused: unknown) => refused);
      expect(error).toBeInstanceOf(ConfigError);
      expect(String(error)).toMatch(
        /PostgreSQL at 127\.0\.0\.1:\d+\/\w+ cannot be used \(.+\)\. Check DATABASE_URL/,
      );
      expect(String((error as Error).stack)).not.toContain('hunter22');
    }
    await new Promise((resolve) => silent.close(resolve));
  });
}
