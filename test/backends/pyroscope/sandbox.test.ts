import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Backend } from '../../../src/backends/backend.ts';
import { createDecoder } from '../../../src/backends/decoder.ts';
import { createDiscoveryCache } from '../../../src/backends/discovery-cache.ts';
import { createBackends } from '../../../src/backends/registry.ts';
import type { Answer } from '../../../src/domain/evidence.ts';
import { DAY, MINUTE, type Window } from '../../../src/domain/time.ts';
import { startTelemetry, type Telemetry } from '../../../src/sandbox/telemetry/start-telemetry.ts';

// The sandbox's Pyroscope and this adapter are written apart; here they meet.
const NOW = Date.parse('2026-11-23T13:32:00Z');
const CAUSE = NOW - 9 * MINUTE;
const AFTER: Window = { from: CAUSE + 2 * MINUTE, to: NOW };
const iso = (at: number) => new Date(at).toISOString();
const BEFORE = `${iso(CAUSE - 20 * MINUTE)}..${iso(CAUSE - 10 * MINUTE)}`;

let telemetry: Telemetry;
let backends: readonly Backend[];

beforeAll(async () => {
  telemetry = await startTelemetry({ now: () => NOW, port: 0 });
  backends = createBackends(
    {
      prometheus: [{ name: 'sandbox', url: telemetry.url }],
      pyroscope: [{ name: 'sandbox', url: telemetry.urls.pyroscope ?? '' }],
    },
    { now: () => NOW, decoder: createDecoder() },
  );
});

afterAll(async () => {
  for (const one of backends) await one.close?.();
  await telemetry?.stop();
});

async function ask(query: string, window = AFTER, tool = 'pyroscope'): Promise<Answer> {
  const signal = AbortSignal.timeout(15_000);
  const backend = backends.find((one) => one.tool === tool);
  if (!backend) throw new Error('no backend');
  const cache = createDiscoveryCache({ backends, now: () => NOW });
  const matched = await cache.match(backend, query, window, signal);
  return await backend.query({ matched, window }, signal);
}

const byFunction = ({ result }: Answer) =>
  new Map(result.kind === 'rows' ? result.rows.map(([name, ...row]) => [String(name), row.map(String)]) : []);

test('what checkout uses is what the metrics count', async () => {
  const { warnings } = await ask('cpu{service_name="checkout"}');
  const profiled = Number(/\(([\d.]+) cores\)/.exec(warnings[0] ?? '')?.[1]);
  const metric = await ask(
    'sum(rate(process_cpu_seconds_total{service="checkout"}[5m]))',
    { from: NOW, to: NOW },
    'prometheus',
  );
  const cores = metric.result.kind === 'series' ? (metric.result.series[0]?.samples[0]?.value ?? 0) : 0;
  expect(cores).toBeGreaterThan(2);
  expect(Math.abs(profiled - cores) / cores).toBeLessThan(0.15);
});

test('since the cause retries grew and nothing of the deploy did', async () => {
  const answer = await ask(`diff cpu{service_name="checkout"} vs ${BEFORE}`);
  const rows = byFunction(answer);
  const relative = (name: string) => /\((.*)\)/.exec(rows.get(name)?.[1] ?? '')?.[1] ?? 'missing';
  expect(relative('src/payments/retry.ts:withRetries')).toMatch(/^\+[12]\d\d %$/);
  expect(relative('src/payments/retry.ts:backoff')).toMatch(/^×\d+/);
  for (const calm of ['src/pricing/discount.ts:applyDiscount', 'src/db/orders.ts:insertOrder'])
    expect(Math.abs(Number(relative(calm).replace(/[+ %]/g, '').replace('−', '-')))).toBeLessThan(12);
  expect(answer.warnings[1]).toMatch(/^Grew most with what they call: .*withRetries \+/);
  expect(answer.completeness).toEqual({ kind: 'complete' });
});

test('links lead to pages of the sandbox that show the same', async () => {
  for (const query of ['cpu{service_name="checkout"}', `diff cpu{service_name="checkout"} vs ${BEFORE}`]) {
    const { reproduction } = await ask(query);
    if (reproduction.kind !== 'permalink') throw new Error('no link');
    expect(reproduction.url).toContain(telemetry.urls.pyroscope);
    const page = await fetch(reproduction.url);
    expect([page.status, await page.text()]).toEqual([200, expect.stringContaining('withRetries')]);
  }
});

test('names and refusals are those of a Pyroscope', async () => {
  await expect(ask('cpu{service_name="chekout"}')).rejects.toMatchObject({
    failure: 'unknown-source',
    details: { nearest: expect.arrayContaining(['checkout']) },
  });
  await expect(ask('cpu{service_name="checkout", pod=a}')).rejects.toMatchObject({
    failure: 'bad-query',
    message: expect.stringContaining('parse error'),
    details: { position: { line: 1, column: expect.any(Number) } },
  });
  const post = async (method: string, message: object) => {
    const answer = await fetch(`${telemetry.urls.pyroscope}/querier.v1.QuerierService/${method}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(message),
    });
    return [answer.status, await answer.json()];
  };
  expect(await post('SelectHeatmap', {})).toEqual([
    501,
    { code: 'unimplemented', message: 'the sandbox does not play SelectHeatmap' },
  ]);
  expect(
    await post('SelectMergeStacktraces', {
      profileTypeID: 'process_cpu:cpu:nanoseconds:cpu:nanoseconds',
      start: NOW - 2 * DAY,
      end: NOW,
    }),
  ).toEqual([400, { code: 'invalid_argument', message: expect.stringContaining('max_query_length') }]);
  const probe = backends.find((one) => one.tool === 'pyroscope')?.probe(AbortSignal.timeout(5_000));
  expect(await probe).toBe('Pyroscope 1.14.1, with 2 profile types');
});
