import type { CompiledQuery, DatabaseConnection, QueryResult } from 'kysely';
import type { Group } from './group.ts';
import type { SqliteThread } from './thread.ts';
import { SqliteFault } from './wire.ts';

interface Work {
  /** What begins it, until the first statement has taken it along. */
  opening: string | undefined;
  /** Undefined where the transaction is SQLite's own and not a part of a group's. */
  readonly savepoint: string | undefined;
}

/** The one connection, while it is somebody's turn to use it. */
export class Turn implements DatabaseConnection {
  readonly #thread: SqliteThread;
  readonly #group: Group;
  readonly #next: () => void;
  #passed = false;
  #work: Work | undefined;

  constructor(thread: SqliteThread, group: Group, next: () => void) {
    this.#thread = thread;
    this.#group = group;
    this.#next = next;
  }

  async begin(readOnly: boolean): Promise<void> {
    if (readOnly) await this.#group.commit();
    const size = this.#group.size();
    const savepoint = size > 0 ? `member_${size}` : undefined;
    // Immediate, because a reader that turns writer half-way is refused where another process wrote in between.
    const alone = readOnly ? 'begin' : 'begin immediate';
    this.#work = { savepoint, opening: savepoint === undefined ? alone : `savepoint ${savepoint}` };
  }

  /**
   * Ends the transaction here and answers whether anything was done in it. What becomes of it is the group's matter from now on: a roll
   * back after a failed commit must not touch the transaction of whoever has the connection by then.
   */
  end(): boolean {
    const began = this.#began();
    this.#work = undefined;
    return began;
  }

  #began(): boolean {
    return this.#work !== undefined && this.#work.opening === undefined;
  }

  async executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    const work = this.#work;
    if (work === undefined) await this.#group.commit();
    try {
      const { rows, changes } = await this.#thread.run(query.sql, query.parameters, work?.opening);
      if (work !== undefined) work.opening = undefined;
      return { rows: rows as Row[], numAffectedRows: BigInt(changes) };
    } catch (error) {
      if (work !== undefined && error instanceof SqliteFault && error.began) work.opening = undefined;
      throw error;
    }
  }

  async rollBack(): Promise<void> {
    const savepoint = this.#work?.savepoint;
    if (!this.end()) return;
    if (savepoint === undefined) {
      await this.#thread.run('rollback').catch(alreadyUndone);
      return;
    }
    try {
      await this.#thread.run(`release ${savepoint}`, [], `rollback to ${savepoint}`);
      // It failed because of what a member did before it (a conflict): whoever tries again must be able to read that.
      await this.#group.commit();
    } catch (error) {
      await this.#group.lose(error);
    }
  }

  passed(): boolean {
    return this.#passed;
  }

  /** Lets the next one have the connection. */
  pass(): void {
    if (this.#passed) return;
    this.#passed = true;
    this.#next();
  }

  // biome-ignore lint/correctness/useYield: the store reads in pages and never streams
  async *streamQuery<Row>(): AsyncIterableIterator<QueryResult<Row>> {
    throw new Error('streaming is not supported; read in pages');
  }
}

/** SQLite undoes some failures whole by itself (a full disk); then there is nothing left to roll back. */
function alreadyUndone(error: unknown): void {
  if (!(error instanceof SqliteFault) || error.code !== 1) throw error;
}
