import type { Reading } from '../../blocks/message.ts';
import { type Incident, type PersonId, STEADY } from '../domain/incident.ts';
import type { Instant } from '../domain/time.ts';
import type { Directory } from './directory.ts';

/** Everything a block has to know about the reader: names are looked up first, so that drawing stays pure. */
export async function readingFor(
  directory: Directory,
  team: string,
  people: Iterable<PersonId>,
  now: Instant,
  zone?: string,
): Promise<Reading> {
  const wanted = [...new Set(people)].filter((person) => person !== STEADY);
  const names = new Map(
    await Promise.all(wanted.map(async (person) => [person, await directory.name(team, person)] as const)),
  );
  return { now, name: (person) => names.get(person) ?? person, ...(zone !== undefined && { zone }) };
}

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
    const others =
      'person' in event
        ? [event.person]
        : 'to' in event
          ? [event.to]
          : 'lead' in event
            ? [event.lead, event.was]
            : 'asked' in event
              ? event.asked
              : [];
    const since = event.type === 'no-change' ? event.since.joined : [];
    return [event.by, ...others, ...since];
  });
  return [...new Set([...roles, ...marked, ...acted])].filter(
    (person): person is PersonId => person !== undefined,
  );
}
