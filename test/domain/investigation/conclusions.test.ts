import { describe, expect, it } from 'vitest';
import type { Command } from '../../../src/domain/command.ts';
import type { EvidenceNote } from '../../../src/domain/evidence-note.ts';
import {
  CHECKS,
  knownAnswers,
  QUESTIONS,
  type QuestionAnswer,
  type QuestionName,
} from '../../../src/domain/investigation/conclusion.ts';
import { DAY, HOUR, MINUTE } from '../../../src/domain/time.ts';
import { at, given, note, type Step, T0 } from '../given.ts';

const asked = (more: Partial<EvidenceNote> = {}): Command => ({
  type: 'record-evidence',
  evidence: (id) => note(id, [41.2], { ...more, askedBy: 'KAI' }),
});
/** A cause that survived its disproof: E1 is the test. */
const SUPPORTED: readonly Step[] = [
  [1, { type: 'state-hypothesis', statement: 'payments limits us', disproof: '429s stay level' }, 'KAI'],
  [2, { type: 'plan-test', hypothesis: 'H1', expected: 'fewer 429s' }, 'KAI'],
  [3, { ...asked(), test: { hypothesis: 'H1', number: 1 } } as Command, 'KAI'],
  [4, { type: 'judge-hypothesis', hypothesis: 'H1', outcome: 'held' }, 'KAI'],
];
const PROPOSED: readonly Step[] = [
  ...SUPPORTED,
  [5, { type: 'resolve', text: 'payments raised our limit' }, 'LEA'],
];

function answers(
  other: Partial<Record<QuestionName, 'no' | 'unsure' | string>> = {},
): readonly QuestionAnswer[] {
  return QUESTIONS.map(({ name: question }): QuestionAnswer => {
    const said = other[question] ?? 'E1';
    return said === 'no' || said === 'unsure'
      ? { question, says: said }
      : { question, says: 'yes', evidence: said };
  });
}
const answer = (
  other: Parameters<typeof answers>[0] = {},
  more: { skipJudge?: boolean; judge?: string } = { judge: 'MARA' },
): Command => ({ type: 'answer-questions', answers: answers(other), skipJudge: false, ...more });
const judge = (gaps: readonly string[] = [], because = 'the query shows it'): Command => ({
  type: 'judge',
  verdicts: CHECKS.map(({ name }) => ({
    check: name,
    solid: !gaps.includes(name),
    because: gaps.includes(name) ? 'nobody looked at us-east' : because,
  })),
});

describe('resolve proposes the end', () => {
  it('takes effect on the cadence at once, and is over only when it is concluded', () => {
    const { incident } = given(...PROPOSED);
    expect(incident).toMatchObject({
      phase: 'mitigated',
      mitigatedAt: at(5),
      conclusion: { stage: 'questions', proposedBy: 'LEA', text: 'payments raised our limit' },
    });
    expect(incident.promise).toBeUndefined();
    expect(incident.resolvedAt).toBeUndefined();
  });

  it('takes other words, and refuses to be proposed again without any', () => {
    const story = given(...PROPOSED);
    expect(story.refused(6, { type: 'resolve' }).rule).toBe('conclusion-pending');
    expect(story.and([6, { type: 'resolve', text: 'other' }]).incident.conclusion?.text).toBe('other');
    expect(story.and([6, { type: 'reopen' }]).incident).toMatchObject({ phase: 'investigating' });
    expect(story.and([6, { type: 'reopen' }]).incident).not.toHaveProperty('conclusion');
  });

  it('that nobody answers gives the promise back', () => {
    const story = given(...PROPOSED);
    const late: Command = {
      type: 'conclusion-late',
      proposal: story.incident.conclusion?.seq ?? 0,
      zone: 'UTC',
    };
    expect(story.when(19, late)).toEqual([]);
    const back = story.and([20, late, 'steady']);
    expect(back.incident).toMatchObject({ phase: 'mitigated', promise: { dueAt: at(50) } });
    expect(back.incident).not.toHaveProperty('conclusion');
    expect(back.when(21, late)).toEqual([]);
  });
});

describe('the five questions', () => {
  it.each(QUESTIONS.flatMap(({ name }) => (['no', 'unsure'] as const).map((says) => [name, says] as const)))(
    '%s answered %s keeps it open and says which test is missing',
    (name, says) => {
      const story = given(...PROPOSED).and([6, answer({ [name]: says })]);
      expect(story.events.at(-1)?.event).toMatchObject({
        type: 'conclusion-returned',
        why: 'questions',
        missing: [expect.stringContaining(QUESTIONS.find((one) => one.name === name)?.missing ?? '')],
      });
      expect(story.incident.phase).toBe('mitigated');
      expect(story.incident.promise?.dueAt).toBe(at(36));
    },
  );

  it('one that is left out counts as not sure', () => {
    const story = given(...PROPOSED).and([6, { type: 'answer-questions', answers: [], skipJudge: true }]);
    expect(story.events.at(-1)?.event).toMatchObject({
      missing: QUESTIONS.map((one) => expect.stringContaining(one.missing)),
    });
  });

  it('the missing disproof names the hypothesis that is asked about, or how to state one', () => {
    const missing = (...steps: readonly Step[]) =>
      given(...steps)
        .and([6, answer({ disproof: 'no' })])
        .events.flatMap(({ event }) => (event.type === 'conclusion-returned' ? event.missing : []));
    expect(missing(...PROPOSED)).toEqual([
      'the disproof of the leading hypothesis: `H1 test prom … expect:"…"`',
    ]);
    expect(missing([1, asked(), 'KAI'], [2, { type: 'resolve' }])).toEqual([
      'the disproof of the leading hypothesis: `hypothesis … disproof:…` states one',
    ]);
  });

  it('that the disproof was tested is read from the hypothesis, not from words', () => {
    const bare = given([1, asked(), 'KAI'], [2, { type: 'resolve' }]);
    expect(bare.refused(3, answer())).toMatchObject({
      rule: 'disproof-not-run',
      next: [{ command: 'hypothesis' }],
    });
    const open = given(
      [1, asked(), 'KAI'],
      [2, { type: 'state-hypothesis', statement: 'x is y', disproof: 'z is up' }],
      [3, { type: 'resolve' }],
    );
    expect(open.refused(4, answer()).message).toContain('H1 is open, not supported');
    const other = given(...SUPPORTED, [5, asked(), 'KAI'], [6, { type: 'resolve' }]);
    expect(other.refused(7, answer({ disproof: 'E2' })).message).toContain(
      'E2 is not the test that H1 survived; E1 is',
    );
  });

  it('evidence has to be there, and a part never shows all', () => {
    expect(given(...PROPOSED).refused(6, answer({ mechanism: 'E9' })).rule).toBe('no-such-evidence');
    const part = given(...SUPPORTED, [5, asked({ partial: 'it stopped' }), 'KAI'], [6, { type: 'resolve' }]);
    expect(part.refused(7, answer({ alternatives: 'E2' })).rule).toBe('evidence-too-weak');
    expect(part.when(7, answer({ mechanism: 'E2' }))).toHaveLength(2);
  });

  it('need a proposal', () => {
    expect(given(...SUPPORTED).refused(6, answer()).rule).toBe('not-proposed');
  });

  it('begin with what the timeline answers', () => {
    expect(knownAnswers(given(...PROPOSED).incident)).toEqual([
      { question: 'mechanism', says: 'yes', evidence: 'E1' },
      { question: 'disproof', says: 'yes', evidence: 'E1' },
    ]);
    expect(knownAnswers(given([1, asked()]).incident)).toEqual([]);
  });
});

describe('the judge', () => {
  const waiting = () => given(...PROPOSED).and([6, answer()]);

  it('is asked, and closes it when everything is solid', () => {
    expect(waiting().incident.conclusion).toMatchObject({ stage: 'judge', judge: 'MARA', judgeBy: at(21) });
    expect(waiting().incident.phase).toBe('mitigated');
    const { incident } = waiting().and([8, judge(), 'MARA']);
    expect(incident).toMatchObject({
      phase: 'resolved',
      resolvedAt: at(5),
      resolution: 'payments raised our limit',
      review: { kind: 'judged', by: 'MARA' },
    });
    expect(incident).not.toHaveProperty('conclusion');
  });

  it.each(CHECKS.map((one) => one.name))('a gap in %s reopens it', (name) => {
    const story = waiting().and([8, judge([name]), 'MARA']);
    expect(story.events.at(-1)?.event).toMatchObject({
      type: 'conclusion-returned',
      why: 'gaps',
      missing: ['nobody looked at us-east'],
    });
    expect(story.incident).toMatchObject({ phase: 'mitigated', promise: { dueAt: at(38) } });
  });

  it.each([
    ['LEA', 'leads the incident'],
    ['KAI', 'asked for some of its evidence'],
  ])('%s may not: %s', (person, why) => {
    expect(waiting().refused(8, judge(), person).message).toContain(why);
    expect(waiting().refused(8, { type: 'ask-judge', to: person }).message).toContain(why);
    // Nor is such a person asked, whoever proposes them.
    expect(given(...PROPOSED).and([6, answer({}, { judge: person })]).incident.conclusion).not.toHaveProperty(
      'judge',
    );
  });

  it('nor who proposed it, nor who stated the cause', () => {
    const story = given(
      ...SUPPORTED,
      [5, { type: 'give-lead', to: 'BO' }],
      [6, { type: 'resolve' }, 'LEA'],
      [7, answer()],
    );
    expect(story.refused(8, judge(), 'LEA').message).toContain('proposed the conclusion');
    const stated = given(
      [1, { type: 'state-hypothesis', statement: 'payments limits us', disproof: '429s stay level' }, 'BO'],
      [2, { type: 'plan-test', hypothesis: 'H1', expected: 'fewer 429s' }, 'KAI'],
      [3, { ...asked(), test: { hypothesis: 'H1', number: 1 } } as Command, 'KAI'],
      [4, { type: 'judge-hypothesis', hypothesis: 'H1', outcome: 'held' }, 'KAI'],
      [5, { type: 'resolve' }],
      [6, answer()],
    );
    expect(stated.refused(8, judge(), 'BO').message).toContain('stated H1');
  });

  it('says all four in words', () => {
    expect(waiting().refused(8, { type: 'judge', verdicts: [] }, 'MARA').rule).toBe('verdict-incomplete');
    expect(waiting().refused(8, judge([], 'n/a'), 'MARA').rule).toBe('verdict-incomplete');
  });

  it('comes after the questions', () => {
    expect(given(...PROPOSED).refused(6, judge(), 'MARA').rule).toBe('nothing-to-judge');
    expect(given(...PROPOSED).refused(6, { type: 'ask-judge', to: 'MARA' }).rule).toBe('questions-first');
  });

  it('who does not come in time leaves it unreviewed, visibly, to be reviewed the next working day', () => {
    const story = waiting();
    const late: Command = {
      type: 'conclusion-late',
      proposal: story.incident.conclusion?.seq ?? 0,
      zone: 'UTC',
    };
    expect(story.when(20, late)).toEqual([]);
    const over = story.and([21, late, 'steady']);
    expect(over.incident).toMatchObject({
      phase: 'resolved',
      review: { kind: 'unreviewed', asked: 'MARA', dueAt: at(21) + DAY },
    });
    expect(over.and([99, judge(), 'MARA']).incident.review).toMatchObject({ kind: 'judged', by: 'MARA' });
    expect(over.refused(99, judge(), 'KAI').rule).toBe('not-independent');
    expect(over.and([99, judge(), 'MARA']).refused(100, judge(), 'BO').rule).toBe('judged-already');
  });

  it('another one who is asked has the whole time again', () => {
    const story = waiting().and([20, { type: 'ask-judge', to: 'BO' }]);
    expect(story.incident.conclusion).toMatchObject({ judge: 'BO', judgeBy: at(35) });
    const late: Command = {
      type: 'conclusion-late',
      proposal: story.incident.conclusion?.seq ?? 0,
      zone: 'UTC',
    };
    expect(story.when(21, late)).toEqual([]);
    expect(story.when(35, late)).toHaveLength(1);
  });

  it('is left out where the configuration says so', () => {
    const { incident } = given(...PROPOSED).and([6, answer({}, { skipJudge: true })]);
    expect(incident).toMatchObject({ phase: 'resolved', review: { kind: 'skipped' } });
  });

  it.each([
    // at(21) is Monday, 14:21 UTC: 6:21 in Los Angeles, 23:21 in Tokyo.
    ['UTC', at(21) + DAY],
    ['Europe/Berlin', at(21) + DAY],
    ['America/Los_Angeles', Date.UTC(2026, 0, 6, 17)],
    ['Asia/Tokyo', Date.UTC(2026, 0, 6, 0)],
    ['Pacific/Kiritimati', Date.UTC(2026, 0, 6, 19)],
  ])('owes the review the next working day in %s, in working hours', (zone, dueAt) => {
    const story = waiting();
    const proposal = story.incident.conclusion?.seq ?? 0;
    const over = story.and([21, { type: 'conclusion-late', proposal, zone }, 'steady']);
    expect(over.incident.review).toMatchObject({ kind: 'unreviewed', dueAt });
  });

  it.each([
    // Minutes from T0 to Friday, 22:00 UTC: still Friday in Los Angeles, Saturday in Tokyo and Auckland.
    ['America/Los_Angeles', Date.UTC(2026, 0, 12, 22)],
    ['UTC', Date.UTC(2026, 0, 12, 9)],
    ['Asia/Tokyo', Date.UTC(2026, 0, 12, 0)],
    ['Pacific/Auckland', Date.UTC(2026, 0, 11, 22)],
  ])('owes it after the weekend that it is in %s', (zone, dueAt) => {
    const friday = (Date.UTC(2026, 0, 9, 22) - T0) / MINUTE;
    const story = waiting();
    const proposal = story.incident.conclusion?.seq ?? 0;
    const over = story.and([friday, { type: 'conclusion-late', proposal, zone }, 'steady']);
    expect(over.incident.review).toMatchObject({ kind: 'unreviewed', dueAt });
  });
});

describe('an override', () => {
  it('ends it with a reason that stays', () => {
    const { incident } = given(...PROPOSED).and([6, { type: 'override', reason: 'nobody is awake' }]);
    expect(incident).toMatchObject({
      phase: 'resolved',
      resolution: 'payments raised our limit',
      review: { kind: 'overridden', by: 'LEA', reason: 'nobody is awake' },
    });
  });

  it.each(['', ' ', 'none', 'n/a', '…'])('needs a reason, and %j is none', (reason) => {
    expect(given(...PROPOSED).refused(6, { type: 'override', reason }).rule).toBe('reason-needed');
  });
});

describe('escalated and stalled', () => {
  it('keep phase and cadence, and need a new owner or a time to look again', () => {
    expect(given().refused(5, { type: 'conclude', as: 'stalled' }).rule).toBe('owner-needed');
    expect(given().refused(5, { type: 'conclude', as: 'escalated' }).rule).toBe('owner-needed');
    const stalled = given([5, { type: 'conclude', as: 'stalled', lookAt: at(5) + 2 * HOUR }]);
    expect(stalled.incident).toMatchObject({ phase: 'investigating', promise: { dueAt: at(30) } });
    const escalated = given([5, { type: 'conclude', as: 'escalated', to: 'MARA' }]);
    // Only she can accept it.
    expect(escalated.incident).toMatchObject({ lead: 'LEA', offer: { to: 'MARA', role: 'lead' } });
    expect(given().refused(5, { type: 'conclude', as: 'escalated', to: 'LEA' }).rule).toBe('leads-already');
    expect(given().refused(5, { type: 'conclude', as: 'stalled', lookAt: at(4) }).rule).toBe(
      'promise-length',
    );
  });
});
