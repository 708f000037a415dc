import { expect, test } from 'vitest';
import { HOUR, type Instant, MINUTE, SECOND } from '../../../src/domain/time.ts';
import { matcher } from '../../../src/sandbox/telemetry/promql/matcher.ts';
import { type Scenario, scenarioStore } from '../../../src/sandbox/telemetry/scenario.ts';
import { connectionLeakScenario } from '../../../src/sandbox/telemetry/scenarios/connection-leak.ts';
import { fullDiskScenario } from '../../../src/sandbox/telemetry/scenarios/full-disk.ts';
import { inShort, queryAt } from './promql/run-query.ts';

const STARTED = Date.UTC(2026, 10, 23, 14, 6, 0);

/** The only value of a query at an instant, on what had been scraped by then. */
function ask(scenario: Scenario, query: string, at: Instant): number {
  return inShort(queryAt(scenarioStore(scenario, { now: () => at }), query, at))[0]?.[1] ?? Number.NaN;
}

const part = (failing: string, all: string) =>
  `sum(rate(http_requests_total{${failing}}[2m])) / sum(rate(http_requests_total{${all}}[2m]))`;
const FAILING = part('service="orders",code="503"', 'service="orders"');
const DB_CPU = 'sum(rate(container_cpu_usage_seconds_total{container="postgres"}[5m]))';
const LOST = 'sum(pg_stat_activity_count{state="idle in transaction"})';
const DECLINED = 'sum(gift_card_redemptions_total{outcome="declined"})';
const WRITES_FAILING = part('method="POST",code="500"', 'method="POST"');
const READS_FAILING = part('method="GET",code=~"5.."', 'method="GET"');
const AVAILABLE = 'sum(node_filesystem_avail_bytes)';
const KEPT = 'sum(pg_replication_slots_pg_wal_lsn_diff{slot_name="analytics"})';

test('a connection leak: each declined card takes a connection, until 60 % of orders find none', () => {
  const scenario = connectionLeakScenario({ startedAt: STARTED });
  const before = scenario.causeAt - 10 * MINUTE;
  expect(ask(scenario, FAILING, before)).toBeLessThan(0.001);
  expect([LOST, DECLINED].map((query) => ask(scenario, query, before))).toEqual([0, 0]);
  // No pod is short of any after six minutes: a third of them is gone.
  expect(ask(scenario, FAILING, scenario.causeAt + 6 * MINUTE)).toBeLessThan(0.001);
  expect(ask(scenario, LOST, scenario.causeAt + 6 * MINUTE)).toBeCloseTo(36, -1);
  expect(ask(scenario, FAILING, STARTED)).toBeGreaterThan(0.5);
  expect(ask(scenario, FAILING, STARTED)).toBeLessThan(0.75);
  expect(Math.abs(ask(scenario, LOST, STARTED) - ask(scenario, DECLINED, STARTED))).toBeLessThanOrEqual(2);
  expect(ask(scenario, 'sum(pg_stat_activity_count)', STARTED)).toBe(80);
  expect(ask(scenario, 'max(db_pool_connections{state="in_use"})', STARTED)).toBe(20);
});

test('the database of the leak works less, the fewer orders reach it', () => {
  const scenario = connectionLeakScenario({ startedAt: STARTED });
  expect(ask(scenario, DB_CPU, scenario.causeAt)).toBeCloseTo(1.9, 0);
  expect(ask(scenario, DB_CPU, STARTED + 5 * MINUTE)).toBeLessThan(1.2);
});

test('a full disk: 48 GB of log are kept for a slot that nobody reads, then no write finds room', () => {
  const scenario = fullDiskScenario({ startedAt: STARTED });
  const before = scenario.causeAt - MINUTE;
  expect(ask(scenario, AVAILABLE, before)).toBe(48e9);
  expect(ask(scenario, 'min(pg_replication_slots_active)', before)).toBe(1);
  expect(ask(scenario, 'min(pg_replication_slots_active)', STARTED)).toBe(0);
  for (const at of [before, scenario.causeAt + 50 * MINUTE, STARTED])
    expect(ask(scenario, AVAILABLE, at) + ask(scenario, KEPT, at)).toBe(49e9);
  expect(ask(scenario, AVAILABLE, STARTED)).toBe(0);
  expect(ask(scenario, WRITES_FAILING, scenario.causeAt + 90 * MINUTE)).toBeLessThan(0.001);
  expect(ask(scenario, WRITES_FAILING, STARTED)).toBeGreaterThan(0.99);
  expect(ask(scenario, READS_FAILING, STARTED)).toBeNaN();
});

test('in the full disk there are as many orders as ever', () => {
  const scenario = fullDiskScenario({ startedAt: STARTED });
  const placed = 'sum(rate(http_requests_total{method="POST"}[5m]))';
  for (let at = scenario.causeAt; at <= STARTED; at += 10 * MINUTE) {
    expect(ask(scenario, placed, at)).toBeGreaterThan(50);
    expect(ask(scenario, placed, at)).toBeLessThan(70);
  }
});

test.each([
  ['a connection leak', connectionLeakScenario, FAILING, LOST],
  ['a full disk', fullDiskScenario, WRITES_FAILING, `${KEPT} - 1e9`],
])('%s recovers within five minutes of its fix, and its past stays as it was', (_, play, failing, harm) => {
  for (const fixedAt of [STARTED - 3 * MINUTE, STARTED, STARTED + HOUR]) {
    const scenario = play({ startedAt: STARTED });
    const everything = [matcher('__name__', '=~', '.+')];
    const past = () =>
      scenarioStore(scenario, { now: () => fixedAt }).select(
        everything,
        fixedAt - 20 * MINUTE,
        fixedAt - SECOND,
      );
    const before = past();
    scenario.mitigate(fixedAt);
    expect(past()).toEqual(before);
    expect(ask(scenario, failing, fixedAt + 6 * MINUTE)).toBeLessThan(0.001);
    expect(ask(scenario, harm, fixedAt + 6 * MINUTE)).toBe(0);
    expect(ask(scenario, 'min(up)', fixedAt + 6 * MINUTE)).toBe(1);
  }
});

test.each([connectionLeakScenario, fullDiskScenario])(
  'an alert wakes somebody before the start, and not before the cause',
  (play) => {
    const scenario = play({ startedAt: STARTED });
    for (const { query, activeAt } of scenario.alerts) {
      expect(ask(scenario, query, scenario.causeAt)).toBeNaN();
      expect(ask(scenario, query, STARTED)).toBeGreaterThan(0.05);
      expect(activeAt).toBeLessThan(STARTED);
    }
  },
);
