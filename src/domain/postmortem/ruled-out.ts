import type { Incident } from '../incident.ts';
import { evidenceAgainst } from '../investigation/hypothesis.ts';
import type { RuledOut } from './postmortem.ts';

/** What is asked when a P1 begins, as something that may have been the cause. */
const LOOKED_AT = {
  deploy: 'A deploy',
  flag: 'A feature flag',
  traffic: 'More traffic',
  firing: 'Other alerts',
  errors: 'New errors',
} as const;

/** What it was not, and by what: hypotheses that evidence killed, and what was looked at first and found to be none. */
export function ruledOutOf(incident: Incident): readonly RuledOut[] {
  const killed = incident.hypotheses
    .filter((one) => one.state === 'disproved')
    .map((one): RuledOut => {
      const judged = incident.timeline.findLast(
        ({ event }) => event.type === 'hypothesis-judged' && event.hypothesis === one.id,
      );
      const expected = one.tests.findLast((test) => test.outcome === 'killed')?.expected;
      return {
        id: one.id,
        statement: one.statement,
        state: one.state,
        evidence: evidenceAgainst(one),
        at: judged?.at ?? one.at,
        by: judged?.event.by ?? one.by,
        ...(expected !== undefined && { expected }),
      };
    });
  const triage = incident.triages.at(-1);
  const by = incident.timeline.find(({ seq }) => seq === triage?.seq)?.event.by ?? incident.declaredBy;
  const looked = (triage?.answers ?? [])
    .filter((one) => one.says === 'no' && one.evidence.length > 0)
    .map(
      (one): RuledOut => ({
        id: one.question,
        statement: `${LOOKED_AT[one.question]}: ${one.text}`,
        state: 'looked-at',
        evidence: one.evidence,
        at: triage?.at ?? incident.declaredAt,
        by,
      }),
    );
  return [...killed, ...looked];
}
