import { inflateSync } from 'node:zlib';
import { afterEach, describe, expect, test } from 'vitest';
import { createDecoder } from '../../../src/backends/decoder.ts';
import { readPyroscope } from '../../../src/backends/pyroscope/kept.ts';
import { createPyroscope } from '../../../src/backends/pyroscope/pyroscope.ts';
import type { PyroscopeDeployment } from '../../../src/backends/pyroscope/settings.ts';
import { Secret } from '../../../src/domain/secret.ts';
import { DAY, HOUR, MINUTE, type Window } from '../../../src/domain/time.ts';
import { readKept } from '../../contracts/backend/read-kept.ts';
import { type Received, type Reply, startFakeServer } from '../fake-server.ts';
import { specification } from '../specification.ts';
import { flamegraph } from './wire.ts';

const TO = Date.parse('2026-11-23T13:32:00Z');
const WINDOW: Window = { from: TO - 10 * MINUTE, to: TO };
const CPU = 'process_cpu:cpu:nanoseconds:cpu:nanoseconds';
const SERVICE = '/querier.v1.QuerierService/';
const S = 1_000_000_000;

const open: AsyncDisposable[] = [];
const violation = await specification('pyroscope', 'Pyroscope', (path) =>
  path.startsWith(SERVICE) ? path : undefined,
);
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one[Symbol.asyncDispose]();
});

const ONE = flamegraph({
  name: 'total',
  calls: [{ name: 'main', self: 60 * S, calls: [{ name: 'charge', self: 240 * S }] }],
});
const TWO = flamegraph(
  {
    name: 'total',
    calls: [
      {
        name: 'main',
        self: 60 * S,
        selfBefore: 30 * S,
        calls: [{ name: 'retry', self: 240 * S, selfBefore: 30 * S }],
      },
      { name: 'idle', selfBefore: 30 * S },
    ],
  },
  true,
);

async function pyroscope(
  play: (received: Received) => Reply | undefined = () => undefined,
  more: Partial<PyroscopeDeployment> = {},
) {
  const server = await startFakeServer((received) => {
    const own = play(received);
    if (own) return own;
    const name = received.path.replace(SERVICE, '');
    if (name === 'SelectMergeStacktraces') return { body: ONE };
    if (name === 'Diff') return { body: TWO };
    if (name === 'ProfileTypes') return { body: { profileTypes: [{ ID: CPU }] } };
    if (name === 'LabelNames') return { body: { names: ['service_name', 'pod'] } };
    if (name === 'LabelValues') return { body: { names: ['checkout'] } };
    if (name.endsWith('/buildinfo')) return { body: { status: 'success', data: { version: '1.14.1' } } };
    return { status: 404, body: '404 page not found' };
  });
  const backend = createPyroscope(
    { name: 'prod', url: server.url, ...more },
    { now: () => TO, decoder: createDecoder(), retryAfter: 1 },
  );
  open.push(server, { [Symbol.asyncDispose]: async () => await backend.close?.() });
  open.push({
    async [Symbol.asyncDispose]() {
      for (const one of server.received)
        expect(await violation(one), `${one.url} ${one.body}`).toBeUndefined();
    },
  });
  const signal = AbortSignal.timeout(10_000);
  return {
    server,
    backend,
    signal,
    async ask(query: string, window = WINDOW) {
      const matched = backend.match(query, await backend.discover(window, signal));
      server.received.splice(0);
      return await backend.query({ matched, window }, signal);
    },
    sent: () =>
      server.received
        .filter(({ method }) => method === 'POST')
        .map(({ path, body }) => [path.replace(SERVICE, ''), JSON.parse(body) as object]),
  };
}

test('discovery asks over its window, so that not the ingesters alone answer', async () => {
  const { backend, signal, sent } = await pyroscope(undefined, { orgId: 'team-a' });
  const found = await backend.discover({ from: TO - 9 * DAY, to: TO }, signal);
  expect(found.lists).toEqual([
    { kind: 'services', names: ['checkout'] },
    { kind: 'types', names: [CPU] },
    { kind: 'labels', names: ['service_name', 'pod'] },
  ]);
  for (const [, message] of sent()) expect(message).toMatchObject({ start: TO - DAY, end: TO });
});

test('a short name of a type becomes its id, and the card shows what was sent', async () => {
  const { ask, sent, server } = await pyroscope(undefined, { orgId: 'team-a' });
  const answer = await ask('cpu{service_name="checkout"}');
  expect(answer.query).toBe(`${CPU}{service_name="checkout"}`);
  expect(sent()).toEqual([
    [
      'SelectMergeStacktraces',
      {
        profileTypeID: CPU,
        labelSelector: '{service_name="checkout"}',
        start: WINDOW.from,
        end: WINDOW.to,
        maxNodes: 16_384,
        format: 'PROFILE_FORMAT_FLAMEGRAPH',
      },
    ],
  ]);
  expect(server.received[0]?.headers).toMatchObject({
    'x-scope-orgid': 'team-a',
    'connect-protocol-version': '1',
  });
  expect(answer.result).toEqual({
    kind: 'rows',
    columns: ['function', 'self', 'with calls'],
    rows: [
      ['charge', '240 s (80 %)', '240 s (80 %)'],
      ['main', '60 s (20 %)', '300 s (100 %)'],
    ],
  });
  expect(answer.warnings).toEqual(['In all 300 s (0.5 cores). With what they call: charge 80 %.']);
});

describe('a comparison', () => {
  const QUERY = 'diff cpu{service_name="checkout"} vs 2026-11-23T13:00:00Z..2026-11-23T13:05:00Z';

  test('what grew and shrank, for each second, the earlier time half as long', async () => {
    const { ask, sent } = await pyroscope();
    const answer = await ask(QUERY);
    expect(sent()).toMatchObject([
      [
        'Diff',
        {
          left: { profileTypeID: CPU, start: TO - 32 * MINUTE, end: TO - 27 * MINUTE },
          right: { profileTypeID: CPU, start: WINDOW.from, end: WINDOW.to },
        },
      ],
    ]);
    expect(answer.result).toEqual({
      kind: 'rows',
      columns: ['function', 'self change', 'with calls', 'self now'],
      rows: [
        ['retry', '+0.3 cores (+300 %)', '+0.3 cores (+300 %)', '0.4 cores'],
        ['idle', '−0.1 cores (gone)', '−0.1 cores (gone)', '0 cores'],
        ['main', '0 cores (0 %)', '+0.3 cores (+150 %)', '0.1 cores'],
      ],
    });
    expect(answer.warnings[0]).toBe('In all 0.5 cores, before 0.3 cores: +66.7 %.');
    expect((await readKept(answer)).result).toEqual(answer.result);
  });

  test('is kept as frames, what was before brought to the length of now', async () => {
    const { ask } = await pyroscope();
    const { query, window, snapshot } = await ask(QUERY);
    const kept = [...readPyroscope(inflateSync(snapshot), { query, window })];
    expect(kept[1]).toEqual({
      kind: 'frames',
      unit: 's',
      frames: [
        { name: 'total', depth: 0, start: 0, total: 300, self: 0, before: 180 },
        { name: 'main', depth: 1, start: 0, total: 300, self: 60, before: 120 },
        { name: 'retry', depth: 2, start: 60, total: 240, self: 240, before: 60 },
        { name: 'idle', depth: 1, start: 300, total: 0, self: 0, before: 60 },
      ],
    });
  });

  test('an earlier time that is too old or too long is refused before anything is sent', async () => {
    const { ask, sent } = await pyroscope();
    const iso = (at: number) => new Date(at).toISOString();
    await expect(ask(`diff cpu vs ${iso(TO - 8 * DAY)}..${iso(TO - 8 * DAY + HOUR)}`)).rejects.toMatchObject({
      failure: 'bad-query',
      message: 'Pyroscope prod looks back 7 d at most, and the earlier time is older.',
    });
    await expect(ask(`diff cpu vs ${iso(TO - 3 * DAY)}..${iso(TO - HOUR)}`)).rejects.toMatchObject({
      message: 'Pyroscope prod takes 1 d at a time at most, and the earlier time is longer.',
    });
    expect(sent()).toEqual([]);
  });
});

test('a window that is too long is cut before it is asked, and the card shows the one that was', async () => {
  const { ask } = await pyroscope();
  const answer = await ask('cpu', { from: TO - 3 * DAY, to: TO });
  expect(answer.window).toEqual({ from: TO - DAY, to: TO });
  expect(answer.completeness).toEqual({
    kind: 'partial',
    why: 'only the newest 1 d were asked for, because it takes 1 d at a time at most',
  });
});

describe('reproduction', () => {
  test('its own page where the version has one, asked once', async () => {
    const { ask, server } = await pyroscope();
    const { reproduction } = await ask('cpu{pod="a"}');
    expect(reproduction).toEqual({
      kind: 'permalink',
      url: `${server.url}/?query=${encodeURIComponent(`${CPU}{pod="a"}`)}&from=1795440120&until=1795440720`,
    });
    await ask('cpu');
    expect(server.received.filter(({ path }) => path.endsWith('/buildinfo'))).toEqual([]);
  });

  test('else the exact request; that the version is not told is no reason to fail', async () => {
    for (const play of [
      ({ path }: Received) => (path.endsWith('/buildinfo') ? { body: { version: '2.1.0' } } : undefined),
      ({ path }: Received) => (path.endsWith('/buildinfo') ? { status: 500, body: 'no' } : undefined),
    ]) {
      const { ask, server } = await pyroscope(play);
      expect((await ask('cpu')).reproduction).toEqual({
        kind: 'request',
        method: 'POST',
        url: `${server.url}${SERVICE}SelectMergeStacktraces`,
        body: `{"profileTypeID":"${CPU}","labelSelector":"{}","start":${WINDOW.from},"end":${WINDOW.to},"maxNodes":16384,"format":"PROFILE_FORMAT_FLAMEGRAPH"}`,
      });
    }
  });
});

describe('names and refusals', () => {
  test('several types of one name, a label that is not there, a service that is not there', async () => {
    const { backend, signal } = await pyroscope(({ path }) =>
      path.endsWith('ProfileTypes')
        ? {
            body: {
              profileTypes: [
                { ID: 'memory:alloc_space:bytes:space:bytes' },
                { ID: 'memory:inuse_space:bytes:space:bytes' },
              ],
            },
          }
        : undefined,
    );
    const discovery = await backend.discover(WINDOW, signal);
    const refusal = (query: string) => {
      try {
        return backend.match(query, discovery);
      } catch (error) {
        return error;
      }
    };
    expect(refusal('memory')).toMatchObject({
      failure: 'unknown-source',
      details: { nearest: expect.arrayContaining(['memory:alloc_space:bytes:space:bytes']) },
    });
    expect(refusal('alloc_space{podd="a"}')).toMatchObject({ details: { nearest: ['pod'] } });
    expect(refusal('alloc_space{service_name="chekout"}')).toMatchObject({
      details: { nearest: ['checkout'] },
    });
    expect(refusal('alloc_space{service_name="checkout", pod=~"a"}')).toMatchObject({
      sources: [{ source: '{service_name="checkout", pod=~"a"}', fields: ['service_name', 'pod'] }],
    });
  });

  test('missing access offers the whole request as a command; a missing tenant names its setting', async () => {
    const token = new Secret('tok-12345', 'env PYRO_TOKEN');
    const { ask } = await pyroscope(
      ({ path }) =>
        path.endsWith('Stacktraces')
          ? { status: 403, body: { code: 'permission_denied', message: 'no' } }
          : undefined,
      {
        auth: { kind: 'bearer', token },
        orgId: 'team-a',
      },
    );
    await expect(ask('cpu{pod="a"}')).rejects.toMatchObject({
      failure: 'unauthorized',
      details: {
        command: expect.stringMatching(
          /^curl -sS -H "Authorization: Bearer \$PYRO_TOKEN" -H 'x-scope-orgid: team-a' -H 'content-type: application\/json' -d '\{"profileTypeID".*\}' 'http.*SelectMergeStacktraces'$/,
        ),
      },
    });
    const { backend, signal } = await pyroscope(() => ({
      status: 401,
      body: { code: 'unauthenticated', message: 'no org id' },
    }));
    await expect(backend.probe(signal)).rejects.toMatchObject({
      details: { nextStep: 'Whoever runs Steady sets `org_id` in `[pyroscope.deployments.prod]`.' },
    });
  });

  test('a schema is the labels of a service or of any selector', async () => {
    const { backend, signal, sent } = await pyroscope();
    expect(await backend.schema?.('checkout', WINDOW, signal)).toMatchObject({
      fields: [
        { name: 'service_name', type: 'label' },
        { name: 'pod', type: 'label' },
      ],
    });
    await backend.schema?.('{pod=~"a.*"}', WINDOW, signal);
    await backend.schema?.('{}', WINDOW, signal);
    expect(sent().map(([, message]) => (message as { matchers?: object }).matchers)).toEqual([
      ['{service_name="checkout"}'],
      ['{pod=~"a.*"}'],
      undefined,
    ]);
  });

  test('the probe says version and types, also behind a gateway that hides the version', async () => {
    const { backend, signal } = await pyroscope();
    expect(await backend.probe(signal)).toBe('Pyroscope 1.14.1, with 1 profile type');
    const hidden = await pyroscope(({ path }) =>
      path.endsWith('/buildinfo') ? { status: 404, body: '' } : undefined,
    );
    expect(await hidden.backend.probe(hidden.signal)).toBe('Pyroscope, with 1 profile type');
  });

  test('plain requests are over absolute times', async () => {
    const { backend, signal, server } = await pyroscope(({ path }) =>
      path === '/pyroscope/render' ? { body: { flamebearer: { names: [] } } } : undefined,
    );
    await backend.get?.('/pyroscope/render?query=cpu', WINDOW, signal);
    expect(server.received[0]?.url).toBe('/pyroscope/render?query=cpu&from=1795440120&until=1795440720');
    await expect(
      backend.get?.('/pyroscope/render?query=cpu&from=now-1h', WINDOW, signal),
    ).rejects.toMatchObject({ failure: 'bad-query' });
  });
});
