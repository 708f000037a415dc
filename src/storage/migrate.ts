import { type Kysely, sql } from 'kysely';
import { ConfigError } from '../domain/errors.ts';
import { MIGRATIONS, type Migration } from './migrations.ts';
import type { Engine } from './session.ts';

/** Any number that no other program on the same PostgreSQL is likely to use for its advisory lock. */
const LOCK = 7_215_001_142;

interface Table {
  readonly steady_schema: { number: number; name: string };
}

/**
 * Brings the tables up to date: each missing migration once, all in one transaction, one process at a time. Throws ConfigError
 * where a newer Steady has been here.
 */
export async function migrate(engine: Engine, migrations: readonly Migration[] = MIGRATIONS): Promise<void> {
  await engine.db.transaction().execute(async (tx) => {
    if (engine.name === 'postgres') {
      await sql`select pg_advisory_xact_lock(${LOCK})`.execute(tx);
      await sql`set local statement_timeout = 0`.execute(tx);
    }
    await sql`create table if not exists steady_schema (number integer primary key, name text not null)`.execute(
      tx,
    );
    const done = await applied(tx as unknown as Kysely<Table>);
    refuseNewer(done, migrations);
    for (const [index, migration] of migrations.entries()) {
      if (index < done) continue;
      await migration.up(tx as unknown as Kysely<unknown>, engine.name);
      await (tx as unknown as Kysely<Table>)
        .insertInto('steady_schema')
        .values({ number: index + 1, name: migration.name })
        .execute();
    }
  });
}

/** For a reader that must change nothing: throws ConfigError where the tables are not the ones this Steady knows. */
export async function requireMigrated(
  engine: Engine,
  migrations: readonly Migration[] = MIGRATIONS,
): Promise<void> {
  const done = await applied(engine.db as unknown as Kysely<Table>).catch(() => 0);
  refuseNewer(done, migrations);
  if (done < migrations.length) {
    throw new ConfigError([
      'The storage is empty or older than this version of Steady. Run `steady start` once, which brings it up to date.',
    ]);
  }
}

async function applied(db: Kysely<Table>): Promise<number> {
  const row = await db
    .selectFrom('steady_schema')
    .select((eb) => eb.fn.max('number').as('last'))
    .executeTakeFirst();
  return Number(row?.last ?? 0);
}

function refuseNewer(done: number, migrations: readonly Migration[]): void {
  if (done <= migrations.length) return;
  throw new ConfigError([
    `The storage was written by a newer Steady (schema ${done}; this one knows ${migrations.length}). Install the newer version, or restore a backup into an empty place.`,
  ]);
}
