import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Entry } from '../../../src/domain/knowledge/entry.ts';
import { importedInto, planImport } from '../../../src/domain/knowledge/plan-import.ts';
import { entriesOf, type KnowledgeFile, readFile, textOf } from '../../../src/domain/knowledge/read-file.ts';
import { damaged, entries, fileText } from './nasty-files.ts';

const same = (text: string) => text;
const FACTS = 'kb/facts.md';
const file = (text: string) => new Map([[FACTS, readFile('facts', text)]]);
const entryText = (key: string, more = 'so', at = '2026-01-05T14:32:10Z') =>
  `## M-${at} ${key}\n\n- type: fact\n- tags: a\n- used: 1\n- last_used: 2026-01-06\n- pinned: false\n\n${more}\n`;

function joined(target: ReadonlyMap<string, KnowledgeFile>, sources: Readonly<Record<string, string>>) {
  const plan = planImport(new Map(Object.entries(sources)), target, same);
  return { plan, files: new Map([...target, ...importedInto(target, plan.taken)]) };
}

describe('import', () => {
  test('takes what is new, leaves what is there, and says what collides by key', () => {
    const target = file(
      `# Facts\n\n${entryText('pool')}\n${entryText('limit', 'is 500', '2026-01-07T00:00:00Z')}`,
    );
    const source = `# Facts\n\n${entryText('pool')}\n${entryText('limit', 'is 400')}\n${entryText('new')}`;
    const { plan, files } = joined(target, { [FACTS]: source });
    expect(plan.reports).toEqual([
      {
        path: FACTS,
        entries: 3,
        added: 2,
        merged: 0,
        there: 1,
        notes: ['kb/facts.md:13: limit: also there, of 2026-01-07; both stay, the newest counts'],
      },
    ]);
    expect(entriesOf(files.get(FACTS) ?? { pieces: [] }).map((one) => one.key)).toEqual([
      'pool',
      'limit',
      'limit',
      'new',
    ]);
  });

  test('counts that grew elsewhere are joined, a second text under one heading comes in under a key of its own', () => {
    const helped = entryText('pool').replace('used: 1', 'used: 5').replace('pinned: false', 'pinned: true');
    const { plan, files } = joined(file(`${entryText('pool')}\n${entryText('limit')}`), {
      [FACTS]: `${helped}\n${entryText('limit', 'otherwise')}`,
    });
    expect(plan.reports[0]).toMatchObject({ added: 1, merged: 1, there: 0 });
    expect(plan.reports[0]?.notes).toEqual([
      'kb/facts.md:11: limit: another text has its heading; comes in as limit-v2',
    ]);
    expect(entriesOf(files.get(FACTS) ?? { pieces: [] })).toMatchObject([
      { key: 'pool', used: 5, pinned: true },
      { key: 'limit', body: 'so' },
      { key: 'limit-v2', body: 'otherwise' },
    ]);
  });

  test('a secret stays out and is told by key and line alone; where nobody can tell, nothing comes in', () => {
    const source = `${entryText('aws', 'key hunter2hunter2')}\n${entryText('hunter2hunter2', 'x')}\n${entryText('ok')}`;
    const clean = (text: string) => text.replaceAll('hunter2hunter2', '[secret]');
    const plan = planImport(new Map([[FACTS, source]]), new Map(), clean);
    expect(plan.reports[0]?.notes).toEqual([
      'kb/facts.md:1: aws holds a secret; not taken',
      'kb/facts.md:11: holds a secret; not taken',
    ]);
    expect(JSON.stringify(plan)).not.toContain('hunter2');
    const broken = planImport(new Map([[FACTS, source]]), new Map(), () => {
      throw new Error('broken');
    });
    expect(broken.taken).toEqual([]);
  });

  test('says with its line what could not be read, and keeps it', () => {
    const { plan, files } = joined(new Map(), { [FACTS]: `# F\n\n${entryText('a')}\n## M-soon b\n\nkept\n` });
    expect(plan.reports[0]?.notes).toEqual([
      'kb/facts.md:13: an entry begins with a time in UTC: ## M-2026-11-28T14:02:11Z its key',
    ]);
    expect(textOf(files.get(FACTS) ?? { pieces: [] })).toContain('## M-soon b\n\nkept\n');
  });

  test('journals and archives come along; an archive by another name is sorted by type', () => {
    const journal = '# Journal\n\nby hand\n\n## M-2026-01-05T14:32:10Z seen\n\n- type: note\n\nit\n';
    const { plan, files } = joined(new Map(), {
      'journal/journal-2026-01.md': journal,
      'archive/2025.md': entryText('old'),
      'archive/queries.md': entryText('q'),
      'kb/mine.md': 'x',
    });
    expect([...files.keys()]).toEqual([
      'journal/journal-2026-01.md',
      'archive/facts.md',
      'archive/queries.md',
    ]);
    expect(textOf(files.get('journal/journal-2026-01.md') ?? { pieces: [] })).toContain('by hand');
    expect(plan.reports.at(-1)?.notes).toEqual(['kb/mine.md: not a file of a knowledge base; left alone']);
  });

  test('loses nothing on either side, and a second time changes nothing', () => {
    // The last line of a file may lack its end, whatever end its lines have.
    const bodies = (list: readonly Entry[]) =>
      list.map((one) => `${one.at} ${one.body.replaceAll('\r', '')}`);
    const path = fc.constantFrom(FACTS, 'journal/journal-2026-01.md', 'archive/facts.md');
    const source = fc.oneof(
      damaged,
      entries.map((list) => fileText(list)),
    );
    fc.assert(
      fc.property(source, source, path, (theirs, ours, at) => {
        const target = new Map([[at, readFile('facts', ours)]]);
        const { files } = joined(target, { [at]: theirs });
        const all = entriesOf(files.get(at) ?? { pieces: [] });
        for (const text of [theirs, ours])
          for (const one of bodies(entriesOf(readFile('facts', text))))
            expect(bodies(all).some((each) => `${each}\n`.startsWith(one))).toBe(true);
        const again = joined(files, { [at]: theirs });
        expect(again.plan.taken).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });
});
