import { setTimeout as wait } from 'node:timers/promises';
import type { Duration, Instant } from '../domain/time.ts';
import { bindings } from './bindings.ts';
import { deliveries } from './deliveries.ts';
import { drafts } from './drafts.ts';
import { due } from './due.ts';
import { incidents } from './incidents.ts';
import { knowledge } from './knowledge.ts';
import { memories } from './memories.ts';
import { migrate, requireMigrated } from './migrate.ts';
import { outbox } from './outbox.ts';
import { openPostgres } from './postgres/open-postgres.ts';
import { prune } from './prune.ts';
import { releaseLeases } from './release-leases.ts';
import { type Engine, openSession } from './session.ts';
import { snapshots } from './snapshots.ts';
import { openSqlite } from './sqlite/open-sqlite.ts';
import type { Crossing, Store } from './store.ts';

/** Where a store is and what it runs on. */
export interface StoreOptions {
  /** A PostgreSQL server (15 or newer); without it the embedded SQLite in `dataDir` is used. */
  readonly databaseUrl?: string;
  /** The folder of the embedded database; created 0700. */
  readonly dataDir: string;
  /** The clock of the embedded database. */
  readonly now: () => Instant;
  /** Added to the server's clock with PostgreSQL, for tests. */
  readonly clockOffset?: () => Duration;
  readonly crossing?: Crossing;
  /** False lets a second process in beside the bot (SQLite only; PostgreSQL is shared anyway). True by default. */
  readonly lock?: boolean;
  /** Changes nothing, needs no lock; for `backup`, `check` and `export`. */
  readonly readOnly?: boolean;
}

/**
 * Opens what Steady remembers and brings its tables up to date. Throws ConfigError where the operator must act: the folder is in
 * use or unsafe, the server is unreachable or too old, the storage is newer than this Steady.
 */
export async function openStore(options: StoreOptions): Promise<Store> {
  const engine = await openEngine(options);
  const session = openSession(engine, options.crossing ?? (() => undefined), (duration) => wait(duration));
  return {
    engine: engine.name,
    now: () => session.read((db) => engine.now(db)),
    ...incidents(session),
    ...due(session),
    ...outbox(session),
    ...bindings(session),
    ...deliveries(session),
    ...drafts(session),
    ...snapshots(session),
    ...memories(session),
    ...knowledge(session),
    ...prune(session),
    close: () => session.close(),
  };
}

/** Opens the engine alone, its tables up to date; for the store and for backups. */
export async function openEngine(options: StoreOptions): Promise<Engine> {
  const { readOnly = false, lock = true } = options;
  const engine =
    options.databaseUrl === undefined
      ? await openSqlite({ dataDir: options.dataDir, now: options.now, lock, readOnly })
      : await openPostgres({
          databaseUrl: options.databaseUrl,
          clockOffset: options.clockOffset ?? (() => 0),
          readOnly,
        });
  try {
    await (readOnly ? requireMigrated(engine) : migrate(engine));
    if (engine.name === 'sqlite' && lock && !readOnly) await releaseLeases(engine.db, options.now());
  } catch (error) {
    await engine.close().catch(() => undefined);
    throw error;
  }
  return engine;
}
