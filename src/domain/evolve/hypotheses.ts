import type { Incident, IncidentEvent } from '../incident.ts';
import type { Hypothesis } from '../investigation/hypothesis.ts';
import type { Evolvers } from './promise.ts';

/** What became of hypotheses. */
export const HYPOTHESES = {
  'hypothesis-stated': (incident, event, { at }) => ({
    ...incident,
    hypotheses: [
      ...incident.hypotheses,
      {
        id: event.hypothesis,
        statement: event.statement,
        disproof: event.disproof,
        by: event.by,
        at,
        state: 'open',
        ...(event.parent !== undefined && { parent: event.parent }),
        ...(event.strategy && { strategy: event.strategy }),
        ...(event.method && { method: event.method }),
        attached: [],
        tests: [],
      },
    ],
  }),
  'disproof-set': (incident, event) =>
    change(incident, event.hypothesis, (one) => ({
      ...one,
      disproof: event.disproof,
      state: 'open',
      tests: [],
      attached: [
        ...one.attached,
        ...one.tests.flatMap(({ evidence, by }) =>
          evidence === undefined ? [] : [{ evidence, side: 'tests' as const, by }],
        ),
      ],
    })),
  'test-planned': (incident, event) =>
    change(incident, event.hypothesis, (one) => ({
      ...one,
      tests: [
        ...one.tests.filter((test) => test.number !== event.test),
        { number: event.test, expected: event.expected, by: event.by },
      ],
    })),
  'test-run': (incident, event) =>
    change(incident, event.hypothesis, (one) => ({
      ...one,
      state: 'testing',
      tests: one.tests.map((test) =>
        test.number === event.test ? { ...test, evidence: event.evidence } : test,
      ),
    })),
  'evidence-attached': (incident, { hypothesis, evidence, side, by }) =>
    change(incident, hypothesis, (one) => ({
      ...one,
      // Supports and contradicts at once it cannot; the newer word counts.
      attached: [...one.attached.filter((each) => each.evidence !== evidence), { evidence, side, by }],
    })),
  'hypothesis-judged': (incident, event) =>
    change(incident, event.hypothesis, (one) => ({
      ...one,
      state: event.state,
      tests: one.tests.map((test) =>
        test.number === event.test && event.outcome ? { ...test, outcome: event.outcome } : test,
      ),
    })),
} satisfies Partial<Evolvers<IncidentEvent['type']>>;

function change(incident: Incident, id: string, to: (one: Hypothesis) => Hypothesis): Incident {
  return { ...incident, hypotheses: incident.hypotheses.map((one) => (one.id === id ? to(one) : one)) };
}
