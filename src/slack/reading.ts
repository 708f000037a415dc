import type { Reading } from '../../blocks/message.ts';
import { type Incident, type PersonId, STEADY } from '../domain/incident.ts';
import type { World } from '../flows/ports.ts';
import type { Directory } from './directory.ts';

/** Everything a block has to know about the reader: names are looked up first, so that drawing stays pure. */
export async function readingFor(
  { directory, world }: { readonly directory: Directory; readonly world: Pick<World, 'clock' | 'nameLinks'> },
  team: string,
  people: Iterable<PersonId>,
  zone?: string,
): Promise<Reading> {
  const wanted = [...new Set(people)].filter((person) => person !== STEADY);
  const names = new Map(
    await Promise.all(wanted.map(async (person) => [person, await directory.name(team, person)] as const)),
  );
  return {
    now: world.clock.now(),
    name: (person) => names.get(person) ?? person,
    ...(world.nameLinks && { nameLinks: world.nameLinks }),
    ...(zone !== undefined && { zone }),
  };
}

/** Fields of events that hold a person. */
const ACTORS = ['by', 'author', 'person', 'to', 'lead', 'owner'] as const;

/** Everyone an incident mentions: whoever draws it needs their names. */
export function peopleOf(incident: Incident): readonly PersonId[] {
  const roles = [
    incident.lead,
    incident.comms,
    incident.ops,
    incident.scribe,
    incident.declaredBy,
    incident.offer?.to,
    incident.offer?.from,
  ];
  const marked = incident.entries.flatMap((entry) => [entry.author, entry.addedBy]);
  const acted = incident.timeline.flatMap(({ event }) => {
    const named = ACTORS.flatMap((field) => {
      const fields: { readonly [field: string]: unknown } = { ...event };
      const person = fields[field];
      return typeof person === 'string' ? [person] : [];
    });
    const was = event.type === 'lead-changed' || event.type === 'role-given' ? [event.was] : [];
    const asked = event.type === 'nudged' ? event.asked : [];
    const since = event.type === 'no-change' ? event.since.joined : [];
    return [...named, ...was, ...asked, ...since];
  });
  return [...new Set([...roles, ...marked, ...acted])].filter(
    (person): person is PersonId => person !== undefined,
  );
}
