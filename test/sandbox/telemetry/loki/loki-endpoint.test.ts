import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { MINUTE, SECOND } from '../../../../src/domain/time.ts';
import { lokiEndpoint } from '../../../../src/sandbox/telemetry/loki/loki-endpoint.ts';
import { scenarioStore } from '../../../../src/sandbox/telemetry/scenario.ts';
import { checkoutScenario } from '../../../../src/sandbox/telemetry/scenarios/checkout.ts';
import { checkoutLogs } from '../../../../src/sandbox/telemetry/scenarios/checkout-logs.ts';
import { inShort, queryAt } from '../promql/run-query.ts';

const NOW = Date.UTC(2026, 10, 23, 14, 6, 0);
const CAUSE = NOW - 9 * MINUTE;
const scenario = checkoutScenario({ startedAt: NOW });
const endpoint = lokiEndpoint({ sources: checkoutLogs(scenario), now: () => NOW });

function ask(path: string, parameters: Readonly<Record<string, string>> = {}) {
  const url = `/loki/api/v1/${path}?${new URLSearchParams(parameters)}`;
  const { status, contentType, body } = endpoint({ method: 'GET', url, headers: {}, body: '' });
  return { status, contentType, body };
}

const data = (path: string, parameters: Readonly<Record<string, string>> = {}) => {
  const { status, body } = ask(path, parameters);
  expect([status, body.slice(0, 200)]).toEqual([200, expect.stringContaining('{')]);
  return JSON.parse(body).data;
};

interface Stream {
  readonly stream: Readonly<Record<string, string>>;
  readonly values: readonly (readonly [string, string])[];
}

const ns = (at: number) => `${at}000000`;
const over = (from: number, to: number) => ({ start: ns(from), end: ns(to) });

function lines(query: string, more: Readonly<Record<string, string>> = {}) {
  const streams: readonly Stream[] = data('query_range', { query, limit: '5000', ...more }).result;
  return streams.flatMap(({ stream, values }) => values.map(([at, text]) => ({ at, text, stream })));
}

const number = (query: string, at = NOW) =>
  Number(data('query', { query, time: ns(at) }).result[0]?.value[1] ?? Number.NaN);

describe('the lines', () => {
  test('every failed checkout is one line, as many as the metrics count', () => {
    const counted = number('sum(count_over_time({service_name="checkout", level="error"}[5m]))');
    const store = scenarioStore(scenario, { now: () => NOW });
    const metric = inShort(
      queryAt(store, 'sum(increase(http_requests_total{service="checkout",code="500"}[5m]))', NOW),
    )[0]?.[1];
    expect(counted / Number(metric)).toBeCloseTo(1, 1);
    expect(counted).toBeGreaterThan(10_000);
  });

  test('say what they are: newest first, within the time, with a level that Loki found', () => {
    const found = lines('{service_name="checkout", level="error"}', { limit: '50' });
    expect(found).toHaveLength(50);
    const newest = [...found].sort((a, b) => (a.at < b.at ? 1 : -1));
    expect(BigInt(newest[0]?.at ?? 0)).toBeLessThan(BigInt(ns(NOW)));
    expect(BigInt(newest[49]?.at ?? 0)).toBeGreaterThan(BigInt(ns(NOW - 10 * SECOND)));
    expect(found[0]?.stream).toEqual({
      service_name: 'checkout',
      level: 'error',
      detected_level: 'error',
      namespace: 'shop',
      pod: expect.stringMatching(/^checkout-/),
    });
    expect(JSON.parse(found[0]?.text ?? '')).toMatchObject({
      msg: 'payments answered 429, giving up after 4 attempts',
      status: 500,
      upstream_status: 429,
    });
  });

  test('payments writes logfmt, and says when its limit was changed and when it refuses', () => {
    const reloaded = lines(
      '{service_name="payments"} |= "configuration reloaded"',
      over(CAUSE - MINUTE, CAUSE + MINUTE),
    );
    expect(reloaded).toHaveLength(4);
    expect(reloaded[0]?.text).toContain('key=rate_limit.checkout old=500 new=200');
    expect(Math.floor(Number(reloaded[0]?.at) / 1e9)).toBe(CAUSE / SECOND);
    expect(lines('{service_name="payments"} |= "rate limit"', over(CAUSE - 5 * MINUTE, CAUSE))).toEqual([]);
    const refused = number(
      'sum(count_over_time({service_name="payments", level="warn"} | logfmt | sampled = 10 [2m]))',
    );
    expect((refused * 10) / 120).toBeGreaterThan(200);
  });

  test('the new version started after errors began, so it is not the cause', () => {
    const [first] = lines('{service_name="checkout"} |= "starting v2.3.45"', {
      ...over(CAUSE - 5 * MINUTE, NOW),
      direction: 'forward',
      limit: '1',
    });
    expect(Number(first?.at) / 1e6).toBeGreaterThan(CAUSE + 2 * MINUTE);
    const errors = '{service_name="checkout"} |= "giving up"';
    expect(number(`sum(count_over_time(${errors}[1m]))`, CAUSE + 2 * MINUTE)).toBeGreaterThan(100);
  });

  test('the same question gives the same bytes, and nothing after now', () => {
    const one = ask('query_range', { query: '{namespace="shop"}', ...over(NOW - MINUTE, NOW + MINUTE) });
    expect(one).toEqual(
      ask('query_range', { query: '{namespace="shop"}', ...over(NOW - MINUTE, NOW + MINUTE) }),
    );
    expect(lines('{namespace="shop"}', over(NOW, NOW + MINUTE))).toEqual([]);
  });
});

describe('LogQL', () => {
  test.each([
    ['{service_name="cart"} |= "request served"', /request served/],
    ['{service_name="cart"} != "request served" | json | status = 500', /"status":500/],
    ['{service_name="checkout"} |~ "gi.ing up|empty" !~ "empty"', /giving up/],
    ['{service_name="checkout"} | json | status >= 500 and upstream="payments"', /"upstream":"payments"/],
    [
      '{service_name="checkout"} | json | duration_ms > 3000 or msg="cart is empty"',
      /"duration_ms":3|cart is empty/,
    ],
    ['{service_name="payments"} | logfmt | msg=~"rate.*"', /rate limit exceeded/],
    ['{service_name=~"check.+", level!="info"} # only these', /"level":"(?:error|warn)"/],
  ])('%s', (query, text) => {
    const found = lines(query, { limit: '20' });
    expect(found.length).toBeGreaterThan(0);
    for (const one of found) expect(one.text).toMatch(text);
  });

  test('a field that is named like a label is kept beside it', () => {
    const [one] = lines('{service_name="checkout", level="error"} | json', { limit: '1' });
    expect(one?.stream).toMatchObject({ level: 'error', level_extracted: 'error', status: '500' });
  });

  test('numbers over a range, by label, with arithmetic', () => {
    const { result } = data('query_range', {
      query: 'sum by (service_name) (rate({namespace="shop", level="error"}[1m]))',
      step: '60',
      ...over(NOW - 30 * MINUTE, NOW),
    });
    const checkout = result.find((one: { metric: object }) => Object.values(one.metric).includes('checkout'));
    const values = new Map<number, string>(checkout.values);
    expect(Number(values.get(NOW / SECOND))).toBeGreaterThan(40);
    expect(Number(values.get((CAUSE - 5 * MINUTE) / SECOND) ?? 0)).toBeLessThan(1);
    const share =
      '100 * sum(count_over_time({service_name="checkout", level="error"} |= "429"[2m])) / sum(count_over_time({service_name="checkout", level="error"}[2m]))';
    expect(number(share)).toBeCloseTo(100, 5);
    expect(number('count(topk(2, sum by (pod) (count_over_time({service_name="web"}[1m]))))')).toBe(2);
    expect(
      number('sum(count_over_time({service_name="checkout",level="error"}[1m] offset 20m))'),
    ).toBeLessThan(30);
  });

  test.each([
    ['{a="b"', 'parse error at line 1, col 7: syntax error: unexpected $end, expecting } or ,'],
    ['{}', 'parse error : queries require at least one regexp or equality matcher'],
    ['{a=~".*"}', 'parse error : queries require'],
    [
      '{service_name="checkout"} | line_format "x"',
      'col 29: `line_format` is not supported by this sandbox, which knows',
    ],
    ['quantile_over_time(0.9, {a="b"} | unwrap x [5m])', 'col 1: `quantile_over_time` is not supported'],
    ['sum(rate({a="b"}))', 'col 17: syntax error: unexpected ), expecting ['],
    ['{a=~"("}', 'parse error at line 1, col 5: error parsing regexp'],
    ['{a="b"} |= "x', 'col 12: literal not terminated'],
  ])('%s is refused as text, with its place', (query, said) => {
    const { status, contentType, body } = ask('query_range', { query });
    expect([status, contentType]).toEqual([400, 'text/plain; charset=utf-8']);
    expect(body).toContain(said);
  });

  test('a query that would read too much is refused in Loki’s words', () => {
    const { status, body } = ask('query_range', { query: '{namespace="shop"} |= "nowhere"', since: '6h' });
    expect(status).toBe(400);
    expect(body).toContain('the query would read too many bytes');
  });
});

describe('the lists', () => {
  test('labels, values, streams and detected fields', () => {
    expect(data('labels')).toEqual(['level', 'namespace', 'pod', 'service_name']);
    expect(data('label/service_name/values')).toEqual(['cart', 'checkout', 'payments', 'web']);
    expect(data('label/level/values', { query: '{service_name="cart"}' })).toContain('info');
    expect(data('label/none/values')).toEqual([]);
    const series: readonly Readonly<Record<string, string>>[] = data('series', {
      'match[]': '{service_name="payments", level="warn"}',
    });
    expect(new Set(series.map((one) => one.service_name))).toEqual(new Set(['payments']));
    const { fields } = JSON.parse(ask('detected_fields', { query: '{service_name="checkout"}' }).body);
    expect(fields).toContainEqual({
      label: 'status',
      type: 'int',
      cardinality: expect.any(Number),
      parsers: ['json'],
      jsonPath: ['status'],
    });
  });
});

const FILE = '../shared/recorded/loki.json';
interface Recorded {
  readonly name: string;
  readonly request: { readonly url: string };
  readonly status: number;
  readonly contentType: string;
  readonly body: unknown;
}
const recorded: Recorded[] = existsSync(FILE) ? JSON.parse(readFileSync(FILE, 'utf8')) : [];
if (recorded.length === 0) process.stdout.write('not run: recorded answers of Loki\n');

/** Keys and types; labels and fields, whose keys are somebody’s words, left out. */
function shapeOf(value: unknown, key = ''): unknown {
  if (['stream', 'metric', 'stats'].includes(key)) return {};
  if (Array.isArray(value)) return value.slice(0, 1).map((one) => shapeOf(one));
  if (typeof value !== 'object' || value === null) return typeof value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, shapeOf(one, name)]));
}

/** Not played: the volume of streams. Labels differ in number. */
const OTHER = new Set(['volume', 'series', 'detected_fields']);

test.each(recorded.filter(({ name }) => !OTHER.has(name)))(
  '$name answers as the recorded Loki did',
  (one) => {
    const url = one.request.url
      .replaceAll('dataset', 'service_name')
      .replaceAll('app-logs', 'checkout')
      .replaceAll('%7Bservice_name%3D%22none%22%7D', '%7Bservice_name%3D%22none%22%7D');
    const answer = endpoint({ method: 'GET', url, headers: {}, body: '' });
    expect([answer.status, answer.contentType]).toEqual([one.status, one.contentType]);
    if (typeof one.body === 'string') expect(answer.body.trim()).toContain(one.body.trim().slice(0, 60));
    else expect(shapeOf(JSON.parse(answer.body))).toEqual(shapeOf(one.body));
  },
);
