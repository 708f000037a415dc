import { afterEach, beforeEach, expect, test } from 'vitest';
import { Lane } from '../../src/storage/sqlite/lane.ts';
import { Singles } from '../../src/storage/sqlite/singles.ts';
import { type SqliteThread, startThread } from '../../src/storage/sqlite/thread.ts';
import { SqliteFault } from '../../src/storage/sqlite/wire.ts';
import { type TemporaryFolder, temporaryFolder } from './benches.ts';

let folder: TemporaryFolder;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder.remove());

/** A real file behind a thread that counts journeys and can lose the next one. */
async function openNotes() {
  const path = `${folder.path}/notes.db`;
  const thread = startThread({ path, readOnly: false });
  await thread.run('create table notes (text text primary key)');
  const seen = { journeys: 0, loseNext: false };
  const watched: SqliteThread = {
    ...thread,
    async runApart(statements, before) {
      seen.journeys += 1;
      const done = await thread.runApart(statements, before);
      if (!seen.loseNext) return done;
      seen.loseNext = false;
      throw new SqliteFault('disk I/O error', 10, true);
    },
  };
  const lane = new Lane(watched);
  const singles = new Singles(lane);
  const reader = startThread({ path, readOnly: true });
  return {
    lane,
    seen,
    add: (text: string) => singles.run({ sql: 'insert into notes values (?)', parameters: [text] }),
    read: async () =>
      (await reader.run('select text from notes order by text')).rows.map(
        (row) => (row as { text: string }).text,
      ),
    close: async () => {
      await reader.close();
      await thread.close();
    },
  };
}

test('statements that come together share a journey and a commit, and each hears what it changed', async () => {
  const notes = await openNotes();
  const done = await Promise.all(Array.from({ length: 100 }, (_, at) => notes.add(`${at}`)));
  expect(done.every(({ changes }) => changes === 1)).toBe(true);
  expect(notes.seen.journeys).toBeLessThan(6);
  expect(await notes.read()).toHaveLength(100);
  await notes.close();
});

test('what has resolved is on the disk: another connection sees it', async () => {
  const notes = await openNotes();
  await notes.add('a');
  expect(await notes.read()).toEqual(['a']);
  await notes.close();
});

test('one that fails leaves the others, first, middle or last', async () => {
  const notes = await openNotes();
  await notes.add('taken');
  const results = await Promise.allSettled(['taken', 'a', 'taken', 'b', 'taken'].map(notes.add));
  expect(results.map(({ status }) => status === 'fulfilled')).toEqual([false, true, false, true, false]);
  expect(results[0]).toMatchObject({ reason: { name: 'SqliteFault', code: 1555 } });
  expect(await notes.read()).toEqual(['a', 'b', 'taken']);
  await notes.close();
});

test('a commit that is lost is told to every one of them, and harms nobody after them', async () => {
  const notes = await openNotes();
  notes.seen.loseNext = true;
  const results = await Promise.allSettled(['a', 'b'].map(notes.add));
  expect(results.some(({ status }) => status === 'rejected')).toBe(true);
  await notes.add('c');
  expect(await notes.read()).toContain('c');
  await notes.close();
});

test('they commit a transaction that waits for company, and wait for one that is under way', async () => {
  const notes = await openNotes();
  const turn = await notes.lane.take();
  await turn.begin(false);
  await turn.executeQuery({ sql: "insert into notes values ('first')", parameters: [] } as never);
  const single = notes.add('second');
  expect(notes.lane.isAwaited()).toBe(true);
  expect(turn.end()).toBe(true);
  const joined = notes.lane.group.join();
  turn.pass();
  await Promise.all([joined, single]);
  expect(notes.seen.journeys).toBe(1);
  expect(await notes.read()).toEqual(['first', 'second']);
  await notes.close();
});
