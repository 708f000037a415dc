import { Kysely } from 'kysely';
import { ConfigError } from '../../domain/errors.ts';
import type { Instant } from '../../domain/time.ts';
import type { Schema } from '../schema.ts';
import type { Engine } from '../session.ts';
import { sqliteDialect } from './dialect.ts';
import { lockFolder, prepareFolder } from './folder.ts';
import { Lane } from './lane.ts';
import { Singles } from './singles.ts';
import { type SqliteThread, startThread } from './thread.ts';
import { SqliteFault, type WorkerSetup } from './wire.ts';

/** https://www.sqlite.org/rescode.html: constraint_primarykey and constraint_unique. */
const DUPLICATE: readonly number[] = [1555, 2067];

/**
 * The embedded engine: a file in the data folder, durable at every commit (WAL, synchronous FULL). Throws ConfigError where
 * another bot holds the folder (unless `lock` is false) or the folder is not safe to use.
 */
export async function openSqlite(options: {
  readonly dataDir: string;
  readonly now: () => Instant;
  readonly lock: boolean;
  readonly readOnly: boolean;
}): Promise<Engine> {
  const folder = prepareFolder(options.dataDir, !options.readOnly);
  const held = options.lock && !options.readOnly ? lockFolder(folder, options.dataDir) : undefined;
  const thread = startThread({ path: folder.database, readOnly: options.readOnly });
  const reader = options.readOnly ? undefined : startLater({ path: folder.database, readOnly: true });
  const lane = new Lane(thread);
  const singles = new Singles(lane);
  const db = new Kysely<Schema>({ dialect: sqliteDialect(lane, reader) });
  try {
    await thread.run('select count(*) from sqlite_master', []);
  } catch (error) {
    await thread.close().catch(() => undefined);
    held?.release();
    throw unusable(folder.database, error);
  }
  return {
    name: 'sqlite',
    db,
    now: async () => options.now(),
    single: (statement) => singles.run(statement),
    claimLock: undefined,
    isDuplicate: (error) => error instanceof SqliteFault && DUPLICATE.includes(error.code),
    isPassing: () => false,
    async close() {
      await reader?.close();
      await thread.close();
      held?.release();
    },
  };
}

/** A thread that is started by its first statement: by then the file is there. */
function startLater(setup: WorkerSetup): SqliteThread {
  let thread: SqliteThread | undefined;
  let closed = false;
  function open(): SqliteThread {
    if (closed) throw new SqliteFault('the storage is closed', 0, false);
    thread ??= startThread(setup);
    return thread;
  }
  return {
    run: async (...statement) => open().run(...statement),
    runApart: async (...statements) => open().runApart(...statements),
    async close() {
      closed = true;
      await thread?.close();
    },
  };
}

/** What opening can meet: https://www.sqlite.org/rescode.html */
const WHY: Readonly<Record<number, string>> = {
  8: 'cannot be written',
  10: 'cannot be read from its disk',
  11: 'is damaged; restore a backup into a new folder',
  13: 'cannot grow, its disk is full',
  14: 'cannot be opened',
  26: 'is not a SQLite database; move it away or name another folder with STEADY_DATA_DIR',
};

function unusable(path: string, error: unknown): unknown {
  const why = error instanceof SqliteFault ? WHY[error.code & 0xff] : undefined;
  return why === undefined ? error : new ConfigError([`${path} ${why}.`]);
}
