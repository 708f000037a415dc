import fc from 'fast-check';
import type { Entry } from '../../../src/domain/knowledge/entry.ts';
import { formatEntry } from '../../../src/domain/knowledge/write-file.ts';

const word = fc.stringMatching(/^[a-z][a-z0-9-]{0,11}$/);
/** What bodies hold in practice, and what could be taken for something else. */
const line = fc.oneof(
  word,
  fc.constantFrom(
    '',
    '## M-2026-01-05T14:32:10Z not an entry',
    '## M-',
    '- type: pattern',
    '- used: many',
    '```apl',
    '```',
    '~~~~',
    '<!-- a note',
    '-->',
    '<!-- whole -->',
    'Supersedes `older-key`.',
    '---',
    '# A title',
    'A --> B',
    '\u2028 \u00a0 ünïcode 🟠',
  ),
);
export const body = fc.array(line, { maxLength: 8 }).map((lines) => lines.join('\n'));

/** Entries as people and Steady make them; keys hold spaces. */
export const entry: fc.Arbitrary<Entry> = fc.record({
  at: fc.integer({ min: 0, max: 4_102_444_799 }).map((seconds) => seconds * 1_000),
  key: fc.array(word, { minLength: 1, maxLength: 3 }).map((words) => words.join(' ')),
  type: fc.constantFrom('fact', 'pattern', 'query', 'incident', 'note'),
  tags: fc.array(word, { maxLength: 3 }),
  used: fc.nat(50),
  lastUsed: fc.constantFrom('2026-01-12', '2024-02-29'),
  pinned: fc.boolean(),
  body,
});

/** Entries in a file, each with a key of its own. */
export const entries = fc.uniqueArray(entry, { maxLength: 6, selector: (one) => one.key });

export function fileText(list: readonly Entry[], title = '# Facts\n\n'): string {
  return title + list.map((one) => formatEntry(one)).join('\n');
}

/** A file that a hand damaged: lines cut out, doubled, torn, with other ends of line. */
export const damaged = fc
  .tuple(
    entries,
    fc.array(fc.tuple(fc.nat(200), fc.constantFrom('cut', 'double', 'tear', 'crlf', 'junk')), {
      maxLength: 6,
    }),
    line,
  )
  .map(([list, wounds, junk]) => {
    const lines = fileText(list).split('\n');
    for (const [place, wound] of wounds) {
      const at = place % lines.length;
      const old = lines[at] ?? '';
      if (wound === 'cut') lines.splice(at, 1);
      else if (wound === 'double') lines.splice(at, 0, old);
      else if (wound === 'tear') lines[at] = old.slice(0, old.length / 2);
      else if (wound === 'crlf') lines[at] = `${old}\r`;
      else lines.splice(at, 0, junk);
    }
    return lines.join('\n');
  });
