import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Knowledge } from '../../../src/domain/knowledge/consolidate.ts';
import { type Distilled, distil, isDistilled } from '../../../src/domain/knowledge/distil.ts';
import { type Entry, type Kind, summaryOf, supersededBy } from '../../../src/domain/knowledge/entry.ts';
import { rank } from '../../../src/domain/knowledge/find.ts';
import { entriesOf, type KnowledgeFile, readFile } from '../../../src/domain/knowledge/read-file.ts';
import { withEntry } from '../../../src/domain/knowledge/write-file.ts';
import { DAY, HOUR } from '../../../src/domain/time.ts';
import { entries, fileText } from './nasty-files.ts';

const NOW = Date.UTC(2026, 10, 28, 14);
const fact = (key: string, more: Partial<Entry> = {}): Entry => ({
  at: NOW - DAY,
  key,
  type: 'fact',
  tags: [],
  used: 0,
  lastUsed: '2026-11-27',
  pinned: false,
  body: `${key} is so. And more.`,
  ...more,
});
const base = (kind: Kind, list: readonly Entry[]): Knowledge => ({ [kind]: readFile(kind, fileText(list)) });

function written(knowledge: Knowledge, sets: readonly Distilled[]): Knowledge {
  const files: Partial<Record<Kind, KnowledgeFile>> = { ...knowledge };
  for (const { kind, entry } of sets) files[kind] = withEntry(files[kind] ?? readFile(kind, ''), entry);
  return files;
}

describe('the distilled set', () => {
  test('quotes what was written, by key, with its first sentence and links', () => {
    const pool = fact('pool', {
      body: '**Summary**\n\nIt holds 40. Always.\n\nSee https://wiki.example.com/pool.',
    });
    expect(distil(base('facts', [fact('old', { used: 3 }), pool]), {}, NOW)).toEqual([
      {
        kind: 'facts',
        quotes: 2,
        entry: {
          at: NOW,
          key: 'sleep-cycle-facts-2026-11-28',
          type: 'fact',
          tags: ['sleep-cycle'],
          used: 0,
          lastUsed: '2026-11-28',
          pinned: false,
          body: [
            'What was written until 2026-11-28, quoted.',
            '',
            '- `old`: old is so.',
            '- `pool`: It holds 40. https://wiki.example.com/pool',
          ].join('\n'),
        },
      },
    ]);
  });

  test('is of four kinds; notes on integrations are facts', () => {
    const all: Knowledge = {
      ...base('facts', [fact('a')]),
      ...base('integrations', [fact('b')]),
      ...base('patterns', [fact('c', { type: 'pattern' })]),
      ...base('queries', [fact('d', { type: 'query' })]),
      ...base('incidents', [fact('e', { type: 'incident' })]),
    };
    expect(distil(all, {}, NOW).map(({ entry, quotes }) => `${entry.key} ${entry.type} ${quotes}`)).toEqual([
      'sleep-cycle-incidents-2026-11-28 incident 1',
      'sleep-cycle-facts-2026-11-28 fact 2',
      'sleep-cycle-patterns-2026-11-28 pattern 1',
      'sleep-cycle-query-pack-2026-11-28 query 1',
    ]);
  });

  test('a second one of a day supersedes the first and quotes what that did; a later one quotes what is new alone', () => {
    const first = base('facts', [fact('a')]);
    const slept = written(first, distil(first, {}, NOW));
    const more = written(slept, [{ kind: 'facts', quotes: 0, entry: fact('b', { at: NOW + HOUR }) }]);
    const [second] = distil(more, {}, NOW + 2 * HOUR);
    expect(second?.entry.key).toBe('sleep-cycle-facts-2026-11-28-v2');
    expect(second && supersededBy(second.entry)).toEqual(['sleep-cycle-facts-2026-11-28']);
    expect(second?.entry.body).toContain('- `a`: a is so.\n- `b`: b is so.'.split('\n').reverse().join('\n'));
    const [later] = distil(more, {}, NOW + 3 * DAY);
    expect(later?.entry.body).toBe('What was written since 2026-11-28, quoted.\n\n- `b`: b is so.');
  });

  test('what an archived set quoted is not new again; what came late by hand is', () => {
    const all = base('facts', [fact('a')]);
    const archive = written({}, distil(all, {}, NOW));
    expect(distil(all, archive, NOW + 200 * DAY)).toEqual([]);
    const late = base('facts', [fact('a'), fact('late', { at: NOW - 30 * DAY })]);
    expect(distil(late, archive, NOW + DAY)[0]?.entry.body).toContain(
      'since 2026-11-28, quoted.\n\n- `late`',
    );
  });

  test('a set that people wrote covers what is older', () => {
    const set = fact('sleep-cycle-facts-2026-11-20', { at: NOW - 8 * DAY, body: 'All is well.' });
    const all = base('facts', [fact('old', { at: NOW - 9 * DAY }), set, fact('new')]);
    expect(distil(all, {}, NOW)[0]?.entry.body).toBe(
      'What was written since 2026-11-20, quoted.\n\n- `new`: new is so.',
    );
  });

  test('names all of many, the first forty with their sentence', () => {
    const all = base(
      'facts',
      Array.from({ length: 60 }, (_, n) => fact(`k${n}`)),
    );
    const [set] = distil(all, {}, NOW);
    expect(set?.quotes).toBe(60);
    expect(set?.entry.body.match(/ is so\./g)).toHaveLength(40);
    expect(new Set(set?.entry.body.match(/`k\d+`/g)).size).toBe(60);
  });

  test('is found after what it quotes', () => {
    const all = base('facts', [fact('checkout pool'), fact('rate limit')]);
    const found = [
      ...entriesOf(all.facts ?? { pieces: [] }),
      ...distil(all, {}, NOW).map(({ entry }) => entry),
    ];
    const shelved = found.map((entry, n) => ({ shelf: 'org/a', id: `${n}`, kind: 'facts' as const, entry }));
    expect(rank(shelved, ['checkout', 'limit'], NOW).map(({ one }) => isDistilled(one.entry))).toEqual([
      false,
      false,
      true,
    ]);
  });

  test('only quotes, and running again changes nothing, whatever the base holds', () => {
    fc.assert(
      fc.property(entries, entries, fc.boolean(), (facts, queries, again) => {
        const all: Knowledge = { ...base('facts', facts), ...base('queries', queries) };
        const at = (n: number) => NOW + 40 * 365 * DAY * Number(again) + n;
        const sets = distil(all, {}, at(0));
        for (const { entry } of sets) {
          const [, ...lines] = entry.body.split('\n').filter((line) => line !== '');
          for (const line of lines) {
            const [, key, said = ''] = /^- `([^`]+)`(?:: (.*))?$/.exec(line) ?? [];
            const meant = [...facts, ...queries].filter((one) => one.key === key);
            expect(meant).not.toEqual([]);
            const spaced = (text: string) =>
              text
                .replaceAll('`', "'")
                .replace(/<!--|-->/g, ' ')
                .trim();
            expect(meant.some((one) => said === '' || spaced(summaryOf(one)).startsWith(said))).toBe(true);
          }
        }
        const after = written(all, sets);
        for (const { kind, entry } of sets)
          expect(entriesOf(after[kind] ?? { pieces: [] }).at(-1)?.body).toBe(entry.body);
        expect(distil(after, {}, at(1_000))).toEqual([]);
        expect(distil(after, {}, at(DAY))).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });
});
