import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  DEEDS,
  emptyJournal,
  formatNote,
  type JournalNote,
  monthOf,
  withNote,
} from '../../../src/domain/knowledge/journal.ts';
import { entriesOf, readFile, textOf } from '../../../src/domain/knowledge/read-file.ts';
import { body, damaged } from './nasty-files.ts';

const AT = Date.UTC(2026, 10, 28, 14, 2, 11);

test('a note reads as journals that are kept by hand do', () => {
  expect(
    formatNote({ at: AT + 7, did: 'taken back', kind: 'facts', key: 'pool of checkout', by: 'U1' }),
  ).toBe(
    `## M-2026-11-28T14:02:11Z taken back facts/pool of checkout

- type: note
- tags: taken-back
- schema_version: 1

Taken back by U1.
`,
  );
  expect(textOf(withNote(undefined, { at: AT, did: 'slept', lines: ['', '- archive facts/a'] }))).toBe(
    `# Journal of 2026-11

## M-2026-11-28T14:02:11Z slept

- type: note
- tags: slept
- schema_version: 1

Slept.

- archive facts/a
`,
  );
});

test('a journal only grows: whatever people made of it, all of it stays before the new note', () => {
  const note: fc.Arbitrary<JournalNote> = fc.record({
    at: fc.constant(AT),
    did: fc.constantFrom(...DEEDS),
    key: body,
    kind: fc.constantFrom('facts', 'queries'),
    lines: fc.array(body, { maxLength: 3 }),
  });
  fc.assert(
    fc.property(damaged, note, (text, one) => {
      const before = readFile('facts', text);
      const after = withNote(before, one);
      expect(textOf(before)).toBe(text);
      expect(entriesOf(after)).toHaveLength(entriesOf(before).length + 1);
      if (textOf(after).startsWith(text)) return;
      // Only a comment that never ends has something put before it, and loses nothing.
      expect(text).toContain('<!--');
      for (const line of text.split('\n')) expect(textOf(after)).toContain(line);
    }),
    { numRuns: 150 },
  );
});

test('months are those of UTC', () => {
  expect(monthOf(Date.UTC(2026, 11, 1) - 1)).toBe('2026-11');
  expect(textOf(emptyJournal('2026-11'))).toBe('# Journal of 2026-11\n');
});
