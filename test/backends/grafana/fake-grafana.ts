import { type FakeServer, startFakeServer } from '../fake-server.ts';

/** What stands behind a Grafana that is played: base addresses. */
export interface Behind {
  readonly prometheus: string;
  readonly alertmanager: string;
}

const PROXY = /^\/api\/datasources\/proxy\/uid\/prom(\/.*)$/;
const OWN = /^\/api\/alertmanager\/grafana(\/.*)$/;

/** A Grafana of our own in front of a real Prometheus and a real Alertmanager: it passes on what it is asked, as Grafana does. */
export function startFakeGrafana({ prometheus, alertmanager }: Behind): Promise<FakeServer> {
  return startFakeServer(({ method, url, path, body, headers }) => {
    const search = new URL(url, 'http://fake').search;
    const [, below] = PROXY.exec(path) ?? [];
    const [, held] = OWN.exec(path) ?? [];
    const target =
      below !== undefined
        ? prometheus + below
        : held !== undefined
          ? alertmanager + held
          : path === '/api/prometheus/grafana/api/v1/rules'
            ? `${prometheus}/api/v1/rules`
            : undefined;
    if (path === '/api/datasources')
      return { body: [{ uid: 'prom', orgId: 1, name: 'Real', type: 'prometheus', isDefault: true }] };
    if (target === undefined) return { status: 404, body: { message: 'Not found' } };
    return async (response) => {
      const type = headers['content-type'];
      const answer = await fetch(target + search, {
        method,
        ...(type !== undefined && { headers: { 'content-type': type } }),
        ...(method === 'POST' && { body }),
      });
      response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? '' });
      response.end(Buffer.from(await answer.arrayBuffer()));
    };
  });
}
