import { describe, expect, it } from 'vitest';
import { claims } from '../../src/domain/claim.ts';
import type { Command } from '../../src/domain/command.ts';
import { draftUpdate, sayEvidence } from '../../src/domain/draft-update.ts';
import { at, given, note } from './given.ts';

function found(values: readonly number[], minute: number): Command {
  return { type: 'record-evidence', evidence: (id) => note(id, values, { askedAt: at(minute) }) };
}

describe('the draft of the next update', () => {
  it('says nothing where nothing was recorded', () => {
    expect(draftUpdate(given().incident)).toEqual({});
  });

  it('is made of what was found, marked and noted since the last update', () => {
    const { incident } = given(
      [1, found([7], 1)],
      [2, { type: 'note', text: 'old note' }],
      [
        5,
        {
          type: 'update',
          fields: { impact: '23 % fail (E1)', known: 'deploy suspected', doing: 'rolling back' },
        },
      ],
      [6, found([41.23, 3], 6)],
      [
        7,
        {
          type: 'add-entry',
          message: { channel: 'C1', ts: '1' },
          text: 'rollback done\nlong story',
          author: 'KAI',
          writtenAt: at(7),
          how: 'reaction',
        },
      ],
      [8, { type: 'note', text: 'restarting pods' }],
    );
    expect(draftUpdate(incident)).toEqual({
      impact: '23 % fail (E1)',
      known: 'code 500: 41.2 (E2); rollback done',
      doing: 'restarting pods',
    });
  });

  it('repeats what was known where nothing is new', () => {
    const { incident } = given([
      5,
      { type: 'update', fields: { known: 'deploy suspected', doing: 'rolling back' } },
    ]);
    expect(draftUpdate(incident)).toEqual({ known: 'deploy suspected', doing: 'rolling back' });
  });

  it('never offers an evidence, entry or note of before the last update as news', () => {
    const { incident } = given(
      [1, found([7], 1)],
      [2, { type: 'note', text: 'old note' }],
      [5, { type: 'update', fields: { known: 'x' } }],
    );
    expect(draftUpdate(incident)).toEqual({ known: 'x' });
  });
});

describe('a sentence about an evidence', () => {
  const cases: readonly (readonly number[])[] = [
    [41.23],
    [0.000123],
    [1234567.89],
    [0.2304, 0.1],
    [-4.567],
    [0],
    [12],
    [1e21],
    [1e-9],
    [123456],
    [0.9999],
  ];
  it.each(cases.map((values) => [values]))('about %j verifies against it', (values) => {
    const evidence = note('E1', values);
    expect(claims(sayEvidence(evidence), [evidence])).toMatchObject({ evidence: ['E1'], verified: true });
  });

  it('about nothing found verifies as absence', () => {
    const evidence = note('E1', []);
    expect(sayEvidence(evidence)).toMatch(/^no rows for .*\(E1\)$/);
    expect(claims(sayEvidence(evidence), [evidence]).verified).toBe(true);
  });

  it('names the evidence that a query’s text could be taken for, and no other', () => {
    const evidence = note('E1', [], { query: 'topk(5, E7_total)' });
    expect(claims(sayEvidence(evidence), [evidence]).unknown).toEqual([]);
  });

  it('shows NaN and infinity as they are, unverified', () => {
    const evidence = note('E1', [Number.POSITIVE_INFINITY]);
    expect(sayEvidence(evidence)).toContain('Infinity');
    expect(claims(sayEvidence(evidence), [evidence]).verified).toBe(false);
  });
});
