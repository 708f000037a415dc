import { type Incident, isOpen } from '../../domain/incident.ts';
import { stemsOf } from '../../domain/knowledge/stems.ts';
import { findIncident } from '../incident-of.ts';
import type { World } from '../ports.ts';

/** Ended incidents whose titles are looked at, newest first. */
const TITLES = 1_000;
/** Of these the timelines are read: those with words in common, then the newest. */
const READ = 12;
const NEWEST = 4;

/**
 * Incidents of a workspace that ended and that this one's channel may hear of: public ones, and private ones of this very channel.
 * The likeliest only, by the words that their titles share with `said`.
 */
export async function pastIncidents(
  { store }: Pick<World, 'store'>,
  incident: Pick<Incident, 'team' | 'number' | 'channel'>,
  said: string,
): Promise<readonly Incident[]> {
  const stems = new Set(stemsOf(said).map(({ stem }) => stem));
  const ended = (await store.list(incident.team, { limit: TITLES })).filter(
    (one) => !one.open && one.ref.number !== incident.number,
  );
  const shared = (title: string) =>
    new Set(
      stemsOf(title)
        .filter(({ stem }) => stems.has(stem))
        .map(({ stem }) => stem),
    ).size;
  const alike = ended.toSorted((a, b) => shared(b.title) - shared(a.title)).slice(0, READ - NEWEST);
  const refs = [...new Set([...alike, ...ended.slice(0, NEWEST)])].map(({ ref }) => ref);
  const found = await Promise.all(refs.map((ref) => findIncident(store, ref)));
  return found.filter(
    (one): one is Incident =>
      one !== undefined &&
      !isOpen(one) &&
      one.phase === 'resolved' &&
      (!one.private || one.channel === incident.channel),
  );
}

/** What was the cause, where somebody judged that it was. */
export function validatedCause({
  review,
  resolution,
}: Pick<Incident, 'review' | 'resolution'>): string | undefined {
  return review?.kind === 'judged' ? resolution : undefined;
}
