import { parsePermalink } from '../../../src/backends/prometheus/permalink.ts';
import type { BackendSubject } from '../../contracts/backend/subject.ts';
import { backendContract } from '../../contracts/backend.ts';
import { specification } from '../specification.ts';

const FROM = Date.parse('2026-11-23T13:02:00Z') / 1_000;

const matrix = (result: object[], more: object = {}) =>
  JSON.stringify({ status: 'success', data: { resultType: 'matrix', result }, ...more });

const series = (metric: object, count = 3) => ({
  metric,
  values: Array.from({ length: count }, (_, index) => [FROM + 15 * index, `${index}.5`]),
});

const ruleAlert = (alertname: string, state: string) => ({
  labels: { alertname, severity: 'page' },
  annotations: { summary: `${alertname} it is` },
  state,
  activeAt: '2026-11-23T13:10:01.119Z',
  value: '1e+00',
});

const NAMES: Readonly<Record<string, readonly string[]>> = {
  '/api/v1/labels': ['__name__', 'code', 'instance', 'job'],
  '/api/v1/label/job/values': ['checkout', 'payments'],
  '/api/v1/label/__name__/values': ['http_requests_total', 'http_request_duration_seconds_bucket', 'up'],
};

export const prometheusSubject: BackendSubject = {
  tool: 'prometheus',
  settings: (deployment) => ({ prometheus: [deployment] }),
  isQuery: ({ path }) => /\/api\/v1\/query(?:_range)?$/.test(path),
  discovery: ({ path }) =>
    path === '/api/v1/alerts'
      ? {
          body: {
            status: 'success',
            data: { alerts: [ruleAlert('Down', 'firing'), ruleAlert('Slow', 'pending')] },
          },
        }
      : path === '/api/v1/metadata'
        ? {
            body: {
              status: 'success',
              data: { up: [{ type: 'gauge', help: 'Whether it is up.', unit: '' }] },
            },
          }
        : path === '/api/v1/status/buildinfo'
          ? { body: { status: 'success', data: { version: '2.42.0+ds' } } }
          : NAMES[path]
            ? { body: { status: 'success', data: NAMES[path] } }
            : { status: 404, body: '404 page not found\n' },
  abilities: {
    schema: { source: 'up', field: 'instance' },
    values: { source: 'up', field: 'job', value: 'payments' },
    firing: { names: ['Down'] },
    get: { path: '/api/v1/labels?start=1795438920' },
  },
  query: 'sum by (code) (rate(http_requests_total{job="checkout",code=~"5.."}[5m])) / 2 + 1',
  unknown: { query: 'rate(http_request_total[5m])', nearest: 'http_requests_total' },
  answers: {
    good: matrix([series({ code: '500' }), series({ code: '200' })]),
    empty: matrix([]),
    partial: matrix([series({ code: '500' })], { warnings: ['store 10.0.0.7:10901: connection refused'] }),
    huge: (bytes) =>
      matrix(
        Array.from({ length: Math.ceil(bytes / 4_700) }, (_, index) =>
          series({ __name__: 'up', i: `${index}` }, 240),
        ),
      ),
    hostile: (text) =>
      matrix([series({ [text]: text, __proto__x: text, job: text })], {
        warnings: [`PromQL warning: ${text}`],
        infos: [text],
      }),
  },
  error: (text) => JSON.stringify({ status: 'error', errorType: 'unauthorized', error: text }),
  badQuery: {
    status: 400,
    body: JSON.stringify({
      status: 'error',
      errorType: 'bad_data',
      error: 'invalid parameter "query": 1:17: parse error: unclosed left parenthesis',
    }),
    line: 1,
    column: 17,
  },
  parseLink: parsePermalink,
  violation: await specification('prometheus', 'Prometheus'),
};

backendContract('Prometheus', prometheusSubject);
