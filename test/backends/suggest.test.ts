import { expect, test } from 'vitest';
import { distance, suggest } from '../../src/backends/suggest.ts';

const METRICS = [
  'http_requests_total',
  'http_request_duration_seconds_bucket',
  'grpc_server_handled_total',
  'process_cpu_seconds_total',
  'node_filesystem_avail_bytes',
  'checkout_errors_total',
  'errors:rate5m',
  'up',
];

test.each([
  ['http_request_total', 'http_requests_total'],
  ['htpp_requests_total', 'http_requests_total'],
  ['HTTP_REQUESTS_TOTAL', 'http_requests_total'],
  ['requests_http_total', 'http_requests_total'],
  ['httpRequestDuration', 'http_request_duration_seconds_bucket'],
  ['cpu_seconds', 'process_cpu_seconds_total'],
  ['errors_checkout', 'checkout_errors_total'],
  ['error:rate5m', 'errors:rate5m'],
  ['pu', 'up'],
])('%s is nearest to %s', (wanted, nearest) => {
  expect(suggest(wanted, METRICS)[0]).toBe(nearest);
});

test('nothing in common is nothing to offer', () => {
  expect(suggest('zzzzqqq', METRICS)).toEqual([]);
  expect(suggest('up', [])).toEqual([]);
});

test('equal scores come in a stable order, and no more than asked for', () => {
  expect(suggest('log', ['logs', 'logz', 'loga', 'logb'], 3)).toEqual(['loga', 'logb', 'logs']);
});

test('edits: inserted, deleted, replaced, exchanged', () => {
  expect(distance('abc', 'abc')).toBe(0);
  expect(distance('abc', 'abxc')).toBe(1);
  expect(distance('abc', 'ac')).toBe(1);
  expect(distance('abc', 'axc')).toBe(1);
  expect(distance('abc', 'acb')).toBe(1);
  expect(distance('', 'abc')).toBe(3);
});

test('in a list of many thousands the near ones are still found', () => {
  const many = Array.from({ length: 20_000 }, (_, index) => `service_${index}_queue_depth_bytes`);
  expect(suggest('http_request_total', [...many, 'http_requests_total', ...many])[0]).toBe(
    'http_requests_total',
  );
  expect(suggest('service_77_queue_depht_bytes', many)[0]).toBe('service_77_queue_depth_bytes');
});
