import type { Backend } from '../../backends/backend.ts';
import type { PersonId } from '../../domain/incident.ts';
import type { Correction } from '../../domain/signals/correction.ts';
import type { Instant } from '../../domain/time.ts';
import type { World } from '../ports.ts';
import { remember } from './remember.ts';

export interface CorrectedSignal {
  readonly team: string;
  readonly by: PersonId;
  readonly backend: Pick<Backend, 'title'>;
  readonly service: string;
  readonly correction: Correction;
  readonly resumedFrom?: Instant;
}

/**
 * Writes down for the team which metric shows a signal of a service, as a person corrected it, where a team's knowledge is
 * configured. What was left to conventions again is no fact.
 */
export async function rememberCorrection(world: World, corrected: CorrectedSignal): Promise<void> {
  const { team, by, backend, service, correction, resumedFrom } = corrected;
  const [org] = world.knowledge?.orgs ?? [];
  const { signal, metric } = correction;
  if (!org || metric === undefined) return;
  const name = service
    .replace(/[:`"'\n]/g, ' ')
    .slice(0, 40)
    .trim();
  await remember(world, {
    team,
    by,
    kind: 'facts',
    org,
    text: `${name} ${signal}: \`${metric}\` shows it in ${backend.title}; what conventions choose did not.`,
    ...(resumedFrom !== undefined && { resumedFrom }),
  });
}
