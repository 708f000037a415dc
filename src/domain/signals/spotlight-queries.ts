import { type Duration, formatDuration, MINUTE, SECOND } from '../time.ts';
import type { Condition, Named } from './condition.ts';
import { select } from './promql.ts';
import { timeUnit } from './time-unit.ts';

/** The two questions of a spotlight, asked at the end of the window; `of` is what their weights count. */
export interface SpotlightQueries {
  readonly bad: string;
  readonly all: string;
  /** Where the first query gives the good ones: a histogram counts what was quick. */
  readonly badIs: 'asked' | 'the rest';
  readonly counts: string;
  /** Labels that the question itself fixes. */
  readonly fixed: readonly string[];
  readonly note?: string;
}

/** What is known of the metric: whether it has buckets, and their bounds. */
export interface SpotlightSeen {
  readonly bounds: readonly string[];
}

/** The queries for a condition, or undefined where the metric cannot answer it. */
export function conditionQueries(
  { metric, matchers }: Named,
  condition: Condition,
  length: Duration,
  { bounds }: SpotlightSeen,
): SpotlightQueries | undefined {
  const over = formatDuration(Math.max(MINUTE, Math.ceil(length / SECOND) * SECOND));
  if (condition.kind === 'labels') {
    const fixed = condition.matchers.map(({ label }) => label);
    const { grow, counts } = growth(metric, over);
    return {
      bad: `${grow(select(metric, [...matchers, ...condition.matchers]))} > 0`,
      all: `${grow(select(metric, matchers))} > 0`,
      badIs: 'asked',
      counts,
      fixed,
    };
  }
  if (bounds.length > 0) return byBucket({ metric, matchers, rest: '' }, condition, over, bounds);
  const step = formatDuration(Math.max(15, Math.ceil(length / 120 / SECOND)) * SECOND);
  const value = isCounter(metric) ? `rate(${select(metric, matchers)}[5m])` : select(metric, matchers);
  return {
    bad: `count_over_time((${value} ${condition.op} ${condition.value})[${over}:${step}])`,
    all: `count_over_time((${value})[${over}:${step}])`,
    badIs: 'asked',
    counts: 'samples',
    fixed: [],
  };
}

/** The same question of two stretches of time, one after the other. */
export function minutesQuery(
  { metric, matchers }: Named,
  length: Duration,
): { readonly query: string; readonly counts: string } {
  const { grow, counts } = growth(metric, formatDuration(length));
  return { query: `${grow(select(metric, matchers))} > 0`, counts };
}

/** The stem of a histogram: `http_request_duration_seconds`. */
export function histogramStem(metric: string): string {
  return metric.replace(/_(?:bucket|sum|count)$/, '');
}

function byBucket(
  { metric, matchers }: Named,
  { op, value }: Extract<Condition, { kind: 'threshold' }>,
  over: string,
  bounds: readonly string[],
): SpotlightQueries | undefined {
  const stem = histogramStem(metric);
  const wanted = timeUnit(stem, bounds).unit === 'milliseconds' ? value * 1000 : value;
  const finite = bounds.filter((one) => Number.isFinite(Number(one)));
  const bound = finite
    .toSorted((a, b) => Number(a) - Number(b))
    .find((one) => Number(one) >= wanted * (1 - 1e-9));
  if (bound === undefined) return undefined;
  const slow = op.startsWith('>');
  return {
    bad: `increase(${select(`${stem}_bucket`, [...matchers, { label: 'le', op: '=', value: bound }])}[${over}])`,
    all: `increase(${select(`${stem}_count`, matchers)}[${over}]) > 0`,
    badIs: slow ? 'the rest' : 'asked',
    counts: 'requests',
    fixed: ['le'],
    note: `read as ${slow ? 'slower' : 'quicker'} than the bucket le="${bound}", the nearest that there is`,
  };
}

/** A counter grows; of anything else the average over the time is its weight. */
function growth(metric: string, over: string): { grow: (selector: string) => string; counts: string } {
  if (isCounter(metric))
    return { grow: (selector) => `increase(${selector}[${over}])`, counts: countedBy(metric) };
  return { grow: (selector) => `avg_over_time(${selector}[${over}])`, counts: 'on average' };
}

function isCounter(metric: string): boolean {
  return /_(?:total|count|bucket|sum)$/.test(metric);
}

function countedBy(metric: string): string {
  const word =
    /(requests|calls|errors|failures|retries|messages|queries|operations|jobs|events)(?:_\w+)?_total$/.exec(
      metric,
    )?.[1];
  return word ?? (/request|response|http/.test(metric) ? 'requests' : 'counted');
}
