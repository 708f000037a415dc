import { ELSEWHERE, OUTCOME_LABELS, TRAFFIC, WRONG } from './conventions.ts';
import { rateOf } from './promql.ts';
import { type Ranked, rank } from './rank.ts';
import type { Choice, Matcher, MetricSeen } from './signal.ts';

/** Counters that may count the requests of a service, best first. */
export function trafficCandidates(names: readonly string[]): readonly Ranked[] {
  return rank(names, TRAFFIC, [...ELSEWHERE, WRONG]);
}

/** One that also tells how requests ended is worth more than a better name: traffic and errors then speak of the same. */
const TELLS_OUTCOME = 15;

/** The same in the order in which they are taken, once their labels are known; one whose labels are not keeps its place. */
export function bySeen(candidates: readonly Ranked[], seen: readonly MetricSeen[]): readonly Ranked[] {
  const worth = ({ name, score }: Ranked) => {
    const labels = seen.find((one) => one.name === name)?.labels ?? [];
    return score + (OUTCOME_LABELS.some((label) => labels.includes(label)) ? TELLS_OUTCOME : 0);
  };
  return candidates.toSorted((a, b) => worth(b) - worth(a));
}

export function trafficChoice({ name, why }: Ranked, matchers: readonly Matcher[]): Choice {
  return {
    metric: name,
    why,
    queries: [{ text: `sum(${rateOf(name, matchers)})`, unit: 'per second' }],
  };
}
