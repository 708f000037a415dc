import { parsePermalink } from '../../../src/backends/grafana/permalink.ts';
import type { BackendSubject } from '../../contracts/backend/subject.ts';
import { backendContract } from '../../contracts/backend.ts';
import { grafanaViolation, healthy } from './contract-fixture.ts';

const FROM = Date.parse('2026-11-23T13:02:00Z') / 1_000;

const answer = (resultType: string, result: object[], more: object = {}) =>
  JSON.stringify({ status: 'success', data: { resultType, result }, ...more });

const series = (metric: object, count = 3) => ({
  metric,
  values: Array.from({ length: count }, (_, index) => [FROM + 15 * index, `${index}`]),
});

const stream = (labels: object, count = 3, text = 'request failed') => ({
  stream: labels,
  values: Array.from({ length: count }, (_, index) => [
    `${FROM + index}${String(index).padStart(9, '0')}`,
    `${text} ${index}`,
  ]),
});

const shared = {
  tool: 'grafana',
  settings: (deployment) => ({ grafana: [deployment] }),
  discovery: healthy,
  parseLink: parsePermalink,
  violation: await grafanaViolation(),
} satisfies Partial<BackendSubject>;

backendContract('Grafana (Prometheus)', {
  ...shared,
  isQuery: ({ path }) => /\/api\/v1\/query(?:_range)?$/.test(path) && !path.includes('loki'),
  query: 'prom-1 sum by (code) (rate(http_requests_total{job="checkout"}[5m])) / 2 + 1',
  unknown: { query: 'prom-1 rate(http_request_total[5m])', nearest: 'http_requests_total' },
  answers: {
    good: answer('matrix', [series({ code: '200' }), series({ code: '500' })]),
    empty: answer('matrix', []),
    partial: answer('matrix', [series({ code: '200' })], { warnings: ['a store was not reached'] }),
    huge: (bytes) =>
      answer(
        'matrix',
        Array.from({ length: Math.ceil(bytes / 4_000) }, (_, index) => series({ i: `${index}` }, 240)),
      ),
    hostile: (text) => answer('matrix', [series({ [text]: text })], { warnings: [text] }),
  },
  abilities: {
    schema: { source: 'prom-1 http_requests_total', field: 'code' },
    values: { source: 'Metrics http_requests_total', field: 'code', value: '500' },
    firing: { names: ['PoolExhausted'] },
    changes: { titles: ['new pricing', 'checkout v2.3.45'] },
    get: { path: '/api/datasources' },
  },
  error: (text) => JSON.stringify({ status: 'error', errorType: 'bad_data', error: text }),
  badQuery: {
    status: 400,
    body: JSON.stringify({
      status: 'error',
      errorType: 'bad_data',
      error: 'invalid parameter "query": 1:9: parse error: unexpected end',
    }),
    line: 1,
    // The expression begins in the 8th column.
    column: 16,
  },
});

backendContract('Grafana (Loki)', {
  ...shared,
  isQuery: ({ path }) => /\/loki\/api\/v1\/query(?:_range)?$/.test(path),
  query: 'loki-1 {service_name="checkout"} |= `it\'s "500" + {}`',
  unknown: { query: '"Logs of prod" {service_nam="checkout"}', nearest: 'service_name' },
  answers: {
    good: answer('streams', [stream({ service_name: 'checkout' })]),
    empty: answer('streams', []),
    partial: answer('streams', [stream({})], { warnings: ['maximum of series (500) reached'] }),
    huge: (bytes) =>
      answer(
        'streams',
        Array.from({ length: Math.ceil(bytes / 9_000) }, (_, index) =>
          stream({ pod: `${index}` }, 3, 'x'.repeat(3_000)),
        ),
      ),
    hostile: (text) => answer('streams', [stream({ [text]: text }, 2, text)], { warnings: [text] }),
  },
  error: (text) => `${text}`,
  badQuery: {
    status: 400,
    body: 'parse error at line 1, col 17: syntax error: unexpected IDENTIFIER',
    line: 1,
    column: 24,
  },
});
