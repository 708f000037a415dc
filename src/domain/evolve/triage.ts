import type { IncidentEvent } from '../incident.ts';
import type { Evolvers } from './promise.ts';

/** What was looked at before anybody asked, and what was announced. */
export const TRIAGE = {
  triaged: (incident, event, { seq, at }) => ({
    ...incident,
    triages: [...incident.triages, { seq, at, answers: event.answers }],
  }),
  'mitigation-started': (incident, event, { at }) => ({
    ...incident,
    heardAt: [...incident.heardAt, at],
    started: [...incident.started, { kind: event.kind, target: event.target, by: event.by, at }],
  }),
} satisfies Partial<Evolvers<IncidentEvent['type']>>;
