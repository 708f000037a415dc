import type { Instant } from '../../../domain/time.ts';
import { flow } from '../flow.ts';
import { labelsOf } from '../labels.ts';
import { seedOf } from '../noise.ts';
import type { ScenarioSeries } from '../scenario.ts';
import type { Shape } from '../shape.ts';
import type { Pod } from './pod.ts';

/** One series of what a pod reports of itself. */
export function seriesOf(
  pod: Pod,
  name: string,
  more: Record<string, string>,
  sampleAt: (at: Instant) => number,
): ScenarioSeries {
  return {
    labels: labelsOf({ __name__: name, job: pod.service, instance: pod.instance, ...more }),
    born: pod.born,
    ...(pod.gone !== undefined && { gone: pod.gone }),
    phase: pod.phase,
    valueAt: sampleAt,
  };
}

/** A counter of whole events. `noise` names what wavers together. */
export function counter(
  pod: Pod,
  name: string,
  labels: Record<string, string>,
  perSecond: Shape,
  noise: string,
): ScenarioSeries {
  const total = flow(perSecond, pod.born, seedOf(`${pod.name} ${noise}`));
  return seriesOf(pod, name, labels, (at) => Math.floor(total(at)));
}

/** The labels that say where something was counted. */
export function whereabouts(pod: Pod): Record<string, string> {
  return { service: pod.service, pod: pod.name, region: pod.region };
}
