import { keptSoFar } from '../cadence.ts';
import type { Incident } from '../incident.ts';
import type { Instant } from '../time.ts';
import type { Communication } from './postmortem.ts';

/** Whether the channel heard when it was promised to. */
export function communicationOf(incident: Incident, now: Instant): Communication {
  const { kept, of, onTimeRate, longestSilence } = keptSoFar(incident, now);
  const heartbeats = incident.timeline.filter(({ event }) => event.type === 'no-change').length;
  const reminders = incident.timeline.filter(
    ({ event }) => event.type === 'nudged' && event.rung !== 'draft',
  ).length;
  return {
    kept,
    of,
    ...(onTimeRate !== null && { onTimeRate }),
    longestSilence,
    updates: incident.updates.length,
    heartbeats,
    reminders,
    snoozes: incident.timeline.flatMap(({ at, event }) =>
      event.type === 'snoozed' ? [{ at, by: event.by, reason: event.reason }] : [],
    ),
    late: incident.outcomes.flatMap(({ kept: inTime, dueAt, at }) => (inTime ? [] : [{ dueAt, at }])),
  };
}
