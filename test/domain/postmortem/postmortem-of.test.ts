import { describe, expect, it } from 'vitest';
import { incidentId } from '../../../src/domain/incident.ts';
import { postmortemOf } from '../../../src/domain/postmortem/postmortem-of.ts';
import { MINUTE } from '../../../src/domain/time.ts';
import { at, BO, KAI, LEA, story } from '../../blocks/sample.ts';
import { finished, MARA, SLO } from '../../blocks/sample-postmortem.ts';

const NOW = at('16:30');
const whole = postmortemOf(finished(), NOW, SLO);

describe('a finished incident', () => {
  it('says when and by whom it was acknowledged, and how long each phase took', () => {
    expect(whole).toMatchObject({
      incident: incidentId(42),
      draft: false,
      severity: 'P2',
      severityChanges: [{ was: 'P1', severity: 'P2', by: LEA, at: at('14:09') }],
    });
    expect(whole.times).toMatchObject({
      impactAt: at('13:58'),
      alertAt: at('14:03'),
      acknowledged: { at: at('14:07'), by: LEA },
      mitigatedAt: at('14:50'),
      resolvedAt: at('15:19'),
    });
    expect(whole.phases.map(({ phase, duration, open }) => [phase, duration / MINUTE, open])).toEqual([
      ['undetected', 9, false],
      ['investigating', 43, false],
      ['mitigated', 29, false],
    ]);
  });

  it('measures the impact against the error budget by the share that evidence shows', () => {
    expect(whole.impact.duration).toBe(52 * MINUTE);
    expect(whole.impact.claims.map(({ text, verified }) => [text, verified])).toEqual([
      ['23 % of checkouts fail (E1)', true],
    ]);
    expect(whole.impact.budget).toMatchObject({
      spent: Math.round(52 * MINUTE * 0.23),
      share: { value: 0.23 },
    });
    expect(whole.impact.budget?.budget).toBe(43.2 * MINUTE);
  });

  it('names as root cause what survived its disproof, was answered for and was judged', () => {
    expect(whole.rootCause).toMatchObject({
      kind: 'established',
      hypothesis: 'H2',
      statement: 'payments limits our calls',
      evidence: ['E3'],
      review: { kind: 'judged', by: MARA },
      resolution: { verified: false },
    });
  });

  it('says how it was noticed, what was ruled out by what, and which queries that stands on', () => {
    expect(whole.detection).toMatchObject({
      how: 'alert',
      by: LEA,
      afterImpact: 9 * MINUTE,
      afterAlert: 4 * MINUTE,
    });
    expect(whole.ruledOut).toEqual([
      {
        id: 'H1',
        statement: 'the 13:56 deploy broke it',
        state: 'disproved',
        evidence: ['E2'],
        at: at('14:15'),
        by: KAI,
        expected: 'no errors before 13:56',
      },
    ]);
    expect(whole.keyQueries.map(({ note, why }) => [note.id, why[0]])).toEqual([
      ['E1', 'shows the impact'],
      ['E2', 'disproved H1'],
      ['E3', 'H2 survived this test'],
    ]);
  });

  it('marks what nothing stands behind, and counts how the channel was kept informed', () => {
    expect(whole.unverified.map(({ where, text }) => [where, text])).toEqual([
      ['resolution', 'payments lowered our limit; our retries kept us at 4.2 (E3)'],
      ['known', 'payments changed their limits'],
    ]);
    expect(whole.overrides).toEqual([]);
    expect(whole.communication).toMatchObject({ kept: 2, of: 2, onTimeRate: 1, updates: 1, late: [] });
    expect(whole.observations.map(({ side, fact }) => `${side} ${fact}`)).toEqual([
      'well promises',
      'measured silence',
      'measured mitigated-after',
      'badly noticed-late',
      'measured first-query',
      'measured queries',
      'well ruled-out',
      'well reviewed',
      'badly unverified',
    ]);
  });
});

describe('what the timeline does not say is not said', () => {
  const bare = story([], { title: 'x', severity: 'P3', channel: 'C1', private: false });
  const open = postmortemOf(bare, at('14:37'));

  it('of an open incident: a draft, no end, no duration of the impact, no cause', () => {
    expect(open.draft).toBe(true);
    expect(open.impact).toEqual({ claims: [] });
    expect(open.times).toEqual({
      declaredAt: at('14:07'),
      declaredBy: LEA,
      acknowledged: { at: at('14:07'), by: LEA },
      leads: [],
    });
    expect(open.detection).toEqual({ how: 'person', by: LEA });
    expect(open.rootCause).toEqual({
      kind: 'not-established',
      because: [
        'no hypothesis survived the test that would have proved it wrong',
        'the five questions are not all answered with evidence',
        'it is not resolved yet',
      ],
    });
    expect(open.phases).toMatchObject([{ phase: 'investigating', open: true, duration: 30 * MINUTE }]);
  });

  it('keeps an override and its reason visible, and calls no cause established by it', () => {
    const overridden = story([
      [at('14:40'), LEA, { type: 'resolve', text: 'restarted it' }],
      [at('14:41'), LEA, { type: 'override', reason: 'nobody else is awake' }],
    ]);
    const after = postmortemOf(overridden, NOW);
    expect(after.overrides).toMatchObject([{ kind: 'overridden', by: LEA, reason: 'nobody else is awake' }]);
    expect(after.rootCause).toMatchObject({
      kind: 'not-established',
      best: { text: 'restarted it', from: 'the resolution' },
    });
    expect(after.rootCause.kind === 'not-established' && after.rootCause.because).toContain(
      'it was closed without a judge',
    );
    expect(after.phases.at(-1)).toMatchObject({ phase: 'investigating' });
  });

  it('takes a corrected time over the one that was said first', () => {
    const corrected = story([
      [at('14:40'), LEA, { type: 'mitigate' }],
      [at('14:45'), LEA, { type: 'mitigate', at: at('14:20') }],
    ]);
    expect(
      postmortemOf(corrected, at('15:00')).phases.map((one) => [one.phase, one.duration / MINUTE]),
    ).toEqual([
      ['undetected', 9],
      ['investigating', 13],
      ['mitigated', 40],
    ]);
  });

  it('shows a late update as late, a second lead as one, and the time until a reopening as none of its own', () => {
    const late = story([
      [at('14:50'), LEA, { type: 'update', fields: { known: 'nothing yet' } }],
      [at('14:51'), BO, { type: 'take-lead' }],
      [at('14:52'), BO, { type: 'cancel', reason: 'false alarm' }],
      [at('15:52'), BO, { type: 'reopen', reason: 'it is real' }],
    ]);
    const after = postmortemOf(late, at('16:00'));
    expect(after.communication).toMatchObject({
      kept: 0,
      of: 1,
      late: [{ dueAt: at('14:37'), at: at('14:50') }],
    });
    expect(after.times.leads).toEqual([{ at: at('14:51'), lead: BO, how: 'taken' }]);
    expect(after.phases.map((one) => one.duration / MINUTE)).toEqual([9, 45, 8]);
    expect(after.observations.map((one) => one.fact)).toContain('reopened');
  });
});
