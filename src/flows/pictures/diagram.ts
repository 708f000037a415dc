import { type Incident, incidentId, type PersonId } from '../../domain/incident.ts';
import type { World } from '../ports.ts';
import { causesPicture, sayCauses } from './causes-picture.ts';
import { type Drawn, drawn } from './drawn.ts';
import { sayTimeline, timelinePicture } from './timeline-picture.ts';

/** Pictures of a whole incident: what happened when, what led to what. */
export type Diagram = 'timeline' | 'causes';

/** `name` says how people are called. */
export async function diagramOf(
  world: Pick<World, 'pictures' | 'redact' | 'clock'>,
  incident: Incident,
  which: Diagram,
  name: (person: PersonId) => string,
  signal: AbortSignal,
): Promise<Drawn> {
  const id = incidentId(incident.number);
  const file = { name: `${id.toLowerCase()}-${which}.png`, title: `${id} ${which}`, signal };
  if (which === 'causes') {
    const causes = causesPicture(incident);
    return drawn(world, causes, { ...file, alt: sayCauses(causes) });
  }
  const timeline = timelinePicture(incident, name, world.clock.now());
  return drawn(world, timeline, { ...file, alt: sayTimeline(timeline) });
}
