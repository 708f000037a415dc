import { type Config, databaseUrl } from '../config/config.ts';
import type { Clock } from '../flows/ports.ts';
import type { StoreOptions } from '../storage/open-store.ts';

/** Where the configuration says that Steady remembers. */
export function storeOptions({ storage }: Config, clock: Pick<Clock, 'now'>): StoreOptions {
  return {
    dataDir: storage.dataDir,
    now: clock.now,
    ...(storage.database && { databaseUrl: databaseUrl(storage.database) }),
  };
}
