import { afterEach, expect, test } from 'vitest';
import { createDecoder } from '../../../src/backends/decoder.ts';
import { createLoki } from '../../../src/backends/loki/loki.ts';
import type { LokiDeployment } from '../../../src/backends/loki/settings.ts';
import { Secret } from '../../../src/domain/secret.ts';
import { MINUTE, SECOND, type Window } from '../../../src/domain/time.ts';
import { type Received, type Reply, startFakeServer } from '../fake-server.ts';

const TO = Date.parse('2026-11-23T13:32:00Z');
const WINDOW: Window = { from: TO - 30 * MINUTE + 7, to: TO };

const open: AsyncDisposable[] = [];
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one[Symbol.asyncDispose]();
});

const streams = (result: readonly object[]) => ({
  body: { status: 'success', data: { resultType: 'streams', result } },
});

async function loki(
  play: (received: Received) => Reply | undefined = () => undefined,
  more: Partial<LokiDeployment> = {},
) {
  const server = await startFakeServer((received) => {
    const own = play(received);
    if (own) return own;
    if (received.path.includes('/query')) return streams([]);
    if (received.path.endsWith('/buildinfo')) return { body: { version: '3.4.1' } };
    return { body: { status: 'success', data: ['app', 'a/b'] } };
  });
  const backend = createLoki(
    { name: 'prod', url: server.url, ...more },
    { now: () => TO, decoder: createDecoder(), retryAfter: 1 },
  );
  open.push(server, { [Symbol.asyncDispose]: async () => await backend.close?.() });
  const signal = AbortSignal.timeout(10_000);
  return {
    server,
    backend,
    signal,
    async ask(query: string, window = WINDOW, step?: number) {
      const matched = backend.match(query, await backend.discover(window, signal));
      return await backend.query({ matched, window, ...(step !== undefined && { step }) }, signal);
    },
    queries: () =>
      server.received
        .filter(({ path }) => path.includes('/query'))
        .map(({ method, path, params }) => [method, path, Object.fromEntries(params)]),
  };
}

test('lines are asked for newest first, over exact nanoseconds', async () => {
  const { ask, queries } = await loki();
  const answer = await ask('{app="app"}');
  expect(queries()).toEqual([
    [
      'GET',
      '/loki/api/v1/query_range',
      {
        query: '{app="app"}',
        start: '1795438920007000000',
        end: '1795440720000000000',
        limit: '1000',
        direction: 'backward',
      },
    ],
  ]);
  expect(answer.window).toEqual(WINDOW);
  expect(answer.step).toBeUndefined();
});

test('numbers are asked for with a step, over whole seconds', async () => {
  const { ask, queries } = await loki();
  const answer = await ask('sum(rate({app="app"}[1m]))');
  expect(queries()).toEqual([
    [
      'GET',
      '/loki/api/v1/query_range',
      {
        query: 'sum(rate({app="app"}[1m]))',
        start: '1795438920000000000',
        end: '1795440720000000000',
        step: '15',
      },
    ],
  ]);
  expect(answer.step).toBe(15 * SECOND);
});

test('at one instant, numbers come from `query` and lines from that second', async () => {
  const { ask, queries } = await loki();
  await ask('sum(rate({app="app"}[1m]))', { from: TO, to: TO });
  const lines = await ask('{app="app"}', { from: TO, to: TO });
  expect(queries()).toMatchObject([
    ['GET', '/loki/api/v1/query', { time: '1795440720000000000' }],
    ['GET', '/loki/api/v1/query_range', { start: '1795440720000000000', end: '1795440721000000000' }],
  ]);
  expect(lines.window).toEqual({ from: TO, to: TO + SECOND });
});

test('without a Grafana the exact request reproduces it; with one, its Explore', async () => {
  const { ask, server } = await loki();
  expect((await ask('{app="app"}')).reproduction).toEqual({
    kind: 'request',
    method: 'GET',
    url: `${server.url}/loki/api/v1/query_range?query=%7Bapp%3D%22app%22%7D&start=1795438920007000000&end=1795440720000000000&limit=1000&direction=backward`,
  });
  const linked = await loki(undefined, { linkUrl: 'https://grafana.example', grafanaUid: 'P1' });
  expect((await linked.ask('{app="app"}')).reproduction).toMatchObject({
    kind: 'permalink',
    url: expect.stringContaining('https://grafana.example/explore?'),
  });
});

test('the tenant goes with every request, and into the command to run by hand', async () => {
  const { ask, server } = await loki(
    ({ path }) => (path.includes('/query') ? { status: 403, body: 'account 17 may not' } : undefined),
    { orgId: 'team-a', auth: { kind: 'bearer', token: new Secret('tok-12345', 'env LOKI_TOKEN') } },
  );
  await expect(ask('{app="app"}')).rejects.toMatchObject({
    failure: 'unauthorized',
    message: 'Loki prod does not let Steady read this (403).',
    details: {
      command: expect.stringContaining(`"Authorization: Bearer $LOKI_TOKEN" -H 'x-scope-orgid: team-a'`),
    },
  });
  expect(server.received.every(({ headers }) => headers['x-scope-orgid'] === 'team-a')).toBe(true);
});

test('a missing tenant is told as such', async () => {
  const { backend, signal } = await loki(() => ({ status: 401, body: 'no org id\n' }));
  await expect(backend.probe(signal)).rejects.toMatchObject({
    failure: 'unauthorized',
    details: { nextStep: 'Whoever runs Steady sets `org_id` in `[loki.deployments.prod]`.' },
  });
});

test('a gateway that hides the version is probed by its labels', async () => {
  const { backend, signal } = await loki(({ path }) =>
    path.endsWith('/buildinfo') ? { status: 404, body: '404 page not found' } : undefined,
  );
  expect(await backend.probe(signal)).toBe('Loki, with 2 labels');
});

test('discovery lists labels and streams, over its window, each label once', async () => {
  const { backend, signal, server } = await loki(({ path }) =>
    path.endsWith('/a%2Fb/values') ? { body: { status: 'success', data: ['x"y'] } } : undefined,
  );
  const found = await backend.discover(WINDOW, signal);
  expect(found.lists).toEqual([
    { kind: 'labels', names: ['app', 'a/b'] },
    { kind: 'streams', names: ['app="app"', 'app="a/b"', 'a/b="x\\"y"'] },
  ]);
  expect(server.received.map(({ path }) => path).sort()).toEqual([
    '/loki/api/v1/label/a%2Fb/values',
    '/loki/api/v1/label/app/values',
    '/loki/api/v1/labels',
  ]);
  for (const { params } of server.received)
    expect(Object.fromEntries(params)).toEqual({ start: '1795438920007000000', end: '1795440720000000000' });
});

test('a list of streams that is too long is cut and says so', async () => {
  const many = Array.from({ length: 1_200 }, (_, index) => `pod-${index}`);
  const { backend, signal } = await loki(({ path }) =>
    path.endsWith('/app/values') ? { body: { status: 'success', data: many } } : undefined,
  );
  const [, found] = (await backend.discover(WINDOW, signal)).lists;
  expect(found).toMatchObject({ kind: 'streams', truncated: true });
  expect(found?.names).toHaveLength(1_002);
});

test('as many lines as were asked for are not taken for all of them', async () => {
  const values = Array.from({ length: 1_000 }, (_, index) => [
    `${1_795_440_000_000_000_000n + BigInt(index)}`,
    'x',
  ]);
  const { ask } = await loki(({ path }) =>
    path.includes('/query') ? streams([{ stream: { app: 'app' }, values }]) : undefined,
  );
  const answer = await ask('{app="app"}');
  expect(answer.completeness).toEqual({
    kind: 'partial',
    why: 'these are the newest 1,000 lines, and there are probably more',
  });
  expect(answer.warnings).toEqual([expect.stringContaining('Narrow the selector')]);
});
