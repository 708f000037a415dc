import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bundle, unbundle } from '../../../src/domain/knowledge/bundle.ts';
import { damaged } from './nasty-files.ts';

test('gives every file back byte for byte, whatever is in it', () => {
  const text = fc.oneof(
    damaged,
    fc.string(),
    fc.constantFrom('', '\n', '<!-- 1: kb/facts.md -->\n', 'no end\r'),
  );
  const path = fc.constantFrom(
    'kb/facts.md',
    'kb/queries.md',
    'journal/journal-2026-11.md',
    'archive/facts.md',
  );
  fc.assert(
    fc.property(fc.array(fc.tuple(path, text), { minLength: 1, maxLength: 4 }), (list) => {
      const files = new Map(list);
      const all = bundle(files);
      expect(unbundle(all)).toEqual(files);
      // An export that holds an export.
      const outer = new Map([['kb/patterns.md', all]]);
      expect(unbundle(bundle(outer))).toEqual(outer);
    }),
    { numRuns: 200 },
  );
  expect(unbundle('# Facts\n')).toBeUndefined();
});
