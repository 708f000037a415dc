import { Kysely } from 'kysely';
import type { Instant } from '../../domain/time.ts';
import type { Schema } from '../schema.ts';
import type { Engine } from '../session.ts';
import { sqliteDialect } from './dialect.ts';
import { lockFolder, prepareFolder } from './folder.ts';
import { startThread } from './thread.ts';
import { SqliteFault } from './wire.ts';

/** https://www.sqlite.org/rescode.html: constraint_primarykey and constraint_unique. */
const DUPLICATE: readonly number[] = [1555, 2067];

/**
 * The embedded engine: a file in the data folder, durable at every commit (WAL, synchronous FULL). Throws ConfigError where
 * another bot holds the folder (unless `lock` is false) or the folder is not safe to use.
 */
export function openSqlite(options: {
  readonly dataDir: string;
  readonly now: () => Instant;
  readonly lock: boolean;
  readonly readOnly: boolean;
}): Engine {
  const folder = prepareFolder(options.dataDir, !options.readOnly);
  const held = options.lock && !options.readOnly ? lockFolder(folder, options.dataDir) : undefined;
  const thread = startThread({ path: folder.database, readOnly: options.readOnly });
  const db = new Kysely<Schema>({ dialect: sqliteDialect(thread) });
  return {
    name: 'sqlite',
    db,
    now: async () => options.now(),
    claimLock: undefined,
    isDuplicate: (error) => error instanceof SqliteFault && DUPLICATE.includes(error.code),
    isPassing: () => false,
    async close() {
      await thread.close();
      held?.release();
    },
  };
}
