import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { migrate, requireMigrated } from '../../src/storage/migrate.ts';
import { MIGRATIONS, type Migration } from '../../src/storage/migrations.ts';
import { openEngine, openStore, type StoreOptions } from '../../src/storage/open-store.ts';
import { COMMITS, type Engine, STORE_CROSSINGS } from '../../src/storage/session.ts';
import { declare } from '../contracts/store/storage-bench.ts';
import { type TemporaryFolder, temporaryFolder } from './benches.ts';
import { fill } from './full-store.ts';
import { usePostgres } from './use-postgres.ts';

const postgres = usePostgres();

let folder: TemporaryFolder;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder.remove());

const places: readonly (readonly [string, () => Promise<StoreOptions>])[] = [
  ['SQLite', async () => ({ dataDir: folder.path, now: () => 1 })],
  ...(postgres === undefined
    ? []
    : ([
        [
          'PostgreSQL',
          async () => ({ databaseUrl: await postgres().createPlace(), dataDir: '', now: () => 1 }),
        ],
      ] as const)),
];

describe.each(places)('migrations on %s', (_, place) => {
  const next: Migration = {
    name: 'a test’s own',
    up: async (db) => {
      await sql`alter table steady_incidents add column mood text not null default 'calm'`.execute(db);
      await sql`update steady_incidents set mood = 'better'`.execute(db);
    },
  };
  const failing: Migration = {
    name: 'fails half-way',
    up: async (db) => {
      await sql`drop table steady_memories`.execute(db);
      throw new Error('half-way');
    },
  };
  const numbers = async (engine: Engine) =>
    (
      await sql<{ number: number }>`select number from steady_schema order by number`.execute(engine.db)
    ).rows.map(({ number }) => number);

  test('run once, in order, over what is there', async () => {
    const options = await place();
    const store = await openStore(options);
    await declare(store, 'T1', 'C1');
    await store.close();
    const engine = await openEngine(options);
    await migrate(engine, [...MIGRATIONS, next]);
    await migrate(engine, [...MIGRATIONS, next]);
    expect(await numbers(engine)).toEqual([...MIGRATIONS, next].map((_, at) => at + 1));
    const { rows } = await sql<{ mood: string }>`select mood from steady_incidents`.execute(engine.db);
    expect(rows).toEqual([{ mood: 'better' }]);
    await expect(requireMigrated(engine, [...MIGRATIONS, next, next])).rejects.toThrow(
      /older than this version/,
    );
    await expect(requireMigrated(engine)).rejects.toThrow(/newer Steady/);
    await expect(migrate(engine)).rejects.toThrow(/newer Steady/);
    await engine.close();
  });

  test('leave everything as it was when one fails', async () => {
    const engine = await openEngine(await place());
    await expect(migrate(engine, [...MIGRATIONS, next, failing])).rejects.toThrow('half-way');
    expect(await numbers(engine)).toEqual(MIGRATIONS.map((_, at) => at + 1));
    expect((await sql`select * from steady_memories`.execute(engine.db)).rows).toEqual([]);
    await engine.close();
  });
});

test('every commit has its numbered crossings, and every writing call passes its own', async () => {
  const seen = new Set<string>();
  const store = await openStore({
    dataDir: folder.path,
    now: () => Date.UTC(2027, 0, 1),
    crossing: (name) => {
      seen.add(name);
    },
  });
  const lease = { owner: 'a', for: 1, limit: 5 };
  await fill(store);
  await store.releaseDue({ team: 'T1', number: 1 }, 'a');
  await store.enqueue('T1', { key: 'more', post: 1, priority: 1 });
  await store.claimPosts(lease);
  await store.posting('T1', 'more');
  await store.postFailed('T1', 'more', { at: 1, why: 'why', certain: true });
  await store.bind({ team: 'T1', channel: 'C1', ts: '3.3', kind: 'card', id: 'card' });
  await store.unbind('T1', 'C1', '3.3');
  await store.claimUnfinished(lease);
  await store.putBack('T1', 'd', 1);
  await store.saveDraft({ team: 'T1', key: 'd', person: 'U1', kind: 'update', body: 1, at: 1 });
  await store.settleDraft('T1', 'd');
  await store.saveSnapshot('T1', 'E1', new Uint8Array(1));
  await store.rememberOnce('T1', 'once', 1, 1);
  await store.prune(1);
  await store.saveKnowledge('T1', 'org/a', [{ id: 'a', kind: 'facts', entry: 1, search: 'a' }]);
  await store.countUse('T1', 'org/a', 'a', '2026-11-28');
  await store.takeUses('T1', 'org/a', [{ id: 'a', uses: 1 }]);
  await store.forgetKnowledge('T1', 'org/a', 'a');
  await store.replaceShelf('T1', 'org/a', []);
  await store.close();
  expect([...seen].sort()).toEqual([...STORE_CROSSINGS].sort());
  expect(STORE_CROSSINGS).toHaveLength(COMMITS.length * 2);
  expect(STORE_CROSSINGS.slice(0, 4)).toEqual([
    'commit:declare:before',
    'commit:declare:after',
    'commit:append:before',
    'commit:append:after',
  ]);
});
