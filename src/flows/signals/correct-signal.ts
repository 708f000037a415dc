import type { Backend } from '../../backends/backend.ts';
import { RuleViolation } from '../../domain/errors.ts';
import type { PersonId } from '../../domain/incident.ts';
import { type Correction, correctionsKey, correctionsOf } from '../../domain/signals/correction.ts';
import { metricsFound, nearestNames } from '../../domain/signals/service.ts';
import type { Window } from '../../domain/time.ts';
import type { World } from '../ports.ts';
import { pickLatency } from './choose-signals.ts';
import { findService } from './find-service.ts';
import { listOf, lookAt } from './look.ts';
import { knownOf } from './read-signals.ts';

export interface Correcting {
  readonly team: string;
  readonly backend: Backend;
  readonly service: string;
  readonly correction: Correction;
  readonly window: Window;
  readonly by: PersonId;
}

/**
 * Remembers for the whole team which metric shows a signal of a service, or forgets it. Throws RuleViolation for a metric that the
 * service does not have, with the nearest ones.
 */
export async function correctSignal(
  world: Pick<World, 'telemetry' | 'store'>,
  { team, backend, service, correction, window, by }: Correcting,
  signal: AbortSignal,
): Promise<void> {
  const look = lookAt(backend, window, signal);
  const found = await findService(look, service, await knownOf(world, backend, signal), 'signals');
  const { metric } = correction;
  const names = metricsFound(found);
  if (metric !== undefined && !names.includes(metric)) {
    const nearest = nearestNames(metric, names, 5);
    throw new RuleViolation(
      'not-of-this-service',
      `${service} has no metric \`${metric.replaceAll('`', "'")}\` in ${backend.title}. ${nearest.length === 0 ? `\`${listOf(backend)}\` lists all there are.` : 'Nearest:'}`,
      nearest.map((one) => ({ label: one, command: `signals ${service} ${correction.signal}=${one}` })),
    );
  }
  if (metric !== undefined && correction.signal === 'latency') {
    const tried = await pickLatency({ look, found, corrections: { latency: { metric, by } } });
    if (tried.by === undefined) throw showsNoLatency(metric, service);
  }
  const key = correctionsKey(backend, service);
  const { [correction.signal]: _was, ...others } = correctionsOf(await world.store.recall(team, key));
  const now = metric === undefined ? others : { ...others, [correction.signal]: { metric, by } };
  await world.store.remember(team, key, now);
}

function showsNoLatency(metric: string, service: string): RuleViolation {
  return new RuleViolation(
    'shows-no-latency',
    `\`${metric}\` has neither buckets (\`le\`) nor quantiles (\`quantile\`), nor a sum with a count, so it shows no latency. Name one that has, or see what I take by myself.`,
    [{ label: `signals ${service}`, command: `signals ${service}` }],
  );
}
