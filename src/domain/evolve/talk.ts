import type { Incident, IncidentEvent } from '../incident.ts';
import type { Instant } from '../time.ts';
import { type Evolvers, settle, spoke } from './promise.ts';

/** What the channel heard. */
export const TALK = {
  updated: (incident, event, { seq, at }) => ({
    ...spoke(incident, at, event.dueAt),
    heartbeatsInARow: 0,
    updates: [
      ...incident.updates,
      {
        seq,
        at,
        by: event.author ?? event.by,
        ...(event.author && { publishedBy: event.by }),
        fields: event.fields,
        ...(event.stand && { stand: event.stand }),
        nextDueAt: event.dueAt,
      },
    ],
  }),
  'update-fixed': (incident, event) => ({
    ...incident,
    updates: incident.updates.map((one) => (one.seq === event.seq ? { ...one, fields: event.fields } : one)),
  }),
  'no-change': (incident, event, { at }) => ({
    ...spoke(incident, at, event.dueAt),
    heartbeatsInARow: incident.heartbeatsInARow + 1,
  }),
  snoozed: (incident, event, { at }) => snooze(incident, event, at),
} satisfies Partial<Evolvers<IncidentEvent['type']>>;

/** A snooze writes a new promised time. One that was overdue already counts as missed. */
function snooze(
  incident: Incident,
  event: Extract<IncidentEvent, { type: 'snoozed' }>,
  at: Instant,
): Incident {
  const { promise } = incident;
  if (!promise || promise.number !== event.promise) return incident;
  const missed = at > promise.dueAt;
  const settled = missed ? settle(incident, at, 'spoke') : incident;
  return {
    ...settled,
    promisesMade: incident.promisesMade + 1,
    promise: {
      number: incident.promisesMade + 1,
      madeAt: at,
      dueAt: event.dueAt,
      climbed: [],
      unreachable: [],
      snoozed: { by: event.by, reason: event.reason, from: promise.dueAt },
    },
  };
}
