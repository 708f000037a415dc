import type { Incident, PersonId } from '../domain/incident.ts';
import { whyNotJudge } from '../domain/investigation/conclusion.ts';
import type { World } from './ports.ts';

/** Who judges a conclusion; undefined where nobody can. The seat is an interface: today it finds a person. */
export type JudgeSeat = (
  world: World,
  incident: Incident,
  proposer: PersonId,
) => Promise<PersonId | undefined>;

/** How many people are looked up before one of them is asked, reachable or not. */
const LOOKED_AT = 8;

/** Somebody of the incident who is independent of its cause and would hear us; else somebody who is named for escalation. */
export const personSeat: JudgeSeat = async (world, incident, proposer) => {
  const acted = incident.timeline.toReversed().map(({ event }) => event.by);
  const near = [incident.comms, incident.ops, incident.scribe, ...incident.joined.map((one) => one.person)];
  const there = await world.people.members(incident.team, incident.channel);
  const all = [...near, incident.declaredBy, ...acted, ...there, ...world.cadence.escalateTo];
  const able = [...new Set(all)].filter(
    (one): one is PersonId =>
      one !== undefined && isPerson(one) && one !== proposer && whyNotJudge(incident, one) === undefined,
  );
  for (const person of able.slice(0, LOOKED_AT)) {
    const { reachable } = await world.people.reach(incident.team, person, incident.channel);
    if (reachable) return person;
  }
  return able[0];
};

/** `escalate_to` may name groups, and Steady itself acts as well. */
function isPerson(id: PersonId): boolean {
  return /^[UW]/.test(id);
}
