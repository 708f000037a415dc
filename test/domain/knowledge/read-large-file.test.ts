import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readFile } from '../../../src/domain/knowledge/read-file.ts';
import { readLargeFile } from '../../../src/domain/knowledge/read-large-file.ts';
import { damaged } from './nasty-files.ts';

test('answers the same as reading at once, whatever is in it, and breathes', async () => {
  let breaths = 0;
  const breathe = async () => void breaths++;
  const filler = (n: number) =>
    `## M-2026-01-05T14:32:10Z filler ${n}\n\n- type: fact\n\n${'so it is\n'.repeat(3_000)}`;
  const large = fc
    .array(damaged, { minLength: 2, maxLength: 5 })
    .map((parts) => parts.map((part, n) => `${part}\n${filler(n)}${filler(n)}${filler(n)}`).join(''));
  await fc.assert(
    fc.asyncProperty(fc.oneof(large, damaged), async (text) => {
      expect(await readLargeFile('facts', text, breathe)).toEqual(readFile('facts', text));
    }),
    { numRuns: 30 },
  );
  expect(breaths).toBeGreaterThan(0);
});
