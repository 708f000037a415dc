import type { SqliteThread } from './thread.ts';
import type { Done, SqliteFault, Statement } from './wire.ts';

/** Transactions that share a commit; more would make the first of them wait too long. */
const LIMIT = 32;

/** Transactions that are done and wait for one commit together. */
export class Group {
  readonly #thread: SqliteThread;
  #members: PromiseWithResolvers<void>[] = [];

  constructor(thread: SqliteThread) {
    this.#thread = thread;
  }

  size(): number {
    return this.#members.length;
  }

  isFull(): boolean {
    return this.#members.length >= LIMIT;
  }

  /** Settles when the transaction that joins is on the disk, or lost with the group. */
  join(): Promise<void> {
    const member = Promise.withResolvers<void>();
    this.#members.push(member);
    return member.promise;
  }

  /** Commits every member; a failure is theirs, not the caller's. */
  async commit(): Promise<void> {
    if (this.#members.length === 0) return;
    await this.#end(() => this.#thread.run('commit')).catch(() => undefined);
  }

  /** Runs more statements, each a transaction of its own, and commits them together with every member. Rejects where all are lost. */
  commitWith(statements: readonly Statement[]): Promise<readonly (Done | SqliteFault)[]> {
    const begin = this.#members.length === 0 ? 'begin immediate' : undefined;
    return this.#end(() => this.#thread.runApart(statements, begin));
  }

  async #end<T>(commit: () => Promise<T>): Promise<T> {
    const members = this.#members;
    this.#members = [];
    try {
      const ended = await commit();
      for (const { resolve } of members) resolve();
      return ended;
    } catch (error) {
      await this.#thread.run('rollback').catch(() => undefined);
      for (const { reject } of members) reject(error);
      throw error;
    }
  }

  /** For when SQLite has undone the whole transaction by itself, as it does when the disk is full. */
  async lose(why: unknown): Promise<void> {
    const members = this.#members;
    this.#members = [];
    await this.#thread.run('rollback').catch(() => undefined);
    for (const { reject } of members) reject(why);
  }
}
