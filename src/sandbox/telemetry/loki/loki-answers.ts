import { type Instant, SECOND } from '../../../domain/time.ts';
import { compareLabels, type Labels, labelKey, labelOf } from '../labels.ts';
import { formatValue } from '../promql/format-value.ts';
import { matchesAll } from '../promql/matcher.ts';
import { sortSeries } from '../promql/series.ts';
import { detectedFields } from './detected-fields.ts';
import { evaluateMetric } from './evaluate-metric.ts';
import type { LogQuery } from './log-query.ts';
import type { LogSource } from './log-source.ts';
import { LokiError } from './loki-error.ts';
import { instantOf, labelStretch, limitOf, stepOf, stretchOf } from './loki-parameters.ts';
import { parseLogql } from './parse-logql.ts';
import { passLine } from './pipeline.ts';
import { readLines, type Stretch } from './read-lines.ts';

/** What the answers are made from. */
export interface LogSources {
  readonly sources: () => readonly LogSource[];
  readonly now: () => Instant;
}

type Answer = (parameters: URLSearchParams, source: LogSources) => unknown;

/** The body of an answer, by path below `/loki/api/v1/`. Undefined: there is no such path. Throws LokiError. */
export function lokiAnswer(path: string, parameters: URLSearchParams, source: LogSources): unknown {
  const values = /^label\/(\w+)\/values$/.exec(path);
  if (values !== null) {
    const all = streams(parameters, source).map((labels) => labelOf(labels, values[1] ?? ''));
    return success([...new Set(all)].filter((value) => value !== '').sort());
  }
  return ANSWERS.get(path)?.(parameters, source);
}

const ANSWERS: ReadonlyMap<string, Answer> = new Map(
  Object.entries<Answer>({
    query_range: rangeQuery,
    query: instantQuery,
    labels: (parameters, source) => {
      const names = streams(parameters, source).flatMap((labels) => labels.map(([name]) => name));
      return success([...new Set(names)].sort());
    },
    series: (parameters, source) =>
      success(streams(parameters, source).map((one) => Object.fromEntries(one))),
    detected_fields: (parameters, source) => {
      const query = linesOf(parameters.get('query') ?? '');
      return {
        fields: detectedFields(
          query,
          chosen(query, source),
          written(stretchOf(parameters, source.now()), source),
        ),
        limit: 1000,
      };
    },
    'status/buildinfo': () => ({
      version: '3.4.1',
      revision: 'steady-sandbox',
      branch: 'sandbox',
      buildUser: 'steady',
      buildDate: '2025-05-15T00:00:00Z',
      goVersion: 'none',
    }),
  }),
);

function success(data: unknown): unknown {
  return { status: 'success', data };
}

function rangeQuery(parameters: URLSearchParams, source: LogSources): unknown {
  const query = parseLogql(parameters.get('query') ?? '');
  const stretch = stretchOf(parameters, source.now());
  if (query.kind === 'log') return lines(query, stretch, parameters, source);
  const step = stepOf(parameters, stretch);
  // Loki rounds both ends to the step.
  const start = Math.floor(Number(stretch.from / 1_000_000n) / step) * step;
  const end = Math.ceil(Number(stretch.to / 1_000_000n) / step) * step;
  const count = Math.floor((end - start) / step) + 1;
  const series = evaluateMetric(query, source.sources(), { start, step, count }, source.now());
  const result = sortSeries(series).flatMap(({ labels, values }) => {
    const points = values.flatMap((value, index) =>
      value === undefined ? [] : [[(start + index * step) / SECOND, formatValue(value)]],
    );
    return points.length === 0 ? [] : [{ metric: Object.fromEntries(labels), values: points }];
  });
  return success({ resultType: 'matrix', result, stats: statsOf(0, 0) });
}

function instantQuery(parameters: URLSearchParams, source: LogSources): unknown {
  const query = parseLogql(parameters.get('query') ?? '');
  if (query.kind === 'log')
    throw new LokiError(
      'log queries are not supported as an instant query type, please change your query to a range query type',
    );
  const at = instantOf(parameters, source.now());
  const series = evaluateMetric(query, source.sources(), { start: at, step: 1, count: 1 }, source.now());
  if (query.kind === 'number')
    return success({
      resultType: 'scalar',
      result: [at / SECOND, formatValue(query.value)],
      stats: statsOf(0, 0),
    });
  const result = series.flatMap(({ labels, values: [value] }) =>
    value === undefined
      ? []
      : [{ metric: Object.fromEntries(labels), value: [at / SECOND, formatValue(value)] }],
  );
  return success({ resultType: 'vector', result, stats: statsOf(0, 0) });
}

function lines(query: LogQuery, stretch: Stretch, parameters: URLSearchParams, source: LogSources): unknown {
  const limit = limitOf(parameters);
  const direction = parameters.get('direction')?.toLowerCase() === 'forward' ? 'forward' : 'backward';
  const found = new Map<string, { readonly labels: Labels; readonly values: [string, string][] }>();
  let [count, looked, bytes] = [0, 0, 0];
  readLines(
    chosen(query, source),
    written(stretch, source),
    direction,
    ({ source: { labels }, second, nanos, text }) => {
      looked++;
      bytes += text.length;
      const own = passLine(query.stages, text, labels);
      if (own === undefined) return true;
      // Loki 3 finds a level in every line: https://grafana.com/docs/loki/latest/query/#detected-level
      const shown = new Map([...own, ['detected_level', labelOf(labels, 'level')] as const]);
      const all = [...shown].sort(([a], [b]) => (a < b ? -1 : 1));
      const key = labelKey(all);
      const stream = found.get(key) ?? { labels: all, values: [] };
      stream.values.push([`${second / SECOND}${String(nanos).padStart(9, '0')}`, text]);
      found.set(key, stream);
      return ++count < limit;
    },
  );
  return success({
    resultType: 'streams',
    result: [...found.values()].map(({ labels, values }) => ({ stream: Object.fromEntries(labels), values })),
    stats: statsOf(looked, bytes),
  });
}

function statsOf(lines: number, bytes: number): unknown {
  return { summary: { totalBytesProcessed: bytes, totalLinesProcessed: lines, execTime: 0.004 } };
}

function chosen(query: LogQuery, { sources }: LogSources): readonly LogSource[] {
  return sources().filter((one) => matchesAll(one.labels, query.selector));
}

function linesOf(text: string): LogQuery {
  const query = parseLogql(text);
  if (query.kind !== 'log') throw new LokiError('only label matchers are supported');
  return query;
}

/** The streams that wrote something in the time asked for, which `query` or any `match[]` selects. */
function streams(parameters: URLSearchParams, { sources, now }: LogSources): readonly Labels[] {
  const { from, to } = labelStretch(parameters, now());
  const asked = [
    ...parameters.getAll('match[]'),
    ...parameters.getAll('match'),
    ...parameters.getAll('query'),
  ];
  const selectors = asked.filter((text) => text !== '').map(linesOf);
  const [first, last] = [Number(from / 1_000_000n), Math.min(Number(to / 1_000_000n), now())];
  const found = new Map<string, Labels>();
  for (const { labels, written } of sources())
    if (
      (selectors.length === 0 || selectors.some((one) => matchesAll(labels, one.selector))) &&
      written(last) > written(first)
    )
      found.set(labelKey(labels), labels);
  return [...found.values()].sort(compareLabels);
}

/** As much of a stretch of time as has passed, in whole seconds. */
function written({ from, to }: Stretch, { now }: LogSources): Stretch {
  const last = BigInt(Math.floor(now() / SECOND) * SECOND) * 1_000_000n;
  return { from, to: to < last ? to : last };
}
