import { describe, expect, it } from 'vitest';
import { DEFAULT_CADENCE } from '../../src/domain/cadence.ts';
import type { Command } from '../../src/domain/command.ts';
import { declare } from '../../src/domain/decide.ts';
import { type IncidentEvent, incidentId, parseIncidentId } from '../../src/domain/incident.ts';
import { HOUR, MINUTE, SECOND } from '../../src/domain/time.ts';
import { at, given, note, type Step, T0 } from './given.ts';

const UPDATE: Command = { type: 'update', fields: { known: 'payments answers 429' } };
const MESSAGE = { channel: 'C1', ts: '1767621600.000100' };
const ENTRY: Command = {
  type: 'add-entry',
  message: MESSAGE,
  text: 'deploy started',
  author: 'KAI',
  writtenAt: at(-4),
  how: 'reaction',
};

describe('declare', () => {
  const circumstances = { now: T0, by: 'LEA', cadence: DEFAULT_CADENCE };
  const begin = { title: '  checkout\n 500s ', severity: 'P1', channel: 'C1', private: false } as const;

  it('begins with a promise and a title on one line', () => {
    expect(declare(begin, circumstances)).toEqual([
      {
        type: 'declared',
        by: 'LEA',
        title: 'checkout 500s',
        severity: 'P1',
        channel: 'C1',
        private: false,
        dueAt: at(30),
      },
    ]);
  });

  it('needs a title, and an impact that has begun', () => {
    expect(() => declare({ ...begin, title: ' \n' }, circumstances)).toThrow(
      expect.objectContaining({ rule: 'title-needed' }),
    );
    expect(() => declare({ ...begin, impactSince: at(2) }, circumstances)).toThrow(
      expect.objectContaining({ rule: 'in-future' }),
    );
    expect(declare({ ...begin, impactSince: at(-9) }, circumstances)[0]).toMatchObject({
      impactSince: at(-9),
    });
  });
});

describe('what each command does', () => {
  const cases: readonly [name: string, before: readonly Step[], Command, readonly object[], by?: string][] = [
    [
      'update promises the next one',
      [],
      UPDATE,
      [{ type: 'updated', fields: { known: 'payments answers 429' }, dueAt: at(40) }],
    ],
    [
      'update takes its own next time',
      [],
      { type: 'update', fields: { doing: 'x' }, next: 15 * MINUTE },
      [{ type: 'updated', fields: { doing: 'x' }, dueAt: at(25) }],
    ],
    [
      'update names the author and who published it',
      [],
      { ...UPDATE, author: 'KAI' },
      [{ type: 'updated', fields: UPDATE.fields, dueAt: at(40), author: 'KAI' }],
    ],
    [
      'update by its author has no publisher',
      [],
      { ...UPDATE, author: 'LEA' },
      [{ type: 'updated', fields: UPDATE.fields, dueAt: at(40) }],
    ],
    [
      'fix-update edits what was posted',
      [[1, UPDATE]],
      { type: 'fix-update', seq: 2, fields: { known: 'better' } },
      [{ type: 'update-fixed', seq: 2, fields: { known: 'better' } }],
    ],
    [
      'no change says since when it is quiet',
      [],
      { type: 'no-change' },
      [
        {
          type: 'no-change',
          dueAt: at(40),
          since: { queries: 0, evidence: [], joined: [], entries: 0, notes: 0, quietSince: T0, inARow: 1 },
        },
      ],
    ],
    [
      'mitigate keeps its true time',
      [],
      { type: 'mitigate', text: ' retries halved ', at: at(7) },
      [
        {
          type: 'mitigated',
          effectiveAt: at(7),
          dueAt: at(40),
          text: 'retries halved',
          evidence: [],
        },
      ],
    ],
    [
      'override',
      [],
      { type: 'override', reason: 'it is over' },
      [
        {
          type: 'resolved',
          effectiveAt: at(10),
          evidence: [],
          review: { kind: 'overridden', by: 'LEA', reason: 'it is over' },
        },
      ],
    ],
    [
      'override names evidence of this incident only, once',
      [[1, { type: 'record-evidence', evidence: (id) => note(id, [1]) }]],
      { type: 'override', reason: 'it is over', text: 'E1, E1 and E9' },
      [
        {
          type: 'resolved',
          effectiveAt: at(10),
          text: 'E1, E1 and E9',
          evidence: ['E1'],
          review: { kind: 'overridden', by: 'LEA', reason: 'it is over' },
        },
      ],
    ],
    [
      'reopen starts anew',
      [[1, { type: 'override', reason: 'it is over' }]],
      { type: 'reopen', reason: 'back' },
      [{ type: 'reopened', dueAt: at(40), reason: 'back' }],
    ],
    [
      'cancel',
      [],
      { type: 'cancel', reason: ' probe\nwrong' },
      [{ type: 'cancelled', reason: 'probe wrong' }],
    ],
    [
      'merge',
      [],
      { type: 'merge', into: { number: 41, phase: 'mitigated', title: 'other' } },
      [{ type: 'merged', into: 41 }],
    ],
    [
      'absorb',
      [],
      { type: 'absorb', number: 41, title: 'other' },
      [{ type: 'absorbed', number: 41, title: 'other' }],
    ],
    [
      'severity never moves a promise back',
      [],
      { type: 'severity', severity: 'P4' },
      [{ type: 'severity-changed', severity: 'P4', was: 'P1', dueAt: at(30) }],
    ],
    [
      'take the lead',
      [],
      { type: 'take-lead' },
      [{ type: 'lead-changed', lead: 'KAI', was: 'LEA', how: 'taken' }],
      'KAI',
    ],
    [
      'give the lead',
      [],
      { type: 'give-lead', to: 'KAI' },
      [{ type: 'lead-changed', lead: 'KAI', was: 'LEA', how: 'assigned' }],
    ],
    [
      'give the lead as a role',
      [],
      { type: 'give-role', role: 'lead', to: 'KAI' },
      [{ type: 'lead-changed', lead: 'KAI', was: 'LEA', how: 'assigned' }],
    ],
    [
      'give a role that someone had',
      [[1, { type: 'give-role', role: 'comms', to: 'BO' }]],
      { type: 'give-role', role: 'comms', to: 'KAI' },
      [{ type: 'role-given', role: 'comms', person: 'KAI', was: 'BO' }],
    ],
    [
      'offer',
      [],
      { type: 'offer', role: 'lead', to: 'KAI' },
      [{ type: 'handoff-offered', role: 'lead', to: 'KAI' }],
    ],
    [
      'accept the lead',
      [[1, { type: 'offer', role: 'lead', to: 'KAI' }]],
      { type: 'accept-offer', seq: 2 },
      [{ type: 'lead-changed', lead: 'KAI', was: 'LEA', how: 'handed-off' }],
      'KAI',
    ],
    [
      'accept another role',
      [[1, { type: 'offer', role: 'ops', to: 'KAI' }]],
      { type: 'accept-offer', seq: 2 },
      [{ type: 'role-given', role: 'ops', person: 'KAI' }],
      'KAI',
    ],
    [
      'decline',
      [[1, { type: 'offer', role: 'ops', to: 'KAI' }]],
      { type: 'decline-offer', seq: 2 },
      [{ type: 'handoff-declined', role: 'ops' }],
      'KAI',
    ],
    [
      'snooze',
      [],
      { type: 'snooze', for: 15 * MINUTE, reason: 'vendor' },
      [{ type: 'snoozed', promise: 1, dueAt: at(25), reason: 'vendor' }],
    ],
    ['note', [], { type: 'note', text: ' a\nb ' }, [{ type: 'noted', text: 'a\nb' }]],
    [
      'title',
      [],
      { type: 'title', title: 'payments down' },
      [{ type: 'retitled', title: 'payments down', was: 'checkout 500s' }],
    ],
    [
      'service',
      [],
      { type: 'service', service: ' checkout ' },
      [{ type: 'service-set', service: 'checkout' }],
    ],
    ['link', [], { type: 'link', link: 'https://g/d' }, [{ type: 'linked', link: 'https://g/d' }]],
    [
      'started keeps the old time',
      [[1, { type: 'started', at: at(-5) }]],
      { type: 'started', at: at(-2) },
      [{ type: 'impact-start-set', effectiveAt: at(-2), was: at(-5) }],
    ],
    [
      'an entry once',
      [],
      ENTRY,
      [
        {
          type: 'entry-added',
          message: MESSAGE,
          text: 'deploy started',
          author: 'KAI',
          writtenAt: at(-4),
          how: 'reaction',
        },
      ],
    ],
    ['an entry not twice', [[1, ENTRY]], ENTRY, []],
    [
      'an entry follows an edit',
      [[1, ENTRY]],
      { type: 'edit-entry', message: MESSAGE, text: 'new' },
      [{ type: 'entry-edited', message: MESSAGE, text: 'new' }],
    ],
    [
      'an edit that says the same',
      [[1, ENTRY]],
      { type: 'edit-entry', message: MESSAGE, text: 'deploy started' },
      [],
    ],
    ['an edit of something else', [], { type: 'edit-entry', message: MESSAGE, text: 'new' }, []],
    [
      'an entry goes',
      [[1, ENTRY]],
      { type: 'remove-entry', message: MESSAGE, why: 'unmarked' },
      [{ type: 'entry-removed', message: MESSAGE, why: 'unmarked' }],
    ],
    ['nothing to remove', [], { type: 'remove-entry', message: MESSAGE, why: 'deleted' }, []],
    [
      'a nudge of the promise',
      [],
      { type: 'nudge', promise: 1, rung: 'due', asked: ['LEA'], passed: ['draft'] },
      [{ type: 'nudged', promise: 1, rung: 'due', asked: ['LEA'], passed: ['draft'] }],
    ],
    [
      'no nudge for a promise that was kept',
      [[1, UPDATE]],
      { type: 'nudge', promise: 1, rung: 'due', asked: ['LEA'], passed: [] },
      [],
    ],
    [
      'no rung twice',
      [[1, { type: 'nudge', promise: 1, rung: 'due', asked: ['LEA'], passed: [] }]],
      { type: 'nudge', promise: 1, rung: 'due', asked: ['LEA'], passed: [] },
      [],
    ],
    [
      'unreachable, once',
      [],
      { type: 'unreachable', promise: 1, person: 'LEA', why: 'asleep' },
      [{ type: 'unreachable', promise: 1, person: 'LEA', why: 'asleep' }],
    ],
    [
      'unreachable, not twice',
      [[1, { type: 'unreachable', promise: 1, person: 'LEA', why: 'asleep' }]],
      { type: 'unreachable', promise: 1, person: 'LEA', why: 'asleep' },
      [],
    ],
    ['joined', [], { type: 'join', person: 'BO' }, [{ type: 'joined', person: 'BO' }]],
    ['joined before', [[1, { type: 'join', person: 'BO' }]], { type: 'join', person: 'BO' }, []],
    [
      'channel lost',
      [],
      { type: 'lose-channel', why: 'archived' },
      [{ type: 'channel-lost', why: 'archived' }],
    ],
    ['lost already', [[1, { type: 'lose-channel', why: 'x' }]], { type: 'lose-channel', why: 'y' }, []],
    [
      'channel back',
      [[1, { type: 'lose-channel', why: 'x' }]],
      { type: 'regain-channel' },
      [{ type: 'channel-back' }],
    ],
    ['never lost', [], { type: 'regain-channel' }, []],
    ['shared', [], { type: 'share-channel' }, [{ type: 'channel-shared' }]],
    ['shared already', [[1, { type: 'share-channel' }]], { type: 'share-channel' }, []],
  ];

  it.each(cases)('%s', (_name, before, command, events, by = 'LEA') => {
    expect(given(...before).when(10, command, by)).toEqual(events.map((event) => ({ ...event, by })));
  });

  it('says which message it came from', () => {
    const via = { channel: 'C1', ts: '1.2' };
    const declared = declare(
      { title: 'x', severity: 'P2', channel: 'C1', private: true },
      { now: T0, by: 'LEA', via, cadence: DEFAULT_CADENCE },
    );
    expect(declared[0]).toMatchObject({ via });
  });

  it('numbers evidence', () => {
    const story = given([1, { type: 'record-evidence', evidence: (id) => note(id, [1]) }]);
    const events = story.when(2, { type: 'record-evidence', evidence: (id) => note(id, [2]) });
    expect(events).toMatchObject([{ type: 'evidence-recorded', evidence: { id: 'E2' } }]);
  });
});

describe('a button of a promise that was put off', () => {
  it('says who put it off, when and why', () => {
    const story = given([1, { type: 'snooze', for: 15 * MINUTE, reason: 'a deploy', promise: 1 }, 'KAI']);
    const refused = story.refused(3, { type: 'no-change', promise: 1 });
    expect(refused.message).toBe('That one is settled: @{KAI} put it off 2 min ago: a deploy.');
  });
});

describe('what is refused', () => {
  const ended: readonly Step[] = [[1, { type: 'override', reason: 'it is over' }]];
  const cases: readonly [rule: string, before: readonly Step[], Command, by?: string][] = [
    ['update-empty', [], { type: 'update', fields: {} }],
    ['update-same', [[1, UPDATE]], { type: 'update', fields: { known: 'Payments answers, 429!' } }],
    ['promise-length', [], { ...UPDATE, next: 9 * SECOND }],
    ['promise-length', [], { ...UPDATE, next: 25 * HOUR }],
    ['promise-kept', [[1, UPDATE]], { ...UPDATE, promise: 1, evenIfSame: true }],
    ['promise-kept', [[1, UPDATE]], { type: 'no-change', promise: 1 }],
    ['promise-kept', [[1, UPDATE]], { type: 'snooze', for: MINUTE, reason: 'x', promise: 1 }],
    ['no-such-update', [], { type: 'fix-update', seq: 1, fields: {} }],
    [
      'heartbeats-used-up',
      [
        [1, { type: 'no-change' }],
        [2, { type: 'no-change' }],
      ],
      { type: 'no-change' },
    ],
    ['already-mitigated', [[1, { type: 'mitigate' }]], { type: 'mitigate' }],
    ['in-future', [], { type: 'mitigate', at: at(12) }],
    ['before-start', [], { type: 'mitigate', at: at(-1) }],
    ['before-start', [], { type: 'resolve', at: at(-1) }],
    ['in-future', [], { type: 'resolve', at: at(12) }],
    ['in-future', [], { type: 'started', at: at(12) }],
    ['already-open', [], { type: 'reopen' }],
    ['reason-needed', [], { type: 'cancel', reason: ' ' }],
    ['reason-needed', [], { type: 'snooze', for: MINUTE, reason: '' }],
    ['promise-length', [], { type: 'snooze', for: SECOND, reason: 'x' }],
    ['merge-self', [], { type: 'merge', into: { number: 42, phase: 'investigating', title: '' } }],
    ['merge-ended', [], { type: 'merge', into: { number: 41, phase: 'resolved', title: '' } }],
    ['same-severity', [], { type: 'severity', severity: 'P1' }],
    ['leads-already', [], { type: 'take-lead' }],
    ['leads-already', [], { type: 'give-lead', to: 'LEA' }],
    [
      'role-already',
      [[1, { type: 'give-role', role: 'ops', to: 'BO' }]],
      { type: 'give-role', role: 'ops', to: 'BO' },
    ],
    ['role-already', [], { type: 'offer', role: 'lead', to: 'LEA' }],
    ['offer-gone', [], { type: 'accept-offer', seq: 2 }, 'KAI'],
    [
      'offer-not-yours',
      [[1, { type: 'offer', role: 'lead', to: 'KAI' }]],
      { type: 'accept-offer', seq: 2 },
      'BO',
    ],
    [
      'offer-not-yours',
      [[1, { type: 'offer', role: 'lead', to: 'KAI' }]],
      { type: 'decline-offer', seq: 2 },
      'LEA',
    ],
    ['note-empty', [], { type: 'note', text: '  ' }],
    ['title-needed', [], { type: 'title', title: ' ' }],
    ['same-title', [], { type: 'title', title: 'checkout  500s' }],
    ...(
      [
        UPDATE,
        { type: 'no-change' },
        { type: 'mitigate' },
        { type: 'override', reason: 'it is over' },
        { type: 'cancel', reason: 'x' },
        { type: 'merge', into: { number: 41, phase: 'investigating', title: '' } },
        { type: 'give-lead', to: 'KAI' },
        { type: 'give-role', role: 'ops', to: 'KAI' },
        { type: 'offer', role: 'lead', to: 'KAI' },
        { type: 'snooze', for: MINUTE, reason: 'x' },
      ] satisfies readonly Command[]
    ).map((command): [string, readonly Step[], Command] => ['not-open', ended, command]),
  ];

  it.each(cases)('%s', (rule, before, command, by) => {
    const refused = given(...before).refused(10, command, by);
    expect(refused.rule).toBe(rule);
    expect(refused.message).toMatch(/^[A-Z`*@].*[.:?`]/);
  });

  it('offers the way on', () => {
    expect(given([1, { type: 'override', reason: 'it is over' }]).refused(2, UPDATE).next).toEqual([
      { label: 'Reopen INC-42', command: 'reopen INC-42' },
    ]);
    expect(
      given([1, { type: 'merge', into: { number: 41, phase: 'investigating', title: '' } }]).refused(
        2,
        UPDATE,
      ).message,
    ).toContain('merged into INC-41');
  });
});

describe('times that were corrected', () => {
  it('keeps the old time on the timeline', () => {
    const story = given([10, { type: 'mitigate' }], [20, { type: 'mitigate', at: at(7) }]);
    expect(story.incident.mitigatedAt).toBe(at(7));
    expect(story.events.at(-1)?.event).toEqual({
      type: 'time-corrected',
      by: 'LEA',
      of: 'mitigated',
      effectiveAt: at(7),
      was: at(10),
    });
    const resolved = story.and(
      [30, { type: 'override', reason: 'it is over' }],
      [31, { type: 'resolve', at: at(28) }],
    );
    expect(resolved.incident.resolvedAt).toBe(at(28));
    expect(resolved.incident.phase).toBe('resolved');
  });

  it('corrects the time of mitigation after the end as well', () => {
    const story = given(
      [10, { type: 'mitigate' }],
      [20, { type: 'override', reason: 'it is over' }],
      [25, { type: 'mitigate', at: at(8) }],
    );
    expect(story.incident).toMatchObject({ mitigatedAt: at(8), resolvedAt: at(20), phase: 'resolved' });
  });

  it('never corrects to a time before it began or still to come, and makes no promise', () => {
    const story = given([10, { type: 'mitigate' }]);
    expect(story.refused(20, { type: 'mitigate', at: at(-1) }).rule).toBe('before-start');
    expect(story.refused(20, { type: 'mitigate', at: at(30) }).rule).toBe('in-future');
    const corrected = story.and([20, { type: 'mitigate', at: at(9) }]);
    expect(corrected.incident.promise).toEqual(story.incident.promise);
  });
});

describe('incident ids', () => {
  it.each([
    ['INC-42', 42],
    ['inc 42', 42],
    ['#INC42', 42],
    [' inc-7 ', 7],
    ['INC-', undefined],
    ['INCIDENT-4', undefined],
    ['42', undefined],
    ['INC-42a', undefined],
  ])('%s', (text, number) => {
    expect(parseIncidentId(text)).toBe(number);
    if (number !== undefined) expect(parseIncidentId(incidentId(number))).toBe(number);
  });
});

it('every event names who did it', () => {
  const story = given([1, UPDATE, 'KAI'], [2, { type: 'override', reason: 'it is over' }, 'BO']);
  expect(story.events.map(({ event }: { event: IncidentEvent }) => event.by)).toEqual(['LEA', 'KAI', 'BO']);
});
