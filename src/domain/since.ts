import { type Incident, type SinceLast, STEADY } from './incident.ts';
import type { Instant } from './time.ts';

/** What happened since the channel last heard from us: read from the timeline, never invented. */
export function since(incident: Incident, now: Instant): SinceLast {
  const last = incident.heardAt.at(-1) ?? incident.declaredAt;
  const after = incident.timeline.filter((one) => one.at > last && one.at <= now && one.event.by !== STEADY);
  const evidence = after.flatMap((one) =>
    one.event.type === 'evidence-recorded' ? [one.event.evidence.id] : [],
  );
  const joined = after.flatMap((one) => (one.event.type === 'joined' ? [one.event.person] : []));
  const entries = after.filter((one) => one.event.type === 'entry-added').length;
  const notes = after.filter((one) => one.event.type === 'noted').length;
  const quiet = evidence.length + joined.length + entries + notes === 0;
  return {
    queries: evidence.length,
    evidence,
    joined,
    entries,
    notes,
    ...(quiet && { quietSince: quietSince(incident) }),
    inARow: incident.heartbeatsInARow + 1,
  };
}

/** The last time anything but a heartbeat or a nudge happened. */
function quietSince(incident: Incident): Instant {
  const last = incident.timeline.findLast((one) => one.event.type !== 'no-change' && one.event.by !== STEADY);
  return last?.at ?? incident.declaredAt;
}
