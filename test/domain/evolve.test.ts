import { describe, expect, it } from 'vitest';
import type { Command } from '../../src/domain/command.ts';
import { evolve, fold } from '../../src/domain/evolve.ts';
import { type IncidentEvent, lasted, startedAt } from '../../src/domain/incident.ts';
import { HOUR, MINUTE } from '../../src/domain/time.ts';
import { at, given, T0 } from './given.ts';

const UPDATE: Command = { type: 'update', fields: { known: 'payments answers 429' } };

describe('the fold', () => {
  it('starts with a declaration and nothing else', () => {
    expect(fold('T1', 1, [])).toBeUndefined();
    expect(() => fold('T1', 1, [{ seq: 1, at: T0, event: { type: 'noted', by: 'A', text: 'x' } }])).toThrow(
      /first event is noted/,
    );
  });

  it('makes whoever declares the lead and promises the first update', () => {
    expect(given().incident).toMatchObject({
      team: 'T1',
      number: 42,
      version: 1,
      phase: 'investigating',
      lead: 'LEA',
      declaredBy: 'LEA',
      promise: { number: 1, madeAt: T0, dueAt: at(30), climbed: [], unreachable: [] },
      promisesMade: 1,
      outcomes: [],
      heardAt: [T0],
    });
  });

  it('is the same however often it is folded', () => {
    const { events, incident } = given(
      [5, UPDATE],
      [9, { type: 'mitigate' }],
      [12, { type: 'override', reason: 'it is over' }],
    );
    expect(fold('T1', 42, events)).toEqual(incident);
    expect(fold('T1', 42, JSON.parse(JSON.stringify(events)))).toEqual(incident);
  });

  it('keeps every event, and a version that is its last seq', () => {
    const { events, incident } = given([5, UPDATE], [6, { type: 'note', text: 'x' }]);
    expect(incident.timeline).toEqual(events);
    expect(incident.version).toBe(3);
  });
});

describe('phases', () => {
  it('go from investigating to mitigated to resolved and back', () => {
    const mitigated = given([10, { type: 'mitigate', text: 'rolled back' }]);
    expect(mitigated.incident).toMatchObject({ phase: 'mitigated', mitigatedAt: at(10) });
    const resolved = mitigated.and([20, { type: 'override', reason: 'it is over', text: 'limit raised' }]);
    expect(resolved.incident).toMatchObject({
      phase: 'resolved',
      resolvedAt: at(20),
      endedAt: at(20),
      resolution: 'limit raised',
    });
    expect(resolved.incident.promise).toBeUndefined();
    const again = resolved.and([30, { type: 'reopen' }]).incident;
    expect(again.phase).toBe('investigating');
    for (const gone of ['mitigatedAt', 'resolvedAt', 'endedAt', 'resolution'])
      expect(again).not.toHaveProperty(gone);
  });

  it.each<[string, Command]>([
    ['resolved', { type: 'override', reason: 'it is over' }],
    ['cancelled', { type: 'cancel', reason: 'false alarm' }],
    ['merged', { type: 'merge', into: { number: 41, phase: 'investigating', title: '' } }],
  ])('%s ends every promise and offer', (phase, command) => {
    const { incident } = given([1, { type: 'offer', role: 'lead', to: 'KAI' }], [10, command]);
    expect(incident.phase).toBe(phase);
    expect(incident.promise).toBeUndefined();
    expect(incident.offer).toBeUndefined();
    expect(incident.endedAt).toBe(at(10));
  });

  it('forgets where it was merged once it is reopened', () => {
    const merged = given([1, { type: 'merge', into: { number: 41, phase: 'investigating', title: '' } }]);
    expect(merged.incident.mergedInto).toBe(41);
    expect(merged.and([2, { type: 'reopen' }]).incident).not.toHaveProperty('mergedInto');
  });

  it('counts how long it lasted from the impact to the true end', () => {
    const { incident } = given(
      [1, { type: 'started', at: at(-9) }],
      [60, { type: 'override', reason: 'it is over', at: at(51) }],
    );
    expect(startedAt(incident)).toBe(at(-9));
    expect(lasted(incident, at(500))).toBe(HOUR);
    expect(lasted(given().incident, at(5))).toBe(5 * MINUTE);
  });
});

describe('numbers of promises', () => {
  it('never come again, not even after a reopen', () => {
    let story = given();
    const seen = [story.incident.promise?.number];
    const steps: Command[] = [
      UPDATE,
      { type: 'snooze', for: 40 * MINUTE, reason: 'vendor' },
      { type: 'no-change' },
      { type: 'mitigate' },
      { type: 'override', reason: 'it is over' },
      { type: 'reopen' },
      { type: 'cancel', reason: 'x' },
      { type: 'reopen' },
    ];
    steps.forEach((command, index) => {
      story = story.and([index + 1, command]);
      if (story.incident.promise) seen.push(story.incident.promise.number);
    });
    expect(seen).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(story.incident.promisesMade).toBe(7);
  });
});

describe('who does what', () => {
  it('is not handed off until the other accepts', () => {
    const offered = given([1, { type: 'offer', role: 'lead', to: 'KAI' }]);
    expect(offered.incident).toMatchObject({
      lead: 'LEA',
      offer: { seq: 2, role: 'lead', from: 'LEA', to: 'KAI' },
    });
    const accepted = offered.and([2, { type: 'accept-offer', seq: 2 }, 'KAI']).incident;
    expect(accepted.lead).toBe('KAI');
    expect(accepted.offer).toBeUndefined();
    const declined = offered.and([2, { type: 'decline-offer', seq: 2 }, 'KAI']).incident;
    expect(declined.lead).toBe('LEA');
    expect(declined.offer).toBeUndefined();
  });

  it('drops an offer of the lead when somebody takes it', () => {
    const taken = given([1, { type: 'offer', role: 'lead', to: 'KAI' }], [2, { type: 'take-lead' }, 'BO']);
    expect(taken.incident).toMatchObject({ lead: 'BO' });
    expect(taken.incident.offer).toBeUndefined();
    expect(taken.refused(3, { type: 'accept-offer', seq: 2 }, 'KAI').rule).toBe('offer-gone');
  });

  it('keeps an offer of another role when the lead changes', () => {
    const taken = given([1, { type: 'offer', role: 'comms', to: 'KAI' }], [2, { type: 'take-lead' }, 'BO']);
    expect(taken.incident.offer).toMatchObject({ role: 'comms', to: 'KAI' });
    const other = given(
      [1, { type: 'offer', role: 'comms', to: 'KAI' }],
      [2, { type: 'give-role', role: 'ops', to: 'BO' }],
    );
    expect(other.incident.offer).toMatchObject({ role: 'comms', to: 'KAI' });
  });

  it('lets a newer offer replace an older one', () => {
    const story = given(
      [1, { type: 'offer', role: 'lead', to: 'KAI' }],
      [2, { type: 'offer', role: 'lead', to: 'BO' }],
    );
    expect(story.refused(3, { type: 'accept-offer', seq: 2 }, 'KAI').rule).toBe('offer-gone');
    expect(story.and([3, { type: 'accept-offer', seq: 3 }, 'BO']).incident.lead).toBe('BO');
  });
});

describe('updates', () => {
  it('remember the author, who published, and what was promised', () => {
    const { incident } = given([5, { ...UPDATE, author: 'KAI' }]);
    expect(incident.updates).toEqual([
      { seq: 2, at: at(5), by: 'KAI', publishedBy: 'LEA', fields: UPDATE.fields, nextDueAt: at(35) },
    ]);
  });

  it('change in place when fixed, and promise nothing new', () => {
    const before = given([5, UPDATE]);
    const after = before.and([6, { type: 'fix-update', seq: 2, fields: { known: 'x' } }]);
    expect(after.incident.updates[0]?.fields).toEqual({ known: 'x' });
    expect(after.incident.promise).toEqual(before.incident.promise);
  });
});

describe('entries', () => {
  const entry = (ts: string, minute: number): Command => ({
    type: 'add-entry',
    message: { channel: 'C1', ts },
    text: ts,
    author: 'KAI',
    writtenAt: at(minute),
    how: 'pin',
  });

  it('stand in the order they were written, and follow edits and removals', () => {
    const story = given([5, entry('2', 4)], [6, entry('1', 2)]);
    expect(story.incident.entries.map((one) => one.text)).toEqual(['1', '2']);
    const edited = story.and([7, { type: 'edit-entry', message: { channel: 'C1', ts: '1' }, text: 'x' }]);
    expect(edited.incident.entries.map((one) => one.text)).toEqual(['x', '2']);
    const removed = edited.and([
      8,
      { type: 'remove-entry', message: { channel: 'C1', ts: '2' }, why: 'deleted' },
    ]);
    expect(removed.incident.entries.map((one) => one.text)).toEqual(['x']);
  });
});

describe('events that cannot apply any more', () => {
  const late: readonly IncidentEvent[] = [
    { type: 'nudged', by: 'steady', promise: 9, rung: 'due', asked: [], passed: [] },
    { type: 'unreachable', by: 'steady', promise: 9, person: 'X', why: '' },
    { type: 'snoozed', by: 'X', promise: 9, dueAt: at(99), reason: '' },
    { type: 'update-fixed', by: 'X', seq: 99, fields: {} },
    { type: 'entry-edited', by: 'X', message: { channel: 'C', ts: '1' }, text: '' },
    { type: 'noted', by: 'X', text: 'x' },
    { type: 'absorbed', by: 'X', number: 3, title: '' },
    { ...({ type: 'declared', by: 'X' } as Extract<IncidentEvent, { type: 'declared' }>) },
  ];

  it.each(late)('$type changes only the timeline', (event) => {
    const { incident } = given([5, UPDATE]);
    const after = evolve(incident, { seq: 3, at: at(6), event }, incident);
    expect(after).toEqual({
      ...incident,
      version: 3,
      timeline: [...incident.timeline, after.timeline.at(-1)],
    });
  });
});
