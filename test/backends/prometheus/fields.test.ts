import { afterEach, expect, test } from 'vitest';
import { createDecoder } from '../../../src/backends/decoder.ts';
import { createPrometheus } from '../../../src/backends/prometheus/prometheus.ts';
import { MINUTE, type Window } from '../../../src/domain/time.ts';
import { type Received, type Reply, startFakeServer } from '../fake-server.ts';
import { specification } from '../specification.ts';

const violation = await specification('prometheus', 'Prometheus');

const TO = Date.parse('2026-11-23T13:32:00Z');
const WINDOW: Window = { from: TO - 30 * MINUTE, to: TO };
const success = (data: unknown): Reply => ({ body: { status: 'success', data } });

const open: AsyncDisposable[] = [];
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one[Symbol.asyncDispose]();
});

async function prometheus(play: (received: Received) => Reply) {
  const server = await startFakeServer(play);
  const backend = createPrometheus(
    { name: 'prod', url: server.url },
    { now: () => TO, decoder: createDecoder(), retryAfter: 1 },
  );
  open.push(server, { [Symbol.asyncDispose]: async () => await backend.close?.() });
  return { server, backend, signal: AbortSignal.timeout(10_000) };
}

test('a metric’s schema is its labels over the window, with what its metadata says', async () => {
  const { server, backend, signal } = await prometheus(({ path }) =>
    path.endsWith('/labels')
      ? success(['__name__', 'code', 'job', 'le'])
      : success({
          http_request_duration_seconds: [{ type: 'histogram', help: 'Time to answer.', unit: '' }],
        }),
  );
  const schema = await backend.schema?.('http_request_duration_seconds_bucket', WINDOW, signal);
  expect(schema).toEqual({
    source: 'http_request_duration_seconds_bucket',
    at: TO,
    fields: ['code', 'job', 'le'].map((name) => ({ name, type: 'label' })),
    note: 'histogram: Time to answer.',
  });
  const asked = server.received.find(({ path }) => path === '/api/v1/labels');
  expect(asked?.params.get('match[]')).toBe('http_request_duration_seconds_bucket');
  expect(asked?.params.get('end')).toBe(String(TO / 1000));
  // The validator takes `match[]` for a list named `match`, so that one is left out.
  for (const received of server.received) {
    const url = received.url.replace(/match(?:%5B%5D|\[\])=[^&]*&?/i, '');
    expect(await violation({ ...received, url })).toBeUndefined();
  }
});

test('metadata that is not there takes nothing away; a source that is not there is refused', async () => {
  const { server, backend, signal } = await prometheus(({ path }) =>
    path.endsWith('/labels') ? success(['__name__', 'job']) : { status: 404, body: '404 page not found' },
  );
  const schema = await backend.schema?.('{job="checkout"}', WINDOW, signal);
  expect(schema?.fields).toEqual([{ name: 'job', type: 'label' }]);
  expect(schema?.note).toBeUndefined();
  server.answer(() => success([]));
  await expect(backend.schema?.('nope', WINDOW, signal)).rejects.toMatchObject({
    failure: 'unknown-source',
    message: 'Prometheus prod has nothing for `nope` in this time.',
  });
});

test('values of a label come with the request that lists them, whatever signs the label and the metric have', async () => {
  const { server, backend, signal } = await prometheus(() => success(['shop/checkout', 'payments']));
  const answer = await backend.values?.('http.server.duration', 'service.name_x', WINDOW, signal);
  expect(answer?.result).toEqual({
    kind: 'rows',
    columns: ['value'],
    rows: [['shop/checkout'], ['payments']],
  });
  expect(answer?.reproduction).toMatchObject({ kind: 'request', method: 'GET' });
  const [asked] = server.received;
  expect(asked?.path).toBe('/api/v1/label/U__service_2e_name__x/values');
  expect(asked?.params.get('match[]')).toBe('{"http.server.duration"}');
});
