import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Backend } from '../../../src/backends/backend.ts';
import { createDecoder } from '../../../src/backends/decoder.ts';
import { createDiscoveryCache } from '../../../src/backends/discovery-cache.ts';
import { createBackends } from '../../../src/backends/registry.ts';
import type { Result } from '../../../src/domain/evidence.ts';
import { Secret } from '../../../src/domain/secret.ts';
import { MINUTE, SECOND } from '../../../src/domain/time.ts';
import { startTelemetry, type Telemetry } from '../../../src/sandbox/telemetry/start-telemetry.ts';

// The sandbox's Sentry and this adapter are written apart; here they meet.
const NOW = Date.parse('2026-11-23T13:32:00Z');
const CAUSE = NOW - 9 * MINUTE;
const WINDOW = { from: NOW - 30 * MINUTE, to: NOW };

let telemetry: Telemetry;
let backends: readonly Backend[];

beforeAll(async () => {
  telemetry = await startTelemetry({ now: () => NOW, port: 0 });
  backends = createBackends(
    {
      prometheus: [{ name: 'sandbox', url: telemetry.url }],
      sentry: [
        {
          name: 'sandbox',
          url: telemetry.urls.sentry ?? '',
          organization: 'shop',
          auth: { kind: 'bearer', token: new Secret('made-up-token', 'env T') },
        },
      ],
    },
    { now: () => NOW, decoder: createDecoder() },
  );
});

afterAll(async () => {
  for (const one of backends) await one.close?.();
  await telemetry?.stop();
});

async function ask(query: string, tool = 'sentry', window = WINDOW) {
  const signal = AbortSignal.timeout(15_000);
  const backend = backends.find((one) => one.tool === tool);
  if (!backend) throw new Error('no backend');
  const cache = createDiscoveryCache({ backends, now: () => NOW });
  const matched = await cache.match(backend, query, window, signal);
  return await backend.query({ matched, window }, signal);
}

const records = (result: Result) =>
  result.kind === 'rows'
    ? result.rows.map((row) => Object.fromEntries(result.columns.map((name, index) => [name, row[index]])))
    : [];

test('one issue is new: from one minute after the cause on, as often as checkout failed', async () => {
  const answer = await ask('new');
  const [only, ...others] = records(answer.result);
  expect(others).toEqual([]);
  expect(only).toMatchObject({ issue: 'CHECKOUT-4F', status: 'unresolved (new)', project: 'checkout' });
  const first = Date.parse(String(only?.['first seen']));
  expect(first).toBeGreaterThanOrEqual(CAUSE + MINUTE);
  expect(first).toBeLessThan(CAUSE + MINUTE + 10 * SECOND);
  const failed = await ask(
    'sum(increase(http_requests_total{service="checkout",code="500"}[8m]))',
    'prometheus',
    { from: NOW, to: NOW },
  );
  const metric = failed.result.kind === 'series' ? (failed.result.series[0]?.samples[0]?.value ?? 0) : 0;
  expect(metric).toBeGreaterThan(10_000);
  expect(Math.abs(Number(only?.events) - metric) / metric).toBeLessThan(0.1);
});

test('old issues go on as before, and have nothing to do with it', async () => {
  const before = records((await ask('issues', 'sentry', { from: CAUSE - 10 * MINUTE, to: CAUSE })).result);
  expect(before).toMatchObject([{ issue: 'CHECKOUT-1C', status: 'unresolved (ongoing)' }]);
  const all = records((await ask('issues project:[checkout,web] !is:resolved')).result);
  expect(all.map((one) => one.issue).sort()).toEqual(['CHECKOUT-1C', 'CHECKOUT-4F', 'WEB-2K']);
});

test('the issue shows whose code threw, and both releases have it', async () => {
  const { result, reproduction } = await ask('issue CHECKOUT-4F');
  const text = result.kind === 'text' ? result.text : '';
  expect(text).toContain(
    'UpstreamRateLimited: payments answered 429, giving up after 4 attempts\n  at withRetries (src/payments/retry.ts:37)',
  );
  expect(text).toContain('caused by HttpError: POST http://payments/v1/charges: 429 Too Many Requests');
  expect(text).toContain('in checkout@2.3.44');
  expect(reproduction).toEqual({
    kind: 'permalink',
    url: `${telemetry.urls.sentry}/organizations/shop/issues/4711/`,
  });
  const page = await fetch(reproduction.kind === 'permalink' ? reproduction.url : '');
  expect(await page.text()).toContain('withRetries');
  const tags = records((await ask('tags CHECKOUT-4F release')).result);
  expect(tags.map((one) => one.release).sort()).toEqual(['checkout@2.3.44', 'checkout@2.3.45']);
  // Before any pod ran the new release only the old one had errors.
  const early = { from: CAUSE, to: CAUSE + 150 * SECOND };
  expect(records((await ask('tags CHECKOUT-4F release', 'sentry', early)).result)).toMatchObject([
    { release: 'checkout@2.3.44', 'count()': expect.any(Number) },
  ]);
});

test('the release that looks guilty began a minute before the cause', async () => {
  const { result, warnings } = await ask('releases checkout');
  expect(records(result)).toMatchObject([
    {
      at: new Date(CAUSE - MINUTE).toISOString(),
      what: 'deployed',
      release: 'checkout@2.3.45',
      environment: 'production',
      'new issues': 0,
    },
  ]);
  expect(warnings).toEqual([
    expect.stringContaining('Before this time, checkout@2.3.44 was the last to be deployed'),
  ]);
});

test('events are rows and counts; what is not played is refused in Sentry’s words', async () => {
  const rows = records((await ask('events issue:CHECKOUT-4F region:us-east-1')).result);
  expect(rows).toHaveLength(300);
  expect(rows[0]).toMatchObject({ issue: 'CHECKOUT-4F', environment: 'production' });
  expect(new Set(rows.map((one) => one.id)).size).toBe(300);
  const counted = records((await ask('events fields:region,count() issue:CHECKOUT-4F')).result);
  expect(counted.map((one) => one.region)).toEqual(['eu-west-1', 'us-east-1']);
  await expect(ask('issues (a OR b)')).rejects.toMatchObject({ failure: 'bad-query' });
  await expect(ask('issues http.status:500')).rejects.toMatchObject({
    failure: 'bad-query',
    message: expect.stringContaining('does not play "http.status"'),
  });
  await expect(ask('issue CHECKOUT-5F')).rejects.toMatchObject({
    failure: 'unknown-source',
    details: { nearest: expect.arrayContaining(['CHECKOUT-4F']) },
  });
});

test('nobody is let in without a token, and paths without their slash lead to it', async () => {
  const url = `${telemetry.urls.sentry}/api/0/organizations/shop/issues`;
  const bare = await fetch(`${url}/`);
  expect([bare.status, await bare.json()]).toEqual([
    401,
    { detail: 'Authentication credentials were not provided.' },
  ]);
  const moved = await fetch(`${url}?query=`, { headers: { authorization: 'Bearer x' }, redirect: 'manual' });
  expect([moved.status, moved.headers.get('location')]).toEqual([
    301,
    '/api/0/organizations/shop/issues/?query=',
  ]);
});

test('once it is mitigated the errors end', async () => {
  let now = NOW;
  const healing = await startTelemetry({ now: () => now, port: 0 });
  try {
    healing.scenario.mitigate(NOW);
    now = NOW + 30 * MINUTE;
    const count = async (from: number, to: number) => {
      const search = new URLSearchParams([
        ['dataset', 'errors'],
        ['field', 'count()'],
        ['query', 'issue:CHECKOUT-4F'],
        ['start', new Date(from).toISOString()],
        ['end', new Date(to).toISOString()],
      ]);
      const answer = await fetch(`${healing.urls.sentry}/api/0/organizations/shop/events/?${search}`, {
        headers: { authorization: 'Bearer x' },
      });
      return ((await answer.json()) as { data: { 'count()': number }[] }).data[0]?.['count()'] ?? -1;
    };
    expect(await count(NOW - MINUTE, NOW)).toBeGreaterThan(1_000);
    expect(await count(NOW + 5 * MINUTE, NOW + 25 * MINUTE)).toBe(0);
  } finally {
    await healing.stop();
  }
});
