import { once } from 'node:events';
import { createServer } from 'node:http';
import type { Duration, Instant } from '../../domain/time.ts';
import { prometheusEndpoint, telemetryListener } from './prometheus-endpoint.ts';
import { type Scenario, scenarioStore } from './scenario.ts';
import { checkoutScenario } from './scenarios/checkout.ts';

export interface TelemetryOptions {
  /** The sandbox's clock; samples exist up to it. The scenario starts at what it says first. */
  readonly now: () => Instant;
  /** On 127.0.0.1; 0 takes a free one. A port in use rejects with Node's EADDRINUSE. */
  readonly port: number;
  /** How long before the start the cause set in; nine minutes by default. */
  readonly causeBefore?: Duration;
}

export interface Telemetry {
  /** `http://127.0.0.1:<port>`, without a slash at the end. */
  readonly url: string;
  readonly scenario: Scenario;
  stop(): Promise<void>;
}

/** Starts the sandbox's Prometheus with the checkout incident, on loopback only. */
export async function startTelemetry(options: TelemetryOptions): Promise<Telemetry> {
  const { now } = options;
  const scenario = checkoutScenario({
    startedAt: now(),
    ...(options.causeBefore !== undefined && { causeBefore: options.causeBefore }),
  });
  const server = createServer(
    telemetryListener(prometheusEndpoint({ scenario, now, store: scenarioStore(scenario, { now }) })),
  );
  server.listen(options.port, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the telemetry server has no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    scenario,
    stop: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
