import { expect, test } from 'vitest';
import { HOUR, MINUTE, SECOND } from '../../../src/domain/time.ts';
import { matcher } from '../../../src/sandbox/telemetry/promql/matcher.ts';
import { type Scenario, scenarioStore } from '../../../src/sandbox/telemetry/scenario.ts';
import { checkoutScenario } from '../../../src/sandbox/telemetry/scenarios/checkout.ts';
import { inShort, queryAt } from './promql/run-query.ts';

const STARTED = Date.UTC(2026, 10, 23, 14, 6, 0);
const CAUSE = STARTED - 9 * MINUTE;

/** The only value of a query at an instant, on what had been scraped by then. */
function ask(scenario: Scenario, query: string, at: number): number {
  const answer = inShort(queryAt(scenarioStore(scenario, { now: () => at }), query, at));
  return answer[0]?.[1] ?? Number.NaN;
}

const FAILING =
  'sum(rate(http_requests_total{service="checkout",code="500"}[2m])) / sum(rate(http_requests_total{service="checkout"}[2m]))';
const REFUSED =
  'sum(rate(upstream_requests_total{upstream="payments",code="429"}[2m])) / sum(rate(upstream_requests_total{upstream="payments"}[2m]))';
const CALLS = 'sum(rate(upstream_requests_total{service="checkout",upstream="payments"}[2m]))';
const NEW_PODS = 'count(build_info{service="checkout",version="v2.3.45"})';

test('an hour before, the shop is healthy', () => {
  const scenario = checkoutScenario({ startedAt: STARTED });
  const before = STARTED - HOUR;
  expect(ask(scenario, FAILING, before)).toBeLessThan(0.002);
  expect(ask(scenario, REFUSED, before)).toBe(0);
  expect(ask(scenario, CALLS, before)).toBeGreaterThan(105);
  expect(ask(scenario, CALLS, before)).toBeLessThan(145);
  expect(ask(scenario, 'max(payments_rate_limit_per_second)', before)).toBe(500);
  expect(ask(scenario, 'min(up)', before)).toBe(1);
  const p95 =
    'histogram_quantile(0.95, sum by (le) (rate(http_request_duration_seconds_bucket{service="checkout"}[5m])))';
  expect(ask(scenario, p95, before)).toBeLessThan(0.5);
  expect(ask(scenario, p95, STARTED)).toBeGreaterThan(2);
});

test('when the sandbox starts, 23 % of checkouts fail and payments refuses 61 % of four times the calls', () => {
  const scenario = checkoutScenario({ startedAt: STARTED });
  expect(ask(scenario, FAILING, STARTED)).toBeCloseTo(0.23, 1);
  expect(ask(scenario, REFUSED, STARTED)).toBeCloseTo(0.61, 1);
  const passing = 'sum(rate(upstream_requests_total{upstream="payments",code="200"}[5m]))';
  expect(ask(scenario, passing, STARTED)).toBeLessThanOrEqual(205);
  expect(ask(scenario, 'max(payments_rate_limit_per_second)', STARTED)).toBe(200);
  expect(ask(scenario, CALLS, STARTED) / ask(scenario, CALLS, CAUSE - MINUTE)).toBeCloseTo(4, 0);
  expect(ask(scenario, 'sum(rate(upstream_retries_total[5m]))', STARTED)).toBeGreaterThan(300);
});

test('errors came after the limit and before the deploy reached any pod', () => {
  const scenario = checkoutScenario({ startedAt: STARTED });
  const announced = ask(scenario, 'deploy_timestamp_seconds{service="checkout",version="v2.3.45"}', STARTED);
  expect(announced).toBe((CAUSE - MINUTE) / SECOND);
  const firstErrors = CAUSE + 2 * MINUTE;
  expect(
    ask(scenario, 'sum(increase(http_requests_total{service="checkout",code="500"}[1m]))', firstErrors),
  ).toBeGreaterThan(100);
  expect(ask(scenario, NEW_PODS, firstErrors)).toBeNaN();
  expect(ask(scenario, FAILING, CAUSE + 30 * SECOND)).toBeLessThan(0.002);
  expect(ask(scenario, NEW_PODS, STARTED)).toBe(6);
  expect(ask(scenario, 'count(build_info{service="checkout",version="v2.3.44"})', STARTED)).toBeNaN();
});

test('the data move on for ever', () => {
  const scenario = checkoutScenario({ startedAt: STARTED });
  expect(ask(scenario, FAILING, STARTED + 90 * 24 * HOUR)).toBeCloseTo(0.23, 1);
  const then = STARTED + 400 * 24 * HOUR;
  const fresh = scenarioStore(scenario, { now: () => then }).select(
    [matcher('__name__', '=', 'up')],
    then - MINUTE,
    then,
  );
  expect(fresh[0]?.times.length).toBe(4);
});

test('a fix recovers within three minutes and leaves the past as it was', () => {
  const scenario = checkoutScenario({ startedAt: STARTED });
  const fixedAt = STARTED + 20 * MINUTE;
  const everything = [matcher('__name__', '=~', '.+')];
  const past = () =>
    scenarioStore(scenario, { now: () => fixedAt }).select(everything, fixedAt - 3 * MINUTE, fixedAt);
  const before = past();
  scenario.mitigate(fixedAt);
  scenario.mitigate(fixedAt + HOUR);
  expect(scenario.mitigatedAt).toBe(fixedAt);
  expect(past()).toEqual(before);
  expect(ask(scenario, FAILING, fixedAt + 90 * SECOND)).toBeGreaterThan(0.1);
  expect(ask(scenario, FAILING, fixedAt + 6 * MINUTE)).toBeLessThan(0.002);
  expect(ask(scenario, REFUSED, fixedAt + 6 * MINUTE)).toBe(0);
  expect(ask(scenario, CALLS, fixedAt + 6 * MINUTE)).toBeLessThan(150);
});

test('counters never fall, buckets never shrink towards +Inf', () => {
  const scenario = checkoutScenario({ startedAt: STARTED });
  scenario.mitigate(STARTED + 5 * MINUTE);
  const end = STARTED + 15 * MINUTE;
  const store = scenarioStore(scenario, { now: () => end });
  const counters = store.select(
    [matcher('__name__', '=~', '.+_(total|bucket|count|sum)')],
    STARTED - 20 * MINUTE,
    end,
  );
  expect(counters.length).toBeGreaterThan(400);
  for (const { labels, values } of counters)
    for (const [index, value] of values.entries())
      if (value < (values[index - 1] ?? 0)) expect.fail(`${JSON.stringify(labels)} falls at ${index}`);
  const shrinking =
    'http_request_duration_seconds_bucket{le="10"} > ignoring (le) http_request_duration_seconds_bucket{le="+Inf"}';
  expect(inShort(queryAt(store, shrinking, end))).toEqual([]);
});

test('the same options give the same numbers, samples lie on the scrape grid and none is later than now', () => {
  const [one, two] = [checkoutScenario({ startedAt: STARTED }), checkoutScenario({ startedAt: STARTED })];
  const select = (scenario: Scenario) =>
    scenarioStore(scenario, { now: () => STARTED }).select(
      [matcher('service', '=', 'checkout')],
      STARTED - MINUTE,
      STARTED + HOUR,
    );
  expect(select(one)).toEqual(select(two));
  for (const { times } of select(one)) {
    expect(times.every((time) => time <= STARTED)).toBe(true);
    const gaps = times.slice(1).map((time, index) => time - (times[index] ?? 0));
    expect(gaps.every((gap) => gap === 15 * SECOND)).toBe(true);
  }
});

test('samples begin six hours before the start', () => {
  const scenario = checkoutScenario({ startedAt: STARTED });
  const [first] = scenarioStore(scenario, { now: () => STARTED }).select(
    [matcher('__name__', '=', 'payments_rate_limit_per_second')],
    0,
    STARTED,
  );
  expect((STARTED - (first?.times[0] ?? 0)) / HOUR).toBeCloseTo(6, 1);
});

test('an old pod is marked stale at the scrape after its end', () => {
  const scenario = checkoutScenario({ startedAt: STARTED });
  const up = 'count(up{job="checkout"})';
  expect(ask(scenario, up, CAUSE)).toBe(6);
  expect(ask(scenario, up, STARTED)).toBe(6);
  const withoutMarks = scenarioStore(scenario, { now: () => STARTED, staleMarks: false });
  expect(inShort(queryAt(withoutMarks, up, STARTED))[0]?.[1]).toBeGreaterThan(6);
});

test('the cause can set in at another time, within the history', () => {
  const scenario = checkoutScenario({ startedAt: STARTED, causeBefore: HOUR });
  expect(scenario.causeAt).toBe(STARTED - HOUR);
  expect(ask(scenario, FAILING, STARTED - 50 * MINUTE)).toBeCloseTo(0.23, 1);
  expect(() => checkoutScenario({ startedAt: STARTED, causeBefore: HOUR, history: HOUR })).toThrow(
    RangeError,
  );
});
