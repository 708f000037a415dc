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

/** Everyone an incident mentions: whoever draws it needs their names. Every answer asks, so it is one walk over the timeline. */
export function peopleOf(incident: Incident): readonly PersonId[] {
  const people = new Set<PersonId>();
  const add = (person: unknown) => {
    if (typeof person === 'string') people.add(person);
  };
  const { lead, comms, ops, scribe, declaredBy, offer } = incident;
  for (const person of [lead, comms, ops, scribe, declaredBy, offer?.to, offer?.from]) add(person);
  for (const { author, addedBy } of incident.entries) {
    add(author);
    add(addedBy);
  }
  for (const { event } of incident.timeline) {
    const fields: Partial<Record<(typeof ACTORS)[number], unknown>> = event;
    for (const field of ACTORS) add(fields[field]);
    if (event.type === 'lead-changed' || event.type === 'role-given') add(event.was);
    if (event.type === 'nudged') event.asked.forEach(add);
    if (event.type === 'no-change') event.since.joined.forEach(add);
  }
  return [...people];
}
