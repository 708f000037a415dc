import { afterEach, describe, expect, it } from 'vitest';
import type { Backend } from '../../../src/backends/backend.ts';
import { createDecoder } from '../../../src/backends/decoder.ts';
import { createDiscoveryCache } from '../../../src/backends/discovery-cache.ts';
import { createBackends } from '../../../src/backends/registry.ts';
import { Secret } from '../../../src/domain/secret.ts';
import type { Correction } from '../../../src/domain/signals/correction.ts';
import { MINUTE } from '../../../src/domain/time.ts';
import { remember } from '../../../src/flows/knowledge/remember.ts';
import type { KnowledgeSources } from '../../../src/flows/ports.ts';
import { citeByLink } from '../../../src/flows/signals/gathered.ts';
import { readEvents } from '../../../src/flows/signals/read-events.ts';
import { healthy, tabular } from '../../backends/axiom/axiom-server.ts';
import { type FakeServer, type Received, type Reply, startFakeServer } from '../../backends/fake-server.ts';
import { TEAM, type Worlds, worlds } from '../worlds.ts';

const NOW = Date.parse('2026-11-23T14:00:00Z');
const BEGAN = NOW - 10 * MINUTE;

const SCHEMAS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  traces: {
    'service.name': 'string',
    kind: 'string',
    'http.route': 'string',
    'http.response.status_code': 'integer',
    error: 'boolean',
    duration: 'timespan',
    'db.duration_ms': 'float',
  },
  'checkout-logs': { service: 'string', level: 'string', message: 'string' },
};
const VALUES: Readonly<Record<string, readonly unknown[]>> = {
  'service.name': ['Checkout', 'payments'],
  service: ['checkout'],
  kind: ['server', 'client'],
  'http.response.status_code': [200, 404, 500],
  error: ['true', 'false'],
  level: ['info', 'error'],
};

let all: Worlds;
let server: FakeServer;
let backend: Backend;

afterEach(async () => {
  await backend?.close?.();
  await server?.[Symbol.asyncDispose]();
  await all?.close();
});

const table = (columns: Readonly<Record<string, readonly unknown[]>>, type = 'string'): Reply => ({
  body: tabular({
    fields: Object.keys(columns).map((name) => ({ name, type })),
    columns: Object.values(columns),
  }),
});

/** An Axiom with spans and logs of a checkout that fails since BEGAN. */
function axiom(queries: string[]): (received: Received) => Reply {
  return (received) => {
    if (received.method === 'GET') return healthy(received);
    const { apl, startTime } = JSON.parse(received.body) as { apl: string; startTime: string };
    const dataset = /^\['([^']+)'\]/.exec(apl)?.[1] ?? '';
    if (apl.includes('getschema'))
      return table({
        ColumnName: Object.keys(SCHEMAS[dataset] ?? {}),
        DataType: Object.values(SCHEMAS[dataset] ?? {}),
      });
    const by = /summarize count\(\) by (?:\['([^']+)'\]|(\w+)) \| top/.exec(apl);
    if (by) {
      const seen = VALUES[by[1] ?? by[2] ?? ''] ?? [];
      return table({ value: seen, count: seen.map(() => 10) });
    }
    queries.push(apl);
    if (apl.includes('errors = count()'))
      return table({
        'service.name': ['Checkout', 'Checkout'],
        'http.route': ['/pay', '/pay'],
        'http.response.status_code': [500, 404],
        errors: [600, 30],
      });
    const bad = Date.parse(startTime) >= BEGAN;
    return table(
      {
        requests: [3_000],
        failed: [bad ? 600 : 3],
        refused: [30],
        p50: [1e8],
        p95: [bad ? 4e9 : 2e8],
        p99: [5e9],
      },
      'float',
    );
  };
}

async function started(knowledge?: KnowledgeSources) {
  const queries: string[] = [];
  all = worlds();
  server = await startFakeServer(axiom(queries));
  const now = () => NOW;
  const deployment = {
    name: 'prod',
    url: server.url,
    orgId: 'shop',
    auth: { kind: 'bearer', token: new Secret('xaat-of-a-test', 'a test') },
  } as const;
  const [made] = createBackends({ axiom: [deployment] }, { now, decoder: createDecoder(), retryAfter: 1 });
  if (!made) throw new Error('no backend was made');
  backend = made;
  const world = await all.open({
    ...(knowledge && { knowledge }),
    telemetry: createDiscoveryCache({ backends: [backend], now }),
  });
  const asking = {
    team: TEAM,
    backend,
    window: { from: NOW - 40 * MINUTE, to: NOW },
    began: BEGAN,
    by: 'LEA',
  };
  return {
    queries,
    world,
    read: async (service: string, correction?: Correction) =>
      await readEvents(
        world,
        { ...asking, service, asked: 'signals', ...(correction && { correction }) },
        AbortSignal.timeout(20_000),
      ),
  };
}

describe('golden signals from events', () => {
  it('come from the dataset that tells most, in one row about now and one about as long before', async () => {
    const { queries, read } = await started();
    const gathered = await read('checkout');
    expect(gathered.answers.map(({ window }) => window)).toEqual([
      { from: NOW - 5 * MINUTE, to: NOW },
      { from: NOW - 45 * MINUTE, to: NOW - 40 * MINUTE },
      { from: NOW - 5 * MINUTE, to: NOW },
    ]);
    expect(queries[0]).toContain(
      '[\'traces\'] | where [\'service.name\'] == "Checkout" and kind == "server"',
    );
    const report = gathered.report(citeByLink);
    const numbers = report.lines.map(({ signal, amounts }) => [
      signal,
      ...amounts.map(({ name, unit, now, before }) => [name, unit, now, before]),
    ]);
    expect(numbers).toEqual([
      [
        'latency',
        ['p50', 'nanoseconds', 1e8, 1e8],
        ['p95', 'nanoseconds', 4e9, 2e8],
        ['p99', 'nanoseconds', 5e9, 5e9],
      ],
      ['traffic', [undefined, 'per second', 10, 10]],
      ['errors', ['5xx', 'percent', 20, 0.1], ['4xx', 'percent', 1, 1]],
      ['saturation'],
    ]);
    expect(report.lines[3]?.lacks).toContain('Missing');
    expect(report.top?.places[0]).toEqual({
      service: 'Checkout',
      endpoint: '/pay',
      code: '500',
      perSecond: 2,
    });
    expect(report.lines[0]?.amounts[0]?.evidence?.url).toContain('/query?initForm=');
    expect(report.lines[0]?.amounts[0]?.beforeEvidence?.url).toContain('/query?initForm=');
  });

  it('come from the dataset that a fact names, which is said, where several fit', async () => {
    const { queries, read, world } = await started({ shipped: [], orgs: [{ name: 'acme' }], staleAfter: 1 });
    const text = 'checkout: takes the money\ndataset: checkout-logs';
    await remember(world, { team: TEAM, by: 'LEA', kind: 'facts', text, org: { name: 'acme' } });
    const { report } = await read('checkout');
    expect(queries[0]).toContain("['checkout-logs']");
    expect(report(citeByLink)).toMatchObject({
      source: 'Axiom prod, dataset by the fact checkout (acme)',
    });
    // Who says otherwise here is right.
    await read('checkout', { signal: 'traffic', metric: 'traces' });
    expect(queries.at(-1)).toContain("['traces']");
  });

  it('a correction is remembered once it fits, and taken back', async () => {
    const { read } = await started();
    await expect(read('checkout', { signal: 'errors', metric: 'nonsense' })).rejects.toMatchObject({
      rule: 'does-not-fit',
      next: [{ label: 'error', command: 'signals axiom checkout errors=error' }],
    });
    await read('checkout', { signal: 'errors', metric: 'error' });
    const errors = async () =>
      (await read('checkout')).report(citeByLink).lines.find(({ signal }) => signal === 'errors')?.chosen[0];
    expect(await errors()).toMatchObject({ metric: 'error', by: 'LEA' });
    await read('checkout', { signal: 'errors' });
    expect(await errors()).toMatchObject({ metric: 'http.response.status_code' });
  });

  it('of a service that is nowhere are refused with those that there are', async () => {
    const { read } = await started();
    await expect(read('chekout')).rejects.toMatchObject({
      rule: 'unknown-service',
      message: expect.stringContaining('Looked in `traces`, `checkout-logs`.'),
      next: expect.arrayContaining([{ label: 'Checkout', command: 'signals axiom Checkout' }]),
    });
  });
});
