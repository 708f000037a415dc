import { once } from 'node:events';
import { createServer } from 'node:http';
import type { Backend } from '../../../src/backends/backend.ts';
import { createDecoder } from '../../../src/backends/decoder.ts';
import { createDiscoveryCache } from '../../../src/backends/discovery-cache.ts';
import { createPrometheus } from '../../../src/backends/prometheus/prometheus.ts';
import { HOUR } from '../../../src/domain/time.ts';
import type { Telemetry } from '../../../src/flows/ports.ts';
import { type EndpointRequest, json, telemetryListener } from '../../../src/sandbox/telemetry/endpoint.ts';
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

/** `refuse` says which queries the server cannot answer. */
export async function play(
  series: readonly ScenarioSeries[],
  refuse: (query: string) => boolean = () => false,
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
  const server = createServer(telemetryListener(answer)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const backend = createPrometheus(
    { name: 'prod', url: `http://127.0.0.1:${address.port}` },
    { now, decoder: createDecoder(), retryAfter: 1 },
  );
  return {
    backend,
    telemetry: createDiscoveryCache({ backends: [backend], now }),
    queries,
    async [Symbol.asyncDispose]() {
      await backend.close?.();
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}
