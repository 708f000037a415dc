import { describe, expect, it } from 'vitest';
import type { Command } from '../../../src/domain/command.ts';
import { unprovenAnswers } from '../../../src/domain/decide/questions.ts';
import {
  QUESTIONS,
  type QuestionAnswer,
  type QuestionName,
} from '../../../src/domain/investigation/conclusion.ts';
import { openTests } from '../../../src/domain/investigation/interim.ts';
import { HOUR, MINUTE } from '../../../src/domain/time.ts';
import { at, given, note, type Step, type Story } from '../given.ts';

const asked: Command = {
  type: 'record-evidence',
  evidence: (id) => note(id, [41.2], { askedBy: 'KAI' }),
};
const PAYMENTS: Step = [
  1,
  { type: 'state-hypothesis', statement: 'payments limits us', disproof: '429s stay level' },
  'KAI',
];
const TESTED: readonly Step[] = [
  [2, { type: 'plan-test', hypothesis: 'H1', expected: 'fewer 429s' }, 'KAI'],
  [3, { ...asked, test: { hypothesis: 'H1', number: 1 } } as Command, 'KAI'],
  [4, { type: 'judge-hypothesis', hypothesis: 'H1', outcome: 'held' }, 'KAI'],
];
const CONCLUDED: Readonly<Record<'monitoring' | 'escalated' | 'stalled', Command>> = {
  monitoring: { type: 'conclude', as: 'monitoring', text: 'rolled back' },
  escalated: { type: 'conclude', as: 'escalated', to: 'MARA', text: 'the vendor has to look' },
  stalled: { type: 'conclude', as: 'stalled', lookAt: at(5) + 2 * HOUR, text: 'waiting for the vendor' },
};

const answers = (said: Partial<Record<QuestionName, string>>): readonly QuestionAnswer[] =>
  QUESTIONS.flatMap(({ name: question }): QuestionAnswer[] => {
    const one = said[question];
    if (one === undefined) return [];
    return [
      one === 'no' || one === 'unsure' ? { question, says: one } : { question, says: 'yes', evidence: one },
    ];
  });
const answer = (story: Story, said: Partial<Record<QuestionName, string>> = {}): Command => ({
  type: 'answer-interim',
  of: story.incident.interim?.seq ?? 0,
  answers: answers(said),
});
const left = (story: Story) => openTests(story.incident).map((one) => one.question);

describe.each(['monitoring', 'escalated', 'stalled'] as const)('concluded as %s', (as) => {
  const concluded = () => given(PAYMENTS, [5, CONCLUDED[as]]);

  it('takes effect at once, and its questions ask for nothing first', () => {
    const story = concluded();
    expect(story.incident.interim).toMatchObject({ as });
    expect(story.incident.interim).not.toHaveProperty('answers');
    expect(story.incident.phase).toBe(as === 'monitoring' ? 'mitigated' : 'investigating');
    expect(left(story)).toEqual([]);
  });

  it('takes a no as an answer: it stays open as it was, and the promise too', () => {
    const before = concluded();
    const story = before.and([7, answer(before, { mechanism: 'no', disproof: 'unsure' })]);
    expect(story.events.at(-1)?.event).toMatchObject({
      type: 'questions-answered',
      of: before.incident.interim?.seq,
      answers: QUESTIONS.map(({ name: question }) => ({
        question,
        says: question === 'mechanism' ? 'no' : 'unsure',
      })),
    });
    const { phase, promise } = before.incident;
    expect(story.incident).toMatchObject({ phase, promise });
    // What nobody answered is not sure, and all five are handed on.
    expect(left(story)).toEqual(QUESTIONS.map((one) => one.name));
    expect(openTests(story.incident)[1]).toEqual({
      question: 'disproof',
      brief: 'the disproof of H1',
      says: 'the disproof of the leading hypothesis: `H1 test prom … expect:"…"`',
    });
  });

  it('holds a yes to its evidence, whatever was said in words', () => {
    const story = given(
      PAYMENTS,
      [2, asked],
      [5, { ...CONCLUDED[as], text: 'everything is proven' } as Command],
    );
    expect(story.refused(7, answer(story, { disproof: 'E1' }))).toMatchObject({ rule: 'disproof-not-run' });
    expect(story.refused(7, answer(story, { mechanism: 'E9' })).rule).toBe('no-such-evidence');
    expect(story.incident.resolvedAt).toBeUndefined();
  });

  it('is not answered once it has moved on', () => {
    const before = concluded();
    const later = before.and([6, { type: 'conclude', as: 'stalled', lookAt: at(70) }]);
    expect(later.refused(7, answer(before)).rule).toBe('moved-on');
    const proposed = before.and([6, { type: 'resolve' }]);
    expect(proposed.incident).not.toHaveProperty('interim');
    expect(proposed.refused(7, answer(before))).toMatchObject({
      rule: 'moved-on',
      next: [{ command: 'INC-42 questions' }],
    });
  });
});

describe('what is still to test', () => {
  const stalled = (...steps: readonly Step[]) => {
    const story = given(PAYMENTS, ...steps, [5, CONCLUDED.stalled]);
    return story.and([6, answer(story, { mechanism: 'no', disproof: 'no' })]);
  };

  it('ends with the test that answers it, and not with what was known before', () => {
    const open = stalled();
    expect(left(open)).toContain('disproof');
    const tested = open.and(
      [7, { type: 'plan-test', hypothesis: 'H1', expected: 'fewer 429s' }, 'KAI'],
      [8, { ...asked, test: { hypothesis: 'H1', number: 1 } } as Command, 'KAI'],
      [9, { type: 'judge-hypothesis', hypothesis: 'H1', outcome: 'held' }, 'KAI'],
    );
    expect(left(tested)).toEqual(['assumptions', 'alternatives', 'counterfactual']);
    expect(left(stalled(...TESTED))).toContain('disproof');
  });

  it('is what a proposed end left open as well, and nothing once all five are yes', () => {
    const proposed = given(PAYMENTS, ...TESTED, [5, { type: 'resolve' }]);
    const five = (said: Partial<Record<QuestionName, string>>): Command => ({
      type: 'answer-questions',
      answers: answers({
        mechanism: 'E1',
        disproof: 'E1',
        assumptions: 'E1',
        alternatives: 'E1',
        counterfactual: 'E1',
        ...said,
      }),
      skipJudge: false,
    });
    expect(left(proposed.and([6, five({ alternatives: 'unsure' })]))).toEqual(['alternatives']);
    expect(left(proposed.and([6, five({})]))).toEqual([]);
  });
});

describe('concluding', () => {
  it('as monitoring mitigates, says both once, and promises what it is asked to', () => {
    const story = given([5, { type: 'conclude', as: 'monitoring', text: 'rolled back', next: 60 * MINUTE }]);
    expect(story.events.slice(-2).map(({ event }) => event)).toMatchObject([
      { type: 'mitigated', text: 'rolled back', dueAt: at(65) },
      { type: 'concluded', as: 'monitoring', mitigates: true },
    ]);
    expect(story.incident.interim?.said).toBe(2);
  });

  it('as monitoring after it was mitigated leaves the promise alone', () => {
    const mitigated = given([5, { type: 'mitigate' }]);
    const story = mitigated.and([9, { type: 'conclude', as: 'monitoring', text: 'watching' }]);
    expect(story.incident.promise).toEqual(mitigated.incident.promise);
    expect(story.incident.interim).toMatchObject({ as: 'monitoring', said: story.incident.version });
    expect(mitigated.refused(9, { type: 'conclude', as: 'monitoring', next: 60 * MINUTE }).message).toContain(
      '`update … next:1h`',
    );
  });

  it('otherwise than proposed takes the proposal back, and the reminders with it', () => {
    const story = given([5, { type: 'resolve' }], [7, CONCLUDED.escalated]);
    expect(story.incident).toMatchObject({ phase: 'mitigated', promise: { dueAt: at(37) } });
    expect(story.incident).not.toHaveProperty('conclusion');
    expect(story.events.at(-3)?.event).toMatchObject({ type: 'conclusion-returned', why: 'withdrawn' });
  });

  it('ends with the incident', () => {
    const story = given([5, CONCLUDED.stalled]);
    expect(story.and([6, { type: 'override', reason: 'nobody is awake' }]).incident).not.toHaveProperty(
      'interim',
    );
    expect(
      story.and([6, { type: 'override', reason: 'nobody is awake' }], [7, { type: 'reopen' }]).incident,
    ).not.toHaveProperty('interim');
    expect(story.refused(6, { type: 'answer-interim', of: 99, answers: [] }).rule).toBe('moved-on');
  });
});

it('a form hears which yes cannot stand, and why, before anything is lost', () => {
  const { incident } = given(PAYMENTS, [2, asked]);
  const wrong = unprovenAnswers(
    incident,
    answers({ mechanism: 'E1', disproof: 'E1', assumptions: 'E7', alternatives: 'no' }),
  );
  expect([...wrong.keys()]).toEqual(['disproof', 'assumptions']);
  expect(wrong.get('disproof')?.message).toContain('H1 is open, not supported');
});
