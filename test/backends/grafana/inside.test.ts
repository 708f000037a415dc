import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { createDecoder } from '../../../src/backends/decoder.ts';
import { createDiscoveryCache } from '../../../src/backends/discovery-cache.ts';
import { createBackends } from '../../../src/backends/registry.ts';
import { CURL_LIKE } from '../curl-like.ts';
import type { Received, Reply } from '../fake-server.ts';
import { grafanas, NOW, signal, WINDOW } from './ask-kit.ts';

const start = grafanas();

const PROXY = /^\/api\/datasources\/proxy\/uid\/([^/]+)(\/.+)$/;
const RESOURCES = /^\/api\/datasources\/uid\/([^/]+)\/resources(\/.+)$/;

const NAMES: Readonly<Record<string, readonly string[]>> = {
  '/api/v1/label/job/values': ['checkout'],
  '/api/v1/label/__name__/values': ['up', 'http_requests_total'],
  '/api/v1/labels': ['__name__', 'code', 'job'],
  '/api/v1/label/code/values': ['200', '500'],
  '/loki/api/v1/labels': ['service_name'],
  '/loki/api/v1/label/service_name/values': ['checkout'],
};

const prometheus = (index: number, jsonData: object = {}) => ({
  uid: `p${index}`,
  name: `Metrics ${index}`,
  type: 'prometheus',
  isDefault: index === 3,
  jsonData,
});

/** A Prometheus or Loki behind either way, which may be closed. */
function plays(
  sources: readonly object[],
  closed: (received: Received) => number | undefined = () => undefined,
) {
  return (received: Received): Reply => {
    const { path } = received;
    if (path === '/api/datasources') return { body: sources };
    if (path === '/api/search') return { body: [] };
    const behind = (PROXY.exec(path) ?? RESOURCES.exec(path))?.[2];
    if (behind === undefined) return { status: 404, body: { message: 'Not found' } };
    const status = closed(received);
    if (status !== undefined) return { status, body: { message: 'no way through' } };
    if (NAMES[behind]) return { body: { status: 'success', data: NAMES[behind] } };
    const result = [{ metric: { __name__: 'up' }, values: [[NOW / 1_000, '1']] }];
    return { body: { status: 'success', data: { resultType: 'matrix', result } } };
  };
}

const ways = (received: readonly Received[]) =>
  received
    .filter(({ path }) => /query/.test(path))
    .map(({ method, path }) => `${method} ${PROXY.test(path) ? 'proxy' : 'resources'}`);

describe('both ways through', () => {
  test('the proxy first, and nothing else where it lets us through', async () => {
    const { ask, server } = await start(plays([prometheus(1)]));
    await ask('p1 up');
    await ask('p1 up');
    expect(ways(server.received)).toEqual(['POST proxy', 'POST proxy']);
  });

  test.each([401, 403, 500])(
    'resources after a %i, remembered for this data source alone',
    async (status) => {
      const { ask, server } = await start(
        plays([prometheus(1), prometheus(2)], ({ path }) =>
          PROXY.exec(path)?.[1] === 'p1' ? status : undefined,
        ),
      );
      const answer = await ask('p1 up');
      expect(answer.cost.samples).toBe(1);
      await ask('p1 up');
      await ask('p2 up');
      // Discovery found the way that is open, so that no question goes astray.
      expect(ways(server.received)).toEqual(['POST resources', 'POST resources', 'POST proxy']);
    },
  );

  test('closed both: what the first way said, with the command for that way', async () => {
    const { ask, server } = await start(plays([prometheus(1)]));
    await ask('p1 up');
    server.answer(plays([prometheus(1)], () => 403));
    const refused = ask('p1 up');
    await expect(refused).rejects.toMatchObject({
      failure: 'unauthorized',
      message: expect.stringContaining('Metrics 1 of Grafana prod'),
      details: { command: expect.stringContaining('/api/datasources/proxy/uid/p1/api/v1/query_range') },
    });
  });

  test('a data source that is set to GET gets no POST', async () => {
    const { ask, server } = await start(plays([prometheus(1, { httpMethod: 'GET' })]));
    await ask('p1 up');
    expect(ways(server.received)).toEqual(['GET proxy']);
  });

  test('the organisation goes along with every request', async () => {
    const { ask, server } = await start(plays([prometheus(1)]), { orgId: '7' });
    const { reproduction } = await ask('p1 up');
    expect(new Set(server.received.map(({ headers }) => headers['x-grafana-org-id']))).toEqual(
      new Set(['7']),
    );
    expect(reproduction).toMatchObject({ url: expect.stringContaining('&orgId=7&') });
  });
});

describe('names inside a data source', () => {
  const many = Array.from({ length: 8 }, (_, index) => prometheus(index + 1));

  test('are discovered of a few, the default first, and of others when they are asked', async () => {
    const { ask, backend } = await start(plays(many));
    const kinds = async () => (await backend.discover(WINDOW, signal())).lists.map(({ kind }) => kind);
    const first = await kinds();
    expect(first.slice(1, 6)).toEqual(['dashboards', 'p3/jobs', 'p3/metrics', 'p3/labels', 'p1/jobs']);
    expect(first).not.toContain('p8/metrics');
    await expect(ask('"Metrics 8" upp')).rejects.toMatchObject({
      failure: 'unknown-source',
      message: 'Metrics 8 of Grafana prod has no metric `upp`.',
      details: { nearest: ['up'], nextStep: expect.stringContaining('discover grafana p8/metrics') },
    });
    expect(await kinds()).toContain('p8/metrics');
  });

  test('are asked for once, though the discovery is fresh', async () => {
    const { server, backend } = await start(plays(many));
    const cache = createDiscoveryCache({ backends: [backend], now: () => NOW });
    await cache.discovery(backend, signal());
    const asked = () => server.received.filter(({ path }) => path.includes('/p7/')).length;
    expect(asked()).toBe(0);
    await cache.match(backend, 'p7 up', WINDOW, signal());
    await cache.match(backend, 'p7 up{job="checkout"}', WINDOW, signal());
    expect(asked()).toBe(3);
  });

  test('that could not be read are unavailable, not unknown', async () => {
    const { ask } = await start(plays(many, ({ path }) => (path.includes('/p6/') ? 502 : undefined)));
    await expect(ask('p6 up')).rejects.toMatchObject({
      failure: 'unavailable',
      message: expect.stringContaining('unavailable until discovered again'),
    });
  });

  test('a job that does not exist is a hint, as it is directly', async () => {
    const { ask } = await start(plays([prometheus(1)]));
    expect((await ask('p1 up{job="chekout"}')).warnings).toEqual([
      'There is no job `chekout` in this time. Nearest: `checkout`.',
    ]);
  });

  test('how far a query reads is known of both languages', async () => {
    const loki = { uid: 'l1', name: 'Logs', type: 'loki' };
    const { backend } = await start(plays([prometheus(1), loki]));
    await backend.discover(WINDOW, signal());
    expect(backend.reach?.('p1 rate(up[10m] offset 1h)')).toBe(70 * 60_000);
    expect(backend.reach?.('Logs rate({service_name="checkout"}[5m])')).toBe(5 * 60_000);
    expect(backend.reach?.('annotations deploy')).toBe(0);
  });
});

describe('what a metric is made of', () => {
  test('its labels and their values, by the data source it is in', async () => {
    const { backend } = await start(plays([prometheus(1)]));
    await backend.discover(WINDOW, signal());
    const schema = await backend.schema?.('"Metrics 1" http_requests_total', WINDOW, signal());
    expect(schema?.source).toBe('"Metrics 1" http_requests_total');
    expect(schema?.fields.map(({ name }) => name)).toEqual(['code', 'job']);
    const values = await backend.values?.('p1 http_requests_total', 'code', WINDOW, signal());
    expect(values?.result).toEqual({ kind: 'rows', columns: ['value'], rows: [['200'], ['500']] });
    expect(values?.query).toMatch(
      /^GET \/api\/datasources\/proxy\/uid\/p1\/api\/v1\/label\/code\/values\?match/,
    );
  });

  test('nothing of a data source alone', async () => {
    const { backend } = await start(plays([prometheus(1)]));
    await backend.discover(WINDOW, signal());
    await expect(backend.schema?.('p1', WINDOW, signal())).rejects.toMatchObject({
      failure: 'unknown-source',
    });
  });
});

test('a question that another process matched is asked all the same', async () => {
  const { backend, server } = await start(plays([prometheus(1)]));
  const discovery = await backend.discover(WINDOW, signal());
  const matched = backend.match('p1 up', discovery);
  const [other] = createBackends(
    { grafana: [{ name: 'prod', url: server.url }] },
    { now: () => NOW, decoder: createDecoder() },
  );
  expect((await other?.query({ matched, window: WINDOW }, signal()))?.cost.samples).toBe(1);
  await other?.close?.();
});

describe('through a command of the operator', () => {
  let folder: string;
  afterEach(async () => await rm(folder, { recursive: true, force: true }));

  test('the same answer, and the same failures though it says no status', async () => {
    folder = await mkdtemp(join(tmpdir(), 'steady-grafana-'));
    const program = join(folder, 'ask');
    await writeFile(program, CURL_LIKE, { mode: 0o755 });
    const accessCommand = { argv: [program], environment: { PATH: '/usr/bin:/bin' } };
    const { ask, server } = await start(plays([prometheus(1)]), { accessCommand, orgId: '7' });
    expect((await ask('p1 up')).cost.samples).toBe(1);
    expect(server.received.at(-1)?.headers).toMatchObject({ cookie: 'signed-in', 'x-grafana-org-id': '7' });
    server.answer(({ path }) =>
      path === '/api/datasources'
        ? { body: [prometheus(1)] }
        : { status: 403, body: { message: "You'll need additional permissions to perform this action" } },
    );
    await expect(ask('p1 up')).rejects.toMatchObject({
      failure: 'unauthorized',
      message: expect.stringContaining('(403)'),
    });
  });
});
