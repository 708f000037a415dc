import { describe, expect, it } from 'vitest';
import { claims } from '../../src/domain/claim.ts';
import { hintsFor, readUpdate, sameUpdate, showUpdate, type UpdateFields } from '../../src/domain/update.ts';
import { note } from './given.ts';

describe('reading what was typed', () => {
  const cases: readonly [string, UpdateFields][] = [
    ['payments answers 429', { known: 'payments answers 429' }],
    [
      'impact: 23 % fail (E1) known: payments 429 doing: halving retries',
      { impact: '23 % fail (E1)', known: 'payments 429', doing: 'halving retries' },
    ],
    ['doing: x; impact: y', { doing: 'x', impact: 'y' }],
    ['Impact: all regions\nDoing: waiting', { impact: 'all regions', doing: 'waiting' }],
    ['429s rise. Doing: halving', { known: '429s rise.', doing: 'halving' }],
    ['what we know: a next step: b', { known: 'a', doing: 'b' }],
    ['known: a known: b', { known: 'a; b' }],
    ['first, known: second', { known: 'first; second' }],
    ['impact:', {}],
    ['   ', {}],
    ['the impact is bad', { known: 'the impact is bad' }],
    ['see https://x/impact:1', { known: 'see https://x/impact:1' }],
    ['undoing: nothing', { known: 'undoing: nothing' }],
  ];
  it.each(cases)('%j', (text, fields) => {
    expect(readUpdate(text)).toEqual(fields);
  });
});

it('labels by field: claims carry their evidence, doing never', () => {
  const shown = showUpdate({ impact: '41.2 /s (E1)', known: '9 /s', doing: 'restart 9 pods' }, [
    note('E1', [41.2]),
  ]);
  expect(shown).toMatchObject({
    impact: { verified: true, evidence: ['E1'] },
    known: { verified: false, evidence: [] },
    doing: 'restart 9 pods',
  });
});

it('two updates are the same but for case, blanks and punctuation', () => {
  expect(sameUpdate({ known: 'A  b!' }, { known: 'a b' })).toBe(true);
  expect(sameUpdate({ known: 'a b' }, { known: 'a b', doing: 'c' })).toBe(false);
  expect(sameUpdate({ known: '23 %' }, { known: '24 %' })).toBe(false);
  expect(sameUpdate({ impact: 'a' }, { known: 'a' })).toBe(false);
});

describe('hints', () => {
  it('none for an update that says everything', () => {
    const fields = { impact: '41.2 /s fail (E1)', known: 'payments at 41.2 (E1)', doing: 'halving retries' };
    expect(hintsFor(fields, [note('E1', [41.2])])).toEqual([]);
  });

  it('name what is missing, unverified, unknown and vague, with the number of the newest evidence', () => {
    const fields = { known: 'some calls fail', impact: '9 % (E9)' };
    expect(hintsFor(fields, [note('E1', [1]), note('E2', [0.61]), note('E3', [])])).toEqual([
      { kind: 'doing-missing' },
      { kind: 'unknown-evidence', field: 'impact', id: 'E9' },
      { kind: 'unverified', field: 'known' },
      { kind: 'vague', field: 'known', word: 'some', offer: { evidence: 'E2', value: '0.61' } },
    ]);
    expect(hintsFor({ doing: 'x', known: 'recently' }, [])).toEqual([
      { kind: 'impact-missing' },
      { kind: 'unverified', field: 'known' },
      { kind: 'vague', field: 'known', word: 'recently' },
    ]);
  });

  it('offer a number that verifies where it is taken', () => {
    for (const value of [0.000123456, 0.61234, 41.26, 138.4, 1_234.5, 48_211, 1_234_567]) {
      const evidence = [note('E1', [value])];
      const hints = hintsFor({ impact: 'some calls fail', doing: 'x', known: 'y' }, evidence);
      const offer = hints.flatMap((one) => (one.kind === 'vague' && one.offer ? [one.offer] : []))[0];
      const impact = `${offer?.value} calls fail (${offer?.evidence})`;
      expect([impact, claims(impact, evidence).verified]).toEqual([impact, true]);
    }
  });

  it('warn of a guessed time of recovery, wherever it stands', () => {
    const eta = (doing: string) => hintsFor({ impact: '1 (E1)', doing }, [note('E1', [1])]);
    expect(eta('fixed in 10 minutes')).toEqual([{ kind: 'guessed-eta', words: 'fixed in 10 minutes' }]);
    expect(eta('back by 15:00')).toMatchObject([{ kind: 'guessed-eta' }]);
    expect(eta('rolling back in eu-west')).toEqual([]);
  });

  it('vague words in doing are nobody’s business', () => {
    expect(hintsFor({ impact: '1 (E1)', doing: 'restart some pods soon' }, [note('E1', [1])])).toEqual([]);
  });
});
