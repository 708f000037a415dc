import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ConfigError } from '../../src/domain/errors.ts';
import { backup } from '../../src/storage/backup.ts';
import { openStore, type StoreOptions } from '../../src/storage/open-store.ts';
import { restore } from '../../src/storage/restore.ts';
import { decision, declare, THEN } from '../contracts/store/storage-bench.ts';
import { type TemporaryFolder, temporaryFolder } from './benches.ts';
import { fill, tell } from './full-store.ts';
import { usePostgres } from './use-postgres.ts';

const postgres = usePostgres();

let folder: TemporaryFolder;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder.remove());

let made = 0;
async function place(engine: string): Promise<StoreOptions> {
  made += 1;
  const options = { dataDir: join(folder.path, `data-${made}`), now: () => THEN };
  return engine === 'PostgreSQL' && postgres !== undefined
    ? { ...options, databaseUrl: await postgres().createPlace() }
    : options;
}

const engines = postgres === undefined ? ['SQLite'] : ['SQLite', 'PostgreSQL'];
const journeys = engines.flatMap((from) => engines.map((to) => [from, to] as const));

describe('a backup', () => {
  test.each(journeys)('moves everything from %s to %s, beside a running bot', async (from, to) => {
    const source = await place(from);
    const target = await place(to);
    const file = join(folder.path, 'steady.backup');
    const running = await openStore(source);
    await fill(running);
    const told = await tell(running);
    const rows = await backup(source, file);
    await declare(running, 'T1', 'C9');
    await running.close();

    expect(await restore(file, target)).toBe(rows);
    const restored = await openStore(target);
    expect(await tell(restored)).toEqual(told);
    // The number after the last is taken, so no name is given twice.
    expect(await declare(restored, 'T1', 'C9')).toEqual({ team: 'T1', number: 2 });
    // Leases died with the processes that held them, and what waited may have been sent since.
    const lease = { owner: 'new', for: 1_000, limit: 10 };
    expect(await restored.claimDue(lease)).toMatchObject([{ ref: { team: 'T1', number: 1 } }]);
    expect(await restored.claimPosts(lease)).toMatchObject([{ key: 'waiting', uncertain: true }]);
    expect(await restored.claimUnfinished(lease)).toMatchObject([{ key: 'open', body: { nested: [{}] } }]);
    await restored.close();
  });

  test('is readable by its owner alone, holds no token, and is there only when whole', async () => {
    const source = await place('SQLite');
    const store = await openStore(source);
    await fill(store);
    const file = join(folder.path, 'steady.backup');
    await backup(source, file);
    await store.close();
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(existsSync(`${file}.partial`)).toBe(false);
    const text = gunzipSync(readFileSync(file)).toString();
    expect(text).not.toMatch(/hooks\.example|verification-of-slack|8088930838d88f008e0/);
    await expect(backup(source, file)).rejects.toThrow(/exists already/);
    await expect(backup(source, join(folder.path, 'none', 'file'))).rejects.toThrow(ConfigError);
    await expect(backup(await place('SQLite'), `${file}2`)).rejects.toThrow(/no Steady storage/);
    expect(existsSync(`${file}2`)).toBe(false);
  });

  test('shows one moment, whatever is written meanwhile', async () => {
    const source = await place('SQLite');
    const store = await openStore(source);
    const ref = await declare(store, 'T1', 'C1');
    for (let version = 1; version < 400; version += 1) await store.append(ref, version, decision([version]));
    const file = join(folder.path, 'steady.backup');
    let version = 400;
    let done = false;
    const writing = (async () => {
      while (!done) {
        await store.append(ref, version, decision([version]));
        version += 1;
      }
    })();
    await backup(source, file);
    done = true;
    await writing;
    await store.close();
    const target = await place('SQLite');
    await restore(file, target);
    const restored = await openStore(target);
    const timeline = await restored.load(ref);
    expect(timeline?.version).toBeGreaterThanOrEqual(400);
    expect(timeline?.events).toHaveLength(timeline?.version ?? 0);
    await restored.close();
  });
});

describe('a restore', () => {
  async function filled(): Promise<{ file: string; lines: string[] }> {
    const source = await place('SQLite');
    const store = await openStore(source);
    await fill(store);
    await store.close();
    const file = join(folder.path, 'steady.backup');
    await backup(source, file);
    return { file, lines: gunzipSync(readFileSync(file)).toString().trimEnd().split('\n') };
  }

  test.each(engines)(
    'refuses an installation of %s that remembers something, and leaves it be',
    async (engine) => {
      const { file } = await filled();
      const target = await place(engine);
      const store = await openStore(target);
      await store.remember('T9', 'only', 1);
      await store.close();
      await expect(restore(file, target)).rejects.toThrow(/not empty/);
      const after = await openStore(target);
      expect(await after.recall('T9', 'only')).toBe(1);
      expect(await after.list('T1')).toEqual([]);
      await after.close();
    },
  );

  test('refuses a folder that a bot is using', async () => {
    const { file } = await filled();
    const target = await place('SQLite');
    const store = await openStore(target);
    await expect(restore(file, target)).rejects.toThrow(/Another Steady is using/);
    await store.close();
  });

  test('refuses a damaged, short, foreign, newer or missing file before it creates anything', async () => {
    const { file, lines } = await filled();
    const bytes = readFileSync(file);
    const head = JSON.parse(lines[0] ?? '') as object;
    const bad = (name: string, content: Uint8Array) => {
      const path = join(folder.path, name);
      writeFileSync(path, content);
      return path;
    };
    const zip = (changed: readonly string[]) => gzipSync(`${changed.join('\n')}\n`);
    const files: readonly (readonly [string, RegExp])[] = [
      [bad('cut', bytes.subarray(0, bytes.length - 20)), /damaged or cut short/],
      [bad('empty', new Uint8Array(0)), /damaged or cut short/],
      [bad('without-end', zip(lines.slice(0, -1))), /damaged or cut short/],
      [bad('row-missing', zip(lines.toSpliced(5, 1))), /damaged or cut short/],
      [bad('row-changed', zip(lines.with(1, (lines[1] ?? '').replace('T1', 'T7')))), /damaged or cut short/],
      [bad('row-after-end', zip([...lines, lines[1] ?? ''])), /damaged or cut short/],
      [bad('half-a-line', zip(lines.with(5, '["steady_ev'))), /damaged or cut short/],
      [bad('plain', Buffer.from(lines.join('\n'))), /damaged or cut short/],
      [bad('foreign', zip(['{"other":"tool"}'])), /not a backup of Steady/],
      [bad('newer', zip(lines.with(0, JSON.stringify({ ...head, schema: 99 })))), /newer Steady/],
      [join(folder.path, 'missing'), /cannot be read \(ENOENT\)/],
    ];
    for (const [path, message] of files) {
      const target = await place('SQLite');
      const error = await restore(path, target).catch((refused: unknown) => refused);
      expect(error, path).toBeInstanceOf(ConfigError);
      expect((error as ConfigError).message, path).toMatch(message);
      expect(existsSync(target.dataDir), path).toBe(false);
    }
  });

  test('changes nothing when it fails half-way', async () => {
    const { file } = await filled();
    const target = await place('SQLite');
    const store = await openStore(target);
    await store.close();
    // A second row of the same key, in a file whose count and sum are right, fails while rows are written.
    const lines = gunzipSync(readFileSync(file)).toString().trimEnd().split('\n').slice(0, -1);
    const body = `${[...lines, lines.at(-1)].join('\n')}\n`;
    const tail = { end: true, rows: lines.length, sha256: createHash('sha256').update(body).digest('hex') };
    writeFileSync(file, gzipSync(`${body}${JSON.stringify(tail)}\n`));
    await expect(restore(file, target)).rejects.toThrow(/UNIQUE/);
    const after = await openStore(target);
    expect(await after.list('T1')).toEqual([]);
    expect(await after.load({ team: 'T1', number: 1 })).toBeUndefined();
    await after.close();
  });
});
