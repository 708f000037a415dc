import { describe, expect, test } from 'vitest';
import { failureCandidates } from '../../../src/domain/signals/failures.ts';
import { latencyCandidates, latencyChoice, metricOf } from '../../../src/domain/signals/latency.ts';
import { outcomeOf } from '../../../src/domain/signals/outcome.ts';
import { metricsOf } from '../../../src/domain/signals/resources.ts';
import { fullnesses, tellingOnes } from '../../../src/domain/signals/saturation.ts';
import { looseMatcher, nearestNames, oneSide } from '../../../src/domain/signals/service.ts';
import { timeUnit } from '../../../src/domain/signals/time-unit.ts';
import { bySeen, trafficCandidates } from '../../../src/domain/signals/traffic.ts';

const SERVICE = [{ label: 'service', op: '=', value: 'checkout' }] as const;

describe('what counts requests', () => {
  test.each<readonly [names: readonly string[], first: string | undefined]>([
    [['http_requests_total', 'upstream_requests_total', 'http_request_errors_total'], 'http_requests_total'],
    [
      ['http_server_request_duration_seconds_count', 'http_client_request_duration_seconds_count'],
      'http_server_request_duration_seconds_count',
    ],
    [['istio_requests_total', 'istio_tcp_connections_opened_total'], 'istio_requests_total'],
    [['grpc_server_handled_total', 'grpc_client_handled_total'], 'grpc_server_handled_total'],
    [['shop_orders_requests_total', 'shop_cache_requests_total'], 'shop_orders_requests_total'],
    [['traces_spanmetrics_calls_total'], 'traces_spanmetrics_calls_total'],
    [['process_cpu_seconds_total', 'go_gc_duration_seconds_count', 'up'], undefined],
  ])('%j: %s', (names, first) => {
    expect(trafficCandidates(names)[0]?.name).toBe(first);
  });

  test('a counter that tells how requests ended is taken before a better name', () => {
    const ranked = trafficCandidates(['http_server_request_duration_seconds_count', 'http_requests_total']);
    expect(ranked[0]?.name).toBe('http_server_request_duration_seconds_count');
    const seen = [
      { name: 'http_server_request_duration_seconds_count', labels: ['http_route'] },
      { name: 'http_requests_total', labels: ['route', 'code'] },
    ];
    expect(bySeen(ranked, seen)[0]?.name).toBe('http_requests_total');
  });

  test('counters of failures are found for where nothing else tells', () => {
    expect(
      failureCandidates(['orders_failed_total', 'client_errors_total', 'http_requests_total'])[0]?.name,
    ).toBe('orders_failed_total');
  });
});

describe('how requests ended, by the values seen', () => {
  const seen: readonly (readonly [string, readonly string[], string | undefined, string?])[] = [
    ['code', ['200', '404', '500'], 'code=~5..', 'code=~4..'],
    ['response_code', ['200', '0', '503'], 'response_code=~5..|0', 'response_code=~4..'],
    ['status', ['2xx', '5xx'], 'status=~5..', 'status=~4..'],
    ['outcome', ['SUCCESS', 'CLIENT_ERROR', 'SERVER_ERROR'], 'outcome=SERVER_ERROR', 'outcome=CLIENT_ERROR'],
    ['grpc_code', ['OK', 'NotFound', 'Unavailable', 'Internal'], 'grpc_code=~Unavailable|Internal'],
    ['code', ['OK', 'DeadlineExceeded'], 'code=DeadlineExceeded'],
    ['rpc_grpc_status_code', ['0', '5', '14'], 'rpc_grpc_status_code=14'],
    ['status_code', ['STATUS_CODE_UNSET', 'STATUS_CODE_ERROR'], 'status_code=STATUS_CODE_ERROR'],
    ['error', ['true', 'false'], 'error=~(?i:true|1)'],
    ['success', ['true'], 'success=~(?i:false|0)'],
    ['result', ['success'], 'result=~error|failed|failure|5xx|SERVER_ERROR'],
    ['status', ['active', 'closed'], undefined],
    ['code', ['DE', 'FR'], undefined],
    ['code', [], undefined],
  ];
  test.each(seen.map((row) => ({ row })))('$row', ({ row: [label, values, failed, refused] }) => {
    const say = (one: { label: string; op: string; value: string } | undefined) =>
      one && `${one.label}${one.op}${one.value}`;
    const outcome = outcomeOf(label, values);
    expect(say(outcome?.failed)).toBe(failed);
    expect(say(outcome?.refused)).toBe(refused);
  });
});

describe('what times requests', () => {
  const named: readonly (readonly [readonly string[], string | undefined, string?])[] = [
    [
      [
        'http_request_duration_seconds_bucket',
        'http_request_duration_seconds_sum',
        'http_request_duration_seconds_count',
      ],
      'http_request_duration_seconds_bucket',
      'histogram',
    ],
    [
      ['rpc_duration_seconds', 'rpc_duration_seconds_sum', 'rpc_duration_seconds_count'],
      'rpc_duration_seconds',
      'summary',
    ],
    [
      ['api_request_time_seconds_sum', 'api_request_time_seconds_count'],
      'api_request_time_seconds_sum',
      'average',
    ],
    [
      ['db_query_duration_seconds_bucket', 'shop_request_latency_ms_bucket'],
      'shop_request_latency_ms_bucket',
      'histogram',
    ],
    [['go_gc_duration_seconds', 'go_gc_duration_seconds_sum', 'go_gc_duration_seconds_count'], undefined],
  ];
  test.each(named.map((row) => ({ row })))('$row', ({ row: [names, metric, form] }) => {
    const [first] = latencyCandidates(names);
    expect(first && metricOf(first)).toBe(metric);
    expect(first?.form).toBe(form);
  });

  test('a histogram gives the three quantiles of all instances together', () => {
    const choice = latencyChoice(
      { name: 'h_seconds', score: 1, why: 'x', form: 'histogram' },
      { matchers: SERVICE, labels: ['le', 'service'], bounds: ['0.1', '+Inf'] },
    );
    expect(choice?.queries[0]).toMatchObject({ unit: 'seconds', by: 'quantile' });
    expect(choice?.queries[0]?.text).toContain(
      'label_replace(histogram_quantile(0.95, sum by (le) (rate(h_seconds_bucket{service="checkout"}[5m]))), "quantile", "0.95", "", "")',
    );
  });

  test('a summary gives the worst instance’s, the nearest where p95 is not kept, and says both', () => {
    const summary = { name: 'rpc_seconds', score: 1, why: 'x', form: 'summary' } as const;
    const choice = latencyChoice(summary, {
      matchers: SERVICE,
      labels: ['quantile'],
      bounds: ['0.5', '0.9', '0.99'],
    });
    expect(choice?.queries[0]?.text).toBe(
      'max by (quantile) (rpc_seconds{service="checkout",quantile=~"0\\\\.5|0\\\\.9|0\\\\.99"})',
    );
    expect(choice?.why).toContain('worst instance');
    expect(choice?.why).toContain('no p95');
    expect(latencyChoice(summary, { matchers: SERVICE, labels: ['service'], bounds: [] })).toBeUndefined();
  });

  test('a sum and a count give an average, and no quantile is claimed', () => {
    const choice = latencyChoice(
      { name: 'a_seconds', score: 1, why: 'x', form: 'average' },
      { matchers: [], labels: [], bounds: [] },
    );
    expect(choice?.queries[0]?.text).toBe('sum(rate(a_seconds_sum[5m])) / sum(rate(a_seconds_count[5m]))');
    expect(choice?.queries[0]?.by).toBeUndefined();
    expect(choice?.why).toContain('no quantile');
  });

  test.each([
    ['http_request_duration_seconds', [], 'seconds'],
    ['istio_request_duration_milliseconds', [], 'milliseconds'],
    ['http_server_duration', ['0.005', '10', '+Inf'], 'seconds'],
    ['http_server_duration', ['5', '10000', '+Inf'], 'milliseconds'],
    ['latency', [], ''],
  ] as const)('%s with buckets %j counts %s', (name, bounds, unit) => {
    expect(timeUnit(name, bounds).unit).toBe(unit);
  });
});

describe('what may run out', () => {
  const says = (names: readonly string[], pools: Parameters<typeof fullnesses>[1] = []) =>
    tellingOnes(
      fullnesses(names, pools, () => SERVICE),
      4,
    ).map(({ metric, resource, says: what, query }) => [metric, `${resource} ${what}`, query]);

  test('a part of a known limit comes before an amount without one', () => {
    expect(says(['process_resident_memory_bytes', 'process_open_fds', 'process_max_fds'])).toEqual([
      [
        'process_open_fds',
        'file descriptors used',
        '100 * sum(process_open_fds{service="checkout"}) / sum(process_max_fds{service="checkout"})',
      ],
      [
        'process_resident_memory_bytes',
        'memory used',
        'max(process_resident_memory_bytes{service="checkout"})',
      ],
    ]);
  });

  test('a pool by state gives what is used and what waits', () => {
    const pool = { metric: 'db_pool_connections', label: 'state', states: ['idle', 'in_use', 'waiting'] };
    expect(says(['db_pool_connections'], [pool])).toEqual([
      [
        'db_pool_connections',
        'database pool used',
        '100 * sum(db_pool_connections{service="checkout",state=~"in_use"}) / sum(db_pool_connections{service="checkout",state=~"in_use|idle"})',
      ],
      [
        'db_pool_connections',
        'database pool waiting',
        'sum(db_pool_connections{service="checkout",state=~"waiting"})',
      ],
    ]);
  });

  test.each([
    [
      'jvm_cpu_recent_utilization_ratio',
      'CPU used',
      '100 * max(jvm_cpu_recent_utilization_ratio{service="checkout"})',
    ],
    ['disk_used_percent', 'disk used', 'max(disk_used_percent{service="checkout"})'],
    ['orders_queue_length', 'queue waiting', 'max(orders_queue_length{service="checkout"})'],
  ])('%s: %s', (metric, what, query) => {
    expect(says([metric])).toEqual([[metric, what, query]]);
  });

  test('throttling is held back, in percent of all periods', () => {
    const names = ['container_cpu_cfs_throttled_periods_total', 'container_cpu_cfs_periods_total'];
    expect(says(names)[0]?.[1]).toBe('CPU held back');
  });

  test('nothing is made of what says nothing', () => {
    expect(says(['http_requests_total', 'build_info', 'up'])).toEqual([]);
  });

  test.each([
    ['db_pool', ['db_pool_connections']],
    ['memory', ['container_memory_working_set_bytes', 'process_resident_memory_bytes']],
    ['process_open_fds', ['process_open_fds']],
    ['nonsense', []],
  ])('metrics about %s', (word, expected) => {
    const names = [
      'container_memory_working_set_bytes',
      'db_pool_connections',
      'http_requests_total',
      'process_open_fds',
      'process_resident_memory_bytes',
    ];
    expect(metricsOf(word, names).toSorted()).toEqual(expected);
  });
});

describe('a service by its name', () => {
  test('is found with what is put around it, its own signs taken literally', () => {
    const { value } = looseMatcher('job', 'check.out');
    const matches = (text: string) => new RegExp(`^(?:${value})$`).test(text);
    expect(['shop/check.out', 'Check.out', 'check.out.shop.svc.cluster.local'].filter(matches)).toHaveLength(
      3,
    );
    expect(['checkXout', 'check.outage', 'precheck.out'].filter(matches)).toEqual([]);
  });

  test('the nearest of those that there are', () => {
    expect(nearestNames('chekcout', ['payments', 'checkout', 'cart'], 3)).toEqual(['checkout']);
  });

  test('a request that both ends report is counted once, where it was served', () => {
    expect(oneSide('reporter', ['source', 'destination'])?.matcher).toEqual({
      label: 'reporter',
      op: '=',
      value: 'destination',
    });
    expect(oneSide('span_kind', ['SPAN_KIND_CLIENT', 'SPAN_KIND_SERVER'])?.matcher.value).toBe(
      'SPAN_KIND_SERVER',
    );
    expect(oneSide('reporter', ['source'])).toBeUndefined();
  });
});
