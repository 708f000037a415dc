import { describe, expect, it } from 'vitest';
import { openActions, whyVague } from '../../src/domain/action-item.ts';
import type { Command } from '../../src/domain/command.ts';
import { DAY } from '../../src/domain/time.ts';
import { at, given, T0 } from './given.ts';

const FRIDAY = T0 + 4 * DAY;
const add = (text: string, more: { owner?: string; dueAt?: number; link?: string } = {}): Command => ({
  type: 'add-action',
  text,
  ...more,
});
const change = (more: { text?: string; owner?: string; dueAt?: number }): Command => ({
  type: 'change-action',
  action: 'a1',
  ...more,
});
const close = (how: 'done' | 'dropped', reason?: string): Command => ({
  type: 'close-action',
  action: 'A1',
  how,
  ...(reason !== undefined && { reason }),
});
const ALERT = 'Alert on pool use above 80 %';

describe('an action item', () => {
  it('has a number, an owner and a date, and keeps who added it', () => {
    const { incident } = given(
      [1, add(`  ${ALERT}\n`, { owner: 'MARA', dueAt: FRIDAY, link: 'https://t.example.com/1' }), 'KAI'],
      [2, add('Limit retries to 2')],
    );
    expect(incident.actions).toEqual([
      {
        id: 'A1',
        seq: 2,
        text: ALERT,
        by: 'KAI',
        at: at(1),
        owner: 'MARA',
        dueAt: FRIDAY,
        link: 'https://t.example.com/1',
        asked: { seq: 2, at: at(1) },
      },
      { id: 'A2', seq: 3, text: 'Limit retries to 2', by: 'LEA', at: at(2), asked: { seq: 3, at: at(2) } },
    ]);
  });

  it('is closed as done, or dropped with a reason, and can be opened again', () => {
    const story = given([1, add(ALERT, { owner: 'MARA' })]);
    expect(story.refused(2, close('dropped')).rule).toBe('reason-needed');
    expect(story.refused(2, close('dropped', 'n/a')).rule).toBe('reason-needed');
    const dropped = story.and([2, close('dropped', ' the service \n is retired '), 'MARA']);
    expect(dropped.incident.actions[0]?.closed).toEqual({
      at: at(2),
      by: 'MARA',
      how: 'dropped',
      reason: 'the service is retired',
    });
    expect(openActions(dropped.incident)).toEqual([]);
    const again = dropped.refused(5, close('done'));
    expect(again.rule).toBe('action-closed');
    expect(again.message).toBe('A1 was dropped by @{MARA} 3 min ago.');
    expect(again.next).toEqual([{ label: 'Reopen A1', command: 'INC-42 action A1 reopen' }]);
    const reopened = dropped.and([6, { type: 'reopen-action', action: 'A1' }]);
    expect(reopened.incident.actions[0]?.closed).toBeUndefined();
    expect(reopened.incident.actions[0]?.asked).toEqual({ seq: 4, at: at(6) });
    expect(reopened.when(7, { type: 'reopen-action', action: 'A1' })).toEqual([]);
  });

  it('waits anew for another owner or date, and not because of other words', () => {
    const story = given([1, add(ALERT, { owner: 'MARA', dueAt: FRIDAY })]);
    expect(story.when(2, change({ text: ALERT, owner: 'MARA', dueAt: FRIDAY }))).toEqual([]);
    const reworded = story.and([2, change({ text: 'Alert on pool use above 90 %' })]);
    expect(reworded.incident.actions[0]).toMatchObject({
      text: 'Alert on pool use above 90 %',
      asked: { seq: 2, at: at(1) },
    });
    const handed = story.and([3, change({ owner: 'BO' })]);
    expect(handed.incident.actions[0]).toMatchObject({
      owner: 'BO',
      dueAt: FRIDAY,
      asked: { seq: 3, at: at(3) },
    });
    expect(handed.incident.timeline.at(-1)?.event).toEqual({
      type: 'action-changed',
      action: 'A1',
      owner: 'BO',
      by: 'LEA',
    });
  });

  it('can be added, changed and closed when the incident is over', () => {
    const over = given(
      [1, add(ALERT)],
      [2, { type: 'resolve' }],
      [3, { type: 'override', reason: 'P4, known cause' }],
    );
    const { incident } = over.and([4, add('Limit retries to 2')], [5, close('done')]);
    expect(incident.phase).toBe('resolved');
    expect(incident.actions.map((one) => one.closed?.how)).toEqual(['done', undefined]);
    expect(incident.version).toBe(over.incident.version + 2);
  });

  it('of a merged incident belongs to the other one', () => {
    const merged = given(
      [1, add(ALERT)],
      [2, { type: 'merge', into: { number: 41, phase: 'investigating', title: 'payments' } }],
    );
    expect(merged.refused(3, add('Limit retries to 2')).message).toContain('INC-41 action …');
    expect(merged.when(3, close('done'))).toHaveLength(1);
  });

  it.each([
    ['no words', add(' '), 'action-needed'],
    ['the same words again', add(ALERT.toUpperCase()), 'same-action'],
    ['a date that has passed', add('Limit retries to 2', { dueAt: T0 }), 'due-passed'],
    ['a date in three years', add('Limit retries to 2', { dueAt: T0 + 3 * 366 * DAY }), 'due-too-far'],
    ['one that is not there', { type: 'close-action', action: 'A9', how: 'done' } as const, 'no-such-action'],
  ])('is refused with %s', (_what, command, rule) => {
    const refused = given([1, add(ALERT)]).refused(2, command);
    expect(refused.rule).toBe(rule);
    expect(refused.message).not.toContain('!');
  });
});

describe('a vague action item', () => {
  it.each([
    'Improve monitoring',
    'improve the alerts',
    'Better dashboards',
    'Monitoring for the pool',
    'We should think about retries',
    'Investigate',
    'Make sure it never happens again',
    'Tests',
  ])('gets a hint: %s', (text) => expect(whyVague(text)).toBeDefined());

  it.each([
    ALERT,
    'Limit retries of checkout to 2',
    'Add a runbook for PoolExhausted',
    'Remove the flag new-pricing',
    'Investigate why the canary of 23 Nov did not stop the rollout',
    'Review the 14 alerts of checkout and delete those that nobody acts on',
    'Überwachung des Pools einbauen',
  ])('does not get one where it says enough: %s', (text) => expect(whyVague(text)).toBeUndefined());
});
