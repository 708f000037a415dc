import { afterEach, expect, test } from 'vitest';
import { createDecoder } from '../../../src/backends/decoder.ts';
import { createPrometheus } from '../../../src/backends/prometheus/prometheus.ts';
import { HOUR, MINUTE, SECOND, type Window } from '../../../src/domain/time.ts';
import { type Received, type Reply, startFakeServer } from '../fake-server.ts';

const TO = Date.parse('2026-11-23T13:32:00Z');
const WINDOW: Window = { from: TO - 30 * MINUTE, to: TO };
const ANSWER = { body: { status: 'success', data: { resultType: 'matrix', result: [] } } };

const open: AsyncDisposable[] = [];
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one[Symbol.asyncDispose]();
});

async function prometheus(play: (received: Received) => Reply | undefined) {
  const server = await startFakeServer((received) => {
    const own = play(received);
    if (own) return own;
    if (received.path.includes('/query')) return ANSWER;
    if (received.path.endsWith('/buildinfo'))
      return { body: { status: 'success', data: { version: '2.53.0' } } };
    return { body: { status: 'success', data: ['up', 'job'] } };
  });
  const backend = createPrometheus(
    { name: 'prod', url: server.url },
    { now: () => TO, decoder: createDecoder(), retryAfter: 1 },
  );
  open.push(server, { [Symbol.asyncDispose]: async () => await backend.close?.() });
  const signal = AbortSignal.timeout(10_000);
  return {
    server,
    async ask(query = 'up', window = WINDOW, step?: number) {
      const matched = backend.match(query, await backend.discover(window, signal));
      return await backend.query({ matched, window, ...(step !== undefined && { step }) }, signal);
    },
    queries: () => server.received.filter(({ path }) => path.includes('/query')),
  };
}

test('a window is asked as absolute times, with a step and a limit for the server', async () => {
  const { ask, queries } = await prometheus(() => undefined);
  await ask();
  expect(queries().map(({ method, path, params }) => [method, path, Object.fromEntries(params)])).toEqual([
    [
      'POST',
      '/api/v1/query_range',
      {
        query: 'up',
        start: String(WINDOW.from / SECOND),
        end: String(TO / SECOND),
        step: '15',
        timeout: '30',
      },
    ],
  ]);
});

test('one time is an instant query, with a link to that time', async () => {
  const { ask, queries } = await prometheus(({ path }) =>
    path.endsWith('/query')
      ? { body: { status: 'success', data: { resultType: 'scalar', result: [TO / SECOND, '4'] } } }
      : undefined,
  );
  const answer = await ask('up', { from: TO, to: TO });
  expect(queries()[0]?.path).toBe('/api/v1/query');
  expect(queries()[0]?.params.get('time')).toBe(String(TO / SECOND));
  expect(answer.result).toEqual({
    kind: 'series',
    series: [{ labels: {}, samples: [{ at: TO, value: 4 }] }],
  });
  expect(answer.step).toBeUndefined();
  expect(answer.reproduction).toMatchObject({ url: expect.stringContaining('g0.tab=1') });
});

test.each([405, 403])('where a proxy answers POST with %i, GET is used from then on', async (status) => {
  const { ask, queries } = await prometheus(({ method }) => (method === 'POST' ? { status } : undefined));
  await ask();
  await ask();
  expect(queries().map(({ method }) => method)).toEqual(['POST', 'GET', 'GET']);
  expect(queries()[1]?.params.get('query')).toBe('up');
});

test('a 403 for everything is missing access, and POST is tried again next time', async () => {
  const { ask, queries } = await prometheus(({ path }) =>
    path.includes('/query') ? { status: 403 } : undefined,
  );
  await expect(ask()).rejects.toMatchObject({ failure: 'unauthorized' });
  await expect(ask()).rejects.toMatchObject({ failure: 'unauthorized' });
  expect(queries().map(({ method }) => method)).toEqual(['POST', 'GET', 'POST', 'GET']);
});

test('a query that the server gave up is not sent twice; one it could not take is', async () => {
  const said = (errorType: string) => ({ status: 503, body: { status: 'error', errorType, error: 'no' } });
  const slow = await prometheus(({ path }) => (path.includes('/query') ? said('timeout') : undefined));
  await expect(slow.ask()).rejects.toMatchObject({ failure: 'timeout' });
  expect(slow.queries()).toHaveLength(1);
  const starting = await prometheus(({ path }) =>
    path.includes('/query') ? said('unavailable') : undefined,
  );
  await expect(starting.ask()).rejects.toMatchObject({ failure: 'unavailable' });
  expect(starting.queries()).toHaveLength(2);
});

test.each([
  ['2.53.0', '/graph?'],
  ['3.5.0', '/query?'],
  [undefined, '/graph?'],
])('version %s is linked at %s', async (version, page) => {
  const { ask, server } = await prometheus(({ path }) =>
    path.endsWith('/buildinfo')
      ? version === undefined
        ? { status: 404 }
        : { body: { status: 'success', data: { version } } }
      : undefined,
  );
  expect((await ask()).reproduction).toMatchObject({ url: expect.stringContaining(server.url + page) });
});

test('hints and notes reach the card; what is unchecked is left to the flow', async () => {
  const { ask } = await prometheus(() => undefined);
  const answer = await ask('up{jbo="x"}', { from: TO - 100 * HOUR, to: TO }, SECOND);
  expect(answer.warnings).toEqual([
    'There is no label `jbo` in this time. Nearest: `job`.',
    expect.stringContaining('The step is'),
  ]);
  expect((await ask('{job="up"}')).warnings).toEqual([]);
});

test('discovery asks for the whole seconds around its window', async () => {
  const { ask, server } = await prometheus(() => undefined);
  await ask('up', { from: WINDOW.from + 1, to: TO - 1 });
  const names = server.received.find(({ path }) => path === '/api/v1/label/__name__/values');
  expect(Object.fromEntries(names?.params ?? [])).toEqual({
    start: String(WINDOW.from / SECOND),
    end: String(TO / SECOND),
  });
});

test('a large list of names is read too', async () => {
  const many = ['up', ...Array.from({ length: 60_000 }, (_, index) => `metric_number_${index}`)];
  const { ask } = await prometheus(({ path }) =>
    path.includes('__name__') ? { body: { status: 'success', data: many } } : undefined,
  );
  expect((await ask('metric_number_59999')).query).toBe('metric_number_59999');
});
