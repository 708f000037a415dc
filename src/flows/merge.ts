import type { IncidentRef } from '../storage/store.ts';
import { type Acted, type Asker, act } from './act.ts';
import { incidentOf } from './incident-of.ts';
import type { World } from './ports.ts';

/** Ends an incident as part of another. Both timelines say so; a crash in between is mended by asking again. */
export async function mergeIncident(
  world: World,
  ref: IncidentRef,
  into: number,
  asker: Asker,
): Promise<Acted> {
  const target = await incidentOf(world.store, { team: ref.team, number: into });
  const before = await incidentOf(world.store, ref);
  const acted: Acted =
    before.mergedInto === into
      ? { before, after: before, events: [] }
      : await act(
          world,
          ref,
          { type: 'merge', into: { number: into, phase: target.phase, title: target.title } },
          asker,
        );
  await act(
    world,
    { team: ref.team, number: into },
    { type: 'absorb', number: ref.number, title: acted.after.title },
    asker,
  );
  return acted;
}
