import { describe, expect, it } from 'vitest';
import type { Command } from '../../src/domain/command.ts';
import { fold } from '../../src/domain/evolve.ts';
import type { Post } from '../../src/domain/post.ts';
import { postsFor } from '../../src/flows/posts-for.ts';
import type { OutboxPost } from '../../src/storage/store.ts';
import { at, given, note, type Step } from '../domain/given.ts';

/** What the last step of a story makes Steady say. */
function said(steps: readonly Step[], announce = false): readonly OutboxPost[] {
  const after = given(...steps);
  const before = steps.length === 0 ? undefined : given(...steps.slice(0, -1));
  const fresh = after.events.slice(before?.events.length ?? 0);
  return postsFor(before?.incident, after.incident, fresh, { announce });
}

function keys(...steps: readonly Step[]): readonly string[] {
  return said(steps).map((one) => one.key);
}

const NUDGED: Step = [30, { type: 'nudge', promise: 1, rung: 'due', asked: ['LEA'], passed: [] }, 'steady'];

describe('what follows from each decision', () => {
  const cases: readonly [string, readonly Step[], readonly string[]][] = [
    [
      'declare',
      [],
      [
        'INC-42/card',
        'INC-42/furnish@1',
        'INC-42/triage-1',
        'INC-42/guard-check',
        'INC-42/suggest-1',
        'INC-42/own-suggestions',
      ],
    ],
    ['update', [[1, { type: 'update', fields: { known: 'x' } }]], ['INC-42/update-2', 'INC-42/card@2']],
    ['a heartbeat', [[1, { type: 'no-change' }]], ['INC-42/update-2', 'INC-42/card@2']],
    [
      'a fixed update',
      [
        [1, { type: 'update', fields: { known: 'x' } }],
        [2, { type: 'fix-update', seq: 2, fields: { known: 'y' } }],
      ],
      ['INC-42/update-2@3', 'INC-42/card@3'],
    ],
    ['mitigate', [[1, { type: 'mitigate' }]], ['INC-42/phase-2', 'INC-42/card@2', 'INC-42/furnish@2']],
    [
      'resolve',
      [[1, { type: 'override', reason: 'it is over' }]],
      ['INC-42/phase-2', 'INC-42/kept-2', 'INC-42/card@2', 'INC-42/furnish@2'],
    ],
    [
      'cancel',
      [[1, { type: 'cancel', reason: 'x' }]],
      ['INC-42/phase-2', 'INC-42/card@2', 'INC-42/furnish@2'],
    ],
    [
      'reopen',
      [
        [1, { type: 'override', reason: 'it is over' }],
        [2, { type: 'reopen' }],
      ],
      ['INC-42/phase-3', 'INC-42/card@3', 'INC-42/furnish@3'],
    ],
    [
      'an update that keeps an asked promise',
      [NUDGED, [31, { type: 'update', fields: { known: 'x' } }]],
      ['INC-42/update-3', 'INC-42/promise-1/settle', 'INC-42/card@3'],
    ],
    [
      'a snooze of an asked promise',
      [NUDGED, [31, { type: 'snooze', for: 900_000, reason: 'x' }]],
      ['INC-42/promise-1/settle', 'INC-42/card@3'],
    ],
    ['a nudge', [NUDGED], ['INC-42/card@2']],
    ['severity', [[1, { type: 'severity', severity: 'P2' }]], ['INC-42/card@2', 'INC-42/furnish@2']],
    ['lead', [[1, { type: 'take-lead' }, 'KAI']], ['INC-42/card@2', 'INC-42/furnish@2']],
    ['an offer', [[1, { type: 'offer', role: 'lead', to: 'KAI' }]], ['INC-42/offer-2', 'INC-42/card@2']],
    [
      'an accepted offer',
      [
        [1, { type: 'offer', role: 'lead', to: 'KAI' }],
        [2, { type: 'accept-offer', seq: 2 }, 'KAI'],
      ],
      ['INC-42/offer-2/answered', 'INC-42/card@3', 'INC-42/furnish@3'],
    ],
    ['a note', [[1, { type: 'note', text: 'x' }]], []],
    ['evidence', [[1, { type: 'record-evidence', evidence: (id) => note(id, [1]) }]], ['INC-42/card@2']],
    ['someone joining', [[1, { type: 'join', person: 'BO' }, 'BO']], ['INC-42/catch-up/BO']],
    [
      'someone joining too late',
      [
        [1, { type: 'override', reason: 'it is over' }],
        [2, { type: 'join', person: 'BO' }, 'BO'],
      ],
      [],
    ],
    [
      'a lost channel',
      [
        [1, { type: 'take-lead' }, 'KAI'],
        [2, { type: 'lose-channel', why: 'archived' }, 'steady'],
      ],
      ['INC-42/lost-3/KAI', 'INC-42/lost-3/LEA', 'INC-42/card@3'],
    ],
  ];

  it.each(cases)('%s', (_name, steps, expected) => {
    // Which guards a story walks into is told elsewhere.
    expect(keys(...steps).filter((key) => !key.includes('/guard/'))).toEqual(expected);
  });

  it('asks for the same rows however often', () => {
    const steps: readonly Step[] = [NUDGED, [31, { type: 'override', reason: 'it is over' }]];
    expect(said(steps)).toEqual(said(steps));
  });
});

const STORY: readonly Step[] = [
  [1, { type: 'note', text: 'x' }],
  [2, { type: 'join', person: 'BO' }, 'BO'],
  [3, { type: 'offer', role: 'comms', to: 'BO' }],
  [4, { type: 'accept-offer', seq: 4 }, 'BO'],
  [5, { type: 'record-evidence', evidence: (id) => note(id, [1]) }],
  [10, { type: 'update', fields: { known: 'x' } }],
  [40, { type: 'nudge', promise: 2, rung: 'due', asked: ['LEA'], passed: [] }, 'steady'],
  [41, { type: 'no-change' }],
  [42, { type: 'severity', severity: 'P2' }],
  [43, { type: 'title', title: 'y' }],
  [44, { type: 'link', link: 'https://g/d' }],
  [45, { type: 'mitigate' }],
  [46, { type: 'mitigate', at: at(44) }],
  [47, { type: 'snooze', for: 900_000, reason: 'x' }],
  [50, { type: 'override', reason: 'it is over' }],
  [51, { type: 'reopen' }],
  [52, { type: 'cancel', reason: 'x' }],
];

function rowsOf(steps: readonly Step[], announce = false): readonly OutboxPost[] {
  return [[], ...steps.map((_, index) => steps.slice(0, index + 1))].flatMap((some) => said(some, announce));
}

function kinds(rows: readonly OutboxPost[]): readonly Post['kind'][] {
  return rows.map((one) => (one.post as unknown as Post).kind);
}

describe('over a whole incident', () => {
  it('no key comes twice', () => {
    // A guard may apply again: then its row is there, and the second one is ignored.
    const all = rowsOf(STORY, true)
      .map((one) => one.key)
      .filter((key) => !key.includes('/guard/'));
    expect(new Set(all).size).toBe(all.length);
  });

  it('only the card, updates and changes of phase are said at top level', () => {
    const quiet = [
      'card-edit',
      'furnish',
      'settle',
      'offer',
      'offer-answered',
      'kept',
      'catch-up',
      'update-edit',
      'triage',
      'guard',
      'guard-check',
      'suggest',
      'own-suggestions',
    ];
    const loud = kinds(rowsOf(STORY)).filter((kind) => !quiet.includes(kind));
    expect(loud.toSorted()).toEqual(['card', 'phase', 'phase', 'phase', 'phase', 'update', 'update']);
  });

  it('every row names its incident and goes in its turn', () => {
    for (const row of rowsOf(STORY, true)) expect(row.incident).toBe(42);
    const order = new Map(
      rowsOf(STORY, true).map((row) => [(row.post as unknown as Post).kind, row.priority]),
    );
    expect(order.get('offer-answered')).toBe(0);
    expect(order.get('offer')).toBe(1);
    expect(order.get('update')).toBe(2);
    expect(order.get('card-edit')).toBe(3);
  });
});

describe('the announcement', () => {
  it('gets one card, and updates and phases in its thread', () => {
    const announced = rowsOf(STORY, true).filter((one) => one.key.includes('announce'));
    expect(kinds(announced)).toEqual(['announcement', ...Array(6).fill('announced')]);
    expect(announced[0]?.key).toBe('INC-42/announcement');
  });

  it('never tells of a private incident', () => {
    const story = given();
    const events = story.events.map((one) => ({ ...one, event: { ...one.event, private: true } }));
    const incident = fold('T1', 42, events);
    if (!incident) throw new Error('nothing was declared');
    expect(kinds(postsFor(undefined, incident, events, { announce: true }))).toEqual([
      'card',
      'furnish',
      'triage',
      'guard-check',
      'suggest',
      'own-suggestions',
    ]);
  });
});

it('a role that was offered and then given to somebody else tells the one who was asked', () => {
  const give: Command = { type: 'give-role', role: 'comms', to: 'MARA' };
  expect(keys([1, { type: 'offer', role: 'comms', to: 'KAI' }], [2, give])).toContain(
    'INC-42/offer-2/answered',
  );
});
