import type { IncidentEvent } from '../incident.ts';
import type { Evolvers } from './promise.ts';

/** Who does what. */
export const PEOPLE = {
  'lead-changed': (incident, event) => {
    const { offer, ...rest } = incident;
    return offer?.role === 'lead' ? { ...rest, lead: event.lead } : { ...incident, lead: event.lead };
  },
  'role-given': (incident, event) => {
    const { offer, ...rest } = incident;
    const kept = offer && offer.role !== event.role ? { offer } : {};
    return { ...rest, ...kept, [event.role]: event.person };
  },
  'handoff-offered': (incident, event, { seq, at }) => ({
    ...incident,
    offer: { seq, role: event.role, from: event.by, to: event.to, at },
  }),
  'handoff-declined': (incident) => {
    const { offer: _gone, ...rest } = incident;
    return rest;
  },
  joined: (incident, event, { at }) => ({
    ...incident,
    joined: [...incident.joined, { person: event.person, at }],
  }),
} satisfies Partial<Evolvers<IncidentEvent['type']>>;
