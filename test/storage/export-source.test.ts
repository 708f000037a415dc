import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ConfigError } from '../../src/domain/errors.ts';
import { openExportSource } from '../../src/storage/export-source.ts';
import { openStore, type StoreOptions } from '../../src/storage/open-store.ts';
import { declare, THEN } from '../contracts/store/storage-bench.ts';
import { type TemporaryFolder, temporaryFolder } from './benches.ts';
import { usePostgres } from './use-postgres.ts';

const postgres = usePostgres();
const engines = postgres === undefined ? ['SQLite'] : ['SQLite', 'PostgreSQL'];
let folder: TemporaryFolder;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder.remove());

describe.each(engines)('what an export reads from %s', (engine) => {
  const place = async (): Promise<StoreOptions> => ({
    dataDir: join(folder.path, 'data'),
    now: () => THEN,
    ...(engine === 'PostgreSQL' && postgres !== undefined && { databaseUrl: await postgres().createPlace() }),
  });

  test('is every incident of every team once, and the shelves of organisations, beside a running bot', async () => {
    const options = await place();
    const running = await openStore(options);
    const made: string[] = [];
    for (let channel = 0; channel < 501; channel++) {
      const { team, number } = await declare(running, channel % 250 === 0 ? 'T2' : 'T1', `C${channel}`);
      made.push(`${team}/${number}`);
    }
    const entry = { id: 'facts/a', kind: 'facts', entry: { key: 'a' }, search: 'a' };
    for (const shelf of ['org/acme', 'personal/U1', 'shipped'])
      await running.saveKnowledge('T1', shelf, [entry]);
    const source = await openExportSource(options);
    const read: string[] = [];
    for await (const { team, number } of source.incidents()) read.push(`${team}/${number}`);
    expect(read).toHaveLength(501);
    expect(read.toSorted()).toEqual(made.toSorted());
    expect(read.slice(-3)).toEqual(['T2/1', 'T2/2', 'T2/3']);
    expect(await source.orgShelves()).toEqual([{ team: 'T1', shelf: 'org/acme' }]);
    expect((await source.load({ team: 'T2', number: 3 }))?.events).toHaveLength(1);
    await source.close();
    await running.close();
  });
});

test('there is nothing to export where there is no storage', async () => {
  const nowhere = { dataDir: join(folder.path, 'none'), now: () => THEN };
  await expect(openExportSource(nowhere)).rejects.toThrow(ConfigError);
});
