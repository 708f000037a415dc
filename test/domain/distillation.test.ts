import { describe, expect, it } from 'vitest';
import type { Command } from '../../src/domain/command.ts';
import { type LessonChoice, owesDistillation } from '../../src/domain/distillation.ts';
import { given, type Step } from './given.ts';

const CHOICE: LessonChoice = { keep: [{ id: 'incident' }], out: ['fact/H1'], audience: 'team' };
const draft = (choice: Partial<LessonChoice> = {}): Command => ({
  type: 'draft-distillation',
  choice: { ...CHOICE, ...choice },
});
const settle: Command = {
  type: 'settle-distillation',
  entries: [{ shelf: 'org/acme', kind: 'incidents', key: 'INC-42 checkout 500s' }],
};
const OVER: Step = [9, { type: 'override', reason: 'nobody is awake' }];

describe('what an incident taught', () => {
  it('is chosen before the end, and saved only once it is over', () => {
    const chosen = given([5, draft()]);
    expect(chosen.incident.distillation).toMatchObject({ state: 'drafted', by: 'LEA', choice: CHOICE });
    expect(chosen.when(6, settle)).toEqual([]);
    const kept = chosen.and(OVER, [10, settle]);
    expect(kept.incident.distillation).toMatchObject({ state: 'kept', entries: [{ kind: 'incidents' }] });
    // Once, whatever asks again.
    expect(kept.when(11, settle)).toEqual([]);
    expect(kept.refused(11, draft()).rule).toBe('distilled-already');
  });

  it('may be nothing, with a reason that stays', () => {
    const none = { keep: [], out: ['incident'] };
    for (const reason of ['', ' ', 'none', 'n/a'])
      expect(given().refused(5, draft({ ...none, reason })).rule).toBe('reason-needed');
    const story = given([5, draft({ ...none, reason: 'known since May' })], OVER, [10, settle]);
    expect(story.events.at(-1)?.event).toMatchObject({
      type: 'distillation-skipped',
      reason: 'known since May',
    });
    expect(owesDistillation(story.incident)).toBe(false);
  });

  it('survives a conclusion that comes back, and what was kept is asked for again after a reopening', () => {
    const returned = given(
      [5, { type: 'resolve' }],
      [6, draft()],
      [7, { type: 'answer-questions', answers: [], skipJudge: false }],
    );
    expect(returned.incident.distillation).toMatchObject({ state: 'drafted', choice: CHOICE });
    const kept = given([5, draft()], OVER, [10, settle], [11, { type: 'reopen' }]);
    expect(kept.incident).not.toHaveProperty('distillation');
    expect(given([5, draft()], OVER, [11, { type: 'reopen' }]).incident.distillation).toMatchObject({
      state: 'drafted',
    });
  });

  it('is owed where it ended without being asked, and not of a false alarm', () => {
    const over = given(OVER);
    expect(owesDistillation(over.incident)).toBe(true);
    expect(owesDistillation(over.and([20, draft()]).incident)).toBe(false);
    const cancelled = given([5, { type: 'cancel', reason: 'probe' }]);
    expect(owesDistillation(cancelled.incident)).toBe(false);
    expect(cancelled.refused(6, draft()).message).toContain('INC-42 is cancelled');
  });
});
