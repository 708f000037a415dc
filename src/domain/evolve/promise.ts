import type { Incident, IncidentEvent, UpdatePromise } from '../incident.ts';
import type { Instant } from '../time.ts';

/** Where an event stands on the timeline. */
export interface Place {
  readonly seq: number;
  readonly at: Instant;
}

/** What each event of a family makes of an incident; the event is on its timeline already. */
export type Evolvers<T extends IncidentEvent['type']> = {
  readonly [K in T]: (
    incident: Incident,
    event: Extract<IncidentEvent, { type: K }>,
    place: Place,
  ) => Incident;
};

/** The channel heard from us: the promise is settled, a new one made. */
export function spoke(incident: Incident, at: Instant, dueAt: Instant): Incident {
  const settled = settle(incident, at, 'spoke');
  const number = incident.promisesMade + 1;
  return {
    ...settled,
    heardAt: [...incident.heardAt, at],
    promisesMade: number,
    promise: { number, madeAt: at, dueAt, climbed: [], unreachable: [] },
  };
}

export function settle(incident: Incident, at: Instant, how: 'spoke' | 'ended'): Incident {
  const { promise } = incident;
  if (!promise) return incident;
  const kept = at <= promise.dueAt;
  if (how === 'ended' && kept) return incident;
  return {
    ...incident,
    outcomes: [...incident.outcomes, { promise: promise.number, dueAt: promise.dueAt, at, kept }],
  };
}

export function onPromise(
  incident: Incident,
  number: number,
  change: (promise: UpdatePromise) => UpdatePromise,
): Incident {
  return incident.promise?.number === number ? { ...incident, promise: change(incident.promise) } : incident;
}
