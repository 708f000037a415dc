/** Run as a process of its own: nothing but the storage keeps it alive, and nothing may once that is closed. */
import { writeSync } from 'node:fs';
import { openStore } from '../../src/storage/open-store.ts';

const store = await openStore({ dataDir: process.argv[2] ?? '', now: () => 1 });
writeSync(1, 'open\n');
await store.remember('T1', 'k', 1);
await store.close();
writeSync(1, 'closed\n');
