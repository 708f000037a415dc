import { RuleViolation } from '../errors.ts';
import { isOpen } from '../incident.ts';
import type { KnowledgeCommand } from '../knowledge/events.ts';
import { SUGGESTED_AT_MOST, sameRef, wasSuggested } from '../knowledge/suggestion.ts';
import type { Deciders } from './rules.ts';

/** What was known before, and what of it was of use. */
export const KNOWLEDGE: Deciders<KnowledgeCommand> = {
  'take-facts': (incident, { service, facts }) => {
    const { facts: known } = incident;
    const same = known?.service === service && JSON.stringify(known.facts) === JSON.stringify(facts);
    const other = incident.service !== undefined && incident.service !== service;
    return same || other || !isOpen(incident) ? [] : [{ type: 'facts-taken', service, facts }];
  },
  suggest: (incident, { because, suggestions }) => {
    const done = incident.timeline.some(
      ({ event }) => event.type === 'suggested' && event.because === because,
    );
    const fresh = suggestions.filter((one) => !wasSuggested(incident, one.of));
    if (done || fresh.length === 0 || !isOpen(incident)) return [];
    if (incident.suggested.length >= SUGGESTED_AT_MOST) return [];
    return [{ type: 'suggested', because, suggestions: fresh }];
  },
  'dismiss-suggestion': (incident, { seq, index }) => {
    const suggested = incident.suggested.find((one) => one.seq === seq);
    const one = suggested?.suggestions[index];
    if (!one)
      throw new RuleViolation(
        'no-such-suggestion',
        'That suggestion is not there any more. `recall checkout` looks for what is known.',
      );
    return suggested.dismissed[index] === undefined
      ? [{ type: 'suggestion-dismissed', seq, index, name: one.name }]
      : [];
  },
  'use-knowledge': (incident, { of, name, how }) => {
    const known = incident.usedKnowledge.some((one) => one.how === how && sameRef(one.of, of));
    return known ? [] : [{ type: 'knowledge-used', of, name, how }];
  },
};
