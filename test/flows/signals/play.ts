import { once } from 'node:events';
import { createServer } from 'node:http';
import type { Backend } from '../../../src/backends/backend.ts';
import { createDecoder } from '../../../src/backends/decoder.ts';
import { createDiscoveryCache } from '../../../src/backends/discovery-cache.ts';
import { createGrafana } from '../../../src/backends/grafana/grafana.ts';
import { createPrometheus } from '../../../src/backends/prometheus/prometheus.ts';
import { HOUR } from '../../../src/domain/time.ts';
import type { Telemetry } from '../../../src/flows/ports.ts';
import {
  type Endpoint,
  type EndpointRequest,
  json,
  telemetryListener,
} from '../../../src/sandbox/telemetry/endpoint.ts';
import { prometheusEndpoint } from '../../../src/sandbox/telemetry/prometheus-endpoint.ts';
import {
  type Scenario,
  type ScenarioSeries,
  scenarioStore,
} from '../../../src/sandbox/telemetry/scenario.ts';
import { NOW, TROUBLE } from './schemas.ts';

/** A Prometheus over some series, on a real socket, and what asks it. */
export interface Played extends AsyncDisposable {
  readonly backend: Backend;
  readonly telemetry: Telemetry;
  /** Every query that was evaluated. */
  readonly queries: string[];
}

/** `refuse` says which queries the server cannot answer; with `sources` it is asked through a Grafana that has these. */
export async function play(
  series: readonly ScenarioSeries[],
  refuse: (query: string) => boolean = () => false,
  sources?: readonly PlayedSource[],
): Promise<Played> {
  const scenario: Scenario = {
    dataFrom: NOW - 6 * HOUR,
    causeAt: TROUBLE,
    metrics: [],
    alerts: [],
    targets: () => [],
    series: () => series,
    mitigate: () => {},
    mitigatedAt: undefined,
  };
  const now = () => NOW;
  const endpoint = prometheusEndpoint({ scenario, now, store: scenarioStore(scenario, { now }) });
  const queries: string[] = [];
  const answer = (request: EndpointRequest) => {
    const query = new URLSearchParams(request.body).get('query');
    if (query === null) return endpoint(request);
    queries.push(query);
    if (!refuse(query)) return endpoint(request);
    return json(503, { status: 'error', errorType: 'timeout', error: 'query timed out' });
  };
  const served = await serve(sources ? behindGrafana(sources, answer) : answer);
  const settings = { name: 'prod', url: served.url };
  const deps = { now, decoder: createDecoder(), retryAfter: 1 };
  const backend = sources ? createGrafana(settings, deps) : createPrometheus(settings, deps);
  return {
    backend,
    telemetry: createDiscoveryCache({ backends: [backend], now }),
    queries,
    async [Symbol.asyncDispose]() {
      await backend.close?.();
      await served.close();
    },
  };
}

/** A data source as Grafana lists it. */
export interface PlayedSource {
  readonly uid: string;
  readonly name: string;
  readonly type: string;
  readonly isDefault: boolean;
}

/** A Grafana whose data sources all lead to the same place. */
function behindGrafana(sources: readonly PlayedSource[], inside: Endpoint): Endpoint {
  return (request) => {
    if (request.url.startsWith('/api/datasources/proxy/uid/'))
      return inside({
        ...request,
        url: request.url.slice('/api/datasources/proxy/uid/'.length).replace(/^[^/]+/, ''),
      });
    if (request.url === '/api/datasources') return json(200, sources);
    return json(404, { message: 'Not found' });
  };
}

async function serve(
  endpoint: Endpoint,
): Promise<{ readonly url: string; readonly close: () => Promise<void> }> {
  const server = createServer(telemetryListener(endpoint)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    async close() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}
