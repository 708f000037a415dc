import type { Backend } from '../../backends/backend.ts';
import type { Answer } from '../../domain/evidence.ts';
import type { PersonId } from '../../domain/incident.ts';
import { amountsOf } from '../../domain/signals/amounts.ts';
import { correctionsKey, correctionsOf } from '../../domain/signals/correction.ts';
import { sayMissing } from '../../domain/signals/looked-for.ts';
import { metricsFound } from '../../domain/signals/service.ts';
import type { Instant, Window } from '../../domain/time.ts';
import { ask } from '../ask.ts';
import type { World } from '../ports.ts';
import { countersOf, pickTraffic } from './choose-signals.ts';
import { whereIs } from './find-service.ts';
import { lookAt } from './look.ts';
import { knownOf } from './read-signals.ts';
import { nowAndBefore } from './time-before.ts';

export interface TrafficAsking {
  readonly team: string;
  readonly backend: Backend;
  readonly service: string;
  readonly window: Window;
  /** When the incident began, where there is one. */
  readonly began?: Instant;
  readonly by: PersonId;
}

/** How many requests a second a service gets, and got before; the answer is what shows it. */
export type TrafficNow =
  | {
      readonly answer: Answer;
      readonly metric: string;
      readonly why: string;
      readonly now?: number;
      readonly before?: number;
    }
  | { readonly missing: string };

/** The traffic of one service, found as `signals` finds it. A service that is nowhere is missing, not refused. Throws BackendError. */
export async function trafficNow(
  world: Pick<World, 'telemetry' | 'store'>,
  { team, backend, service, window, began, by }: TrafficAsking,
  signal: AbortSignal,
): Promise<TrafficNow> {
  const times = nowAndBefore(window, began);
  const whole = { from: times.before.from, to: times.window.to };
  const look = lookAt(backend, whole, signal);
  const found = await whereIs(look, service, await knownOf(world, backend, signal));
  if (found.length === 0)
    return { missing: `${backend.title} has no service \`${service.replaceAll('`', "'")}\` in this time.` };
  const corrections = correctionsOf(await world.store.recall(team, correctionsKey(backend, service)));
  const choosing = { look, found, corrections };
  const { choice } = pickTraffic(choosing, await countersOf(choosing));
  const [query] = choice?.queries ?? [];
  if (!choice || !query) return { missing: sayMissing('traffic', metricsFound(found).length) };
  const answer = await ask(world, { backend, query: query.text, window: whole, by }, signal);
  const [amount] = amountsOf(query, answer, times, {});
  return {
    answer,
    metric: choice.metric,
    why: choice.why,
    ...(amount?.now !== undefined && { now: amount.now }),
    ...(amount?.before !== undefined && { before: amount.before }),
  };
}
