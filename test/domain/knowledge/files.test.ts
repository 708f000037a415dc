import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Entry } from '../../../src/domain/knowledge/entry.ts';
import { entriesOf, readFile, textOf } from '../../../src/domain/knowledge/read-file.ts';
import { formatEntry, withEntry, withMeta } from '../../../src/domain/knowledge/write-file.ts';
import { damaged, entry } from './nasty-files.ts';

const AT = Date.UTC(2026, 0, 5, 14, 32, 10);
const POOL = `## M-2026-01-05T14:32:10Z connection pool exhaustion

- type: pattern
- tags: database, postgres
- used: 5
- last_used: 2026-01-12
- pinned: true
- status: active
- schema_version: 1

**Summary**

Leaked connections.
Supersedes \`pool-v1\`.
`;

describe('reading', () => {
  test('an entry as teams write it', () => {
    const file = readFile('patterns', `# Patterns\n\n---\n\n${POOL}\n---\n`);
    expect(file.problems).toEqual([]);
    expect(entriesOf(file)).toEqual([
      {
        at: AT,
        key: 'connection pool exhaustion',
        type: 'pattern',
        tags: ['database', 'postgres'],
        used: 5,
        lastUsed: '2026-01-12',
        pinned: true,
        status: 'active',
        body: '**Summary**\n\nLeaked connections.\nSupersedes `pool-v1`.',
      },
    ]);
  });

  test('examples in comments are none, also where a block of code says <!--', () => {
    const text = `# Facts\n<!-- Example:\n\n${POOL}-->\n\n${POOL.replace('Leaked', '```html\n<!-- never closed\n```\nLeaked')}\n${POOL}`;
    expect(entriesOf(readFile('patterns', text))).toHaveLength(2);
  });

  test.each([
    ['## M-2026-02-30T10:00:00Z key\n\n- type: fact\n', 1, 'an entry begins with a time in UTC'],
    ['\n## M-yesterday key\n', 2, 'an entry begins with a time in UTC'],
    ['## M-2026-01-05T14:32:10Z \n', 1, 'an entry needs a key'],
    [POOL.replace('- used: 5', '- used: often'), 5, 'used must be a whole number'],
    [POOL.replace('pinned: true', 'pinned: yes'), 7, 'pinned must be true or false'],
    [POOL.replace('- type: pattern\n', ''), 1, 'type is missing; taken for pattern'],
    [POOL.replace('2026-01-12', 'January'), 6, 'last_used must be a day'],
    [`# Patterns\n<!-- oops\n\n${POOL}`, 2, 'a comment begins here and never ends'],
  ])('keeps and reports %j', (text, line, why) => {
    const file = readFile('patterns', text);
    expect(file.problems).toEqual([{ line, why: expect.stringContaining(why) }]);
    expect(textOf(file)).toBe(text);
  });

  test('an unclosed comment hides nothing', () => {
    expect(entriesOf(readFile('patterns', `<!-- oops\n\n${POOL}`))).toHaveLength(1);
  });

  test('an unclosed block of code ends where the next entry begins', () => {
    const open = POOL.replace('Leaked', '```apl\nLeaked');
    expect(entriesOf(readFile('patterns', `${open}\n${POOL}`))).toHaveLength(2);
  });

  test('every file comes back byte for byte, however damaged', () => {
    fc.assert(fc.property(damaged, (text) => textOf(readFile('facts', text)) === text));
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => textOf(readFile('queries', text)) === text),
    );
  });
});

describe('writing', () => {
  const squeezed = ({ body: _body, ...rest }: Entry) => rest;

  test('an entry that was written is read, whatever its body says', () => {
    fc.assert(
      fc.property(entry, (one) => {
        const file = readFile('facts', formatEntry(one));
        expect(file.problems).toEqual([]);
        expect(entriesOf(file).map(squeezed)).toEqual([squeezed(one)]);
        const [back] = entriesOf(file);
        for (const line of one.body.split('\n').filter((text) => /\w/.test(text)))
          expect(back?.body).toContain(line.trim());
      }),
    );
  });

  test('a written entry is seen in any file, and all others with it', () => {
    fc.assert(
      fc.property(damaged, entry, (text, one) => {
        const before = readFile('facts', text);
        const after = withEntry(before, one);
        expect(entriesOf(after)).toHaveLength(entriesOf(before).length + 1);
        for (const line of text.split('\n')) expect(textOf(after)).toContain(line);
      }),
    );
  });

  test('metadata changes its own lines alone', () => {
    const changed = withMeta(POOL.replaceAll('\n', '\r\n'), {
      used: 6,
      lastUsed: '2026-11-28',
      pinned: false,
    });
    expect(changed).toBe(
      POOL.replace('used: 5', 'used: 6')
        .replace('2026-01-12', '2026-11-28')
        .replace('pinned: true', 'pinned: false')
        .replaceAll('\n', '\r\n'),
    );
  });

  test('metadata that was missing is added after the rest', () => {
    expect(withMeta('## M-2026-01-05T14:32:10Z k\n\n- type: fact\n\nbody\n', { used: 1 })).toBe(
      '## M-2026-01-05T14:32:10Z k\n\n- type: fact\n- used: 1\n\nbody\n',
    );
    expect(withMeta('## M-2026-01-05T14:32:10Z k\n\nbody\n', { used: 1 })).toBe(
      '## M-2026-01-05T14:32:10Z k\n\n- used: 1\n\nbody\n',
    );
  });
});
