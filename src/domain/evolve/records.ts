import type { IncidentEvent } from '../incident.ts';
import type { Evolvers } from './promise.ts';

/** What was understood, claimed, and fixed. */
export const RECORDS = {
  'confirmation-asked': (incident, { statement, by }, { seq }) => ({
    ...incident,
    confirmations: [...incident.confirmations, { seq, statement, by, answers: [] }],
  }),
  'confirmation-answered': (incident, { confirmation, says, correction, by }) => ({
    ...incident,
    confirmations: incident.confirmations.map((one) =>
      one.seq === confirmation
        ? {
            ...one,
            answers: [
              ...one.answers.filter((each) => each.by !== by),
              { by, says, ...(correction !== undefined && { correction }) },
            ],
          }
        : one,
    ),
  }),
  'bugfix-recorded': (incident, { parts, by }, { seq, at }) => ({
    ...incident,
    bugfixes: [...incident.bugfixes, { seq, at, by, parts }],
  }),
  claimed: (incident, { claim, text, by }, { seq, at }) => ({
    ...incident,
    claims: [...incident.claims, { id: claim, seq, at, by, text }],
  }),
  'claim-verified': (incident, { seq, text }) =>
    incident.claims.some((one) => one.seq === seq)
      ? { ...incident, claims: incident.claims.map((one) => (one.seq === seq ? { ...one, text } : one)) }
      : { ...incident, recoveries: [...incident.recoveries.filter((one) => one.seq !== seq), { seq, text }] },
} satisfies Partial<Evolvers<IncidentEvent['type']>>;
