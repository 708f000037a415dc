import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Entry } from '../../../src/domain/knowledge/entry.ts';
import { freeKey, mergeFiles } from '../../../src/domain/knowledge/merge-files.ts';
import { entriesOf, type KnowledgeFile, readFile, textOf } from '../../../src/domain/knowledge/read-file.ts';
import { entries, fileText } from './nasty-files.ts';

const AT = Date.UTC(2026, 0, 5);
const fact = (key: string, body = key, more: Partial<Entry> = {}): Entry => ({
  at: AT,
  key,
  type: 'fact',
  tags: [],
  used: 0,
  lastUsed: '2026-01-05',
  pinned: false,
  body,
  ...more,
});
const file = (...list: readonly Entry[]): KnowledgeFile => readFile('facts', fileText(list));
const keys = (one: KnowledgeFile) => entriesOf(one).map((entry) => entry.key);

describe('two changed versions of a file', () => {
  test('what either added is there', () => {
    const { file: merged, conflicts } = mergeFiles(
      file(fact('a')),
      file(fact('a'), fact('ours')),
      file(fact('a'), fact('theirs')),
    );
    expect(keys(merged)).toEqual(['a', 'theirs', 'ours']);
    expect(conflicts).toEqual([]);
  });

  test('what one removed is gone, unless the other changed it', () => {
    const base = file(fact('a'), fact('b'), fact('c'));
    expect(keys(mergeFiles(base, file(fact('a'), fact('c')), file(fact('b'), fact('c'))).file)).toEqual([
      'c',
    ]);
    const ours = file(fact('a', 'better'), fact('b'), fact('c'));
    expect(entriesOf(mergeFiles(base, ours, file(fact('b'), fact('c'))).file).map((one) => one.body)).toEqual(
      ['b', 'c', 'better'],
    );
  });

  test('counts add up, the newest day and every tag stay', () => {
    const { file: merged, conflicts } = mergeFiles(
      file(fact('a', 'a', { used: 3, tags: ['x'] })),
      file(fact('a', 'a', { used: 5, tags: ['x', 'y'], lastUsed: '2026-02-01' })),
      file(fact('a', 'a', { used: 4, tags: ['x', 'z'], pinned: true })),
    );
    expect(entriesOf(merged)).toEqual([
      fact('a', 'a', { used: 6, tags: ['x', 'z', 'y'], lastUsed: '2026-02-01', pinned: true }),
    ]);
    expect(conflicts).toEqual([]);
  });

  test('a body that both changed stays twice, and that is said', () => {
    const { file: merged, conflicts } = mergeFiles(
      file(fact('a')),
      file(fact('a', 'ours')),
      file(fact('a', 'theirs')),
    );
    expect(entriesOf(merged)).toEqual([fact('a', 'theirs'), fact('a-v2', 'ours')]);
    expect(conflicts).toEqual([{ key: 'a', keptAs: 'a-v2' }]);
  });

  test('titles and unreadable headings of both are kept', () => {
    const base = readFile('facts', '# Facts\n\n');
    const ours = readFile('facts', '# Facts\nRead me first\n\n## M-soon broken\n\nby hand\n');
    const theirs = readFile('facts', `# Our facts\n\n${fileText([fact('a')], '')}`);
    const text = textOf(mergeFiles(base, ours, theirs).file);
    for (const part of ['# Our facts', 'Read me first', '## M-soon broken', 'by hand', ' a\n'])
      expect(text).toContain(part);
  });

  test('neither side loses an entry that it added or changed, whatever both did', () => {
    const changed = fc.tuple(
      entries,
      fc.array(fc.constantFrom('keep', 'drop', 'edit', 'use'), { minLength: 6, maxLength: 6 }),
      entries,
    );
    fc.assert(
      fc.property(entries, changed, changed, (list, ours, theirs) => {
        const side = ([, acts, added]: typeof ours, name: string) => [
          ...list.flatMap((one, index) => {
            const act = acts[index];
            if (act === 'drop') return [];
            if (act === 'edit') return [{ ...one, body: `${name} wrote this` }];
            return [act === 'use' ? { ...one, used: one.used + 1 } : one];
          }),
          ...added.map((one) => ({ ...one, key: `${name} ${one.key}` })),
        ];
        const [mine, other] = [side(ours, 'ours'), side(theirs, 'theirs')];
        const text = (one: Entry) => `${one.key.replace(/-v\d+$/, '')}|${one.body}`;
        const merged = entriesOf(mergeFiles(file(...list), file(...mine), file(...other)).file);
        const told = merged.map(text);
        const before = entriesOf(file(...list)).map(text);
        for (const one of [...entriesOf(file(...mine)), ...entriesOf(file(...other))]) {
          if (!before.includes(text(one))) expect(told).toContain(text(one));
        }
      }),
    );
  });

  test('merging what is merged changes nothing', () => {
    fc.assert(
      fc.property(entries, entries, entries, (a, b, c) => {
        const [base, ours, theirs] = [file(...a), file(...b), file(...c)];
        const { file: merged } = mergeFiles(base, ours, theirs);
        expect(textOf(mergeFiles(merged, merged, merged).file)).toBe(textOf(merged));
        expect(textOf(mergeFiles(base, base, theirs).file)).toBe(textOf(theirs));
      }),
    );
  });
});

test('a free key counts on', () => {
  expect(freeKey('a', [])).toBe('a-v2');
  expect(freeKey('a-v2', [fact('a-v2'), fact('a-v3')])).toBe('a-v4');
});
