import { type Duration, type Instant, SECOND } from '../../domain/time.ts';
import {
  durationParameter,
  invalidParameter,
  matchParameters,
  optionalTime,
  rangeParameters,
} from './api-parameters.ts';
import { firingAlerts } from './firing-alerts.ts';
import { compareLabels, type Labels, labelKey, labelOf } from './labels.ts';
import type { Limits } from './promql/budget.ts';
import { typeOf } from './promql/check-types.ts';
import { evaluate, evaluateRange, instantVector } from './promql/evaluate.ts';
import { formatExponent, formatValue } from './promql/format-value.ts';
import { parsePromql } from './promql/parse.ts';
import { QueryError } from './promql/query-error.ts';
import { sortSeries, type Value } from './promql/series.ts';
import type { SampleStore } from './sample-store.ts';
import { SCRAPE_INTERVAL, type Scenario, type ScenarioTarget } from './scenario.ts';

/** Samples one query may read and make. Far below Prometheus' own limit: the sandbox shares its thread with the page. */
const MAX_SAMPLES = 2_000_000;
/** About a second of work on one core. */
const MAX_WORK = 30_000_000;
/** Prometheus' default query timeout is two minutes; the sandbox answers long before. */
const TIMEOUT: Duration = 30 * SECOND;

/** What the answers are made from. */
export interface AnswerSource {
  readonly scenario: Scenario;
  readonly store: SampleStore;
  readonly now: () => Instant;
}

/** The `data` of an answer, by path below `/api/v1/`. Undefined: there is no such path. Throws QueryError. */
export function answerTo(path: string, parameters: URLSearchParams, source: AnswerSource): unknown {
  const values = /^label\/([^/]+)\/values$/.exec(path);
  if (values !== null) return labelValues(decodeURIComponent(values[1] ?? ''), parameters, source);
  return ANSWERS.get(path)?.(parameters, source);
}

type Answer = (parameters: URLSearchParams, source: AnswerSource) => unknown;

const ANSWERS: ReadonlyMap<string, Answer> = new Map(
  Object.entries<Answer>({
    query: instantQuery,
    query_range: rangeQuery,
    labels: (parameters, source) => {
      const names = found(parameters, source).flatMap((labels) => labels.map(([name]) => name));
      return [...new Set(names)].sort();
    },
    series: (parameters, source) => {
      if (!parameters.has('match[]')) throw new QueryError('bad_data', 'no match[] parameter provided');
      return found(parameters, source).map((labels) => Object.fromEntries(labels));
    },
    metadata,
    targets,
    rules: () => ({ groups: [] }),
    alerts,
    'status/buildinfo': () => ({
      version: '2.42.0',
      revision: 'steady-sandbox',
      branch: 'sandbox',
      buildUser: 'steady',
      buildDate: '20230131-00:00:00',
      goVersion: 'none',
    }),
  }),
);

/** What one query may use; `timeout` among the parameters can only shorten it. Throws QueryError. */
export function queryLimits(parameters: URLSearchParams, now: () => Instant): Limits {
  const asked = parameters.get('timeout') ? durationParameter(parameters, 'timeout') : TIMEOUT;
  const started = now();
  const deadline = started + Math.min(asked, TIMEOUT);
  return {
    samples: MAX_SAMPLES,
    work: MAX_WORK,
    expired: () => asked <= 0 || now() > deadline,
  };
}

/** Seconds as a JSON number: Prometheus writes milliseconds as decimals. */
function seconds(instant: Instant): number {
  return instant / 1000;
}

function instantQuery(parameters: URLSearchParams, { store, now }: AnswerSource): unknown {
  const at = optionalTime(parameters, 'time', now());
  const query = parameters.get('query') ?? '';
  const bounds = queryLimits(parameters, now);
  const expression = explained(() => parsePromql(query));
  if (typeOf(expression) === 'range vector')
    return {
      resultType: 'matrix',
      result: evaluateRange(expression, store, at, bounds).map(({ labels, points }) => ({
        metric: Object.fromEntries(labels),
        values: points.map(([time, value]) => [seconds(time), formatValue(value)]),
      })),
    };
  const value = evaluate(expression, store, { start: at, end: at, step: 1 }, bounds);
  if (value.kind === 'string') return { resultType: 'string', result: [seconds(at), value.value] };
  if (value.kind === 'scalar')
    return { resultType: 'scalar', result: [seconds(at), formatValue(value.values[0] ?? Number.NaN)] };
  return {
    resultType: 'vector',
    result: instantVector(value).map((sample) => ({
      metric: Object.fromEntries(sample.labels),
      value: [seconds(at), formatValue(sample.value)],
    })),
  };
}

/** At an instant Prometheus says which parameter did not parse; over a range it does not. */
function explained<T>(parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    throw error instanceof QueryError ? invalidParameter('query', error.message) : error;
  }
}

function rangeQuery(parameters: URLSearchParams, { store, now }: AnswerSource): unknown {
  const steps = rangeParameters(parameters);
  const bounds = queryLimits(parameters, now);
  const expression = parsePromql(parameters.get('query') ?? '');
  const type = typeOf(expression);
  if (type !== 'scalar' && type !== 'instant vector')
    throw new QueryError(
      'bad_data',
      `invalid expression type "${type}" for range query, must be Scalar or instant Vector`,
    );
  const value = evaluate(expression, store, steps, bounds);
  return { resultType: 'matrix', result: matrix(value, steps.start, steps.step) };
}

function matrix(value: Value, start: Instant, step: Duration): unknown[] {
  const series = value.kind === 'vector' ? sortSeries(value.series) : [];
  const all = value.kind === 'scalar' ? [{ labels: [], values: value.values }] : series;
  return all.map(({ labels, values }) => ({
    metric: Object.fromEntries(labels),
    values: values.flatMap((one, index) =>
      one === undefined ? [] : [[seconds(start + index * step), formatValue(one)]],
    ),
  }));
}

/** The label sets that any `match[]` finds in the stretch of time asked for, or all. */
function found(parameters: URLSearchParams, { store, scenario, now }: AnswerSource): readonly Labels[] {
  const from = optionalTime(parameters, 'start', scenario.dataFrom);
  const to = optionalTime(parameters, 'end', now());
  const selectors = parameters.has('match[]') ? matchParameters(parameters) : [[]];
  const byKey = new Map<string, Labels>();
  for (const matchers of selectors)
    for (const labels of store.find(matchers, from, to)) byKey.set(labelKey(labels), labels);
  return [...byKey.values()].sort(compareLabels);
}

function labelValues(name: string, parameters: URLSearchParams, source: AnswerSource): readonly string[] {
  if (!/^[a-zA-Z_][a-zA-Z0-9_]*$/.test(name))
    throw new QueryError('bad_data', `invalid label name: ${JSON.stringify(name)}`);
  const values = found(parameters, source).map((labels) => labelOf(labels, name));
  return [...new Set(values)].filter((value) => value !== '').sort();
}

function metadata(parameters: URLSearchParams, { scenario }: AnswerSource): unknown {
  const wanted = parameters.get('metric');
  const limit = Number(parameters.get('limit') ?? Number.NaN);
  const known = scenario.metrics.filter(({ name }) => wanted === null || wanted === '' || name === wanted);
  const kept = limit >= 0 ? known.slice(0, limit) : known;
  return Object.fromEntries(kept.map(({ name, type, help }) => [name, [{ type, help, unit: '' }]]));
}

function targets(parameters: URLSearchParams, { scenario, now }: AnswerSource): unknown {
  const at = now();
  const there = scenario
    .targets()
    .filter(({ born, gone }) => born <= at && (gone === undefined || gone > at));
  const active = parameters.get('state') === 'dropped' ? [] : there.map((one) => targetAt(one, at));
  return { activeTargets: active, droppedTargets: [] };
}

function targetAt({ job, instance, phase }: ScenarioTarget, at: Instant): unknown {
  const lastScrape = Math.floor((at - phase) / SCRAPE_INTERVAL) * SCRAPE_INTERVAL + phase;
  return {
    discoveredLabels: {
      __address__: instance,
      __metrics_path__: '/metrics',
      __scheme__: 'http',
      __scrape_interval__: '15s',
      __scrape_timeout__: '10s',
      job,
    },
    labels: { instance, job },
    scrapePool: job,
    scrapeUrl: `http://${instance}/metrics`,
    globalUrl: `http://${instance}/metrics`,
    lastError: '',
    lastScrape: new Date(lastScrape).toISOString(),
    lastScrapeDuration: 0.004 + phase * 1e-7,
    health: 'up',
    scrapeInterval: '15s',
    scrapeTimeout: '10s',
  };
}

function alerts(parameters: URLSearchParams, { scenario, store, now }: AnswerSource): unknown {
  const firing = firingAlerts(scenario, store, now(), queryLimits(parameters, now));
  return {
    alerts: firing.map(({ rule, labels, value }) => ({
      labels,
      annotations: rule.annotations,
      state: 'firing',
      activeAt: new Date(rule.activeAt).toISOString(),
      value: formatExponent(value),
    })),
  };
}
