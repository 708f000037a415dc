import { describe, expect, it } from 'vitest';
import type { Command } from '../../../src/domain/command.ts';
import { GUARDS, guardKey, guards } from '../../../src/domain/investigation/guards.ts';
import { at, given, note, type Step } from '../given.ts';

const query = (text = 'up', source = 'Prometheus prod'): Command => ({
  type: 'record-evidence',
  evidence: (id) => note(id, [1], { query: text, source }),
});
/** So many different queries, a minute apart. */
const queries = (many: number, from = 1): Step[] =>
  Array.from({ length: many }, (_, i): Step => [from + i, query(`metric_${'abcdefgh'[i]}`), 'KAI']);
const H: Command = { type: 'state-hypothesis', statement: 'payments limits us', disproof: '429s stay level' };
const attach = (evidence: string, side: 'for' | 'against' = 'for'): Command => ({
  type: 'attach',
  hypothesis: 'H1',
  evidence,
  side,
});
const triage = (changedAt: number): Command => ({
  type: 'record-triage',
  because: 1,
  evidence: [],
  answers: [
    {
      question: 'deploy',
      says: 'yes',
      text: 'checkout v2',
      from: [],
      changedAt,
      target: { service: 'checkout' },
    },
  ],
});
const QUIET: Step = [0, { type: 'severity', severity: 'P3' }];

function found(minute: number, ...steps: readonly Step[]): readonly string[] {
  return guards(given(...steps).incident, at(minute)).map((one) => `${one.kind} to ${one.to}`);
}

describe('each guard', () => {
  it('roll back first: a P1 with a change, nothing mitigated, and somebody starts to query', () => {
    expect(found(3, [1, triage(at(-2)), 'steady'])).toEqual([]);
    expect(found(3, [1, triage(at(-2)), 'steady'], [2, query(), 'KAI'])).toEqual(['rollback-first to KAI']);
    const announced: Step = [2, { type: 'announce-mitigation', kind: 'rollback', triage: 2 }, 'BO'];
    expect(found(3, [1, triage(at(-2)), 'steady'], announced, [3, query(), 'KAI'])).toEqual([]);
    expect(found(3, QUIET, [1, triage(at(-2)), 'steady'], [2, query(), 'KAI'])).toEqual([]);
  });

  it('no lead: three queries of which nothing came', () => {
    expect(found(3, ...queries(2))).toEqual([]);
    expect(found(4, ...queries(3))).toEqual(['no-lead to KAI']);
    expect(found(5, ...queries(3), [4, { type: 'update', fields: { known: 'x (E3)' } }])).toEqual([]);
  });

  it('thrashing: five queries while no hypothesis is open', () => {
    expect(found(6, ...queries(5))).toEqual(['no-lead to KAI', 'thrashing to KAI']);
    expect(found(7, ...queries(5), [6, H])).toEqual([]);
  });

  it('tunnel vision: five queries in a row about the same', () => {
    const same = Array.from(
      { length: 5 },
      (_, i): Step => [1 + i, query(`rate(checkout_errors_total[${i + 1}m])`), 'KAI'],
    );
    expect(found(9, ...same, [6, H])).toEqual(['tunnel to KAI']);
    expect(found(9, ...same.slice(0, 4), [5, query('other_metric'), 'KAI'], [6, H])).toEqual([]);
  });

  it('before it, too: a change is blamed', () => {
    const blame: Command = {
      type: 'state-hypothesis',
      statement: 'the deploy broke it',
      disproof: 'errors came first',
    };
    expect(found(2, [1, blame, 'KAI'])).toEqual(['before-too to KAI']);
    expect(
      found(3, [1, blame, 'KAI'], [2, { type: 'plan-test', hypothesis: 'H1', expected: 'none before' }]),
    ).toEqual([]);
    expect(found(2, [1, H])).toEqual([]);
  });

  it('an unaffected cohort: support from timing alone; confirming only: twice support and no test', () => {
    expect(found(3, [1, H, 'KAI'], [2, query()], [3, attach('E1')])).toEqual(['cohort to KAI']);
    const twice: Step[] = [
      [1, H, 'KAI'],
      [2, query()],
      [3, query()],
      [4, attach('E1')],
      [5, attach('E2')],
    ];
    expect(found(5, ...twice)).toEqual(['cohort to KAI', 'confirming to KAI']);
    expect(found(6, ...twice, [6, attach('E2', 'against')])).toEqual(['cohort to KAI']);
  });

  it('hero: alone on a P1 or P2 for half an hour', () => {
    const alone: Step[] = [10, 20, 28].map((minute): Step => [minute, { type: 'note', text: `${minute}` }]);
    expect(found(29, ...alone)).toEqual([]);
    expect(found(30, ...alone)).toEqual(['hero to LEA']);
    expect(found(30, ...alone, [29, { type: 'note', text: 'x' }, 'KAI'])).toEqual([]);
    expect(found(30, QUIET, ...alone)).toEqual([]);
  });

  it('stealth: a change during the incident that nobody announced', () => {
    expect(found(6, [5, triage(at(3)), 'steady'])).toEqual(['stealth to LEA']);
    expect(found(6, [5, triage(at(-3)), 'steady'])).toEqual([]);
  });

  it.each([
    ['doubled the connection pool', true],
    ['raised the limit to 500', true],
    ['scaled replicas to 12', true],
    ['restarted pod 3', false],
    ['the pool is empty', false],
  ])('premature: %j is %j', (text, warned) => {
    expect(found(2, [1, { type: 'note', text }, 'KAI'])).toEqual(warned ? ['premature to KAI'] : []);
    const supported: Step[] = [
      [1, H],
      [2, { type: 'plan-test', hypothesis: 'H1', expected: 'fewer' }],
      [3, { ...query(), test: { hypothesis: 'H1', number: 1 } } as Command],
      [4, { type: 'judge-hypothesis', hypothesis: 'H1', outcome: 'held' }],
    ];
    expect(found(6, ...supported, [5, { type: 'note', text }, 'KAI'])).toEqual([]);
  });
});

describe('guards are said once and can be muted', () => {
  it('a situation keeps its key while it lasts, and another has another', () => {
    const key = (...steps: Step[]) => guards(given(...steps).incident, at(20)).map(guardKey);
    const three = key(...queries(3));
    expect(key(...queries(4))).toEqual(three);
    const later = key(...queries(3), [5, { type: 'update', fields: { known: 'x' } }], ...queries(3, 6));
    expect(later).toContainEqual(expect.stringMatching(/^no-lead\//));
    expect(later).not.toEqual(expect.arrayContaining(three));
  });

  it('muted, one or all, and back', () => {
    const story = given(...queries(3), [5, { type: 'mute-guard', guard: 'no-lead' }]);
    expect(guards(story.incident, at(6))).toEqual([]);
    expect(story.refused(6, { type: 'mute-guard', guard: 'no-lead' }).rule).toBe('muted-already');
    const back = story.and([6, { type: 'unmute-guard', guard: 'no-lead' }]);
    expect(guards(back.incident, at(7))).toHaveLength(1);
    expect(back.refused(7, { type: 'unmute-guard', guard: 'all' }).rule).toBe('not-muted');
    const none = given([1, { type: 'mute-guard', guard: 'all' }], ...queries(5, 2));
    expect(guards(none.incident, at(9))).toEqual([]);
  });

  it('nothing is said once it is over; every kind has its name', () => {
    expect(found(9, ...queries(5), [8, { type: 'cancel', reason: 'probe' }])).toEqual([]);
    expect(new Set(GUARDS).size).toBe(10);
  });
});
