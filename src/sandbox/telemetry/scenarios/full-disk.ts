import { HOUR, type Instant, MINUTE, SECOND } from '../../../domain/time.ts';
import { flow, reachedAt } from '../flow.ts';
import { seedOf } from '../noise.ts';
import type { MetricMetadata, Scenario, ScenarioSeries } from '../scenario.ts';
import { change, constant, multiply, ramp, recovered, type Shape, valueAt } from '../shape.ts';
import { type Pod, podOf } from './pod.ts';
import { counter, seriesOf, whereabouts } from './pod-series.ts';
import { playScript, RECOVERY, type ScenarioOptions, type Script } from './script.ts';

type Service = 'orders' | 'postgres';

/** Bytes of the database's disk, of what lies on it, and of what each slot keeps while somebody reads it. */
const SIZE = 100e9;
const STORED = 51e9;
const KEPT = 1e9;
/** Bytes of write-ahead log per second. */
const WRITTEN = 8e6;
/** Orders placed and read, per second over all pods. */
const PLACED = 60;
const READ = 240;
const HEALTHY_FAILING = 0.0002;

const METRICS: readonly MetricMetadata[] = [
  { name: 'http_requests_total', type: 'counter', help: 'Requests answered, by method and status code.' },
  { name: 'node_filesystem_size_bytes', type: 'gauge', help: 'Size of the filesystem, in bytes.' },
  { name: 'node_filesystem_avail_bytes', type: 'gauge', help: 'Space that is left, in bytes.' },
  { name: 'pg_replication_slots_active', type: 'gauge', help: '1 while somebody reads the slot.' },
  {
    name: 'pg_replication_slots_pg_wal_lsn_diff',
    type: 'gauge',
    help: 'Write-ahead log kept for the slot, in bytes.',
  },
  { name: 'build_info', type: 'gauge', help: 'Always 1; the labels say what runs.' },
  { name: 'up', type: 'gauge', help: '1 if the last scrape of the target succeeded.' },
];

const SCRIPT: Script<Service> = {
  causeBefore: 110 * MINUTE,
  metrics: METRICS,
  alerts: (causeAt) => [
    {
      name: 'OrdersWritesFailing',
      labels: { severity: 'page', service: 'orders', team: 'shop' },
      annotations: { summary: 'More than 5 % of orders cannot be placed' },
      query:
        'sum(rate(http_requests_total{service="orders",method="POST",code="500"}[5m])) / sum(rate(http_requests_total{service="orders",method="POST"}[5m])) > 0.05',
      activeAt: fullAt(causeAt) + MINUTE,
    },
  ],
  fleet,
  series: (pods, causeAt, mitigatedAt) =>
    pods.flatMap((pod) => [
      seriesOf(pod, 'up', {}, () => 1),
      seriesOf(pod, 'build_info', { ...whereabouts(pod), version: pod.version }, () => 1),
      ...(pod.service === 'orders'
        ? ordersSeries(pod, failingWrites(causeAt, mitigatedAt))
        : diskSeries(pod, causeAt, mitigatedAt)),
    ]),
};

/**
 * A full disk. Nobody reads the replication slot `analytics` any more, so the database keeps all its write-ahead log for it, 8
 * MB a second; after about 100 minutes 48 GB are gone and every write ends in a 500, while reads go on. A burst of orders
 * looks guilty and is not: there are as many as ever. The fix is to drop the slot. The cause sets in 110 minutes before the start by default.
 */
export function fullDiskScenario(options: ScenarioOptions): Scenario {
  return playScript(SCRIPT, options);
}

function fleet(causeAt: Instant): readonly Pod<Service>[] {
  const born = causeAt - 90 * HOUR;
  const orders = (region: string, index: number, share: number) =>
    podOf({ service: 'orders', region, version: 'v4.7.0', born }, 'orders-6b7c9f5d48', index, share);
  return [
    orders('eu-west-1', 0, 0.6),
    orders('us-east-1', 1, 0.4),
    podOf({ service: 'postgres', region: 'eu-west-1', version: 'v16.4.0', born }, 'postgres', 0, 1),
  ];
}

/** Bytes that the abandoned slot keeps beyond what it kept before. */
function abandoned(causeAt: Instant): (at: Instant) => number {
  return flow(constant(WRITTEN), causeAt, seedOf('write-ahead log'));
}

function fullAt(causeAt: Instant): Instant {
  return reachedAt(abandoned(causeAt), SIZE - STORED - KEPT, causeAt, causeAt + 3 * HOUR);
}

/** Part of the writes that find no room. */
function failingWrites(causeAt: Instant, mitigatedAt: Instant | undefined): Shape {
  const full = fullAt(causeAt);
  const failing = ramp(HEALTHY_FAILING, 1, full, 15 * SECOND);
  if (mitigatedAt === undefined) return failing;
  return mitigatedAt <= full
    ? constant(HEALTHY_FAILING)
    : recovered(failing, mitigatedAt, HEALTHY_FAILING, RECOVERY);
}

function ordersSeries(pod: Pod<Service>, failing: Shape): ScenarioSeries[] {
  const requests = (method: string, code: string, perSecond: Shape) =>
    counter(
      pod,
      'http_requests_total',
      { ...whereabouts(pod), route: '/api/orders', method, code },
      multiply(pod.share, perSecond),
      `${method} ${code}`,
    );
  return [
    requests(
      'POST',
      '200',
      change(failing, (part) => PLACED * (1 - part)),
    ),
    requests(
      'POST',
      '500',
      change(failing, (part) => PLACED * part),
    ),
    requests('GET', '200', constant(READ)),
  ];
}

function diskSeries(pod: Pod<Service>, causeAt: Instant, mitigatedAt: Instant | undefined): ScenarioSeries[] {
  const written = abandoned(causeAt);
  const held = mitigatedAt === undefined ? constant(1) : ramp(1, 0, mitigatedAt, RECOVERY);
  const kept = (at: Instant) =>
    KEPT + Math.round(Math.min(SIZE - STORED - KEPT, written(at)) * valueAt(held, at));
  const disk = { device: '/dev/nvme1n1', mountpoint: '/var/lib/postgresql' };
  const slot = (name: string, active: (at: Instant) => number, bytes: (at: Instant) => number) => [
    seriesOf(pod, 'pg_replication_slots_active', { slot_name: name }, active),
    seriesOf(pod, 'pg_replication_slots_pg_wal_lsn_diff', { slot_name: name }, bytes),
  ];
  return [
    seriesOf(pod, 'node_filesystem_size_bytes', disk, () => SIZE),
    seriesOf(pod, 'node_filesystem_avail_bytes', disk, (at) => SIZE - STORED - kept(at)),
    ...slot('analytics', (at) => (at < causeAt ? 1 : 0), kept),
    ...slot(
      'replica',
      () => 1,
      () => KEPT,
    ),
  ];
}
