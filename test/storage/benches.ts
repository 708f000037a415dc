import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore } from '../../src/storage/open-store.ts';
import type { Store } from '../../src/storage/store.ts';
import { type StorageBench, THEN } from '../contracts/store/storage-bench.ts';
import type { PostgresServer } from './start-postgres.ts';

export interface TemporaryFolder {
  readonly path: string;
  remove(): void;
}

/** A data folder for one test. */
export function temporaryFolder(): TemporaryFolder {
  const path = mkdtempSync(join(tmpdir(), 'steady-storage-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** An embedded storage in a folder of its own, with a clock that stands still until it is advanced. */
export async function sqliteBench(): Promise<StorageBench> {
  const folder = temporaryFolder();
  const stores: Store[] = [];
  let now = THEN;
  return {
    async open(crossing) {
      const store = await openStore({
        dataDir: folder.path,
        now: () => now,
        lock: stores.length === 0,
        ...(crossing === undefined ? {} : { crossing }),
      });
      stores.push(store);
      return store;
    },
    advance(by) {
      now += by;
    },
    async close() {
      for (const store of stores) await store.close();
      folder.remove();
    },
  };
}

/** A database of its own on a server, whose clock runs and can be put ahead. */
export async function postgresBench(server: PostgresServer): Promise<StorageBench> {
  const databaseUrl = await server.createPlace();
  const stores: Store[] = [];
  let ahead = 0;
  return {
    async open(crossing) {
      const store = await openStore({
        databaseUrl,
        dataDir: '',
        now: () => 0,
        clockOffset: () => ahead,
        ...(crossing === undefined ? {} : { crossing }),
      });
      stores.push(store);
      return store;
    },
    advance(by) {
      ahead += by;
    },
    async close() {
      for (const store of stores) await store.close();
    },
  };
}
