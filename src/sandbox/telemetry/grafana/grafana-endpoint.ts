import { type Endpoint, type EndpointAnswer, type EndpointRequest, json } from '../endpoint.ts';
import { dashboardPage, explorePage } from './grafana-page.ts';
import { annotationsOf, DASHBOARDS, type GrafanaSource, SOURCES } from './grafana-source.ts';
import { heldAnswer, rulesAnswer } from './rules-answer.ts';

const BEHIND = /^\/api\/datasources\/(?:proxy\/uid\/([^/]+)|uid\/([^/]+)\/resources)(\/.*)$/;

/**
 * Answers as Grafana 11's HTTP API in front of the sandbox's own Prometheus and Loki: data sources and both ways through to
 * them, dashboards by word, annotations, its own alert rules and what its Alertmanager holds, and the pages that links lead to. Of
 * `/api/ds/query` and everything else it says that it does not play it.
 */
export function grafanaEndpoint(source: GrafanaSource): Endpoint {
  return (request) => {
    const { pathname, searchParams, search } = new URL(request.url, 'http://127.0.0.1');
    const [, proxied, resourced, path = ''] = BEHIND.exec(pathname) ?? [];
    const uid = proxied ?? resourced;
    if (uid !== undefined) return behind(decodeURIComponent(uid), { ...request, url: path + search }, source);
    if (pathname === '/api/ds/query')
      return refused(400, 'The sandbox answers queries through the data source proxy only.');
    if (request.method !== 'GET') return refused(405, 'Method not allowed');
    return own(pathname, searchParams, source) ?? refused(404, 'Not found');
  };
}

function behind(uid: string, request: EndpointRequest, source: GrafanaSource): EndpointAnswer {
  if (uid === 'prometheus') return source.prometheus(request);
  return uid === 'loki' ? source.loki(request) : refused(404, 'Data source not found');
}

function own(path: string, parameters: URLSearchParams, source: GrafanaSource): EndpointAnswer | undefined {
  const dashboard = /^\/d\/([^/]+)/.exec(path)?.[1];
  if (dashboard !== undefined) return dashboardPage(decodeURIComponent(dashboard), parameters, source);
  switch (path) {
    case '/explore':
      return explorePage(parameters, source);
    case '/api/health':
      return json(200, { database: 'ok', version: '11.2.0', commit: 'sandbox' });
    case '/api/frontend/settings':
      return json(200, { buildInfo: { version: '11.2.0' } });
    case '/api/datasources':
      return json(
        200,
        SOURCES.map((one) => ({ ...one, access: 'proxy', jsonData: {}, readOnly: true })),
      );
    case '/api/search':
      return json(200, found(parameters));
    case '/api/annotations':
      return json(200, annotations(parameters, source));
    case '/api/prometheus/grafana/api/v1/rules':
      return json(200, rulesAnswer(source, parameters.getAll('state')));
    case '/api/alertmanager/grafana/api/v2/alerts':
      return filtered(parameters, source);
    case '/api/alertmanager/grafana/api/v2/silences':
      return json(200, []);
    default:
      return undefined;
  }
}

function found(parameters: URLSearchParams): readonly object[] {
  const query = (parameters.get('query') ?? '').toLowerCase();
  const tags = parameters.getAll('tag');
  return DASHBOARDS.filter(
    (one) => one.title.toLowerCase().includes(query) && tags.every((tag) => one.tags.includes(tag)),
  ).map(({ queries: _, ...one }) => ({ ...one, type: 'dash-db', url: `/d/${one.uid}` }));
}

function annotations(parameters: URLSearchParams, { scenario, now }: GrafanaSource): readonly object[] {
  const from = Number(parameters.get('from')) || 0;
  const to = Math.min(Number(parameters.get('to')) || Number.POSITIVE_INFINITY, now());
  const tags = parameters.getAll('tags');
  return annotationsOf(scenario.causeAt).filter((one) => {
    const { time, timeEnd = time, tags: own } = one as { time: number; timeEnd?: number; tags: string[] };
    return time <= to && timeEnd >= from && tags.every((tag) => own.includes(tag));
  });
}

/** Only plain `label="value"`; the rest is said not to be played. */
function filtered(parameters: URLSearchParams, source: GrafanaSource): EndpointAnswer {
  const matchers = parameters.getAll('filter').map((one) => /^(\w+)="([^"]*)"$/.exec(one));
  if (matchers.includes(null))
    return json(400, 'the sandbox filters alerts of Grafana by label="value" only');
  const held = heldAnswer(source) as readonly { labels: Readonly<Record<string, string>> }[];
  return json(
    200,
    held.filter(({ labels }) => matchers.every((one) => labels[one?.[1] ?? ''] === one?.[2])),
  );
}

function refused(status: number, message: string): EndpointAnswer {
  return json(status, { message, statusCode: status });
}
