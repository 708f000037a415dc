import { HOUR, type Instant, MINUTE } from '../../../domain/time.ts';
import { flow, reachedAt } from '../flow.ts';
import { seedOf, waverAt } from '../noise.ts';
import type { MetricMetadata, Scenario, ScenarioSeries } from '../scenario.ts';
import { change, combine, constant, multiply, ramp, recovered, type Shape, valueAt } from '../shape.ts';
import { type Pod, podOf } from './pod.ts';
import { counter, seriesOf, whereabouts } from './pod-series.ts';
import { playScript, RECOVERY, type ScenarioOptions, type Script } from './script.ts';

type Service = 'orders' | 'postgres' | 'platform';

/** Connections of each pod, and how many of them queries need at the same time. */
const POOL = 20;
const NEEDED = 6;
/** Per second, over all pods. */
const ORDERS = 150;
const ACCEPTED = 0.4;
const DECLINED = 0.1;
const HEALTHY_FAILING = 0.0003;
/** How long a request waits for a connection before it is answered 503. */
const PATIENCE_SECONDS = 5;
/** Cores of the database: idle, and added by all traffic. */
const CORES = [0.3, 1.6] as const;

const METRICS: readonly MetricMetadata[] = [
  { name: 'http_requests_total', type: 'counter', help: 'Requests answered, by status code.' },
  { name: 'db_pool_connections', type: 'gauge', help: 'Connections in the database pool, by state.' },
  { name: 'gift_card_redemptions_total', type: 'counter', help: 'Gift cards presented, by outcome.' },
  { name: 'feature_flag_enabled', type: 'gauge', help: '1 while the flag is on.' },
  { name: 'pg_stat_activity_count', type: 'gauge', help: 'Connections to the database, by state.' },
  { name: 'container_cpu_usage_seconds_total', type: 'counter', help: 'CPU time consumed, in seconds.' },
  { name: 'build_info', type: 'gauge', help: 'Always 1; the labels say what runs.' },
  { name: 'up', type: 'gauge', help: '1 if the last scrape of the target succeeded.' },
];

const SCRIPT: Script<Service> = {
  causeBefore: 12 * MINUTE,
  metrics: METRICS,
  alerts: (causeAt) => [
    {
      name: 'OrdersErrorRateHigh',
      labels: { severity: 'page', service: 'orders', team: 'shop' },
      annotations: { summary: 'More than 5 % of orders fail' },
      query:
        'sum(rate(http_requests_total{service="orders",code="503"}[5m])) / sum(rate(http_requests_total{service="orders"}[5m])) > 0.05',
      activeAt: causeAt + 9 * MINUTE,
    },
  ],
  fleet,
  series: (pods, causeAt, mitigatedAt) => {
    const orders = pods.filter((pod) => pod.service === 'orders');
    const leaks = orders.map((pod) => leakOf(pod, causeAt, mitigatedAt));
    return pods.flatMap((pod) => {
      const leak = leaks.find((one) => one.pod === pod);
      const own = leak ? ordersSeries(leak, causeAt, mitigatedAt) : [];
      const flag = (at: Instant) => (at >= causeAt && at < (mitigatedAt ?? Number.POSITIVE_INFINITY) ? 1 : 0);
      return [
        seriesOf(pod, 'up', {}, () => 1),
        seriesOf(pod, 'build_info', { ...whereabouts(pod), version: pod.version }, () => 1),
        ...own,
        ...(pod.service === 'postgres' ? databaseSeries(pod, leaks) : []),
        ...(pod.service === 'platform'
          ? [seriesOf(pod, 'feature_flag_enabled', { flag: 'gift-cards', service: 'orders' }, flag)]
          : []),
      ];
    });
  },
};

/**
 * A connection leak. The flag `gift-cards` is switched on, and each card that is declined keeps its database connection for
 * good. A pod has 20: from the 14th on requests wait, at the 20th every one ends in a 503. The two pods with more traffic run
 * dry first, after about 11 minutes, when 60 % of orders fail. The database looks guilty and is not: its CPU falls with the
 * orders it no longer gets. The fix is the flag, and closing what idles in a transaction. The cause sets in 12 minutes before the start by default.
 */
export function connectionLeakScenario(options: ScenarioOptions): Scenario {
  return playScript(SCRIPT, options);
}

function fleet(causeAt: Instant): readonly Pod<Service>[] {
  const born = causeAt - 70 * HOUR;
  const orders = (region: string, index: number, share: number) =>
    podOf({ service: 'orders', region, version: 'v4.7.0', born }, 'orders-6b7c9f5d48', index, share);
  const one = (service: 'postgres' | 'platform', version: string) =>
    podOf({ service, region: 'eu-west-1', version, born }, service, 0, 1);
  return [
    orders('eu-west-1', 0, 0.3),
    orders('eu-west-1', 1, 0.3),
    orders('us-east-1', 2, 0.2),
    orders('us-east-1', 3, 0.2),
    one('postgres', 'v16.4.0'),
    one('platform', 'v1.9.0'),
  ];
}

/** What one pod lost by an instant, and what follows from it. */
interface Leak {
  readonly pod: Pod<Service>;
  /** Cards declined, each of which took a connection; a pod without any declines nothing more. */
  readonly declined: (at: Instant) => number;
  /** Connections that nobody uses and nobody gave back. */
  readonly lost: (at: Instant) => number;
  /** Part of its requests that wait in vain. */
  readonly failing: Shape;
}

function leakOf(pod: Pod<Service>, causeAt: Instant, mitigatedAt: Instant | undefined): Leak {
  const decliningUntil = (end: Instant | undefined) =>
    flow(multiply(pod.share, whileOn(DECLINED, causeAt, end)), causeAt, seedOf(`${pod.name} declined`));
  const total = decliningUntil(mitigatedAt);
  const declined = (at: Instant) => Math.min(POOL, Math.floor(total(at)));
  // Had nobody done anything: a fix changes nothing of what was before it.
  const [scarce = causeAt, dry = causeAt] = [POOL - NEEDED, POOL].map((lost) =>
    reachedAt(decliningUntil(undefined), lost, causeAt, causeAt + HOUR),
  );
  const failing = ramp(HEALTHY_FAILING, 1, scarce, Math.max(1, dry - scarce));
  if (mitigatedAt === undefined) return { pod, declined, lost: declined, failing };
  const held = ramp(1, 0, mitigatedAt, RECOVERY);
  return {
    pod,
    declined,
    lost: (at) => Math.round(declined(at) * valueAt(held, at)),
    failing:
      scarce >= mitigatedAt
        ? constant(HEALTHY_FAILING)
        : recovered(failing, mitigatedAt, HEALTHY_FAILING, RECOVERY),
  };
}

/** A rate that there is only while the flag is on. */
function whileOn(perSecond: number, causeAt: Instant, mitigatedAt: Instant | undefined): Shape {
  const on = ramp(0, perSecond, causeAt, 1);
  return mitigatedAt === undefined ? on : recovered(on, mitigatedAt, 0, 1);
}

/** Connections that queries hold: what they need, as far as it is there. */
function busy({ pod, lost }: Leak, at: Instant): number {
  return Math.min(POOL - lost(at), Math.round(NEEDED + 2 * waverAt(seedOf(`${pod.name} pool`), at)));
}

function ordersSeries(leak: Leak, causeAt: Instant, mitigatedAt: Instant | undefined): ScenarioSeries[] {
  const { pod, declined, lost, failing } = leak;
  const here = { ...whereabouts(pod), route: '/api/orders' };
  const served = change(failing, (part) => ORDERS * (1 - part));
  const pool = (state: string, many: (at: Instant) => number) =>
    seriesOf(pod, 'db_pool_connections', { ...whereabouts(pod), pool: 'orders', state }, many);
  const cards = (outcome: string) => ({ ...whereabouts(pod), outcome });
  const accepted = multiply(
    pod.share,
    whileOn(ACCEPTED, causeAt, mitigatedAt),
    change(failing, (part) => 1 - part),
  );
  return [
    counter(pod, 'http_requests_total', { ...here, code: '200' }, multiply(pod.share, served), 'orders 200'),
    counter(
      pod,
      'http_requests_total',
      { ...here, code: '503' },
      multiply(
        pod.share,
        change(failing, (part) => ORDERS * part),
      ),
      'orders 503',
    ),
    pool('in_use', (at) => busy(leak, at) + lost(at)),
    pool('idle', (at) => POOL - busy(leak, at) - lost(at)),
    pool('waiting', (at) =>
      Math.floor(valueAt(pod.share, at) * ORDERS * valueAt(failing, at) * PATIENCE_SECONDS),
    ),
    seriesOf(pod, 'gift_card_redemptions_total', cards('declined'), declined),
    counter(pod, 'gift_card_redemptions_total', cards('accepted'), accepted, 'accepted'),
  ];
}

/** The database sees what every pod holds, and works as much as it is let. */
function databaseSeries(pod: Pod<Service>, leaks: readonly Leak[]): ScenarioSeries[] {
  const sum = (of: (leak: Leak) => number) => leaks.reduce((all, leak) => all + of(leak), 0);
  const activity = (state: string, many: (at: Instant) => number) =>
    seriesOf(pod, 'pg_stat_activity_count', { datname: 'orders', state }, many);
  const active = (at: Instant) => sum((leak) => busy(leak, at));
  const lost = (at: Instant) => sum((leak) => leak.lost(at));
  const served = combine(
    leaks.map((leak) =>
      multiply(
        leak.pod.share,
        change(leak.failing, (part) => 1 - part),
      ),
    ),
    (parts) => parts.reduce((all, part) => all + part, 0),
  );
  const cores = flow(
    change(served, (part) => CORES[0] + CORES[1] * part),
    pod.born,
    seedOf(`${pod.name} cpu`),
  );
  const container = { namespace: 'shop', pod: pod.name, container: 'postgres' };
  return [
    activity('active', active),
    activity('idle in transaction', lost),
    activity('idle', (at) => leaks.length * POOL - active(at) - lost(at)),
    seriesOf(pod, 'container_cpu_usage_seconds_total', container, (at) => Math.round(cores(at) * 100) / 100),
  ];
}
