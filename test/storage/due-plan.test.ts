import { CompiledQuery, sql } from 'kysely';
import { afterAll, describe, expect, test } from 'vitest';
import { claimStatement } from '../../src/storage/due.ts';
import { listStatement } from '../../src/storage/incidents.ts';
import { openEngine, type StoreOptions } from '../../src/storage/open-store.ts';
import type { Engine } from '../../src/storage/session.ts';
import { temporaryFolder } from './benches.ts';
import { usePostgres } from './use-postgres.ts';

const postgres = usePostgres();
const folder = temporaryFolder();
afterAll(() => folder.remove());

const OPEN = 5_000;
const DUE = 100;

const places: readonly (readonly [string, () => Promise<StoreOptions>])[] = [
  ['SQLite', async () => ({ dataDir: folder.path, now: () => OPEN })],
  ...(postgres === undefined
    ? []
    : [
        [
          'PostgreSQL',
          async () => ({ databaseUrl: await postgres().createPlace(), dataDir: '', now: () => 0 }),
        ] as const,
      ]),
];

/** Many open incidents, of which the first hundred are due now and the others far in the future. */
async function fillWith(engine: Engine): Promise<void> {
  const now = await engine.now(engine.db);
  const numbers =
    engine.name === 'postgres'
      ? sql`select generate_series(1, ${sql.lit(OPEN)}) as n`
      : sql`with recursive s(n) as (select 1 union all select n + 1 from s where n < ${sql.lit(OPEN)}) select n from s`;
  await sql`insert into steady_incidents
    (team, number, version, channel, title, severity, phase, open, lead, due_at, declared_at, updated_at)
    select 'T1', n, 1, 'C' || n, 't', 'P1', 'p', 1, 'U1',
      case when n <= ${sql.lit(DUE)} then ${sql.lit(now - 1_000)} + n else ${sql.lit(now + 1_000_000)} + n end, 1, 1
    from (${numbers}) as numbers`.execute(engine.db);
  await sql`analyze`.execute(engine.db);
}

describe.each(places)('what is due among many open incidents on %s', (_, place) => {
  test('is found by the index of due times, never by looking at the others', async () => {
    const options = await place();
    const engine = await openEngine(options);
    await fillWith(engine);
    const now = await engine.now(engine.db);
    const statement = claimStatement(engine.db, engine.claimLock, now, {
      owner: 'a',
      for: 60_000,
      limit: 1_000,
    });
    const plan = await explain(engine, statement.compile());
    expect(plan).toContain('steady_incidents_due');
    expect(plan).not.toMatch(/Seq Scan on steady_incidents|SCAN (?:steady_incidents|i)\b/);
    expect(await statement.execute()).toHaveLength(DUE);
    await engine.close();
  });

  test('and so are the others of one lead', async () => {
    const options = await place();
    const engine = await openEngine({ ...options, dataDir: options.dataDir && `${options.dataDir}/lead` });
    await fillWith(engine);
    const query = listStatement(engine.db, 'T1', { open: true, lead: 'nobody', limit: 10 });
    expect(await explain(engine, query.compile())).toContain('steady_incidents_lead');
    await engine.close();
  });
});

async function explain(engine: Engine, query: CompiledQuery): Promise<string> {
  const how = engine.name === 'postgres' ? 'explain' : 'explain query plan';
  const { rows } = await engine.db.executeQuery<Record<string, unknown>>(
    CompiledQuery.raw(`${how} ${query.sql}`, [...query.parameters]),
  );
  return rows.map((row) => Object.values(row).join(' ')).join('\n');
}
