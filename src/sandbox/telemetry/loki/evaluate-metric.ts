import { type Duration, type Instant, SECOND } from '../../../domain/time.ts';
import { keepLabels, type Labels, labelKey } from '../labels.ts';
import { aggregate } from '../promql/aggregate.ts';
import { scalarOperation, vectorWithScalar, vectorWithVector } from '../promql/binary-operators.ts';
import { matchesAll } from '../promql/matcher.ts';
import type { Series } from '../promql/series.ts';
import type { MetricQuery } from './log-query.ts';
import type { LogSource } from './log-source.ts';
import { LokiError } from './loki-error.ts';
import { passLine } from './pipeline.ts';
import { readLines } from './read-lines.ts';

/** The instants at which a query is evaluated: `count` of them. */
export interface Steps {
  readonly start: Instant;
  readonly step: Duration;
  readonly count: number;
}

type Value = { readonly scalar: number } | { readonly series: readonly Series[] };

/** Series whose lines a parser told apart, at most. */
const MOST_SERIES = 500;

/** Throws LokiError. `now` bounds what has been written. */
export function evaluateMetric(
  query: MetricQuery,
  sources: readonly LogSource[],
  steps: Steps,
  now: Instant,
): readonly Series[] {
  const value = evaluate(query, sources, steps, now);
  if ('series' in value) return value.series;
  return [{ labels: [], values: new Array<number>(steps.count).fill(value.scalar) }];
}

function evaluate(query: MetricQuery, sources: readonly LogSource[], steps: Steps, now: Instant): Value {
  switch (query.kind) {
    case 'number':
      return { scalar: query.value };
    case 'range':
      return { series: overRange(query, sources, steps, now) };
    case 'aggregation': {
      // A sum needs only the labels that it keeps, as Loki too knows before it reads a line.
      const kept = query.op === 'sum' && !query.without ? query.grouping : undefined;
      const inner =
        query.inner.kind === 'range'
          ? { series: overRange(query.inner, sources, steps, now, kept) }
          : evaluate(query.inner, sources, steps, now);
      if (!('series' in inner)) throw new LokiError(`parse error : ${query.op} takes a vector, not a number`);
      const parameter = new Array<number>(steps.count).fill(query.parameter);
      const node = { ...query, kind: 'aggregation', from: 0, to: 0, inner: NOTHING } as const;
      const { parameter: _parameter, ...plain } = node;
      return { series: aggregate(plain, inner.series, parameter, steps.count) };
    }
    case 'binary':
      return operate(
        query.op,
        evaluate(query.left, sources, steps, now),
        evaluate(query.right, sources, steps, now),
        steps,
      );
  }
}

const NOTHING = { kind: 'number', value: 0, from: 0, to: 0 } as const;

function operate(op: string, left: Value, right: Value, { count }: Steps): Value {
  const node = {
    kind: 'binary',
    op,
    at: 0,
    from: 0,
    to: 0,
    left: NOTHING,
    right: NOTHING,
    bool: false,
  } as const;
  if ('scalar' in left && 'scalar' in right)
    return { scalar: scalarOperation(op, left.scalar, right.scalar) };
  const repeated = (value: number) => new Array<number>(count).fill(value);
  if ('scalar' in left)
    return {
      series: vectorWithScalar(
        node,
        'series' in right ? right.series : [],
        repeated(left.scalar),
        true,
        count,
      ),
    };
  if ('scalar' in right)
    return { series: vectorWithScalar(node, left.series, repeated(right.scalar), false, count) };
  return { series: vectorWithVector(node, left.series, right.series, count) };
}

function overRange(
  query: Extract<MetricQuery, { kind: 'range' }>,
  sources: readonly LogSource[],
  steps: Steps,
  now: Instant,
  kept?: readonly string[],
): readonly Series[] {
  const { lines, range, offset, name } = query;
  const chosen = sources.filter((one) => matchesAll(one.labels, lines.selector));
  const ends = Array.from({ length: steps.count }, (_, index) =>
    wholeSecond(Math.min(steps.start + index * steps.step - offset, now)),
  );
  const bytes = name.startsWith('bytes');
  const per = name === 'rate' || name === 'bytes_rate' ? range / SECOND : 1;
  const found =
    lines.stages.length === 0 && !bytes
      ? countedByStream(chosen, ends, range)
      : countedByLine(query, chosen, ends, { bytes, kept });
  return found.map(({ labels, values }) => ({
    labels,
    values: values.map((value) => (value === undefined ? undefined : value / per)),
  }));
}

/** Without a filter nothing needs to be read: how many lines were written is known. */
function countedByStream(sources: readonly LogSource[], ends: readonly Instant[], range: Duration): Series[] {
  const streams = new Map<string, { readonly labels: Labels; readonly values: number[] }>();
  for (const source of sources) {
    const key = labelKey(source.labels);
    const values = ends.map((end) => source.written(end) - source.written(wholeSecond(end - range)));
    const before = streams.get(key)?.values;
    streams.set(key, { labels: source.labels, values: values.map((value, i) => value + (before?.[i] ?? 0)) });
  }
  return [...streams.values()]
    .map(withoutZeros)
    .filter((one) => one.values.some((value) => value !== undefined));
}

function countedByLine(
  { lines, range }: Extract<MetricQuery, { kind: 'range' }>,
  sources: readonly LogSource[],
  ends: readonly Instant[],
  { bytes, kept }: { readonly bytes: boolean; readonly kept: readonly string[] | undefined },
): Series[] {
  const groups = new Map<string, { readonly labels: Labels; readonly changes: number[] }>();
  const first = wholeSecond((ends[0] ?? 0) - range);
  const last = ends.at(-1) ?? 0;
  if (last <= first) return [];
  const stretch = { from: BigInt(first) * 1_000_000n, to: BigInt(last) * 1_000_000n };
  readLines(sources, stretch, 'forward', ({ source, second, text }) => {
    const all = passLine(lines.stages, text, source.labels);
    if (all === undefined) return true;
    const labels = kept === undefined ? all : keepLabels(all, kept);
    const key = labelKey(labels);
    let group = groups.get(key);
    if (group === undefined) {
      if (groups.size >= MOST_SERIES)
        throw new LokiError(`maximum of series (${MOST_SERIES}) reached for a single query`);
      group = { labels, changes: new Array<number>(ends.length + 1).fill(0) };
      groups.set(key, group);
    }
    // It counts from the first end after it until the first that lies more than the range later.
    const amount = bytes ? Buffer.byteLength(text) : 1;
    const { changes } = group;
    const from = firstFrom(ends, second + SECOND);
    const to = firstFrom(ends, second + range + 1);
    changes[from] = (changes[from] ?? 0) + amount;
    changes[to] = (changes[to] ?? 0) - amount;
    return true;
  });
  return [...groups.values()].map(({ labels, changes }) => {
    let total = 0;
    const values = ends.map((_, step) => {
      total += changes[step] ?? 0;
      return total;
    });
    return withoutZeros({ labels, values });
  });
}

/** The first end that is not before an instant. */
function firstFrom(ends: readonly Instant[], at: Instant): number {
  let [low, high] = [0, ends.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ends[middle] ?? 0) < at) low = middle + 1;
    else high = middle;
  }
  return low;
}

function withoutZeros({
  labels,
  values,
}: {
  readonly labels: Labels;
  readonly values: readonly number[];
}): Series {
  return { labels, values: values.map((value) => (value === 0 ? undefined : value)) };
}

function wholeSecond(at: Instant): Instant {
  return Math.floor(at / SECOND) * SECOND;
}
