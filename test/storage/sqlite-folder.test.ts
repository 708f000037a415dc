import { chmodSync, existsSync, mkdirSync, readdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ConfigError } from '../../src/domain/errors.ts';
import { openEngine, openStore } from '../../src/storage/open-store.ts';
import { prepareFolder } from '../../src/storage/sqlite/folder.ts';
import { declare } from '../contracts/store/storage-bench.ts';
import { type TemporaryFolder, temporaryFolder } from './benches.ts';

let folder: TemporaryFolder;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder.remove());

const open = (dataDir: string) => openStore({ dataDir, now: () => 1 });
const mode = (path: string) => statSync(path).mode & 0o777;

test('the folder and every file in it are for the owner alone', async () => {
  const dataDir = join(folder.path, 'deep', 'data');
  const store = await open(dataDir);
  await declare(store, 'T1', 'C1');
  expect(mode(dataDir)).toBe(0o700);
  expect(readdirSync(dataDir).sort()).toEqual(
    expect.arrayContaining(['lock', 'steady.db', 'steady.db-shm', 'steady.db-wal']),
  );
  for (const file of readdirSync(dataDir)) expect([file, mode(join(dataDir, file))]).toEqual([file, 0o600]);
  await store.close();
});

test('a commit is on the disk when it is acknowledged: WAL, synchronous FULL, foreign keys', async () => {
  const engine = await openEngine({ dataDir: folder.path, now: () => 1 });
  const pragma = async (name: string) => {
    const { rows } = await sql.raw<Record<string, unknown>>(`pragma ${name}`).execute(engine.db);
    return Object.values(rows[0] ?? {})[0];
  };
  expect(await pragma('journal_mode')).toBe('wal');
  expect(await pragma('synchronous')).toBe(2);
  expect(await pragma('foreign_keys')).toBe(1);
  expect(await pragma('busy_timeout')).toBeGreaterThan(0);
  await engine.close();
});

test('a folder or file that others can write, that is someone else’s or a link is refused, all problems at once', async () => {
  const store = await open(folder.path);
  await store.close();
  chmodSync(folder.path, 0o777);
  chmodSync(join(folder.path, 'steady.db'), 0o620);
  const error = await open(folder.path).catch((refused: unknown) => refused);
  expect(error).toBeInstanceOf(ConfigError);
  expect((error as ConfigError).problems).toEqual([
    expect.stringMatching(/can be written by other users.*chmod go-rwx/),
    expect.stringMatching(/steady\.db can be written by other users/),
  ]);
  chmodSync(folder.path, 0o700);
  chmodSync(join(folder.path, 'steady.db'), 0o600);
  const stranger = (process.getuid?.() ?? 0) + 1;
  expect(() => prepareFolder(folder.path, true, stranger)).toThrow(/belongs to another user/);

  const linked = join(folder.path, 'linked');
  mkdirSync(linked, { mode: 0o700 });
  symlinkSync(join(folder.path, 'steady.db'), join(linked, 'steady.db'));
  await expect(open(linked)).rejects.toThrow(/not a plain file/);
});

test('what cannot be a data folder is refused as configuration, not as a crash', async () => {
  const file = join(folder.path, 'file');
  writeFileSync(file, '');
  await expect(open(file)).rejects.toThrow(ConfigError);
  await expect(open(join(file, 'below'))).rejects.toThrow(ConfigError);
  writeFileSync(
    join(folder.path, 'steady.db'),
    'this is not a database, whatever its name says. '.repeat(40),
  );
  const error = await open(folder.path).catch((refused: unknown) => refused);
  expect(error).toBeInstanceOf(ConfigError);
  expect((error as Error).message).toMatch(/steady\.db is not a SQLite database/);
});

test('a reader creates nothing and refuses what is not there yet', async () => {
  const dataDir = join(folder.path, 'none');
  const reading = openStore({ dataDir, now: () => 1, readOnly: true });
  await expect(reading).rejects.toThrow(/no Steady storage/);
  expect(existsSync(dataDir)).toBe(false);
});

test('a storage that a newer Steady wrote is refused', async () => {
  const store = await open(folder.path);
  await store.close();
  const database = new DatabaseSync(join(folder.path, 'steady.db'));
  database.exec("insert into steady_schema (number, name) values (99, 'from the future')");
  database.close();
  await expect(open(folder.path)).rejects.toThrow(/newer Steady/);
  // The refusal gives the folder back.
  await expect(open(folder.path)).rejects.toThrow(/newer Steady/);
});
