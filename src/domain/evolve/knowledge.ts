import type { IncidentEvent } from '../incident.ts';
import type { Evolvers } from './promise.ts';

/** What was known before, and what of it was of use. */
export const KNOWLEDGE = {
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
