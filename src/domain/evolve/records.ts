import { citedIn } from '../claim.ts';
import type { Incident, IncidentEvent } from '../incident.ts';
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
      : reworded(incident, seq, text),
} satisfies Partial<Evolvers<IncidentEvent['type']>>;

/** A mitigation or a resolution says so from now on; where it is the one that counts, so does what is made of it. */
function reworded(incident: Incident, seq: number, text: string): Incident {
  const { conclusion } = incident;
  const ended = incident.timeline.findLast(({ event }) => event.type === 'resolved');
  return {
    ...incident,
    verifiedWords: [...incident.verifiedWords.filter((one) => one.seq !== seq), { seq, text }],
    ...(incident.resolution !== undefined && ended?.seq === seq && { resolution: text }),
    ...(conclusion?.seq === seq && {
      conclusion: { ...conclusion, text, evidence: namedIn(text, incident) },
    }),
  };
}

function namedIn(text: string, { evidence }: Incident): readonly string[] {
  return citedIn(text).filter((id) => evidence.some((one) => one.id === id));
}
