import { parsePermalink } from '../../../src/backends/loki/permalink.ts';
import type { BackendSubject } from '../../contracts/backend/subject.ts';
import { backendContract } from '../../contracts/backend.ts';
import type { Received, Reply } from '../fake-server.ts';
import { grafanaSpecification } from '../specification.ts';

const FROM = Date.parse('2026-11-23T13:02:00Z') / 1_000;

const answer = (resultType: string, result: object[], more: object = {}) =>
  JSON.stringify({ status: 'success', data: { resultType, result, stats: {} }, ...more });

const stream = (labels: object, count = 3, text = 'request failed') => ({
  stream: labels,
  values: Array.from({ length: count }, (_, index) => [
    `${FROM + index}${String(index).padStart(9, '0')}`,
    `${text} ${index}`,
  ]),
});

const series = (metric: object, count = 3) => ({
  metric,
  values: Array.from({ length: count }, (_, index) => [FROM + 15 * index, `${index}`]),
});

const NAMES: Readonly<Record<string, readonly string[]>> = {
  '/loki/api/v1/labels': ['level', 'service_name'],
  '/loki/api/v1/label/level/values': ['error', 'info'],
  '/loki/api/v1/label/service_name/values': ['checkout', 'payments'],
};

const PARTIAL = { warnings: ['maximum of series (500) reached for a single query'] };

const shared = {
  tool: 'loki',
  settings: (deployment) => ({ loki: [{ ...deployment, grafanaUid: 'loki-1' }] }),
  isQuery: ({ path }: Received) => /\/loki\/api\/v1\/query(?:_range)?$/.test(path),
  discovery: ({ path }: Received): Reply =>
    path === '/loki/api/v1/detected_fields'
      ? {
          body: {
            fields: [{ label: 'status', type: 'int', cardinality: 2, parsers: ['json'] }],
            limit: 1000,
          },
        }
      : path === '/loki/api/v1/status/buildinfo'
        ? { body: { version: '3.4.1', revision: 'abc' } }
        : NAMES[path]
          ? { body: { status: 'success', data: NAMES[path] } }
          : { status: 404, body: '404 page not found\n' },
  abilities: {
    schema: { source: '{service_name="checkout"}', field: 'status' },
    values: { source: 'checkout', field: 'level', value: 'error' },
    get: { path: '/loki/api/v1/labels' },
  },
  unknown: { query: '{service_nam="checkout"}', nearest: 'service_name' },
  error: (text) => `${text}`,
  badQuery: {
    status: 400,
    body: 'parse error at line 1, col 17: syntax error: unexpected IDENTIFIER',
    line: 1,
    column: 17,
  },
  parseLink: parsePermalink,
  violation: await grafanaSpecification('Loki', (path) =>
    /\/query(?:_range)?$/.test(path) ? `/api/datasources/proxy/uid/loki-1${path}` : undefined,
  ),
} satisfies Partial<BackendSubject>;

backendContract('Loki (lines)', {
  ...shared,
  // Lines are never asked for at an instant; values are counted there.
  isQuery: ({ path }) => path.endsWith('/query_range'),
  discovery: (received) =>
    received.path.endsWith('/query')
      ? { body: answer('vector', [{ metric: { level: 'error' }, value: [FROM, '7'] }]) }
      : shared.discovery(received),
  query: '{service_name="checkout", level=~"err.*"} |= `it\'s "500" + {}` | json',
  answers: {
    good: answer('streams', [
      stream({ service_name: 'checkout', level: 'error' }),
      stream({ service_name: 'checkout', level: 'fatal' }),
    ]),
    empty: answer('streams', []),
    partial: answer('streams', [stream({ level: 'error' })], PARTIAL),
    huge: (bytes) =>
      answer(
        'streams',
        Array.from({ length: Math.ceil(bytes / 9_000) }, (_, index) =>
          stream({ pod: `${index}` }, 3, 'x'.repeat(3_000)),
        ),
      ),
    hostile: (text) =>
      answer('streams', [stream({ [text]: text, __proto__x: text }, 2, text)], { warnings: [text] }),
  },
});

backendContract('Loki (numbers)', {
  ...shared,
  query: 'sum by (level) (count_over_time({service_name="checkout"}[5m])) / 2 + 1',
  answers: {
    good: answer('matrix', [series({ level: 'error' }), series({ level: 'info' })]),
    empty: answer('matrix', []),
    partial: answer('matrix', [series({ level: 'error' })], PARTIAL),
    huge: (bytes) =>
      answer(
        'matrix',
        Array.from({ length: Math.ceil(bytes / 4_000) }, (_, index) => series({ i: `${index}` }, 240)),
      ),
    hostile: (text) => answer('matrix', [series({ [text]: text })], { warnings: [text] }),
  },
});
