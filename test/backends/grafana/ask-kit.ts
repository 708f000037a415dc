import { afterEach } from 'vitest';
import type { Backend } from '../../../src/backends/backend.ts';
import { createDecoder } from '../../../src/backends/decoder.ts';
import { createDiscoveryCache } from '../../../src/backends/discovery-cache.ts';
import type { GrafanaDeployment } from '../../../src/backends/grafana/settings.ts';
import { createBackends } from '../../../src/backends/registry.ts';
import type { Answer } from '../../../src/domain/evidence.ts';
import { MINUTE, type Window } from '../../../src/domain/time.ts';
import { type FakeServer, type Received, type Reply, startFakeServer } from '../fake-server.ts';

export const NOW = Date.parse('2026-11-23T13:32:00Z');
export const WINDOW: Window = { from: NOW - 30 * MINUTE, to: NOW };
export const signal = () => AbortSignal.timeout(15_000);

export interface Asked {
  readonly server: FakeServer;
  readonly backend: Backend;
  /** Discover what is needed, match, query. */
  ask(query: string, window?: Window): Promise<Answer>;
}

/** Starts Grafanas that a function plays; they end with their test. */
export function grafanas(): (
  reply: (received: Received) => Reply,
  more?: Partial<GrafanaDeployment>,
) => Promise<Asked> {
  const open: AsyncDisposable[] = [];
  afterEach(async () => {
    for (const one of open.splice(0).reverse()) await one[Symbol.asyncDispose]();
  });
  return async (reply, more = {}) => {
    const server = await startFakeServer(reply);
    open.push(server);
    const [backend] = createBackends(
      { grafana: [{ name: 'prod', url: server.url, ...more }] },
      { now: () => NOW, decoder: createDecoder(), retryAfter: 1 },
    );
    if (!backend) throw new Error('no backend was made');
    open.push({ [Symbol.asyncDispose]: async () => await backend.close?.() });
    const cache = createDiscoveryCache({ backends: [backend], now: () => NOW });
    return {
      server,
      backend,
      async ask(query, window = WINDOW) {
        const matched = await cache.match(backend, query, window, signal());
        return await backend.query({ matched, window }, signal());
      },
    };
  };
}
