import { afterEach, beforeEach, expect, test } from 'vitest';
import { backup } from '../../src/storage/backup.ts';
import { openStore } from '../../src/storage/open-store.ts';
import { temporaryFolder } from './benches.ts';
import { startChild } from './child.ts';

let folder = temporaryFolder();
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder.remove());

test('kill -9 in the middle of appends loses nothing acknowledged and leaves nothing half-written', async () => {
  for (const [channel, acknowledged] of [
    ['C1', 40],
    ['C2', 7],
    ['C3', 23],
  ] as const) {
    const child = startChild('./append-for-ever.ts', folder.path, channel);
    expect(await child.line()).toBe('open');
    let heard = 0;
    while (heard < acknowledged) heard = Number(await child.line());
    const gone = child.kill();
    // What it said before it died was acknowledged too.
    heard = Number((await child.rest()).at(-1) ?? heard);
    await gone;

    const store = await openStore({ dataDir: folder.path, now: () => 1 });
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
      const there = index <= version;
      expect((await store.post('T1', `${channel}/e${index}`)) !== undefined).toBe(there);
      expect((await store.snapshot('T1', `${channel}/e${index}`))?.length).toBe(there ? 20_000 : undefined);
    }
    await store.close();
  }
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
  const third = startChild('./append-for-ever.ts', folder.path, 'C3');
  expect(await third.line()).toBe('open');
  await third.kill();
});
