import { type IncidentEvent, isOpen } from '../incident.ts';
import { withoutFacts } from './knowledge.ts';
import type { Evolvers } from './promise.ts';

/** What is known about the incident itself. */
export const FACTS = {
  declared: (incident) => incident,
  'severity-changed': (incident, event) => {
    const next = { ...incident, severity: event.severity };
    return next.promise && isOpen(next)
      ? { ...next, promise: { ...next.promise, dueAt: event.dueAt } }
      : next;
  },
  retitled: (incident, event) => ({ ...incident, title: event.title }),
  'service-set': (incident, event) => ({ ...withoutFacts(incident), service: event.service }),
  linked: (incident, event) => ({ ...incident, link: event.link }),
  'impact-start-set': (incident, event) => ({ ...incident, impactSince: event.effectiveAt }),
  noted: (incident) => incident,
} satisfies Partial<Evolvers<IncidentEvent['type']>>;
