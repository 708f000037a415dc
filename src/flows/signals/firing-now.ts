import type { Backend, Firing } from '../../backends/backend.ts';
import type { Answer } from '../../domain/evidence.ts';
import type { World } from '../ports.ts';
import { tried } from './gathered.ts';

/** An alert that fires, and who says so: `Alertmanager prod`. */
export type FiringAlert = Firing & { readonly source: string };

/** What alerts now, whatever says so, oldest first. */
export interface FiringNow {
  readonly alerts: readonly FiringAlert[];
  /** What shows it, one for each system that answered. */
  readonly answers: readonly Answer[];
  /** Why a system did not answer: then nothing here is "all clear". */
  readonly failed: readonly string[];
}

/** Asks every system that tells of alerts at once, or those given; the same alert of two systems is told twice, each with its source. */
export async function firingNow(
  world: Pick<World, 'telemetry'>,
  signal: AbortSignal,
  backends: readonly Backend[] = world.telemetry.backends,
): Promise<FiringNow> {
  const asked = await Promise.all(
    backends.flatMap(({ title, firing }, index) => {
      const backend = backends[index];
      if (!firing || !backend) return [];
      return [tried(async () => ({ source: title, ...(await firing.call(backend, signal)) }))];
    }),
  );
  const told = asked.flatMap((one) => ('value' in one ? [one.value] : []));
  return {
    alerts: told
      .flatMap(({ source, found }) => found.map((one): FiringAlert => ({ ...one, source })))
      .toSorted((a, b) => (a.since ?? 0) - (b.since ?? 0)),
    answers: told.map(({ answer }) => answer),
    failed: asked.flatMap((one) => ('why' in one ? [one.why] : [])),
  };
}
