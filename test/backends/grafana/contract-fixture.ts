import type { Received, Reply } from '../fake-server.ts';
import { specification, type Violation } from '../specification.ts';

/** What the specification's one open path stands for: it takes a single segment. */
const ROUTE = /^\/api\/datasources\/(proxy\/uid\/[^/]+|uid\/[^/]+\/resources)\/(.+)$/;

/** What it has paths for, as GETs. */
const DESCRIBED =
  /^(?:api\/v1\/(?:query|query_range|label\/[^/]+\/values)|loki\/api\/v1\/(?:query|query_range))$/;

/** What the healthy Grafana of the contract suite has. */
export const SOURCES = [
  { id: 1, uid: 'prom-1', orgId: 1, name: 'Metrics', type: 'prometheus', isDefault: true, jsonData: {} },
  { id: 2, uid: 'loki-1', orgId: 1, name: 'Logs of prod', type: 'loki', isDefault: false, jsonData: {} },
] as const;

const NAMES: Readonly<Record<string, readonly string[]>> = {
  '/api/v1/label/job/values': ['checkout'],
  '/api/v1/label/__name__/values': ['http_requests_total', 'up'],
  '/api/v1/label/code/values': ['200', '500'],
  '/api/v1/labels': ['__name__', 'code', 'job'],
  '/loki/api/v1/labels': ['level', 'service_name'],
  '/loki/api/v1/label/level/values': ['error', 'info'],
  '/loki/api/v1/label/service_name/values': ['checkout', 'payments'],
};

const ANNOTATIONS = [
  { id: 2, time: 1_795_440_600_000, text: 'checkout v2.3.45', tags: ['deploy'] },
  { id: 1, time: 1_795_440_000_000, text: 'new pricing', tags: ['feature-flag'] },
];

const ALERTS = [
  {
    labels: { alertname: 'PoolExhausted' },
    annotations: {},
    fingerprint: 'bef38bf8e6e503b3',
    receivers: [{ name: 'oncall' }],
    startsAt: '2026-11-23T13:10:01.119Z',
    status: { state: 'active', silencedBy: [], inhibitedBy: [] },
  },
];

/** What a healthy Grafana answers beside queries. */
export function healthy({ path }: Received): Reply {
  const behind = `/${ROUTE.exec(path)?.[2] ?? ''}`;
  if (NAMES[behind]) return { body: { status: 'success', data: NAMES[behind] } };
  if (path === '/api/datasources') return { body: SOURCES };
  if (path === '/api/search') return { body: [{ uid: 'd1', title: 'Checkout', tags: ['shop'] }] };
  if (path === '/api/frontend/settings') return { body: { appUrl: 'http://localhost:3000/' } };
  if (path === '/api/annotations') return { body: ANNOTATIONS };
  if (path === '/api/alertmanager/grafana/api/v2/alerts') return { body: ALERTS };
  if (path === '/api/prometheus/grafana/api/v1/rules')
    return { body: { status: 'success', data: { groups: [] } } };
  if (path === '/api/health') return { body: { database: 'ok', version: '11.2.0', commit: 'abc' } };
  return { status: 404, body: { message: 'Not found' } };
}

/** Requests to Grafana against its own specification, those that it passes on against Prometheus' as well. */
export async function grafanaViolation(): Promise<Violation> {
  const [own, prometheus] = await Promise.all([
    specification('grafana', 'Grafana'),
    specification('prometheus', 'Prometheus behind Grafana'),
  ]);
  return async (received) => {
    const { path, method } = received;
    if (path === '/api/frontend/settings' || path === '/api/health') return undefined;
    const [, way = '', behind = ''] = ROUTE.exec(path) ?? [];
    if (behind === '') return await own(received);
    const open = `/api/datasources/${way}/${encodeURIComponent(behind)}`;
    const described = method === 'GET' && DESCRIBED.test(behind);
    // The specification does not know POSTs to resources; they are checked as what they are passed on as.
    const unknown = method === 'POST' && way.startsWith('uid/');
    const wrong = unknown
      ? undefined
      : await own({
          ...received,
          // It calls the form of a proxied POST a document.
          ...(method === 'POST' && { body: '{}', headers: { 'content-type': 'application/json' } }),
          path: described ? path : open,
          // What is Prometheus' own is checked below.
          url: described ? received.url.replace(/&timeout=\d+|match%5B%5D=[^&]*&/g, '') : open,
        });
    if (wrong !== undefined || !behind.startsWith('api/v1/')) return wrong;
    return await prometheus({ ...received, path: `/${behind}` });
  };
}
