import { RuleViolation } from '../domain/errors.ts';
import { fold } from '../domain/evolve.ts';
import { type Incident, type IncidentEvent, incidentId, type Recorded } from '../domain/incident.ts';
import type { IncidentRef, Json, Store, StoredTimeline } from '../storage/store.ts';

/** Reads an incident from its timeline; refuses a number that was never given. */
export async function incidentOf(store: Store, ref: IncidentRef): Promise<Incident> {
  const incident = await findIncident(store, ref);
  if (incident) return incident;
  throw new RuleViolation(
    'no-such-incident',
    `There is no ${incidentId(ref.number)} here. \`list\` shows the open ones.`,
    [{ label: 'List', command: 'list' }],
  );
}

export async function findIncident(
  store: Pick<Store, 'load'>,
  ref: IncidentRef,
): Promise<Incident | undefined> {
  const timeline = await store.load(ref);
  return timeline && fold(ref.team, ref.number, recordedOf(timeline));
}

function recordedOf(timeline: StoredTimeline): readonly Recorded[] {
  return timeline.events.map(({ seq, at, body }) => ({ seq, at, event: body as unknown as IncidentEvent }));
}

/** What was recorded for the delivery of this key. */
export async function doneUnder(store: Store, ref: IncidentRef, key: string): Promise<readonly Recorded[]> {
  const timeline = await store.load(ref);
  const under = timeline?.events.filter(({ body }) => (body as { request?: unknown }).request === key) ?? [];
  return timeline ? recordedOf({ ...timeline, events: under }) : [];
}

/** `request` is the key of the delivery that asked for it. */
export function toJson(event: IncidentEvent, request?: string): Json {
  return (request === undefined ? event : { ...event, request }) as unknown as Json;
}
