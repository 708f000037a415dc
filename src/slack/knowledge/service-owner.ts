import { type Incident, isOpen, type PersonId } from '../../domain/incident.ts';
import { ownerOf } from '../../domain/knowledge/service-facts.ts';
import { sayShelf } from '../../domain/knowledge/shelf.ts';
import { serviceFacts } from '../../flows/knowledge/service-facts.ts';
import type { Asked } from '../call.ts';

/**
 * Who owns an incident's service by what is known, for the asker alone: what they keep for themselves counts first. Undefined where
 * no fact names a person, or where they lead already.
 */
export async function serviceOwner(
  { bot, request }: Asked,
  incident: Incident,
): Promise<{ readonly person: PersonId; readonly says: string } | undefined> {
  const { service } = incident;
  if (service === undefined || !isOpen(incident)) return undefined;
  const facts = await serviceFacts(bot.world, request.team, service, request.by);
  if (!facts.owner) return undefined;
  const person = ownerOf(facts) ?? (await calledIn({ bot, request }, incident.channel, facts.owner.value));
  if (person === undefined || person === incident.lead) return undefined;
  const { key, shelf } = facts.owner.from;
  return {
    person,
    says: `@{${person}} owns it, by the fact \`${key.replaceAll('`', "'")}\` (${sayShelf(shelf)}).`,
  };
}

/** Of a large channel not everybody's name is asked for. */
const LOOKED_AT = 200;

/** The only member of a channel who is called so; files name people as people do. */
async function calledIn(
  { bot, request }: Asked,
  channel: string,
  name: string,
): Promise<PersonId | undefined> {
  const wanted = name.replace(/^@/, '').trim().toLowerCase();
  const members = (await bot.world.people.members(request.team, channel)).slice(0, LOOKED_AT);
  const named = await Promise.all(
    members.map(async (person) => ({ person, name: await bot.directory.name(request.team, person) })),
  );
  const same = named.filter((one) => one.name.trim().toLowerCase() === wanted);
  return same.length === 1 ? same[0]?.person : undefined;
}
