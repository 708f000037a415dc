import { DAY, type Instant, MINUTE } from '../../../domain/time.ts';
import { flow } from '../flow.ts';
import { seedOf, waverAt } from '../noise.ts';
import type { MetricMetadata, ScenarioSeries } from '../scenario.ts';
import { change, constant, multiply, type Shape, valueAt } from '../shape.ts';
import type { Service } from './checkout-fleet.ts';
import { type Route, routesOf } from './checkout-routes.ts';
import {
  ATTEMPTS,
  CHECKOUTS,
  type CheckoutStory,
  DEPLOYED_VERSION,
  EARLIER_VERSION,
  PAYMENT_CALLS,
} from './checkout-story.ts';
import type { Pod as AnyPod } from './pod.ts';
import { counter, seriesOf, whereabouts } from './pod-series.ts';

/** What `/api/v1/metadata` says of every metric. */
export const CHECKOUT_METRICS: readonly MetricMetadata[] = [
  { name: 'http_requests_total', type: 'counter', help: 'Requests answered, by status code.' },
  { name: 'http_request_duration_seconds', type: 'histogram', help: 'Time to answer a request, in seconds.' },
  { name: 'upstream_requests_total', type: 'counter', help: 'Calls to other services, retries included.' },
  {
    name: 'upstream_retries_total',
    type: 'counter',
    help: 'Calls to other services that repeat an earlier one.',
  },
  { name: 'upstream_max_attempts', type: 'gauge', help: 'Attempts per call allowed by configuration.' },
  {
    name: 'payments_rate_limit_per_second',
    type: 'gauge',
    help: 'Calls per second that payments allows a client.',
  },
  { name: 'process_cpu_seconds_total', type: 'counter', help: 'User and system CPU time spent, in seconds.' },
  { name: 'process_resident_memory_bytes', type: 'gauge', help: 'Resident memory size, in bytes.' },
  {
    name: 'process_start_time_seconds',
    type: 'gauge',
    help: 'Start of the process since the epoch, in seconds.',
  },
  { name: 'container_cpu_usage_seconds_total', type: 'counter', help: 'CPU time consumed, in seconds.' },
  { name: 'container_memory_working_set_bytes', type: 'gauge', help: 'Current working set, in bytes.' },
  { name: 'db_pool_connections', type: 'gauge', help: 'Connections in the database pool, by state.' },
  { name: 'build_info', type: 'gauge', help: 'Always 1; the labels say what runs.' },
  {
    name: 'deploy_timestamp_seconds',
    type: 'gauge',
    help: 'When a deploy was started since the epoch, in seconds.',
  },
  { name: 'up', type: 'gauge', help: '1 if the last scrape of the target succeeded.' },
];

type Pod = AnyPod<Service>;

/** Upper bounds of the latency buckets in seconds, with the part of healthy and of slow requests below each. */
const BUCKETS: readonly (readonly [le: string, healthy: number, slow: number])[] = [
  ['0.025', 0.08, 0],
  ['0.05', 0.31, 0.001],
  ['0.1', 0.68, 0.004],
  ['0.25', 0.932, 0.015],
  ['0.5', 0.984, 0.05],
  ['1', 0.9962, 0.16],
  ['2.5', 0.9993, 0.52],
  ['5', 0.9999, 0.91],
  ['10', 1, 0.997],
  ['+Inf', 1, 1],
];
const HEALTHY_SECONDS = 0.11;
const SLOW_SECONDS = 2.7;
const MEGABYTE = 1024 * 1024;

interface Instants {
  readonly causeAt: Instant;
  readonly deployAt: Instant;
}

/** Every series of the incident, from what its story says of the whole to each pod's part. */
export function checkoutSeries(
  fleet: readonly Pod[],
  story: CheckoutStory,
  instants: Instants,
): readonly ScenarioSeries[] {
  return fleet.flatMap((pod) =>
    pod.service === 'platform'
      ? [seriesOf(pod, 'up', {}, () => 1), ...platform(pod, story, instants)]
      : [
          seriesOf(pod, 'up', {}, () => 1),
          ...requests(pod, story),
          ...upstream(pod, story),
          ...resources(pod, story),
        ],
  );
}

function requests(pod: Pod, story: CheckoutStory): ScenarioSeries[] {
  return routesOf(pod.service, story).flatMap((route) => [
    ...route.codes.map(([code, perSecond]) =>
      counter(
        pod,
        'http_requests_total',
        { ...whereabouts(pod), route: route.route, code },
        multiply(pod.share, perSecond),
        `${route.route} ${code}`,
      ),
    ),
    ...durations(pod, route),
  ]);
}

function durations(pod: Pod, { route, all, slow }: Route): ScenarioSeries[] {
  const labels = { ...whereabouts(pod), route };
  const name = 'http_request_duration_seconds';
  const perSecond = multiply(pod.share, all);
  const within = (healthy: number, late: number) =>
    multiply(
      perSecond,
      change(slow, (part) => healthy + (late - healthy) * part),
    );
  const buckets = BUCKETS.map(([le, healthy, late]) =>
    counter(pod, `${name}_bucket`, { ...labels, le }, within(healthy, late), route),
  );
  const seconds = flow(within(HEALTHY_SECONDS, SLOW_SECONDS), pod.born, seedOf(`${pod.name} ${route}`));
  return [
    ...buckets,
    counter(pod, `${name}_count`, labels, perSecond, route),
    seriesOf(pod, `${name}_sum`, labels, (at) => Math.round(seconds(at) * 1e6) / 1e6),
  ];
}

function upstream(pod: Pod, story: CheckoutStory): ScenarioSeries[] {
  if (pod.service === 'payments') return [];
  const call = (to: string, code: string, perSecond: Shape) =>
    counter(
      pod,
      'upstream_requests_total',
      { ...whereabouts(pod), upstream: to, code },
      multiply(pod.share, perSecond),
      `${to} ${code}`,
    );
  if (pod.service === 'web') {
    const failed = change(story.failing, (part) => CHECKOUTS * part);
    const fine = change(story.failing, (part) => CHECKOUTS * (1 - part));
    return [
      call('checkout', '200', fine),
      call('checkout', '500', failed),
      call('cart', '200', constant(340)),
    ];
  }
  if (pod.service === 'cart') return [];
  const calls = change(story.calls, (times) => PAYMENT_CALLS * times);
  const retries = multiply(
    pod.share,
    change(story.retries, (times) => PAYMENT_CALLS * times),
  );
  const labels = { ...whereabouts(pod), upstream: 'payments' };
  return [
    call(
      'payments',
      '200',
      multiply(
        calls,
        change(story.refused, (part) => (1 - part) * 0.9996),
      ),
    ),
    call('payments', '429', multiply(calls, story.refused)),
    call(
      'payments',
      '500',
      change(calls, () => PAYMENT_CALLS * 0.0004),
    ),
    call('cart', '200', constant(CHECKOUTS)),
    counter(pod, 'upstream_retries_total', labels, retries, 'retries'),
    seriesOf(pod, 'upstream_max_attempts', labels, () => ATTEMPTS),
  ];
}

/** Cores and megabytes of one pod: idle, and added by the incident. */
const RESOURCES: Readonly<Record<string, readonly [cores: number, more: number, megabytes: number]>> = {
  checkout: [0.42, 0.16, 410],
  payments: [0.35, 0.2, 380],
  cart: [0.3, 0, 290],
  web: [0.5, 0.02, 520],
};
const POOL = 20;

function resources(pod: Pod, story: CheckoutStory): ScenarioSeries[] {
  const [cores, more, megabytes] = RESOURCES[pod.service] ?? [0, 0, 0];
  const used = flow(
    change(story.trouble, (part) => cores + more * part),
    pod.born,
    seedOf(`${pod.name} cpu`),
  );
  const seed = seedOf(`${pod.name} memory`);
  const bytes = (at: Instant) => {
    const warm = Math.min(1, (at - pod.born) / (10 * MINUTE));
    return Math.round((megabytes * (0.55 + 0.45 * warm) + 14 * waverAt(seed, at)) * 256) * 4096;
  };
  const container = { namespace: 'shop', pod: pod.name, container: pod.service };
  const busy = (at: Instant) =>
    Math.round(6 + 1.2 * valueAt(story.trouble, at) + 2 * waverAt(seedOf(`${pod.name} pool`), at));
  const pool = { ...whereabouts(pod), pool: 'orders' };
  const seconds = (at: Instant) => Math.round(used(at) * 100) / 100;
  return [
    seriesOf(pod, 'process_cpu_seconds_total', whereabouts(pod), seconds),
    seriesOf(pod, 'process_resident_memory_bytes', whereabouts(pod), bytes),
    seriesOf(pod, 'process_start_time_seconds', whereabouts(pod), () => pod.born / 1000),
    seriesOf(
      pod,
      'container_cpu_usage_seconds_total',
      container,
      (at) => Math.round(used(at) * 1.04 * 100) / 100,
    ),
    seriesOf(pod, 'container_memory_working_set_bytes', container, (at) => bytes(at) + 22 * MEGABYTE),
    seriesOf(pod, 'build_info', { ...whereabouts(pod), version: pod.version }, () => 1),
    ...(pod.service === 'checkout' || pod.service === 'cart'
      ? [
          seriesOf(pod, 'db_pool_connections', { ...pool, state: 'in_use' }, busy),
          seriesOf(pod, 'db_pool_connections', { ...pool, state: 'idle' }, (at) => POOL - busy(at)),
          seriesOf(pod, 'db_pool_connections', { ...pool, state: 'waiting' }, () => 0),
        ]
      : []),
  ];
}

/** What the platform's exporter knows: the limit, and when what was deployed. */
function platform(pod: Pod, story: CheckoutStory, { causeAt, deployAt }: Instants): ScenarioSeries[] {
  const deploy = (service: string, version: string, at: Instant): ScenarioSeries => ({
    ...seriesOf(pod, 'deploy_timestamp_seconds', { service, version }, () => Math.floor(at / 1000)),
    born: Math.max(pod.born, at),
  });
  return [
    seriesOf(pod, 'payments_rate_limit_per_second', { service: 'payments', client: 'checkout' }, (at) =>
      valueAt(story.limit, at),
    ),
    deploy('checkout', EARLIER_VERSION, causeAt - 2 * DAY),
    deploy('checkout', DEPLOYED_VERSION, deployAt),
    deploy('web', 'v5.12.0', causeAt - DAY),
    deploy('cart', 'v1.44.0', causeAt - 3 * DAY),
  ];
}
