import {
  type DatabaseConnection,
  type Dialect,
  type Driver,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
  type TransactionSettings,
} from 'kysely';
import { Group } from './group.ts';
import type { SqliteThread } from './thread.ts';
import { Turn } from './turn.ts';

/** kysely over a SQLite thread: one connection, handed round in turn. */
export function sqliteDialect(thread: SqliteThread): Dialect {
  return {
    createAdapter: () => new ThreadAdapter(),
    createDriver: () => new ThreadDriver(thread),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  };
}

/** The turns are the driver's own; kysely's queue before them would hide who is waiting. */
class ThreadAdapter extends SqliteAdapter {
  override get supportsMultipleConnections(): boolean {
    return true;
  }
}

/**
 * Transactions run one after the other, but those that are waiting when one ends share its commit, and so its wait for the disk.
 * None is told that it is committed before the disk has it. A query outside a transaction never sees what is not committed.
 */
class ThreadDriver implements Driver {
  readonly #thread: SqliteThread;
  readonly #group: Group;
  #last: Promise<void> = Promise.resolve();
  #waiting = 0;

  constructor(thread: SqliteThread) {
    this.#thread = thread;
    this.#group = new Group(thread);
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<DatabaseConnection> {
    const before = this.#last;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#last = promise;
    this.#waiting += 1;
    await before;
    this.#waiting -= 1;
    return new Turn(this.#thread, this.#group, resolve);
  }

  async beginTransaction(connection: DatabaseConnection, settings: TransactionSettings): Promise<void> {
    await turnOf(connection).begin(settings.accessMode === 'read only');
  }

  async commitTransaction(connection: DatabaseConnection): Promise<void> {
    const turn = turnOf(connection);
    if (!turn.end()) return;
    const committed = this.#group.join();
    if (this.#waiting === 0 || this.#group.isFull()) await this.#group.commit();
    else turn.pass();
    await committed;
  }

  async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    await turnOf(connection).rollBack();
  }

  async releaseConnection(connection: DatabaseConnection): Promise<void> {
    const turn = turnOf(connection);
    // Whoever waits commits the group; where nobody does, it must not be left open.
    if (!turn.passed() && this.#waiting === 0) await this.#group.commit();
    turn.pass();
  }

  async destroy(): Promise<void> {
    await this.#thread.close();
  }
}

function turnOf(connection: DatabaseConnection): Turn {
  if (connection instanceof Turn) return connection;
  throw new TypeError('a connection of another driver');
}
