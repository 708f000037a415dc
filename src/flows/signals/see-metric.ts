import { ONE_SIDE } from '../../domain/signals/conventions.ts';
import { matcherOf, oneSide, type ServiceFound } from '../../domain/signals/service.ts';
import type { Matcher, MetricSeen } from '../../domain/signals/signal.ts';
import type { Look } from './look.ts';

/** A metric as a service reports it, with the conditions under which it counts each request once. */
export interface Seen extends MetricSeen {
  readonly matchers: readonly Matcher[];
  /** Why there are more conditions than the service's name. */
  readonly reasons: readonly string[];
}

/** Looks at a metric of a service. Its labels are empty where it has no series. */
export async function seeMetric(look: Look, name: string, found: readonly ServiceFound[]): Promise<Seen> {
  const own = matcherOf(name, found);
  const matchers = own ? [own] : [];
  const labels = await look.labels(name, matchers);
  const twice = ONE_SIDE.filter(({ label }) => labels.includes(label));
  const sides = await Promise.all(
    twice.map(async ({ label }) => oneSide(label, await look.values(label, matchers, name))),
  );
  const kept = sides.filter((one) => one !== undefined);
  return {
    name,
    labels,
    matchers: [...matchers, ...kept.map(({ matcher }) => matcher)],
    reasons: kept.map(({ why }) => why),
  };
}
