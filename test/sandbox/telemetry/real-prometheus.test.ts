import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { MINUTE } from '../../../src/domain/time.ts';
import { prometheusEndpoint } from '../../../src/sandbox/telemetry/prometheus-endpoint.ts';
import { matcher } from '../../../src/sandbox/telemetry/promql/matcher.ts';
import { scenarioStore } from '../../../src/sandbox/telemetry/scenario.ts';
import { checkoutScenario } from '../../../src/sandbox/telemetry/scenarios/checkout.ts';
import { openMetrics } from './open-metrics.ts';
import { randomQueries } from './random-queries.ts';
import { findPrometheus, type RunningPrometheus, startPrometheus } from './start-prometheus.ts';

/** Half a second off the scrape grid, so that the result does not depend on which ends of a range a version includes. */
const AT = Date.UTC(2026, 10, 20, 14, 6, 0, 500);
const FROM = AT - 30 * MINUTE;
const now = () => AT;

const scenario = checkoutScenario({ startedAt: AT });
// A backfill cannot mark series stale, so neither does our side here.
const store = scenarioStore(scenario, { now, staleMarks: false });
const ours = prometheusEndpoint({ scenario, store, now });

const QUERIES: readonly string[] = [
  'up',
  'payments_rate_limit_per_second',
  'http_requests_total{service="checkout",code!="200"}',
  '{__name__=~"db_pool.*", state=~"in_.*|idle", pod!~"cart.*"}',
  'payments_rate_limit_per_second offset 10m',
  `payments_rate_limit_per_second @ ${(AT - 10 * MINUTE) / 1000} offset -5m`,
  'sum by (code) (rate(http_requests_total{service="checkout"}[5m]))',
  'sum(rate(http_requests_total{service="checkout",code="500"}[5m])) / sum(rate(http_requests_total{service="checkout"}[5m]))',
  'irate(upstream_requests_total{upstream="payments"}[2m])',
  'increase(upstream_retries_total[7m])',
  'delta(process_resident_memory_bytes{service="web"}[10m])',
  'avg without (instance, pod) (container_memory_working_set_bytes)',
  'min by (service) (process_resident_memory_bytes)',
  'max by (service) (process_resident_memory_bytes) > 3e8',
  'count by (version) (build_info)',
  'stddev(process_resident_memory_bytes)',
  'stddev by (service) (rate(process_cpu_seconds_total[3m]))',
  'topk(3, sum by (pod) (rate(http_requests_total[5m])))',
  'bottomk by (service) (1, rate(process_cpu_seconds_total[5m]))',
  'topk(3, up)',
  'bottomk(4, build_info)',
  'quantile by (service) (0.9, rate(http_request_duration_seconds_count[4m]))',
  'histogram_quantile(0.95, sum by (le, service) (rate(http_request_duration_seconds_bucket[5m])))',
  'histogram_quantile(0.5, rate(http_request_duration_seconds_bucket{service="checkout"}[3m]))',
  'avg_over_time(db_pool_connections{state="in_use"}[10m])',
  'min_over_time(db_pool_connections{state="idle"}[10m]) + max_over_time(db_pool_connections{state="idle"}[10m])',
  'sum_over_time(process_resident_memory_bytes{service="cart"}[8m])',
  'count_over_time(up[4m])',
  'quantile_over_time(0.75, process_resident_memory_bytes[9m])',
  'last_over_time(deploy_timestamp_seconds[20m])',
  'max_over_time(sum by (code) (rate(http_requests_total{service="checkout"}[2m]))[15m:1m])',
  'avg_over_time(rate(upstream_retries_total[1m])[10m:30s] offset 3m)',
  'time() - deploy_timestamp_seconds',
  'clamp(process_resident_memory_bytes / 1024 ^ 2, 300, 400)',
  'clamp_max(vector(-Inf), NaN) == bool clamp_min(vector(Inf), NaN)',
  'clamp_min(clamp_max(db_pool_connections, 15), 5) % 4',
  'round(rate(http_requests_total{service="web"}[5m]), 0.25) - scalar(ceil(vector(1.5))) * scalar(floor(vector(2.7)))',
  'abs(-db_pool_connections{state="in_use"}) == bool 6',
  'absent(payments_rate_limit_per_second) or absent(nope{service="checkout"})',
  'scalar(payments_rate_limit_per_second) - vector(1)',
  'label_replace(build_info, "minor", "$1.$2", "version", "v(\\\\d+)\\\\.(\\\\d+)\\\\..*")',
  'sort_desc(sum by (service) (rate(http_requests_total[5m])))',
  'sort(sum by (pod) (rate(upstream_requests_total{upstream="payments"}[5m])))',
  'sum by (service, pod) (rate(http_requests_total[5m])) * on (pod) group_left (version) build_info',
  'build_info * ignoring (version, pool, state) group_right (version) db_pool_connections',
  'rate(http_requests_total{code="500"}[5m]) / ignoring (code) rate(http_requests_total{code="200"}[5m])',
  'up{job="checkout"} and on (instance) build_info{version="v2.3.45"}',
  'up unless on (instance) build_info{version="v2.3.45"}',
  'payments_rate_limit_per_second @ start() - payments_rate_limit_per_second @ end() * 2',
  '-payments_rate_limit_per_second ^ 2 > -1e9',
  'sum({__name__=~"http_requests_total|upstream_requests_total"})',
];

const REFUSED: readonly string[] = [
  'up}',
  'up[',
  'up[5]',
  'up[5mm]',
  'up[30m1h]',
  'up{job}',
  'up{job=}',
  'up{,}',
  'up{job="a" instance="b"}',
  'up{job=="a"}',
  'up =~ "a"',
  'up offset',
  'up offset 5',
  'up offset 0s',
  'up @ foo',
  'up @ Inf',
  '# nothing',
  '5m + 1',
  '"x',
  'sum(rate(up[5m])',
  'rate(up)',
  'foo(up)',
  '',
  'up)',
  'up{',
  'up[5m',
  '{job=~".*"}',
  '1 > 2',
  '1 and up',
  'up + bool up',
  'sum(up, up)',
  'topk(up, up)',
  'abs(up, up)',
  'round(up, 1, 2)',
  'up offset 5m offset 5m',
  'sum(up) offset 5m',
  '(up + up)[5m]',
  'up{job=~"(?=a)"}',
  'up foo',
  'up ==',
  'up + on (job) group_left (job) up',
  'up{__name__="up"}',
  '"a" + 1',
  'up * on (job) up',
  'label_replace(up, "instance", "x", "job", ".*")',
  'up[0s]',
  'time(1)',
  'up and on (job) group_left up',
];

type Result = {
  readonly metric?: Record<string, string>;
  readonly value?: [number, string];
  readonly values?: [number, string][];
};
interface Body {
  readonly status: string;
  readonly error?: string;
  readonly errorType?: string;
  readonly data?: { readonly resultType: string; readonly result: readonly Result[] | [number, string] };
}

const there = findPrometheus();
const describeReal = there === undefined ? describe.skip : describe;

describeReal('a real Prometheus with the same samples', () => {
  let real: RunningPrometheus;
  let version = '';
  beforeAll(async () => {
    const all = store.select([matcher('__name__', '!=', '')], FROM - 20 * MINUTE, AT);
    real = await startPrometheus({ openMetrics: openMetrics(all, scenario.metrics) });
    const answer = await fetch(`${real.url}/api/v1/status/buildinfo`);
    version = ((await answer.json()) as { data: { version: string } }).data.version;
  });
  afterAll(() => real?.stop());

  async function both(path: string, parameters: Record<string, string>): Promise<[Body, Body]> {
    const url = `${path}?${new URLSearchParams(parameters)}`;
    const answer = await fetch(`${real.url}${url}`);
    return [
      JSON.parse(ours({ method: 'GET', url, headers: {}, body: '' }).body),
      (await answer.json()) as Body,
    ];
  }

  test.each(QUERIES)('%s at an instant', async (query) => {
    const [mine, theirs] = await both('/api/v1/query', { query, time: String(AT / 1000) });
    same(mine, theirs, /^(?:topk\(|sort)/.test(query));
  });

  test.each(QUERIES)('%s over a range', async (query) => {
    const range = { start: String(FROM / 1000), end: String(AT / 1000), step: '37' };
    const [mine, theirs] = await both('/api/v1/query_range', { query, ...range });
    same(mine, theirs, true);
  });

  test('a hundred queries at random give equal numbers or equal refusals', async () => {
    // Later versions differ in when they drop names and how they word refusals.
    if (!version.startsWith('2.4')) return;
    for (const query of randomQueries(20_261_123, 100)) {
      const range = { start: String(FROM / 1000), end: String(AT / 1000), step: '100' };
      const [mine, theirs] = await both('/api/v1/query_range', { query, ...range });
      expect([query, mine.errorType]).toEqual([query, theirs.errorType]);
      if (theirs.data !== undefined) same(mine, theirs, true, query);
    }
  });

  test.each(REFUSED)('%j is refused with the same words', async (query) => {
    const [mine, theirs] = await both('/api/v1/query', { query, time: String(AT / 1000) });
    expect([mine.status, mine.errorType]).toEqual([theirs.status, theirs.errorType]);
    // Later versions word some refusals differently.
    if (version.startsWith('2.4')) expect(mine).toEqual(theirs);
  });
});

/** Equal labels and times, numbers within 1e-9 of each other; the order counts only where Prometheus promises one. */
function same(mine: Body, theirs: Body, ordered: boolean, query = ''): void {
  expect(theirs.error).toBeUndefined();
  expect(mine.error).toBeUndefined();
  expect(mine.data?.resultType).toBe(theirs.data?.resultType);
  const [a, b] = [entries(mine, ordered), entries(theirs, ordered)];
  if (query === '') expect(b.length).toBeGreaterThan(0);
  expect([query, ...a.map(({ key }) => key)]).toEqual([query, ...b.map(({ key }) => key)]);
  for (const [index, { key, points }] of b.entries()) {
    const own = a[index]?.points ?? [];
    expect(own.map(([time]) => time)).toEqual(points.map(([time]) => time));
    for (const [at, [time, value]] of points.entries())
      near(own[at]?.[1] ?? '', value, `${query} ${key} at ${time}`);
  }
}

function near(mine: string, theirs: string, where: string): void {
  if (mine === theirs) return;
  const [a, b] = [Number(mine), Number(theirs)];
  if (!(Math.abs(a - b) <= 1e-9 * Math.max(Math.abs(a), Math.abs(b))))
    expect.fail(`${mine} is not ${theirs} in ${where}`);
}

function entries(body: Body, ordered: boolean): { key: string; points: [number, string][] }[] {
  const result = body.data?.result ?? [];
  if (body.data?.resultType === 'scalar') return [{ key: 'scalar', points: [result as [number, string]] }];
  const all = (result as readonly Result[]).map(({ metric = {}, value, values }) => ({
    key: JSON.stringify(Object.entries(metric).sort()),
    points: values ?? (value === undefined ? [] : [value]),
  }));
  return ordered ? all : all.sort((x, y) => (x.key < y.key ? -1 : 1));
}
