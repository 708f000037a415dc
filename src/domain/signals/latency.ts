import { ELSEWHERE, LATENCY } from './conventions.ts';
import { labelName, rateOf, select, sumBy, together } from './promql.ts';
import { type Ranked, rank } from './rank.ts';
import type { Choice, Matcher, SignalQuery } from './signal.ts';
import { timeUnit } from './time-unit.ts';

/** How a metric keeps times. A summary's quantiles are each instance's own; a bare sum and count give an average alone; a gauge may hold quantiles by label. */
export type LatencyForm = 'histogram' | 'summary' | 'average' | 'gauge';

export interface LatencyCandidate extends Ranked {
  readonly form: LatencyForm;
}

/** As a person asks for them. */
export const QUANTILES: readonly number[] = [0.5, 0.95, 0.99];

function formOf(name: string, known: ReadonlySet<string>): LatencyForm {
  if (known.has(`${name}_bucket`)) return 'histogram';
  if (!known.has(`${name}_sum`) || !known.has(`${name}_count`)) return 'gauge';
  return known.has(name) ? 'summary' : 'average';
}

/** The metric that somebody named, whatever its name says. */
export function namedLatency(metric: string, names: readonly string[]): LatencyCandidate {
  const name = metric.replace(/_(?:bucket|sum|count)$/, '');
  return { name, score: 0, why: '', form: formOf(name, new Set(names)) };
}

/** Metrics that may time the requests of a service, best first; of one that keeps several forms the one that says most. */
export function latencyCandidates(names: readonly string[]): readonly LatencyCandidate[] {
  const known = new Set(names);
  const stems = new Set(names.map((name) => name.replace(/_(?:bucket|sum|count)$/, '')));
  return rank([...stems], LATENCY, ELSEWHERE)
    .map((one): LatencyCandidate => {
      const form = formOf(one.name, known);
      return { ...one, form, score: one.score - LESS[form] };
    })
    .toSorted((a, b) => b.score - a.score);
}

/** What a form says less than buckets do. */
const LESS: Readonly<Record<LatencyForm, number>> = { histogram: 0, summary: 5, average: 25, gauge: 20 };

/** The metric that holds what a candidate is asked by, as a person names it and a server describes it. */
export function metricOf({ name, form }: Pick<LatencyCandidate, 'name' | 'form'>): string {
  if (form === 'histogram') return `${name}_bucket`;
  return form === 'average' ? `${name}_sum` : name;
}

/** What is known of a candidate besides its name. */
export interface LatencySeen {
  readonly matchers: readonly Matcher[];
  readonly labels: readonly string[];
  /** Values of `le` or `quantile`. */
  readonly bounds: readonly string[];
}

/** The three quantiles, or what there is instead; undefined where its labels show that it is no such thing. */
export function latencyChoice(
  candidate: LatencyCandidate,
  { matchers, labels, bounds }: LatencySeen,
): Choice | undefined {
  const { name, form } = candidate;
  const metric = metricOf(candidate);
  const { unit, why } = timeUnit(name, form === 'histogram' ? bounds : []);
  const reasons = [candidate.why, ...(why === undefined ? [] : [why])];
  const choice = (text: string, more: readonly string[], by?: string): Choice => ({
    metric,
    why: [...reasons, ...more].join('; '),
    queries: [{ text, unit, ...(by !== undefined && { by }) } satisfies SignalQuery],
  });
  if (form === 'histogram') {
    if (!labels.includes('le')) return undefined;
    const buckets = sumBy(['le'], rateOf(metric, matchers));
    const parts = QUANTILES.map((q) => [String(q), `histogram_quantile(${q}, ${buckets})`] as const);
    return choice(together('quantile', parts), [], 'quantile');
  }
  if (form === 'average') {
    const average = `sum(${rateOf(`${name}_sum`, matchers)}) / sum(${rateOf(`${name}_count`, matchers)})`;
    return choice(average, ['it keeps only a sum and a count, so there is an average and no quantile']);
  }
  if (!labels.includes('quantile')) return undefined;
  const { kept, lacking } = quantilesAmong(bounds);
  if (kept.length === 0) return undefined;
  const only: Matcher = {
    label: 'quantile',
    op: '=~',
    value: kept.map((one) => one.replace('.', '\\.')).join('|'),
  };
  const worst = `max by (${labelName('quantile')}) (${select(metric, [...matchers, only])})`;
  const lacks = lacking.length === 0 ? [] : [`it keeps no ${lacking.map(sayQuantile).join(' and no ')}`];
  return choice(
    worst,
    ['quantiles of single instances cannot be added up, so each is the worst instance’s', ...lacks],
    'quantile',
  );
}

/** The quantiles wanted as this summary writes them, and the nearest high one where p95 is not kept. */
function quantilesAmong(values: readonly string[]): {
  readonly kept: readonly string[];
  readonly lacking: readonly number[];
} {
  const written = (wanted: number) => values.find((one) => one.trim() !== '' && Number(one) === wanted);
  const lacking = QUANTILES.filter((wanted) => written(wanted) === undefined);
  const instead = lacking.includes(0.95) ? [0.9] : [];
  const kept = [...QUANTILES, ...instead].flatMap((wanted) => written(wanted) ?? []);
  return { kept: kept.toSorted((a, b) => Number(a) - Number(b)), lacking };
}

/** `p95`, `p99.9`. */
export function sayQuantile(quantile: number): string {
  return `p${Number((quantile * 100).toFixed(3))}`;
}
