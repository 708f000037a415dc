import { describe, expect, it } from 'vitest';
import type { Command } from '../../../src/domain/command.ts';
import type { EvidenceNote } from '../../../src/domain/evidence-note.ts';
import { leading, ruledOut, testOf } from '../../../src/domain/investigation/hypothesis.ts';
import { given, note, type Step } from '../given.ts';

const DEPLOY: Command = {
  type: 'state-hypothesis',
  statement: 'deploy v2.3.45 broke checkout',
  disproof: 'errors began before the deploy',
};
const LIMIT: Command = {
  type: 'state-hypothesis',
  statement: 'payments limits us',
  disproof: '429s stay level when our retry rate halves',
  strategy: 'differential',
  method: 'red',
};
const plan = (hypothesis: string, expected: string): Command => ({ type: 'plan-test', hypothesis, expected });
const run = (hypothesis: string, number: number, more: Partial<EvidenceNote> = {}): Command => ({
  type: 'record-evidence',
  evidence: (id) => note(id, more.empty ? [] : [41.2], more),
  test: { hypothesis, number },
});
const asked: Command = { type: 'record-evidence', evidence: (id) => note(id, [41.2]) };
const judge = (hypothesis: string, outcome: 'held' | 'killed' | 'unclear', test?: number): Command => ({
  type: 'judge-hypothesis',
  hypothesis,
  outcome,
  ...(test !== undefined && { test }),
});
const tested = (expected = '429s fall to 40', more: Partial<EvidenceNote> = {}): Step[] => [
  [1, LIMIT],
  [2, plan('H1', expected)],
  [3, run('H1', 1, more)],
];

describe('stating', () => {
  it('numbers them, and those below another under it', () => {
    const story = given([1, DEPLOY], [2, LIMIT]).and([
      3,
      { ...LIMIT, statement: 'only eu-west', parent: 'H2' } as Command,
    ]);
    expect(story.incident.hypotheses.map((one) => one.id)).toEqual(['H1', 'H2', 'H2.1']);
    expect(given([1, LIMIT]).incident.hypotheses[0]).toMatchObject({
      id: 'H1',
      state: 'open',
      by: 'LEA',
      strategy: 'differential',
      method: 'red',
    });
  });

  it.each([
    ['', 'x y', 'statement-needed'],
    ['payments limits us', '', 'disproof-needed'],
    ['payments limits us', 'n/a', 'disproof-needed'],
    ['payments limits us', 'None', 'disproof-needed'],
    ['payments limits us', '…', 'disproof-needed'],
    ['payments limits us', 'nothing', 'disproof-needed'],
    ['payments limits us', 'wrong', 'disproof-needed'],
    ['payments limits us', 'Payments limits us!', 'disproof-needed'],
  ])('%j with the disproof %j is refused', (statement, disproof, rule) => {
    expect(given().refused(1, { type: 'state-hypothesis', statement, disproof }).rule).toBe(rule);
  });

  it('the same one is not stated twice, and a parent must be there', () => {
    expect(given([1, LIMIT]).refused(2, { ...LIMIT, statement: 'Payments limits us.' } as Command).rule).toBe(
      'same-hypothesis',
    );
    expect(given().refused(2, { ...LIMIT, parent: 'H9' } as Command).rule).toBe('no-such-hypothesis');
  });
});

describe('states change by evidence alone', () => {
  it('open, testing once its query has answered, supported when its disproof did not come true', () => {
    const story = given(...tested());
    expect(story.incident.hypotheses[0]?.state).toBe('testing');
    expect(story.and([4, judge('H1', 'held', 1)]).incident.hypotheses[0]).toMatchObject({
      state: 'supported',
      tests: [{ number: 1, expected: '429s fall to 40', evidence: 'E1', outcome: 'held' }],
    });
  });

  it('disproved by the outcome that kills it, inconclusive by neither', () => {
    expect(given(...tested(), [4, judge('H1', 'killed', 1)]).incident.hypotheses[0]?.state).toBe('disproved');
    expect(given(...tested(), [4, judge('H1', 'unclear', 1)]).incident.hypotheses[0]?.state).toBe(
      'inconclusive',
    );
  });

  it.each(['held', 'killed', 'unclear'] as const)('%s needs a test that has run', (outcome) => {
    expect(given([1, LIMIT]).refused(2, judge('H1', outcome))).toMatchObject({
      rule: 'disproof-not-run',
      message: expect.stringContaining('429s stay level when our retry rate halves'),
      next: [{ label: 'Run the test', command: 'H1 test' }],
    });
    expect(given([1, LIMIT], [2, plan('H1', 'fewer')]).refused(3, judge('H1', outcome)).rule).toBe(
      'disproof-not-run',
    );
  });

  it('evidence asked without its expected result said first decides nothing, however it is attached', () => {
    const story = given([1, asked], [2, LIMIT]).and([
      3,
      { type: 'attach', hypothesis: 'H1', evidence: 'E1', side: 'against' },
    ]);
    expect(story.refused(4, judge('H1', 'killed')).rule).toBe('disproof-not-run');
    expect(story.refused(4, judge('H1', 'held')).rule).toBe('disproof-not-run');
    expect(story.and([4, judge('H1', 'unclear')]).incident.hypotheses[0]?.state).toBe('inconclusive');
  });

  it('the expected result comes first, and says something', () => {
    expect(given([1, LIMIT]).refused(2, plan('H1', ' ')).rule).toBe('expected-needed');
    expect(given([1, LIMIT]).refused(2, plan('H1', 'anything')).rule).toBe('expected-needed');
    const planned = given([1, LIMIT], [2, plan('H1', 'fewer')], [3, plan('H1', 'fewer than 10')]);
    expect(planned.incident.hypotheses[0]?.tests).toEqual([
      { number: 1, expected: 'fewer than 10', by: 'LEA' },
    ]);
    // What has answered keeps the expectation it was asked with.
    const ran = planned.and([4, run('H1', 1)], [5, plan('H1', 'other')]);
    expect(ran.incident.hypotheses[0]?.tests.map((one) => one.expected)).toEqual(['fewer than 10', 'other']);
  });

  it('a disproof rewritten after the answer starts anew', () => {
    const story = given(...tested(), [
      4,
      { type: 'set-disproof', hypothesis: 'H1', disproof: 'we see 3xx instead' },
    ]);
    expect(story.incident.hypotheses[0]).toMatchObject({
      state: 'open',
      tests: [],
      attached: [{ evidence: 'E1', side: 'tests' }],
    });
    expect(story.refused(5, judge('H1', 'held', 1)).rule).toBe('test-outdated');
    expect(story.refused(5, judge('H1', 'held')).rule).toBe('disproof-not-run');
    // An answer that was under way under the earlier disproof belongs to no test any more.
    const late = given(
      [1, LIMIT],
      [2, plan('H1', 'x y')],
      [3, { type: 'set-disproof', hypothesis: 'H1', disproof: 'z is up' }],
    );
    expect(late.when(4, run('H1', 1)).map((one) => one.type)).toEqual(['evidence-recorded']);
  });

  it.each([
    [
      'nothing found, of which the expectation says more',
      '429s fall to 40',
      { empty: true, count: 0 },
      'held',
    ],
    ['nothing found, of which the disproof says more', 'fewer', { empty: true, count: 0 }, 'killed'],
    ['a part, for all', 'all requests pass', { partial: 'the server stopped' }, 'held'],
    ['a part, for none', 'no 429 at all', { partial: 'the server stopped' }, 'held'],
    ['nothing found in a part', 'no 429 at all', { empty: true, partial: 'the server stopped' }, 'held'],
    [
      'what was pasted',
      'fewer',
      { reproduction: { kind: 'supplied', permalink: 'https://x.slack.com/p1', by: 'KAI' } },
      'held',
    ],
  ] as const)('%s does not carry it', (_name, expected, more, outcome) => {
    const refused = given(...tested(expected, more)).refused(4, judge('H1', outcome, 1));
    expect(refused.rule).toBe('evidence-too-weak');
    expect(refused.next.map((one) => one.command)).toEqual(['H1 test', 'H1 inconclusive']);
  });

  it('nothing found supports that nothing was there', () => {
    const story = given(...tested('no 429 is left', { empty: true, count: 0 }), [4, judge('H1', 'held', 1)]);
    expect(story.incident.hypotheses[0]?.state).toBe('supported');
  });

  it('a second click, and a test of what is disproved, say what already happened', () => {
    const held = given(...tested(), [4, judge('H1', 'held', 1)]);
    expect(held.refused(5, judge('H1', 'killed', 1)).rule).toBe('test-judged');
    const dead = given(...tested(), [4, judge('H1', 'killed', 1)]);
    expect(dead.refused(5, judge('H1', 'held', 1)).rule).toBe('disproved-already');
    expect(dead.refused(5, plan('H1', 'fewer')).rule).toBe('disproved-already');
  });

  it('one that was supported can still be killed by a later test', () => {
    const story = given(
      ...tested(),
      [4, judge('H1', 'held', 1)],
      [5, plan('H1', 'fewer')],
      [6, run('H1', 2)],
    );
    expect(story.incident.hypotheses[0]?.state).toBe('testing');
    expect(story.and([7, judge('H1', 'killed', 2)]).incident.hypotheses[0]?.state).toBe('disproved');
  });
});

describe('attaching', () => {
  it('keeps one side for each evidence; what is not there is refused', () => {
    const attach = (side: 'for' | 'against'): Command => ({
      type: 'attach',
      hypothesis: 'H1',
      evidence: 'E1',
      side,
    });
    const story = given(
      [1, asked],
      [2, LIMIT],
      [3, attach('for')],
      [4, attach('for')],
      [5, attach('against')],
    );
    expect(story.incident.hypotheses[0]?.attached).toEqual([{ evidence: 'E1', side: 'against', by: 'LEA' }]);
    expect(story.refused(6, { type: 'attach', hypothesis: 'H1', evidence: 'E9', side: 'for' }).rule).toBe(
      'no-such-evidence',
    );
    expect(story.refused(6, { type: 'attach', hypothesis: 'H7', evidence: 'E1', side: 'for' }).rule).toBe(
      'no-such-hypothesis',
    );
  });
});

describe('what leads and what is ruled out', () => {
  it('supported before tested before open; never what is disproved', () => {
    const story = given(...tested(), [4, DEPLOY]);
    expect(leading(story.incident)?.id).toBe('H1');
    const dead = story.and([5, judge('H1', 'killed', 1)]);
    expect(leading(dead.incident)?.id).toBe('H2');
    expect(ruledOut(dead.incident)).toEqual([
      { id: 'H1', statement: 'payments limits us', evidence: ['E1'] },
    ]);
    expect(testOf(story.incident, 'E1')?.test.number).toBe(1);
  });

  it('an update keeps them as they stood, each ruling-out once', () => {
    const update: Command = { type: 'update', fields: { doing: 'x' } };
    const story = given(
      ...tested(),
      [4, judge('H1', 'killed', 1)],
      [5, DEPLOY],
      [6, update],
      [7, { ...update, fields: { doing: 'y' } } as Command],
    );
    expect(story.incident.updates.map((one) => one.stand)).toEqual([
      {
        leading: { id: 'H2', statement: 'deploy v2.3.45 broke checkout', state: 'open' },
        ruledOut: [{ id: 'H1', statement: 'payments limits us', evidence: ['E1'] }],
      },
      { leading: { id: 'H2', statement: 'deploy v2.3.45 broke checkout', state: 'open' }, ruledOut: [] },
    ]);
    expect(given([1, update]).incident.updates[0]).not.toHaveProperty('stand');
  });
});
