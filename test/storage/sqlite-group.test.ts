import { CompiledQuery, Kysely } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { sqliteDialect } from '../../src/storage/sqlite/dialect.ts';
import { Lane } from '../../src/storage/sqlite/lane.ts';
import { type SqliteThread, startThread } from '../../src/storage/sqlite/thread.ts';
import { SqliteFault } from '../../src/storage/sqlite/wire.ts';
import { type TemporaryFolder, temporaryFolder } from './benches.ts';

let folder: TemporaryFolder;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder.remove());

interface Tables {
  readonly notes: { text: string };
}

/** A real file behind a thread that counts its commits and can be told to undo the next one, as a full disk does. */
async function openNotes() {
  const thread = startThread({ path: `${folder.path}/notes.db`, readOnly: false });
  const seen = { commits: 0, undoNext: '' };
  const watched: SqliteThread = {
    async run(sql, parameters, before) {
      if (sql === 'commit') seen.commits += 1;
      const asked = before ?? sql;
      if (seen.undoNext !== '' && asked.startsWith(seen.undoNext)) {
        seen.undoNext = '';
        await thread.run('rollback');
        throw new SqliteFault('database or disk is full', 13, false);
      }
      return thread.run(sql, parameters, before);
    },
    runApart: (...asked) => thread.runApart(...asked),
    close: () => thread.close(),
  };
  const db = new Kysely<Tables>({ dialect: sqliteDialect(new Lane(watched)) });
  await db.executeQuery(CompiledQuery.raw('create table notes (text text primary key)'));
  const write = (text: string, fails = false) =>
    db.transaction().execute(async (tx) => {
      await tx.insertInto('notes').values({ text }).execute();
      if (fails) throw new Error(`${text} fails`);
    });
  const read = async () =>
    (await db.selectFrom('notes').select('text').orderBy('text').execute()).map(({ text }) => text);
  return { db, seen, write, read };
}

test('transactions that wait together share a commit; alone each has its own', async () => {
  const { db, seen, write, read } = await openNotes();
  for (const text of ['a', 'b', 'c']) await write(text);
  expect(seen.commits).toBe(3);
  await Promise.all(Array.from({ length: 20 }, (_, index) => write(`d${index}`)));
  expect(seen.commits).toBeLessThan(3 + 5);
  expect(await read()).toHaveLength(23);
  await db.destroy();
});

test('a group never grows so long that its first member waits for ever', async () => {
  const { db, seen, write } = await openNotes();
  await Promise.all(Array.from({ length: 200 }, (_, index) => write(`${index}`)));
  expect(seen.commits).toBeGreaterThanOrEqual(200 / 32);
  await db.destroy();
});

test('one that fails leaves the others of its group, first, middle or last', async () => {
  const { db, write, read } = await openNotes();
  const results = await Promise.allSettled(
    Array.from({ length: 9 }, (_, index) => write(`${index}`, index % 4 === 0)),
  );
  expect(results.map(({ status }) => status === 'rejected')).toEqual(
    results.map((_, index) => index % 4 === 0),
  );
  expect(await read()).toEqual(['1', '2', '3', '5', '6', '7']);
  await db.destroy();
});

test('a query outside a transaction sees only what is committed', async () => {
  const { db, seen, write, read } = await openNotes();
  const [, notes] = await Promise.all([write('a'), read(), write('b')]);
  expect(notes).toEqual(['a']);
  expect(seen.commits).toBe(2);
  await db.destroy();
});

test('a commit that fails is told to every member, and harms nobody after them', async () => {
  const { db, seen, write, read } = await openNotes();
  seen.undoNext = 'commit';
  // The query between the two groups ends the first; the second is under way when the first learns of its failure.
  const first = ['a', 'b', 'c'].map((text) => write(text));
  const between = read();
  const second = ['d', 'e'].map((text) => write(text));
  for (const result of await Promise.allSettled(first))
    expect(result).toMatchObject({ status: 'rejected', reason: { code: 13 } });
  expect(await between).toEqual([]);
  await Promise.all(second);
  expect(await read()).toEqual(['d', 'e']);
  await db.destroy();
});

test('when SQLite undoes a whole group by itself, nobody of it is told that he is safe', async () => {
  const { db, seen, write, read } = await openNotes();
  seen.undoNext = 'rollback to';
  const results = await Promise.allSettled([write('a'), write('b', true), write('c'), write('d')]);
  const notes = await read();
  const safe = ['a', 'b', 'c', 'd'].filter((_, index) => results[index]?.status === 'fulfilled');
  expect(safe).toEqual(notes);
  expect(results[0]?.status).toBe('rejected');
  await db.destroy();
});

test('with a reader, queries outside transactions wait for nobody and still see only what is committed', async () => {
  const path = `${folder.path}/read.db`;
  const thread = startThread({ path, readOnly: false });
  await thread.run('create table notes (text text primary key)');
  const reader = startThread({ path, readOnly: true });
  const db = new Kysely<Tables>({ dialect: sqliteDialect(new Lane(thread), reader) });
  const read = async () => (await db.selectFrom('notes').select('text').execute()).map(({ text }) => text);
  const seen: (readonly string[])[] = [];
  await db.transaction().execute(async (tx) => {
    await tx.insertInto('notes').values({ text: 'a' }).execute();
    // It would wait for ever if it needed the connection that this transaction has.
    seen.push(await read());
    seen.push((await tx.selectFrom('notes').select('text').execute()).map(({ text }) => text));
  });
  seen.push(await read());
  await db.insertInto('notes').values({ text: 'b' }).execute();
  seen.push(await read());
  expect(seen).toEqual([[], ['a'], ['a'], ['a', 'b']]);
  await db.destroy();
  await expect(read()).rejects.toThrow();
});
