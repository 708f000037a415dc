import {
  CPU_SECONDS,
  FREE,
  IN_USE,
  isRatio,
  isWaiting,
  MEMORY_BYTES,
  pairsAmong,
  THROTTLED,
  WAITING,
} from './gauges.ts';
import { exactly, rateOf, select, sumBy } from './promql.ts';
import { resourceOf } from './resources.ts';
import type { Matcher, Unit } from './signal.ts';

/** One number that says how full a resource is, or what waits for it. */
export interface Fullness {
  readonly metric: string;
  /** The metric that it is a part of, where that is another one. */
  readonly limit?: string;
  /** As a person calls the resource: `database pool`, `CPU`. */
  readonly resource: string;
  readonly says: 'used' | 'waiting' | 'held back';
  readonly query: string;
  readonly unit: Unit;
  readonly why: string;
  /** Higher first: what is a part of a known limit says more than an amount. */
  readonly score: number;
}

/** A pool that counts its members by state in one metric. */
export interface Pool {
  readonly metric: string;
  readonly label: string;
  readonly states: readonly string[];
}

/** Labels by which a pool tells what its members do. */
export const STATE_LABELS: readonly string[] = [
  'state',
  'status',
  'db_client_connections_state',
  'db_client_connection_state',
];

/** Names of metrics that may count a pool by state. */
export function poolCandidates(names: readonly string[]): readonly string[] {
  return names.filter(
    (name) =>
      /(?:^|_)(?:pool|connections?|conns|threads|workers|slots)(?:_|$)/.test(name) &&
      !/_(?:total|bucket|sum|count|max|seconds)$/.test(name),
  );
}

/**
 * Everything that says how full something is, best first. `by` keeps services or instances apart; `matchers` narrow it to one
 * service, and may differ by metric, because not every exporter names a service alike.
 */
export function fullnesses(
  names: readonly string[],
  pools: readonly Pool[],
  matchersOf: (metric: string) => readonly Matcher[],
  byOf: (metric: string) => readonly string[] = () => [],
): readonly Fullness[] {
  const call = (metric: string) => resourceOf(metric) ?? metric;
  const sum = (metric: string, more: readonly Matcher[] = []) =>
    sumBy(byOf(metric), select(metric, [...matchersOf(metric), ...more]));
  const worst = (metric: string) => maxBy(byOf(metric), select(metric, matchersOf(metric)));
  const pairs = pairsAmong(names);
  const limited = new Set(pairs.flatMap(({ used, limit }) => [used, limit]));
  const pooled = new Set(pools.map(({ metric }) => metric));
  const found: Fullness[] = [
    ...pools.flatMap((pool) => poolNumbers(pool, call(pool.metric), sum)),
    ...pairs
      .filter(({ used }) => !pooled.has(used))
      .map(
        ({ used, limit }): Fullness => ({
          metric: used,
          limit,
          resource: call(used),
          says: 'used',
          query: `100 * ${sum(used)} / ${sum(limit)}`,
          unit: 'percent',
          why: `against its limit \`${limit}\``,
          score: 85,
        }),
      ),
  ];
  for (const metric of names) {
    if (limited.has(metric) || pooled.has(metric)) continue;
    const one = single(metric, call(metric), {
      worst: worst(metric),
      rate: sumBy(byOf(metric), rateOf(metric, matchersOf(metric))),
    });
    if (one) found.push(one);
  }
  if (names.includes(THROTTLED.used) && names.includes(THROTTLED.limit)) {
    const rate = (metric: string) => sumBy(byOf(metric), rateOf(metric, matchersOf(metric)));
    found.push({
      metric: THROTTLED.used,
      limit: THROTTLED.limit,
      resource: 'CPU',
      says: 'held back',
      query: `100 * ${rate(THROTTLED.used)} / ${rate(THROTTLED.limit)}`,
      unit: 'percent',
      why: 'the kernel’s count of periods in which the container was held back',
      score: 80,
    });
  }
  return found.toSorted((a, b) => b.score - a.score || (a.metric < b.metric ? -1 : 1));
}

function poolNumbers(
  { metric, label, states }: Pool,
  resource: string,
  sum: (metric: string, more: readonly Matcher[]) => string,
): Fullness[] {
  const among = (pattern: RegExp) => states.filter((one) => pattern.test(one));
  const of = (values: readonly string[]) =>
    sum(metric, [{ label, op: '=~', value: values.map(exactly).join('|') }]);
  const [used, free, waiting] = [among(IN_USE), among(FREE), among(WAITING)];
  const numbers: Fullness[] = [];
  if (used.length > 0 && free.length > 0)
    numbers.push({
      metric,
      resource,
      says: 'used',
      query: `100 * ${of(used)} / ${of([...used, ...free])}`,
      unit: 'percent',
      why: `\`${label}\` tells ${used.join(', ')} from ${free.join(', ')}`,
      score: 90,
    });
  if (waiting.length > 0)
    numbers.push({
      metric,
      resource,
      says: 'waiting',
      query: of(waiting),
      unit: '',
      why: `\`${label}\` tells what is ${waiting.join(', ')}`,
      score: 84,
    });
  return numbers;
}

function single(
  metric: string,
  resource: string,
  { worst, rate }: { readonly worst: string; readonly rate: string },
): Fullness | undefined {
  const whole = { metric, resource };
  if (isRatio(metric)) {
    const percent = /percent/.test(metric);
    return {
      ...whole,
      says: 'used',
      query: percent ? worst : `100 * ${worst}`,
      unit: 'percent',
      why: 'a part of what there is by its name; the fullest instance’s',
      score: 88,
    };
  }
  if (isWaiting(metric))
    return {
      ...whole,
      says: 'waiting',
      query: worst,
      unit: '',
      why: 'counts what waits by its name; the longest one',
      score: 70,
    };
  if (CPU_SECONDS.test(metric))
    return {
      ...whole,
      says: 'used',
      query: rate,
      unit: 'cores',
      why: 'cores in use; no limit is known',
      score: /^container/.test(metric) ? 41 : 40,
    };
  if (MEMORY_BYTES.test(metric))
    return {
      ...whole,
      says: 'used',
      query: worst,
      unit: 'bytes',
      why: 'the largest instance’s; no limit is known',
      score: /^container/.test(metric) ? 36 : 35,
    };
  return undefined;
}

/** The metric that somebody named, whatever its name says: how fast a counter grows, the largest value of anything else. */
export function namedFullness(metric: string, matchers: readonly Matcher[]): Fullness {
  const counter = /_total$/.test(metric);
  return {
    metric,
    resource: resourceOf(metric) ?? metric,
    says: 'used',
    query: counter ? `sum(${rateOf(metric, matchers)})` : `max(${select(metric, matchers)})`,
    unit: counter ? 'per second' : /_bytes$/.test(metric) ? 'bytes' : '',
    why: counter ? 'how fast it grows' : 'the largest value of any instance',
    score: 0,
  };
}

function maxBy(labels: readonly string[], of: string): string {
  return sumBy(labels, of).replace(/^sum/, 'max');
}

/** One number per resource and kind, the best of each: at most `most`. */
export function tellingOnes(all: readonly Fullness[], most: number): readonly Fullness[] {
  const seen = new Set<string>();
  return all
    .filter(({ resource, says }) => {
      const key = `${resource} ${says}`;
      return seen.has(key) ? false : seen.add(key);
    })
    .slice(0, most);
}
