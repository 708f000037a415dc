import type { Incident, IncidentEvent } from '../incident.ts';
import type { Evolvers } from './promise.ts';

/** What a person said stays; what came from facts goes with them. */
export function withoutFacts(incident: Incident): Incident {
  const { facts, link, ...rest } = incident;
  const said = link === undefined || link === facts?.facts.dashboard?.value ? {} : { link };
  return { ...rest, ...said };
}

/** What was known before, and what of it was of use. */
export const KNOWLEDGE = {
  'facts-taken': (incident, { service, facts }) => {
    const before = withoutFacts(incident);
    const link = before.link ?? facts.dashboard?.value;
    return { ...before, service, facts: { service, facts }, ...(link !== undefined && { link }) };
  },
  suggested: (incident, { suggestions }, { seq, at }) => ({
    ...incident,
    suggested: [...incident.suggested, { seq, at, suggestions, dismissed: {} }],
  }),
  'suggestion-dismissed': (incident, { seq, index, by }) => ({
    ...incident,
    suggested: incident.suggested.map((one) =>
      one.seq === seq ? { ...one, dismissed: { ...one.dismissed, [index]: by } } : one,
    ),
  }),
  'knowledge-used': (incident, { of, how, by }, { seq, at }) => ({
    ...incident,
    usedKnowledge: [...incident.usedKnowledge, { seq, at, by, of, how }],
  }),
} satisfies Partial<Evolvers<IncidentEvent['type']>>;
