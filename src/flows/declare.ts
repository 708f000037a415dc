import type { Declare } from '../domain/command.ts';
import { declare as decideDeclare } from '../domain/decide.ts';
import { evolve } from '../domain/evolve.ts';
import type { Incident, Recorded } from '../domain/incident.ts';
import type { Asker } from './act.ts';
import { toJson } from './incident-of.ts';
import type { World } from './ports.ts';
import { postsFor } from './posts-for.ts';
import { projectionOf } from './projection-of.ts';

/**
 * Starts an incident in a channel that was confirmed before. Throws `RuleViolation('one-open-per-channel')` where the channel
 * has one.
 */
export async function declareIncident(
  world: World,
  team: string,
  declare: Declare,
  asker: Asker,
): Promise<Incident> {
  const now = await world.store.now();
  const events = decideDeclare(declare, { now, cadence: world.cadence, ...asker });
  let incident: Incident | undefined;
  await world.store.declare(team, (ref) => {
    const recorded: Recorded[] = [];
    incident = undefined;
    for (const event of events) {
      const one: Recorded = { seq: recorded.length + 1, at: now, event };
      incident = evolve(incident, one, ref);
      recorded.push(one);
    }
    const begun = must(incident);
    return {
      events: recorded.map(({ at, event }) => ({ at, body: toJson(event, asker.key) })),
      projection: projectionOf(begun, world.cadence),
      posts: postsFor(undefined, begun, recorded, { announce: world.announceChannel !== undefined }),
    };
  });
  world.postsWaiting();
  return must(incident);
}

function must(incident: Incident | undefined): Incident {
  if (!incident) throw new TypeError('Declaring gave no event');
  return incident;
}
