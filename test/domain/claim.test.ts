import { describe, expect, it } from 'vitest';
import { claims, sentences, shows } from '../../src/domain/claim.ts';
import { note } from './given.ts';

describe('a number that the evidence shows', () => {
  const cases: readonly [text: string, values: readonly number[], verified: boolean, unit?: string][] = [
    ['500s at 41.2 /s (E1)', [41.23], true],
    ['500s at 41.2 /s (E1)', [41.26], false],
    ['500s at 41 /s (E1)', [41.49], true],
    ['500s at 41 /s (E1)', [41.51], false],
    ['500s at 41.20 /s (E1)', [41.23], false],
    ['1,204 orders lost (E1)', [1204], true],
    ['1,204 orders lost (E1)', [1.204], false],
    ['1,204,300 orders lost (E1)', [1204300], true],
    ['1.204 s (E1)', [1.204], true],
    ['41,2 per second (E1)', [41.23], true],
    ['41,2 per second (E1)', [412], false],
    ['-3 degrees (E1)', [-3], true],
    ['errors at 0 (E1)', [0], true],
    ['errors at 0 (E1)', [0.3], false],
    ['errors at 0.0 (E1)', [0.04], false],
    ['23 % of checkouts fail (E1)', [0.2304], true],
    ['23% of checkouts fail (E1)', [23.04], true],
    ['23.0 percent fail (E1)', [0.2304], true],
    ['23.1 % fail (E1)', [0.2304], false],
    ['23 checkouts fail (E1)', [0.2304], false],
    ['1 % of checkouts fail (E1)', [1], false],
    ['1 % of checkouts fail (E1)', [1], true, 'percent'],
    ['100 % of checkouts fail (E1)', [1], true],
    ['latency is 1.25s (E1)', [1], false],
    ['at 14:20 it rose (E1)', [14], false],
    ['at 14:20 it rose (E1)', [20], false],
    ['since 2026-11-23 (E1)', [2026], false],
    ['since 23/11/2026 (E1)', [23], false],
    ['deploy v2.3.45 (E1)', [2.3], false],
    ['deploy 2.3.45-rc1 (E1)', [2.3], false],
    ['host 10.0.0.1 (E1)', [10], false],
    ['E5 and E1', [5], false],
    ['INC-42 again (E1)', [42], false],
    ['this is a P1 (E1)', [1], false],
    ['pod checkout-7f9 (E1)', [7], false],
    ['3-5 pods (E1)', [3], false],
    ['5m of it (E1)', [5], false],
    ['it is bad (E1)', [41.2], false],
    ['NaN (E1)', [Number.NaN], false],
    ['429 to 61 % of calls (E1)', [0.6149], true],
  ];

  it.each(cases)('%s with %j: %s', (text, values, verified, unit) => {
    const evidence = [note('E1', values, unit === undefined ? {} : { unit })];
    expect(claims(text, evidence)).toMatchObject({ evidence: ['E1'], verified });
  });

  it('may be the last, the highest or the lowest of any series', () => {
    const at = 1;
    const evidence = note('E1', [1], {
      findings: [
        { labels: {}, last: { at, value: '5' }, max: { at, value: '44' }, min: { at, value: '0.1' } },
        { labels: {}, last: { at, value: '138' } },
      ],
    });
    for (const text of ['5 /s', '44 /s', '0.1 /s', '138 /s']) expect(shows(evidence, text)).toBe(true);
    expect(shows(evidence, '6 /s')).toBe(false);
  });
});

describe('nothing found', () => {
  const empty = note('E1', []);
  it.each([
    ['no 429 before 13:57', true],
    ['429s are absent', true],
    ['0 errors', true],
    ['nothing in the log', true],
    ['checkout fails', false],
    ['41 errors', false],
    ['0.5 % of checkouts fail', false],
    ['10.0 errors a second', false],
    ['pod-0 restarted', false],
  ])('%s: %s', (text, supported) => {
    expect(claims(`${text} (E1)`, [empty]).verified).toBe(supported);
  });

  it('supports nothing where the answer was partial', () => {
    expect(claims('no 429 (E1)', [note('E1', [], { partial: 'stopped after 30 s' })]).verified).toBe(false);
  });
});

describe('a partial answer', () => {
  const partial = note('E1', [41.2], { partial: 'stopped after 30 s' });
  it.each([
    ['500s at 41.2 /s', true],
    ['all 41.2 fail', false],
    ['41.2 /s and no other errors', false],
    ['every pod shows 41.2', false],
    ['41.2 /s, nothing else', false],
    ['41.2 /s, zero elsewhere', false],
    ['41.2 /s, 0 elsewhere', false],
    ['41.2 /s without exception', false],
    ['41.2 /s, 100 % of calls', false],
    ['only 41.2 /s', false],
  ])('%s: %s', (text, supported) => {
    expect(claims(`${text} (E1)`, [partial]).verified).toBe(supported);
  });
});

describe('which evidence is named', () => {
  it('once each, in order, told from the unknown', () => {
    const evidence = [note('E1', [1]), note('E2', [2])];
    expect(claims('E2, E1, E02 and E7: 2 of them', evidence)).toEqual({
      text: 'E2, E1, E02 and E7: 2 of them',
      evidence: ['E2', 'E1'],
      unknown: ['E7'],
      verified: true,
    });
  });

  it('a number of an evidence that is not named verifies nothing', () => {
    const evidence = [note('E1', [41.2]), note('E2', [7])];
    expect(claims('41.2 /s (E2)', evidence).verified).toBe(false);
    expect(claims('41.2 /s', evidence).verified).toBe(false);
    expect(claims('41.2 /s (E9)', evidence)).toMatchObject({ verified: false, unknown: ['E9'] });
  });
});

describe('a text of several sentences', () => {
  const evidence = [note('E1', [41.2]), note('E2', [7])];
  const one = '500s at 41.2 /s (E1)';

  it.each([
    [`${one}.`, true],
    [`${one}. It is the database.`, false],
    [`It is the database. ${one}`, false],
    [`It is the database; ${one}`, false],
    [`It is the database\n${one}`, false],
    // Without a capital letter it is a sentence all the same.
    [`${one}. the database is down`, false],
    [`${one}; 7 pods restarted (E2)`, true],
    [`${one}; 7 pods restarted`, false],
    [`${one}; 8 pods restarted (E2)`, false],
    ['500s at 41.2 /s. (E1)', true],
    ['500s at 41.2 /s vs. 0.1 before (E1)', true],
    ['', false],
    ['(E1)', false],
  ])('%j is verified: %j', (text, verified) => {
    expect(claims(text, evidence).verified).toBe(verified);
  });

  it('is parted at periods, semicolons and new lines, never inside a number', () => {
    expect(sentences('a 1.5 b. c; d\ne? (E1) f')).toEqual(['a 1.5 b.', 'c;', 'd', 'e?', '(E1) f']);
  });
});
