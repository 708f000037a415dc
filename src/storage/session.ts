import type { Compilable, Kysely, Transaction } from 'kysely';
import type { Duration, Instant } from '../domain/time.ts';
import type { Schema } from './schema.ts';
import type { Crossing } from './store.ts';

/** What an engine brings: a way to its tables and the few things in which the two differ. */
export interface Engine {
  readonly name: 'sqlite' | 'postgres';
  readonly db: Kysely<Schema>;
  /** The clock of due and lease times. */
  now(on: Kysely<Schema>): Promise<Instant>;
  /** Runs a statement that is a transaction by itself, together with others of its kind; where it is missing, one has its own. */
  single?(statement: {
    readonly sql: string;
    readonly parameters: readonly unknown[];
  }): Promise<{ readonly changes: number }>;
  /** What a select of rows to be claimed ends with; SQLite has one writer at a time and needs nothing. */
  readonly claimLock: 'skip locked' | undefined;
  /** Whether the error says that a row of this key is there already. */
  isDuplicate(error: unknown): boolean;
  /** Whether the error says that nothing was done and the same transaction may succeed now: a lost connection, a deadlock. */
  isPassing(error: unknown): boolean;
  close(): Promise<void>;
}

/** A statement that is not run yet. */
type Single = Compilable<unknown>;

/** One open engine with the crossings around its commits. */
export interface Session {
  readonly engine: Engine;
  readonly db: Kysely<Schema>;
  readonly now: Engine['now'];
  /** Runs the work in one transaction, all or nothing; `name` is the commit's part of the crossing. */
  write<Result>(name: Commit, work: (tx: Transaction<Schema>) => Promise<Result>): Promise<Result>;
  /** Runs one statement that is a transaction by itself and answers how many rows it changed. */
  single(name: Commit, statement: (db: Kysely<Schema>, now: Instant) => Single): Promise<number>;
  /** Runs a query that changes nothing. */
  read<Result>(query: (db: Kysely<Schema>) => Promise<Result>): Promise<Result>;
  /** Lets what is under way end, refuses anything new, and closes the engine. */
  close(): Promise<void>;
}

/** Every commit of the store, in the order that numbers the crossings. Append new ones at the end. */
export const COMMITS = [
  'declare',
  'append',
  'claimDue',
  'releaseDue',
  'enqueue',
  'claimPosts',
  'posting',
  'posted',
  'postFailed',
  'postRefused',
  'bind',
  'unbind',
  'receive',
  'finish',
  'claimUnfinished',
  'saveDraft',
  'settleDraft',
  'saveSnapshot',
  'remember',
  'rememberOnce',
  'prune',
  'saveKnowledge',
  'replaceShelf',
  'countUse',
  'takeUses',
  'forgetKnowledge',
  'putBack',
] as const;

export type Commit = (typeof COMMITS)[number];

/** Names of the storage crossings, in number order: `commit:declare:before`, `commit:declare:after`, … */
export const STORE_CROSSINGS: readonly string[] = COMMITS.flatMap((name) => [
  `commit:${name}:before`,
  `commit:${name}:after`,
]);

/** Waits before each further try of a transaction that certainly changed nothing. */
const PATIENCE: readonly Duration[] = [0, 100, 400, 1_600];

/**
 * Opens a session on an engine. A transaction that failed before its commit was sent, by a lost connection or a deadlock, is run
 * again up to four times; after the commit was sent nobody knows, so the error is passed on.
 */
export function openSession(
  engine: Engine,
  crossing: Crossing,
  wait: (duration: Duration) => Promise<void>,
): Session {
  const { db } = engine;
  async function patiently<Result>(run: () => Promise<Result>, sent: () => boolean): Promise<Result> {
    for (const pause of PATIENCE) {
      try {
        return await run();
      } catch (error) {
        if (sent() || !engine.isPassing(error)) throw error;
        await wait(pause);
      }
    }
    return run();
  }
  async function write<Result>(
    name: Commit,
    work: (tx: Transaction<Schema>) => Promise<Result>,
  ): Promise<Result> {
    let sent = false;
    const idle = (answer: Result) => Array.isArray(answer) && answer.length === 0;
    const result = await patiently(
      () =>
        db.transaction().execute(async (tx) => {
          const answer = await work(tx);
          await crossing(`commit:${name}:before`, idle(answer));
          sent = true;
          return answer;
        }),
      () => sent,
    );
    await crossing(`commit:${name}:after`, idle(result));
    return result;
  }

  async function single(name: Commit, statement: (db: Kysely<Schema>, now: Instant) => Single) {
    const run = engine.single;
    if (run === undefined)
      return write(name, async (tx) => {
        const done = await tx.executeQuery(statement(tx, await engine.now(tx)).compile());
        return Number(done.numAffectedRows ?? 0n);
      });
    const compiled = statement(db, await engine.now(db)).compile();
    await crossing(`commit:${name}:before`);
    const { changes } = await run(compiled);
    await crossing(`commit:${name}:after`);
    return changes;
  }

  const underWay = new Set<Promise<unknown>>();
  let closing: Promise<void> | undefined;
  async function count<Result>(run: () => Promise<Result>): Promise<Result> {
    if (closing !== undefined) throw new Error('the storage is closed');
    const running = run();
    underWay.add(running);
    try {
      return await running;
    } finally {
      underWay.delete(running);
    }
  }

  return {
    engine,
    db,
    now: engine.now,
    write: (name, work) => count(() => write(name, work)),
    single: (name, statement) => count(() => single(name, statement)),
    read: (query) =>
      count(() =>
        patiently(
          () => query(db),
          () => false,
        ),
      ),
    close() {
      closing ??= Promise.allSettled(underWay).then(() => engine.close());
      return closing;
    },
  };
}
