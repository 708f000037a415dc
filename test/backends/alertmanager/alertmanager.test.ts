import { parsePermalink } from '../../../src/backends/alertmanager/permalink.ts';
import { backendContract } from '../../contracts/backend.ts';
import { grafanaSpecification } from '../specification.ts';

const alert = (labels: object, more: object = {}) => ({
  labels,
  annotations: { summary: 'pool at 100' },
  fingerprint: 'bef38bf8e6e503b3',
  receivers: [{ name: 'oncall' }],
  startsAt: '2026-11-23T13:10:01.119Z',
  endsAt: '2026-11-23T13:36:29.119Z',
  updatedAt: '2026-11-23T13:30:29.125Z',
  generatorURL: 'http://prometheus.example/graph?g0.expr=1',
  status: { state: 'active', silencedBy: [], inhibitedBy: [] },
  ...more,
});

const POOL = alert({ alertname: 'PoolExhausted', severity: 'critical' });

backendContract('Alertmanager', {
  tool: 'alertmanager',
  settings: (deployment) => ({ alertmanager: [deployment] }),
  // Discovery asks for the alerts as well, without saying which.
  isQuery: ({ path, params }) => path.endsWith('/api/v2/alerts') && params.has('active'),
  discovery: ({ path }) =>
    path === '/api/v2/receivers'
      ? { body: [{ name: 'oncall' }, { name: 'tickets' }] }
      : path === '/api/v2/alerts'
        ? { body: [POOL] }
        : path === '/api/v2/status'
          ? { body: { cluster: {}, versionInfo: { version: '0.25.0' }, config: { original: '' } } }
          : { status: 404, body: '404 page not found\n' },
  abilities: {
    schema: { source: 'alerts', field: 'severity' },
    values: { source: 'PoolExhausted', field: 'severity', value: 'critical' },
    firing: { names: ['PoolExhausted', 'AlwaysFiring'] },
    get: { path: '/api/v2/receivers' },
  },
  query: '{receiver="oncall",severity="critical"}',
  unknown: { query: '{receiver="onkall"}', nearest: 'oncall' },
  momentary: true,
  answers: {
    good: JSON.stringify([POOL, alert({ alertname: 'AlwaysFiring' })]),
    empty: '[]',
    partial: JSON.stringify([POOL, { labels: 'none' }]),
    huge: (bytes) =>
      JSON.stringify(
        Array.from({ length: Math.ceil(bytes / 1_400) }, (_, index) =>
          alert({ alertname: `A${index}` }, { annotations: { summary: 'x'.repeat(1_000) } }),
        ),
      ),
    hostile: (text) =>
      JSON.stringify([
        alert({ alertname: text, [text]: text }, { annotations: { summary: text } }),
        alert({}, { status: { state: text, silencedBy: [], inhibitedBy: [] } }),
      ]),
  },
  error: (text) => JSON.stringify(text),
  badQuery: {
    status: 400,
    body: JSON.stringify('8:9: %: invalid input: expected an operator'),
    line: 1,
    // Its only filter begins in the 20th column of the query.
    column: 28,
  },
  parseLink: parsePermalink,
  violation: await grafanaSpecification('Alertmanager', (path) =>
    path === '/api/v2/alerts' ? `/api/alertmanager/grafana${path}` : undefined,
  ),
});
