import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { checkApl } from '../../../src/backends/axiom/apl/check-apl.ts';
import { readApl } from '../../../src/backends/axiom/apl/read-apl.ts';
import { snippetsOf } from '../../kb/snippets.ts';

const KB = new URL('../../../kb/', import.meta.url);
const SNIPPETS = readdirSync(KB)
  .filter((name) => name.endsWith('.md'))
  .flatMap((name) => snippetsOf(readFileSync(new URL(name, KB), 'utf8')))
  .filter(({ language }) => language === 'apl')
  .map(({ code }) => code);

test('what Steady ships as APL is read, and needs no hint', () => {
  expect(SNIPPETS.length).toBeGreaterThan(10);
  for (const code of SNIPPETS) {
    const apl = readApl(code);
    expect(apl && checkApl(apl), code).toEqual({ hints: [] });
  }
});
