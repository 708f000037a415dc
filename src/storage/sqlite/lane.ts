import { Group } from './group.ts';
import type { SqliteThread } from './thread.ts';
import { Turn } from './turn.ts';

/** The one connection to the file, handed round in turn, and the transactions on it that wait for one commit together. */
export class Lane {
  readonly thread: SqliteThread;
  readonly group: Group;
  #last: Promise<void> = Promise.resolve();
  #waiting = 0;

  constructor(thread: SqliteThread) {
    this.thread = thread;
    this.group = new Group(thread);
  }

  /** Resolves when it is this one's turn. */
  async take(): Promise<Turn> {
    const before = this.#last;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#last = promise;
    this.#waiting += 1;
    await before;
    this.#waiting -= 1;
    return new Turn(this.thread, this.group, resolve);
  }

  /** Whether somebody waits for a turn: they will commit what is done. */
  isAwaited(): boolean {
    return this.#waiting > 0;
  }
}
