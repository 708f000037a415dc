import { afterEach, beforeEach, expect, test } from 'vitest';
import { backup } from '../../src/storage/backup.ts';
import { openStore } from '../../src/storage/open-store.ts';
import type { Store } from '../../src/storage/store.ts';
import { type TemporaryFolder, temporaryFolder } from './benches.ts';
import { startChild } from './child.ts';

let folder: TemporaryFolder;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder.remove());

test('kill -9 in the middle of appends loses nothing acknowledged and leaves nothing half-written', async () => {
  // Alone each append has a commit of its own; together they share commits.
  for (const channels of [['A'], ['B', 'C', 'D', 'E', 'F']]) {
    const child = startChild('./append-for-ever.ts', folder.path, ...channels);
    expect(await child.line()).toBe('open');
    const heard = new Map<string, number>();
    const hear = (line: string) => {
      const [channel = '', version] = line.split(' ');
      heard.set(channel, Number(version));
    };
    for (let lines = 0; lines < 60; lines += 1) hear(await child.line());
    const gone = child.kill();
    // What it said before it died was acknowledged too.
    for (const line of await child.rest()) hear(line);
    await gone;

    const store = await openStore({ dataDir: folder.path, now: () => 1 });
    for (const channel of channels) await expectWhole(store, channel, heard.get(channel) ?? 0);
    await store.close();
  }
});

async function expectWhole(store: Store, channel: string, heard: number): Promise<void> {
  const found = await store.inChannel('T1', channel);
  if (found === undefined) throw new Error('the incident is gone');
  const timeline = await store.load(found.ref);
  const version = timeline?.version ?? 0;
  // One more than heard is the append whose acknowledgement was on its way.
  expect([heard, heard + 1]).toContain(version);
  expect(timeline?.events.map(({ body }) => body)).toEqual(
    Array.from({ length: version }, (_, index) => `e${index + 1}`),
  );
  for (let index = 1; index <= version + 1; index += 1) {
    const key = `${channel}/e${index}`;
    expect((await store.post('T1', key)) !== undefined).toBe(index <= version);
    expect((await store.snapshot('T1', key))?.length).toBe(index <= version ? 5_000 : undefined);
  }
}

test('a process that opens and closes ends by itself', async () => {
  const child = startChild('./open-and-close.ts', folder.path);
  expect(await child.rest()).toEqual(['open', 'closed']);
  expect(await child.exited).toBe(0);
});

test('a second process is refused, told what to do, and let in after kill -9 of the first', async () => {
  const first = startChild('./append-for-ever.ts', folder.path, 'C1');
  expect(await first.line()).toBe('open');

  const second = startChild('./append-for-ever.ts', folder.path, 'C2');
  expect(await second.line()).toMatch(
    /^refused Another Steady is using the data folder .*Stop it first, or .*STEADY_DATA_DIR/,
  );
  expect(await second.exited).toBe(3);
  await expect(openStore({ dataDir: folder.path, now: () => 1 })).rejects.toThrow(/Another Steady/);

  // Beside it, a reader and a backup.
  const reader = await openStore({ dataDir: folder.path, now: () => 1, readOnly: true });
  await first.line();
  expect((await reader.inChannel('T1', 'C1'))?.open).toBe(true);
  await expect(reader.remember('T1', 'k', 1)).rejects.toThrow(/readonly|read-only/);
  await reader.close();
  expect(
    await backup({ dataDir: folder.path, now: () => 1 }, `${folder.path}/steady.backup`),
  ).toBeGreaterThan(0);

  await first.kill();
  const third = await openStore({ dataDir: folder.path, now: () => 1 });
  await third.close();
});
