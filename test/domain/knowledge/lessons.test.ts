import { describe, expect, it } from 'vitest';
import type { Command } from '../../../src/domain/command.ts';
import type { EvidenceNote } from '../../../src/domain/evidence-note.ts';
import type { QuestionName } from '../../../src/domain/investigation/conclusion.ts';
import { BUGFIX_PARTS, type BugfixParts } from '../../../src/domain/investigation/record.ts';
import { summaryOf } from '../../../src/domain/knowledge/entry.ts';
import { lessonEntries } from '../../../src/domain/knowledge/lesson-entries.ts';
import { lessonsOf } from '../../../src/domain/knowledge/lessons.ts';
import { at, given, note, type Step } from '../given.ts';

const asked = (query: string, more: Partial<EvidenceNote> = {}): Command => ({
  type: 'record-evidence',
  evidence: (id) => note(id, [41.2], { query, askedBy: 'KAI', ...more }),
});
const test = (hypothesis: string, query: string): Command =>
  ({ ...asked(query), test: { hypothesis, number: 1 } }) as Command;
/** The deploy is ruled out by E1, payments shown by E2; what else was asked is E3. */
const FOUND: readonly Step[] = [
  [1, { type: 'state-hypothesis', statement: 'the deploy broke it', disproof: '500s began before' }, 'KAI'],
  [2, { type: 'plan-test', hypothesis: 'H1', expected: 'pods ran it first' }, 'KAI'],
  [3, test('H1', 'count(build_info)'), 'KAI'],
  [4, { type: 'judge-hypothesis', hypothesis: 'H1', outcome: 'killed' }, 'KAI'],
  [5, { type: 'state-hypothesis', statement: 'payments limits us', disproof: '429s stay level' }, 'KAI'],
  [6, { type: 'plan-test', hypothesis: 'H2', expected: '429s rise first' }, 'KAI'],
  [7, test('H2', 'rate(calls{code="429"}[2m])'), 'KAI'],
  [8, { type: 'judge-hypothesis', hypothesis: 'H2', outcome: 'held' }, 'KAI'],
  [9, asked('errors'), 'KAI'],
  [10, { type: 'update', fields: { impact: '41.2 errors a second (E3)' } }],
  [11, { type: 'service', service: 'Checkout API' }],
];
const shapes = (...steps: readonly Step[]) =>
  lessonsOf(given(...steps).incident).map(({ id, key, text }) => ({ id, key, text }));

describe('what the timeline proposes to keep', () => {
  it('is the summary alone where nothing was found', () => {
    expect(shapes()).toEqual([
      {
        id: 'incident',
        key: 'INC-42 checkout 500s',
        text: '**Symptom** checkout 500s\n**Cause** not shown by a test',
      },
    ]);
  });

  it('is summary, facts, the queries that proved it, and the pattern', () => {
    expect(shapes(...FOUND, [12, { type: 'resolve', text: 'they raised our limit' }])).toEqual([
      {
        id: 'incident',
        key: 'INC-42 checkout 500s',
        text: [
          '**Cause** payments limits us (E2)',
          '**Symptom** 41.2 errors a second (E3) (2026-01-05 14:00 to 14:12 UTC, 12 min)',
          '**As said at the end** UNVERIFIED: they raised our limit',
          '**Ruled out** the deploy broke it (E1)',
          '**Found by** 429s rise first (E2)',
        ].join('\n'),
      },
      { id: 'fact/H2', key: 'INC-42 payments limits us', text: 'payments limits us' },
      {
        id: 'query/E2',
        key: 'INC-42 E2 shows payments limits us: 429s rise first',
        text: 'shows payments limits us: 429s rise first',
      },
      {
        id: 'query/E1',
        key: 'INC-42 E1 rules out the deploy broke it',
        text: 'rules out the deploy broke it',
      },
      {
        id: 'pattern/H2',
        key: 'INC-42 payments limits us',
        text: [
          '**Symptoms**\n\n- checkout 500s\n- 41.2 errors a second (E3)\n',
          '**Cause** payments limits us (E2)\n',
          '**Rules it out**\n\n- 429s stay level\n',
          '**Looked like it, and was not** the deploy broke it (E1)',
        ].join('\n'),
      },
    ]);
  });

  it('says what helped: the fix report, else the mitigation, unverified where nothing shows it', () => {
    const summary = (...more: readonly Step[]) => shapes(...FOUND, ...more)[0]?.text;
    const helped: Step = [12, { type: 'mitigate', text: 'retries halved' }];
    expect(summary(helped)).toContain('\n**Fix** UNVERIFIED: retries halved\n');
    const parts = Object.fromEntries(BUGFIX_PARTS.map(({ name }) => [name, `the ${name}`])) as BugfixParts;
    expect(summary(helped, [13, { type: 'record-bugfix', parts }])).toContain('\n**Fix** the fix\n');
  });

  it('takes for a fact only what is verified, three at most and each once', () => {
    const facts = (...more: readonly Step[]) =>
      lessonsOf(given(...FOUND, ...more).incident)
        .filter((one) => one.kind === 'facts')
        .map((one) => one.text);
    expect(facts([12, { type: 'claim', text: 'we saw some errors' }])).toEqual(['payments limits us']);
    expect(
      facts(
        [12, { type: 'claim', text: 'it was 41.2 a second E3' }],
        [13, { type: 'update', fields: { known: 'It was 41.2 a second E3' } }],
        [14, { type: 'claim', text: 'refused calls: 41.2 E2' }],
        [15, { type: 'claim', text: 'a fourth of 41.2 E2' }],
      ),
    ).toEqual(['payments limits us', 'it was 41.2 a second E3', 'refused calls: 41.2 E2']);
  });

  it('names what the five answers named, once per query, and nothing that was pasted', () => {
    const pasted: Partial<EvidenceNote> = {
      reproduction: { kind: 'supplied', permalink: 'https://s/p1', by: 'KAI' },
    };
    const story = given(
      ...FOUND,
      [12, asked('kubectl get pods', pasted), 'KAI'],
      [13, asked('limit of payments'), 'KAI'],
      [14, { type: 'resolve' }],
      [
        15,
        {
          type: 'answer-questions',
          skipJudge: false,
          answers: [
            { question: 'mechanism', says: 'yes', evidence: 'E5' },
            { question: 'assumptions', says: 'yes', evidence: 'E4' },
            { question: 'alternatives', says: 'no' },
          ],
        },
      ],
    );
    const queries = lessonsOf(story.incident).filter((one) => one.kind === 'queries');
    expect(queries.map(({ proof, text }) => [proof, text])).toEqual([
      ['E2', 'shows payments limits us: 429s rise first'],
      ['E5', 'answers “Is the mechanism proven, not just timing?”'],
      ['E1', 'rules out the deploy broke it'],
    ]);
  });

  it('gives every entry of a kind a key of its own, however alike they begin', () => {
    const long = 'payments limits us and our retries multiply the calls that it has to refuse';
    const facts = lessonsOf(
      given(
        ...FOUND,
        [12, { type: 'claim', text: `${long}: 41.2 E2` }],
        [13, { type: 'claim', text: `${long}, which is 41.2 E2` }],
      ).incident,
    ).filter((one) => one.kind === 'facts');
    const keys = facts.map((one) => one.key);
    expect(new Set(keys).size).toBe(3);
    for (const key of keys) expect(key.length).toBeLessThan(80);
  });
});

describe('what is kept', () => {
  const { incident } = given(...FOUND);
  const keep = (...ids: readonly string[]) => ({
    keep: ids.map((id) => ({ id })),
    out: [],
    audience: 'team' as const,
  });

  it('has query, window and link of its proof, links of what it names, and the service as its tag', () => {
    const [summary, query] = lessonEntries(incident, keep('query/E2', 'incident'), at(20) + 300);
    expect(query).toMatchObject({
      kind: 'queries',
      entry: { at: at(20), type: 'query', tags: ['checkout-api'], pinned: false },
    });
    expect(query?.entry.body).toBe(
      [
        'shows payments limits us: 429s rise first',
        '',
        'Proved by E2 of INC-42, Prometheus prod, 2026-01-05T14:00:00.000Z to 2026-01-05T14:30:00.000Z:',
        '',
        '```promql',
        'rate(calls{code="429"}[2m])',
        '```',
        '',
        'https://prom.example.com/graph?g0.expr=up',
      ].join('\n'),
    );
    expect(summary?.entry.body).toContain('- E3 of INC-42: https://prom.example.com/graph?g0.expr=up');
  });

  it('is what was chosen, whatever the answers of the same form put in its place', () => {
    const yes = (question: QuestionName, evidence: string) => ({ question, says: 'yes', evidence }) as const;
    const named = [yes('mechanism', 'E3'), yes('assumptions', 'E4'), yes('counterfactual', 'E5')];
    const later = given(
      ...FOUND,
      [12, asked('one more'), 'KAI'],
      [13, asked('and another'), 'KAI'],
      [14, { type: 'resolve' }],
      [15, { type: 'answer-questions', skipJudge: false, answers: named }],
    );
    expect(lessonsOf(later.incident).map((one) => one.id)).not.toContain('query/E1');
    expect(lessonEntries(later.incident, keep('query/E1', 'query/E5'), at(20))).toHaveLength(2);
  });

  it('says its cause in the one line that lists show, without ornaments', () => {
    const [summary] = lessonEntries(incident, keep('incident'), at(20));
    expect(summary && summaryOf(summary.entry)).toBe('Cause payments limits us (E2)');
  });

  it('is in the words of whoever changed them, and never what was taken out or is not there', () => {
    const entries = lessonEntries(
      incident,
      {
        keep: [{ id: 'fact/H2', text: 'payments allows 200/s' }, { id: 'fact/H9' }],
        out: [],
        audience: 'me',
      },
      at(20),
    );
    expect(entries.map(({ entry }) => entry.body.split('\n')[0])).toEqual(['payments allows 200/s']);
  });
});
