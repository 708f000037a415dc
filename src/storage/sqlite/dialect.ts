import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
  type TransactionSettings,
} from 'kysely';
import type { Lane } from './lane.ts';
import type { SqliteThread } from './thread.ts';
import { Turn } from './turn.ts';

/**
 * kysely over a SQLite thread: one connection, handed round in turn. With a `reader`, a second thread on the same file in WAL mode,
 * selects outside a transaction go there and wait for nobody; what is committed is what they see either way.
 */
export function sqliteDialect(lane: Lane, reader?: SqliteThread): Dialect {
  return {
    createAdapter: () => new ThreadAdapter(),
    createDriver: () => new ThreadDriver(lane, reader),
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
  readonly #lane: Lane;
  readonly #reader: SqliteThread | undefined;

  constructor(lane: Lane, reader: SqliteThread | undefined) {
    this.#lane = lane;
    this.#reader = reader;
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<DatabaseConnection> {
    const reader = this.#reader;
    return reader === undefined ? this.#lane.take() : new Visit(reader, () => this.#lane.take());
  }

  async beginTransaction(connection: DatabaseConnection, settings: TransactionSettings): Promise<void> {
    if (connection instanceof Visit) await connection.turn();
    await turnOf(connection).begin(settings.accessMode === 'read only');
  }

  async commitTransaction(connection: DatabaseConnection): Promise<void> {
    const turn = turnOf(connection);
    if (!turn.end()) return;
    const { group } = this.#lane;
    const committed = group.join();
    if (!this.#lane.isAwaited() || group.isFull()) await group.commit();
    else turn.pass();
    await committed;
  }

  async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    await turnOf(connection).rollBack();
  }

  async releaseConnection(connection: DatabaseConnection): Promise<void> {
    if (connection instanceof Visit && connection.taken === undefined) return;
    const turn = turnOf(connection);
    // Whoever waits commits the group; where nobody does, it must not be left open.
    if (!turn.passed() && !this.#lane.isAwaited()) await this.#lane.group.commit();
    turn.pass();
  }

  async destroy(): Promise<void> {
    // The last to close the file tidies its log away, and a reader could not.
    await this.#reader?.close();
    await this.#lane.thread.close();
  }
}

/** A connection that takes its turn only for what needs one. */
class Visit implements DatabaseConnection {
  readonly #reader: SqliteThread;
  readonly #take: () => Promise<Turn>;
  taken: Turn | undefined;

  constructor(reader: SqliteThread, take: () => Promise<Turn>) {
    this.#reader = reader;
    this.#take = take;
  }

  async turn(): Promise<Turn> {
    this.taken ??= await this.#take();
    return this.taken;
  }

  async executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    if (this.taken !== undefined || query.query.kind !== 'SelectQueryNode')
      return (await this.turn()).executeQuery<Row>(query);
    const { rows } = await this.#reader.run(query.sql, query.parameters);
    return { rows: rows as Row[] };
  }

  async *streamQuery<Row>(): AsyncIterableIterator<QueryResult<Row>> {
    yield* (await this.turn()).streamQuery<Row>();
  }
}

function turnOf(connection: DatabaseConnection): Turn {
  const turn = connection instanceof Visit ? connection.taken : connection;
  if (turn instanceof Turn) return turn;
  throw new TypeError('a connection of another driver');
}
