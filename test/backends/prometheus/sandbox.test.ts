import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Backend } from '../../../src/backends/backend.ts';
import { createDecoder } from '../../../src/backends/decoder.ts';
import { createDiscoveryCache } from '../../../src/backends/discovery-cache.ts';
import { parsePermalink } from '../../../src/backends/prometheus/permalink.ts';
import { createBackends } from '../../../src/backends/registry.ts';
import { MINUTE } from '../../../src/domain/time.ts';
import { startTelemetry, type Telemetry } from '../../../src/sandbox/telemetry/start-telemetry.ts';

// The sandbox's Prometheus and this adapter are written apart; here they meet.
const NOW = Date.parse('2026-11-23T13:32:00Z');
const WINDOW = { from: NOW - 30 * MINUTE, to: NOW };

let telemetry: Telemetry;
let backend: Backend;

beforeAll(async () => {
  telemetry = await startTelemetry({ now: () => NOW, port: 0 });
  const [made] = createBackends(
    { prometheus: [{ name: 'sandbox', url: telemetry.url }] },
    { now: () => NOW, decoder: createDecoder() },
  );
  if (!made) throw new Error('no backend was made');
  backend = made;
});

afterAll(async () => {
  await backend?.close?.();
  await telemetry?.stop();
});

async function ask(query: string) {
  const signal = AbortSignal.timeout(15_000);
  const cache = createDiscoveryCache({ backends: [backend], now: () => NOW });
  const matched = await cache.match(backend, query, WINDOW, signal);
  return await backend.query({ matched, window: WINDOW }, signal);
}

test('the sandbox answers with evidence whose link leads back to it', async () => {
  const query = 'sum by (code) (rate(http_requests_total{service="checkout"}[5m]))';
  const answer = await ask(query);
  if (answer.result.kind !== 'series' || answer.reproduction.kind !== 'permalink')
    throw new Error('no series');
  expect(answer.result.series.length).toBeGreaterThan(1);
  expect(answer.result.series[0]?.samples.at(-1)?.at).toBe(NOW);
  expect(answer.reproduction.url).toContain(telemetry.url);
  expect(parsePermalink(answer.reproduction.url)).toMatchObject({ query, window: WINDOW });
});

test('its errors are understood', async () => {
  await expect(ask('http_request_total')).rejects.toMatchObject({
    failure: 'unknown-source',
    details: { nearest: expect.arrayContaining(['http_requests_total']) },
  });
  await expect(ask('sum(rate(')).rejects.toMatchObject({
    failure: 'bad-query',
    details: { position: { line: 1, column: expect.any(Number) } },
  });
  await expect(backend.probe(AbortSignal.timeout(5_000))).resolves.toMatch(/^Prometheus \d/);
});
