import { HOUR, type Instant, MINUTE } from '../../../src/domain/time.ts';
import { labelsOf } from '../../../src/sandbox/telemetry/labels.ts';
import type { ScenarioSeries } from '../../../src/sandbox/telemetry/scenario.ts';

/** The moment that every test of signals asks at, and when trouble began. */
export const NOW: Instant = Date.parse('2026-11-23T14:00:00Z');
export const TROUBLE: Instant = NOW - 20 * MINUTE;
const BORN: Instant = NOW - 6 * HOUR;

function series(
  name: string,
  labels: Record<string, string>,
  valueAt: (at: Instant) => number,
): ScenarioSeries {
  return { labels: labelsOf({ __name__: name, ...labels }), born: BORN, phase: 0, valueAt };
}

/** Counts so many a second, and another number from the trouble on. */
function counter(
  name: string,
  labels: Record<string, string>,
  before: number,
  after = before,
): ScenarioSeries {
  return series(name, labels, (at) => {
    const [calm, trouble] = [Math.min(at, TROUBLE) - BORN, Math.max(0, at - TROUBLE)];
    return (calm * before + trouble * after) / 1000;
  });
}

function gauge(name: string, labels: Record<string, string>, before: number, after = before): ScenarioSeries {
  return series(name, labels, (at) => (at <= TROUBLE ? before : after));
}

/** Buckets of which the parts below each bound are given, for so many requests a second. */
function histogram(
  name: string,
  labels: Record<string, string>,
  perSecond: number,
  bounds: readonly (readonly [le: string, before: number, after: number])[],
): ScenarioSeries[] {
  return [
    ...bounds.map(([le, before, after]) =>
      counter(`${name}_bucket`, { ...labels, le }, before * perSecond, after * perSecond),
    ),
    counter(`${name}_count`, labels, perSecond),
    counter(`${name}_sum`, labels, perSecond * 0.1, perSecond),
  ];
}

/** OpenTelemetry's semantic conventions, as a collector writes them to Prometheus: `job` is namespace and name. */
export const OTEL: readonly ScenarioSeries[] = ['GET /api/orders', 'POST /api/orders'].flatMap(
  (route, index) => {
    const whole = {
      job: 'shop/orders',
      service_name: 'orders',
      http_route: route.slice(route.indexOf('/')),
      http_request_method: route.split(' ')[0] ?? '',
    };
    const bounds = [
      ['0.1', 0.9, 0.2],
      ['0.5', 0.99, 0.6],
      ['2.5', 1, 0.98],
      ['+Inf', 1, 1],
    ] as const;
    return [
      ...histogram(
        'http_server_request_duration_seconds',
        { ...whole, http_response_status_code: '200' },
        40,
        bounds,
      ),
      ...(index === 1
        ? [
            counter(
              'http_server_request_duration_seconds_count',
              { ...whole, http_response_status_code: '503' },
              0,
              10,
            ),
          ]
        : []),
      ...histogram('http_client_request_duration_seconds', { ...whole, server_address: 'stock' }, 90, bounds),
      ...(index === 0
        ? [
            gauge('db_client_connections_usage', { ...whole, state: 'used', pool_name: 'main' }, 4, 19),
            gauge('db_client_connections_usage', { ...whole, state: 'idle', pool_name: 'main' }, 16, 1),
            gauge('jvm_cpu_recent_utilization_ratio', { ...whole }, 0.2, 0.7),
          ]
        : []),
    ];
  },
);

/** Istio's standard metrics: both ends report a request, times are in milliseconds, 0 is a connection that broke. */
export const ISTIO: readonly ScenarioSeries[] = ['source', 'destination'].flatMap((reporter) => {
  const whole = {
    job: 'envoy-stats',
    reporter,
    source_workload: 'web',
    destination_workload: 'reviews-v1',
    destination_service: 'reviews.shop.svc.cluster.local',
    destination_service_name: 'reviews',
  };
  return [
    counter('istio_requests_total', { ...whole, response_code: '200' }, 50, 40),
    counter('istio_requests_total', { ...whole, response_code: '503' }, 0, 8),
    counter('istio_requests_total', { ...whole, response_code: '0' }, 0, 2),
    ...histogram('istio_request_duration_milliseconds', whole, 50, [
      ['10', 0.5, 0.1],
      ['100', 0.99, 0.5],
      ['1000', 1, 1],
      ['+Inf', 1, 1],
    ]),
  ];
});

/** Home-grown: a summary with a p90 and no p95, a counter of failures, and nothing that says how full anything is. */
export const HOME_GROWN: readonly ScenarioSeries[] = ['a', 'b'].flatMap((instance) => {
  const whole = { app: 'mailer', instance };
  const worse = instance === 'b' ? 3 : 1;
  return [
    ...(['0.5', '0.9', '0.99'] as const).map((quantile, index) =>
      gauge(
        'mailer_request_latency_seconds',
        { ...whole, quantile },
        [0.1, 0.2, 0.4][index] ?? 0,
        ([0.1, 0.2, 0.4][index] ?? 0) * worse,
      ),
    ),
    counter('mailer_request_latency_seconds_count', whole, 5),
    counter('mailer_request_latency_seconds_sum', whole, 0.5),
    counter('mailer_requests_total', { ...whole, template: 'welcome' }, 5),
    counter('mailer_requests_failed_total', { ...whole, template: 'welcome' }, 0, instance === 'b' ? 1 : 0),
    counter('mailer_delivery_attempts', whole, 5),
  ];
});
