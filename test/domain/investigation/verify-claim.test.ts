import { describe, expect, it } from 'vitest';
import type { Command } from '../../../src/domain/command.ts';
import type { EvidenceNote } from '../../../src/domain/evidence-note.ts';
import { claimAt, postedClaims } from '../../../src/domain/investigation/posted-claims.ts';
import { lacking, picks, verified } from '../../../src/domain/investigation/verify-claim.ts';
import { at, given, note } from '../given.ts';

const E1 = note('E1', [41.2, 138]);
const EMPTY = note('E2', []);
const PART = note('E3', [7], { partial: 'the server stopped after 30 s' });
const ALL = [E1, EMPTY, PART];

function recorded(one: EvidenceNote): Command {
  return { type: 'record-evidence', evidence: () => one };
}

describe('the evidence that shows a claim is named later', () => {
  it.each([
    ['errors at 41.2 /s', E1, 'errors at 41.2 /s (E1)'],
    ['errors at 41.2 /s. All is slow.', E1, 'errors at 41.2 /s (E1). All is slow.'],
    ['errors at 41.2 /s.\n138 answers a second', E1, 'errors at 41.2 /s (E1).\n138 answers a second (E1)'],
    ['errors at 41.2 /s (E9)', E1, 'errors at 41.2 /s (E9) (E1)'],
    ['errors at 99 /s', E1, 'errors at 99 /s'],
    ['the cache is cold', E1, 'the cache is cold'],
    ['no 429 before 13:57', EMPTY, 'no 429 before 13:57 (E2)'],
    ['the cache is cold', EMPTY, 'the cache is cold'],
    ['all 7 pods restarted', PART, 'all 7 pods restarted'],
    ['7 pods restarted', PART, '7 pods restarted (E3)'],
    ['errors at 41.2 /s (E1)', PART, 'errors at 41.2 /s (E1)'],
  ])('%j by %o: %j', (text, by, after) => {
    expect(verified(text, by, ALL)).toBe(after);
  });

  it('a number that is picked is written into the sentence that lacks one', () => {
    expect(picks('payments limits us', E1).map(({ of, which, value }) => [of, which, value])).toEqual([
      ['code 500', 'last', 41.2],
      ['code 501', 'last', 138],
    ]);
    const text = verified('errors at 138 /s (E1). payments limits us.', E1, ALL, 0);
    expect(text).toBe('errors at 138 /s (E1). payments limits us (code 500: 41.2, E1).');
    expect(lacking(text, ALL)).toBeUndefined();
  });

  it('a part of an answer offers no number for “all” or “none”, and nothing found offers none', () => {
    expect(picks('all pods restarted', PART)).toEqual([]);
    expect(verified('all pods restarted', PART, ALL, 0)).toBe('all pods restarted');
    expect(picks('pods restarted', PART)).toHaveLength(1);
    expect(picks('the cache is cold', EMPTY)).toEqual([]);
  });

  it('the name of a series cannot speak for it', () => {
    const sly = note('E1', [], {
      empty: false,
      findings: [{ labels: { a: 'x (E9). none' }, last: { at: 1, value: '1234.5' } }],
    });
    expect(verified('it is slow', sly, [sly], 0)).toBe('it is slow (1235, E1)');
  });

  it('rows show their numbers', () => {
    const rows = note('E1', [], {
      empty: false,
      excerpt: { kind: 'rows', columns: ['region', 'errors'], rows: [['eu-west', 1204]] },
    });
    expect(picks('eu-west is hurt', rows)).toMatchObject([
      { of: 'eu-west errors', which: 'row', value: 1204 },
    ]);
    expect(verified('1,204 errors', rows, [rows])).toBe('1,204 errors (E1)');
  });
});

describe('verify', () => {
  const story = given(
    [1, recorded(E1)],
    [2, { type: 'claim', text: 'payments limits us' }],
    [3, { type: 'update', fields: { impact: '41.2 errors a second', doing: 'waiting' } }],
    [4, { type: 'mitigate' }],
  );

  it('changes a claim in place, once', () => {
    const verify: Command = { type: 'verify-claim', seq: 3, evidence: 'E1', pick: 0 };
    const after = story.and([5, verify]);
    expect(after.incident.claims[0]?.text).toBe('payments limits us (code 500: 41.2, E1)');
    expect(claimAt(after.incident, { seq: 3 })?.claim.verified).toBe(true);
    expect(after.refused(6, verify).rule).toBe('claim-verified');
  });

  it('fixes the field of an update', () => {
    const after = story.and([5, { type: 'verify-claim', seq: 4, field: 'impact', evidence: 'E1' }]);
    expect(after.incident.updates[0]?.fields).toEqual({
      impact: '41.2 errors a second (E1)',
      doing: 'waiting',
    });
  });

  it('shows the recovery that a mitigation claims', () => {
    const [mitigation] = postedClaims(story.incident);
    expect(mitigation).toMatchObject({ name: 'mitigation', claim: { verified: false } });
    const after = story.and([5, { type: 'verify-claim', seq: 5, evidence: 'E1', pick: 0 }]);
    expect(postedClaims(after.incident)[0]).toMatchObject({
      claim: { text: 'customers no longer hurt (code 500: 41.2, E1)', verified: true },
    });
    expect(after.incident.mitigatedAt).toBe(at(4));
  });

  it('changes a resolution that waits, and what it ends with', () => {
    const proposed = story.and([5, { type: 'resolve', text: 'retries halved' }]);
    const seq = proposed.incident.conclusion?.seq ?? 0;
    expect(postedClaims(proposed.incident)[0]).toMatchObject({ seq, name: 'resolution' });
    const after = proposed.and([6, { type: 'verify-claim', seq, evidence: 'E1', pick: 0 }]);
    const words = 'retries halved (code 500: 41.2, E1)';
    expect(after.incident.conclusion).toMatchObject({ text: words, evidence: ['E1'] });
    const over = after.and([7, { type: 'override', reason: 'nobody else is awake' }]);
    expect(over.incident.resolution).toBe(words);
    expect(over.incident.timeline.at(-1)?.event).toMatchObject({ text: words, evidence: ['E1'] });
    // It is one claim by then, said by the end.
    expect(postedClaims(over.incident).filter((one) => one.name === 'resolution')).toHaveLength(1);
    expect(postedClaims(over.incident)[0]?.claim.verified).toBe(true);
  });

  it('changes a resolution that is over, of this end and not of the one before', () => {
    const over = story.and([5, { type: 'override', reason: 'known', text: 'the pool was full' }]);
    const seq = over.incident.version;
    const verify: Command = { type: 'verify-claim', seq, evidence: 'E1', pick: 0 };
    const after = over.and([6, verify]);
    expect(after.incident.resolution).toBe('the pool was full (code 500: 41.2, E1)');
    expect(claimAt(after.incident, { seq })?.claim.verified).toBe(true);
    expect(after.refused(7, verify).rule).toBe('claim-verified');
    const again = over.and(
      [6, { type: 'reopen' }],
      [7, { type: 'override', reason: 'known', text: 'it was the cache' }],
      [8, verify],
    );
    expect(again.incident.resolution).toBe('it was the cache');
    expect(claimAt(again.incident, { seq })?.claim.text).toContain('E1');
  });

  it.each<[string, Command]>([
    ['evidence-too-weak', { type: 'verify-claim', seq: 3, evidence: 'E1' }],
    ['evidence-too-weak', { type: 'verify-claim', seq: 3, evidence: 'E1', pick: 9 }],
    ['no-such-evidence', { type: 'verify-claim', seq: 3, evidence: 'E7' }],
    ['no-such-claim', { type: 'verify-claim', seq: 2, evidence: 'E1' }],
    ['no-such-claim', { type: 'verify-claim', seq: 4, field: 'known', evidence: 'E1' }],
  ])('refuses %s: %o', (rule, command) => {
    expect(story.refused(6, command).rule).toBe(rule);
  });
});
