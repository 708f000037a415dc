import { expect, test } from 'vitest';
import type { KnowledgeEntry, Store } from '../../../src/storage/store.ts';
import { type OpenBench, on } from './storage-bench.ts';

const ORG = 'org/acme';
const MINE = 'personal/U1';

function entry(id: string, search: string, more: Partial<KnowledgeEntry> = {}): KnowledgeEntry {
  return { id, kind: 'facts', entry: { key: id }, search, ...more };
}

/** Entries on their shelves, and finding them again. */
export function keepsKnowledge(open: OpenBench): void {
  const ids = async (store: Store, shelves: readonly string[], kind?: string) =>
    (await store.knowledge('T1', shelves, kind)).map((one) => `${one.shelf} ${one.id}`);
  const found = async (store: Store, words: string, shelves: readonly string[] = [ORG, MINE]) =>
    (await store.searchKnowledge('T1', shelves, words.split(' '), 10)).map((one) => one.id);

  test(
    'keeps entries by team, shelf and kind, each id once',
    on(open, async (store) => {
      await store.saveKnowledge('T1', ORG, [entry('a', 'x'), entry('b', 'x', { kind: 'queries' })]);
      await store.saveKnowledge('T1', MINE, [entry('a', 'x')]);
      await store.saveKnowledge('T2', ORG, [entry('c', 'x')]);
      await store.saveKnowledge('T1', ORG, [entry('a', 'y', { entry: { key: 'newer \u0000\ud800' } })]);
      expect(await ids(store, [ORG, MINE])).toEqual([`${ORG} a`, `${ORG} b`, `${MINE} a`]);
      expect(await ids(store, [ORG], 'queries')).toEqual([`${ORG} b`]);
      expect(await store.countKnowledge('T1', ORG)).toEqual([
        { kind: 'facts', entries: 1 },
        { kind: 'queries', entries: 1 },
      ]);
      expect(await store.countKnowledge('T1', 'org/none')).toEqual([]);
      expect(await store.knowledge('T1', [])).toEqual([]);
      expect(await store.knowledge('T1', [ORG], 'facts')).toEqual([
        { shelf: ORG, id: 'a', kind: 'facts', entry: { key: 'newer \u0000\ud800' }, uses: 0 },
      ]);
    }),
  );

  test(
    'counts what helped in an incident once, and knows in which',
    on(open, async (store) => {
      await store.saveKnowledge('T1', ORG, [entry('a', 'x')]);
      for (const incident of [31, 12, 12, 31, undefined])
        await store.countUse('T1', ORG, 'a', '2026-11-28', incident);
      expect(await store.usedIn('T1', ORG, 'a')).toEqual([12, 31]);
      expect(await store.usedIn('T2', ORG, 'a')).toEqual([]);
      expect((await store.knowledge('T1', [ORG]))[0]).toMatchObject({ uses: 3 });
      // What was written out is counted anew; where it helped is still known.
      await store.takeUses('T1', ORG, [{ id: 'a', uses: 3 }]);
      await store.countUse('T1', ORG, 'a', '2026-11-29', 31);
      expect((await store.knowledge('T1', [ORG]))[0]).toMatchObject({ uses: 0 });
    }),
  );

  test(
    'makes a shelf hold what it is given, and remembers what helped',
    on(open, async (store) => {
      await store.saveKnowledge('T1', ORG, [entry('a', 'x'), entry('b', 'x')]);
      await store.countUse('T1', ORG, 'a', '2026-11-27');
      await store.countUse('T1', ORG, 'a', '2026-11-28');
      await store.replaceShelf('T1', ORG, [entry('a', 'y'), entry('c', 'y')]);
      expect(await ids(store, [ORG])).toEqual([`${ORG} a`, `${ORG} c`]);
      expect((await store.knowledge('T1', [ORG]))[0]).toMatchObject({ uses: 2, usedOn: '2026-11-28' });
      await store.countUse('T1', ORG, 'a', '2026-11-28');
      await store.takeUses('T1', ORG, [{ id: 'a', uses: 2 }]);
      expect((await store.knowledge('T1', [ORG]))[0]).toMatchObject({ uses: 1 });
      await store.takeUses('T1', ORG, [{ id: 'a', uses: 2 }]);
      expect((await store.knowledge('T1', [ORG]))[0]).toMatchObject({ uses: 0 });
      await store.replaceShelf('T1', ORG, []);
      expect(await ids(store, [ORG])).toEqual([]);
    }),
  );

  test(
    'forgets once, and takes it back',
    on(open, async (store) => {
      await store.saveKnowledge('T1', MINE, [entry('a', 'checkout')]);
      expect(await store.forgetKnowledge('T1', MINE, 'a')).toBe(true);
      expect(await store.forgetKnowledge('T1', MINE, 'a')).toBe(false);
      expect(await ids(store, [MINE])).toEqual([]);
      expect(await found(store, 'checkout')).toEqual([]);
      expect(await store.forgetKnowledge('T1', MINE, 'a', { undo: true })).toBe(true);
      expect(await found(store, 'checkout')).toEqual(['a']);
      expect(await store.forgetKnowledge('T1', MINE, 'b', { undo: true })).toBe(false);
    }),
  );

  test(
    'writes what goes beside with it, and nothing beside what was not done',
    on(open, async (store) => {
      const beside = (id: string) => ({ shelf: `journal/${MINE}`, entries: [entry(id, '')] });
      await store.saveKnowledge('T1', MINE, [entry('a', 'x')], beside('1'));
      expect(await store.forgetKnowledge('T1', MINE, 'a', { beside: beside('2') })).toBe(true);
      expect(await store.forgetKnowledge('T1', MINE, 'a', { beside: beside('3') })).toBe(false);
      expect(await ids(store, [MINE, `journal/${MINE}`])).toEqual([`journal/${MINE} 1`, `journal/${MINE} 2`]);
    }),
  );

  test(
    'finds what holds all words, then any, then what was nearly written so',
    on(open, async (store) => {
      await store.saveKnowledge('T1', ORG, [
        entry('limit', 'Payments lowered the rate limit of checkout'),
        entry('pool', 'the connection pool of CHECKOUT was full'),
        entry('dns', 'certificates expire'),
      ]);
      await store.saveKnowledge('T1', 'personal/U2', [entry('secret', 'checkout rate limit')]);
      expect(await found(store, 'checkout limit')).toEqual(['limit', 'pool']);
      expect(await found(store, 'certificate')).toEqual(['dns']);
      expect((await found(store, 'chekout'))[0]).toMatch(/limit|pool/);
      expect(await found(store, 'certifcates')).toEqual(['dns']);
      expect(await found(store, 'zzzz')).toEqual([]);
      expect(await found(store, 'of')).toEqual([]);
      expect((await store.searchKnowledge('T1', [ORG], ['checkout'], 1)).length).toBe(1);
      expect(await store.searchKnowledge('T1', [], ['checkout'], 5)).toEqual([]);
      expect(await store.searchKnowledge('T2', [ORG], ['checkout'], 5)).toEqual([]);
    }),
  );

  test(
    'what is named so is found, however much that is newer mentions it; of the same the newest comes first',
    on(open, async (store) => {
      const long = 'so it is said of many things, at length and more than once, and again '.repeat(2);
      await store.saveKnowledge('T1', ORG, [entry('old', 'payments pool')]);
      const newer = Array.from({ length: 60 }, (_, n) => entry(`n${n}`, `${n} ${long} payments pool`));
      await store.saveKnowledge('T1', ORG, newer);
      expect(await found(store, 'payments pool')).toContain('old');
      expect(await found(store, 'paymnets pool')).toContain('old');
      expect((await found(store, 'said things'))[0]).toBe('n59');
      await store.saveKnowledge('T1', ORG, [entry('old', 'renamed')]);
      expect(await found(store, 'payments pool')).not.toContain('old');
    }),
  );

  test(
    'searches for whatever people type',
    on(open, async (store) => {
      const odd = `100% of "c:\\temp" AND NOT (a*b) ' or 1=1 -- _x ünïcode \u0000 \ud800 日本語テスト`;
      await store.saveKnowledge('T1', ORG, [entry('odd', odd)]);
      for (const words of [
        '100%',
        '"c:\\temp"',
        'AND',
        '(a*b)',
        "'",
        '1=1 --',
        'ÜNÏCODE',
        '日本語',
        '\u0000\u0000\u0000',
        '"',
        'a'.repeat(5_000),
      ])
        await found(store, words);
      expect(await found(store, 'ünïcode')).toEqual(['odd']);
      expect(await found(store, '日本語')).toEqual(['odd']);
      expect(await found(store, '100%')).toEqual(['odd']);
    }),
  );

  test(
    'holds many entries, and a changed one is found by its new words alone',
    on(open, async (store) => {
      const many = Array.from({ length: 1_000 }, (_, n) => entry(`e${n}`, `service number ${n * 7_919}`));
      await store.replaceShelf('T1', ORG, many);
      expect((await store.knowledge('T1', [ORG])).length).toBe(1_000);
      expect((await found(store, '3959500'))[0]).toBe('e500');
      await store.saveKnowledge('T1', ORG, [entry('e500', 'renamed payments')]);
      expect(await found(store, '3959500')).not.toContain('e500');
      expect(await found(store, 'renamed')).toEqual(['e500']);
    }),
  );
}
