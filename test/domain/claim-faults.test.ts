import { describe, expect, it } from 'vitest';
import { claims } from '../../src/domain/claim.ts';
import { type ClaimFault, claimFaults } from '../../src/domain/claim-faults.ts';
import { note } from './given.ts';

const E1 = note('E1', [41.2], {
  findings: [{ labels: { service: 'payments', code: '429' }, last: { at: 1, value: '41.2' } }],
});
const EMPTY = note('E2', []);
const PART = note('E3', [7], { partial: 'the server stopped after 30 s' });

function kinds(text: string): readonly (readonly [ClaimFault['kind'], string])[] {
  return claimFaults(text, [E1, EMPTY, PART]).map((one) => [one.kind, one.id]);
}

describe('what is wrong with the evidence that a claim names', () => {
  it.each<[string, ReturnType<typeof kinds>]>([
    ['payments answers at 41.2 /s E1', []],
    ['payments is slow (E1)', []],
    ['429s everywhere (E1)', []],
    ['it is the cache (E1)', [['shows-none', 'E1']]],
    ['99 /s lost (E1)', [['shows-none', 'E1']]],
    ['nothing was there (E2)', []],
    ['payments fails (E2)', [['cannot-carry', 'E2']]],
    ['all pods restarted (E3)', [['cannot-carry', 'E3']]],
    ['7 pods restarted (E3)', []],
    ['41.2 /s (E1, E9)', [['unknown-evidence', 'E9']]],
    ['the cache is cold', []],
    ['the cache is cold E1. payments is at 41.2 /s E1', []],
  ])('%s: %j', (text, faults) => {
    expect(kinds(text)).toEqual(faults);
  });

  it.each([
    '41.2 /s INC-41 E1',
    '41.2 /s (INC-41: E1)',
    "41.2 /s as INC-41's E1 says",
    '41.2 /s (E1 of INC-41)',
  ])('another incident’s evidence is none of this one: %s', (text) => {
    expect(claims(text, [E1])).toMatchObject({ evidence: [], verified: false });
    expect(claimFaults(text, [E1])).toEqual([{ kind: 'other-incident', id: 'E1', incident: 41 }]);
  });

  it('a list after another incident is all of it', () => {
    expect(claimFaults('as in INC-41 (E1, E2 and E3)', [E1, EMPTY, PART])).toHaveLength(3);
  });
});
