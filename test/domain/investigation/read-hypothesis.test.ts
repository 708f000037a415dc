import { describe, expect, it } from 'vitest';
import { parseHypothesisId } from '../../../src/domain/investigation/hypothesis.ts';
import { readHypothesis, readTest } from '../../../src/domain/investigation/read-hypothesis.ts';

describe('what was typed after hypothesis', () => {
  it.each([
    ['payments limits us', { statement: 'payments limits us', disproof: '' }],
    [
      'payments limits us disproof: 429s stay level',
      { statement: 'payments limits us', disproof: '429s stay level' },
    ],
    ['a b wrong if: c d under:h2.1', { statement: 'a b', disproof: 'c d', parent: 'H2.1' }],
    [
      'a b strategy:Bisection method:RED disproof:"c d"',
      { statement: 'a b', disproof: 'c d', strategy: 'bisection', method: 'red' },
    ],
    [
      'under:H1 method:golden a b disproof:c d',
      { statement: 'a b', disproof: 'c d', parent: 'H1', method: 'golden-signals' },
    ],
    // What is no strategy stays a word of the sentence.
    ['our strategy: retry disproof: c d', { statement: 'our strategy: retry', disproof: 'c d' }],
  ])('%j', (text, read) => {
    expect(readHypothesis(text)).toEqual(read);
  });

  it.each([
    ['prom up expect:"it falls to 0"', { query: 'prom up', expected: 'it falls to 0' }],
    ['prom up{a="b"} expect: it falls to 0', { query: 'prom up{a="b"}', expected: 'it falls to 0' }],
    ['prom up since:5m expected:“fewer”', { query: 'prom up since:5m', expected: 'fewer' }],
    ['expect:"fewer" prom up', { query: 'prom up', expected: 'fewer' }],
    ['prom up', { query: 'prom up', expected: '' }],
    ['', { query: '', expected: '' }],
  ])('a test: %j', (text, read) => {
    expect(readTest(text)).toEqual(read);
  });

  it('ids in any case', () => {
    expect(['h2', 'H2.1', 'h2.10.3', 'hi', 'H', 'h2x'].map(parseHypothesisId)).toEqual([
      'H2',
      'H2.1',
      'H2.10.3',
      undefined,
      undefined,
      undefined,
    ]);
  });
});
