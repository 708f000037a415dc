import { describe, expect, it } from 'vitest';
import type { Command } from '../../../src/domain/command.ts';
import { guardKey, guards } from '../../../src/domain/investigation/guards.ts';
import type { SeenChange } from '../../../src/domain/investigation/seen-change.ts';
import { at, given, type Step } from '../given.ts';

const DEPLOY: SeenChange = {
  at: at(20),
  kind: 'deploy',
  title: 'deploy of checkout',
  service: 'checkout',
  version: 'v2.3.46',
  source: 'Sentry prod',
};
const FLAG: SeenChange = { at: at(20), kind: 'flag', title: 'fast-pay on', source: 'Grafana prod' };
const see = (...changes: readonly SeenChange[]): Command => ({ type: 'see-changes', changes });
const note = (text: string): Command => ({ type: 'note', text });
const asked = (...steps: Step[]) =>
  guards(given(...steps).incident, at(60))
    .filter((one) => one.kind === 'stealth')
    .map(guardKey);
const SERVICE: Step = [1, { type: 'service', service: 'checkout' }];
const ROLLBACK: readonly Step[] = [
  [
    2,
    {
      type: 'record-triage',
      because: 1,
      evidence: [],
      answers: [
        {
          question: 'deploy',
          says: 'yes',
          text: 'deploy v2.3.45',
          from: [],
          changedAt: at(-5),
          target: { service: 'checkout', version: 'v2.3.45' },
        },
      ],
    },
    'steady',
  ],
  [15, { type: 'announce-mitigation', kind: 'rollback', triage: 2 }],
];

describe('a change that a system told of', () => {
  it('is on the timeline once, however often and by whomever it is told', () => {
    const later = { ...DEPLOY, at: at(21), title: 'checkout@2.3.46', source: 'Grafana prod' };
    const story = given(SERVICE, [22, see(DEPLOY, later), 'steady']).and([25, see(later, DEPLOY), 'steady']);
    expect(story.incident.changes).toEqual([DEPLOY]);
    expect(story.incident.timeline.at(-1)?.event).toMatchObject({ type: 'change-seen', by: 'steady' });
    expect(asked(SERVICE, [22, see(DEPLOY), 'steady'], [25, see(later), 'steady'])).toHaveLength(1);
  });

  it('that a triage saw is asked about once as well', () => {
    const triage: Command = {
      type: 'record-triage',
      because: 1,
      evidence: [],
      answers: [
        {
          question: 'deploy',
          says: 'yes',
          text: 'v2.3.46, the newest of 2',
          from: [],
          changedAt: at(20),
          target: { service: 'checkout', version: 'v2.3.46' },
        },
      ],
    };
    expect(asked(SERVICE, [21, triage, 'steady'], [22, see({ ...DEPLOY, at: at(21) }), 'steady'])).toEqual([
      `stealth/${at(20)}`,
    ]);
  });

  it('matters where it names no service, this service, or one that the title names', () => {
    const about = (change: SeenChange, ...steps: Step[]) =>
      given(...steps).when(22, see(change), 'steady').length;
    expect(about(FLAG)).toBe(1);
    expect(about(DEPLOY, SERVICE)).toBe(1);
    expect(about({ ...DEPLOY, service: 'Checkout' }, SERVICE)).toBe(1);
    // The title is “checkout 500s”.
    expect(about(DEPLOY)).toBe(1);
    expect(about({ ...DEPLOY, service: 'check' })).toBe(0);
    expect(about({ ...DEPLOY, service: 'search' }, SERVICE)).toBe(0);
  });

  it('changes nothing where it was there before the incident, or after its end', () => {
    expect(given(SERVICE).when(22, see({ ...DEPLOY, at: at(-1) }), 'steady')).toEqual([]);
    const over = given(SERVICE, [3, { type: 'cancel', reason: 'a false alarm' }]);
    expect(over.when(22, see(DEPLOY), 'steady')).toEqual([]);
  });
});

describe('the lead is asked about a change', () => {
  it('that nobody announced, in words that hold none of our notation', () => {
    const { incident } = given(
      SERVICE,
      [5, { type: 'give-lead', to: 'KAI' }],
      [22, see({ ...DEPLOY, title: '`rm` *now* @{KAI}' }), 'steady'],
    );
    const [guard] = guards(incident, at(23)).filter((one) => one.kind === 'stealth');
    expect(guard).toMatchObject({ to: 'KAI', situation: `${at(20)}`, show: 'timeline' });
    expect(guard?.says).toBe(
      'A change came during the incident that nobody announced: rm now KAI checkout v2.3.46. Who made it, and why?',
    );
  });

  it('not where a rollback was announced, before or right after', () => {
    expect(asked(...ROLLBACK, [22, see(DEPLOY), 'steady'])).toEqual([]);
    expect(asked(...ROLLBACK, [22, see({ ...DEPLOY, at: at(10) }), 'steady'])).toEqual([]);
    // One of another kind, of another service, or hours later is another change.
    expect(asked(...ROLLBACK, [22, see(FLAG), 'steady'])).toHaveLength(1);
    expect(asked(...ROLLBACK, [22, see({ ...DEPLOY, at: at(90) }), 'steady'])).toHaveLength(1);
  });

  it.each([
    ['its version', 'going to v2.3.46 in a minute', true],
    ['what is done, here', 'rolling back now', true],
    ['what is done, of it', 'checkout was reverted', true],
    ['another version', 'v2.3.45 looks guilty', false],
    ['nothing', 'looking at the pool', false],
    ['part of its version', 'v2.3.4', false],
  ])('not where a note names %s', (_what, text, announced) =>
    expect(asked(SERVICE, [18, note(text), 'KAI'], [22, see(DEPLOY), 'steady'])).toHaveLength(
      announced ? 0 : 1,
    ),
  );

  it('not where an update, a mitigation or a marked message names it, even after it', () => {
    const steps: readonly Command[] = [
      { type: 'update', fields: { doing: 'Kai rolled back checkout' } },
      { type: 'mitigate', text: 'v2.3.46 is out' },
      {
        type: 'add-entry',
        message: { channel: 'C1', ts: '1.1' },
        text: 'deploying checkout',
        author: 'KAI',
        writtenAt: at(19),
        how: 'reaction',
      },
    ];
    for (const step of steps)
      expect(asked(SERVICE, [22, see(DEPLOY), 'steady'], [25, step, 'KAI'])).toEqual([]);
  });

  it('though it was said long before, or by Steady', () => {
    expect(
      asked([1, note('rolled back checkout'), 'KAI'], [50, see({ ...DEPLOY, at: at(45) }), 'steady']),
    ).toHaveLength(1);
    expect(
      asked(SERVICE, [18, note('rolling back now'), 'steady'], [22, see(DEPLOY), 'steady']),
    ).toHaveLength(1);
  });

  it('and can be muted', () =>
    expect(
      asked(SERVICE, [22, see(DEPLOY), 'steady'], [23, { type: 'mute-guard', guard: 'stealth' }]),
    ).toEqual([]));
});
