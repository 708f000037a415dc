import { afterEach, expect, test } from 'vitest';
import { createAlertmanager } from '../../../src/backends/alertmanager/alertmanager.ts';
import { createDecoder } from '../../../src/backends/decoder.ts';
import { type Received, type Reply, startFakeServer } from '../fake-server.ts';

const NOW = Date.parse('2026-11-23T13:32:00Z');
const WINDOW = { from: NOW, to: NOW };
const QUIET = {
  labels: { alertname: 'Quiet' },
  annotations: {},
  fingerprint: 'f',
  startsAt: '2026-11-23T13:10:00Z',
  status: { state: 'suppressed', silencedBy: ['s1'], inhibitedBy: [] },
};

const open: AsyncDisposable[] = [];
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one[Symbol.asyncDispose]();
});

async function alertmanager(silences: (received: Received) => Reply) {
  const server = await startFakeServer((received) =>
    received.path.endsWith('/silences')
      ? silences(received)
      : { body: received.path.endsWith('/alerts') ? [QUIET] : [{ name: 'oncall' }] },
  );
  const backend = createAlertmanager(
    { name: 'prod', url: `${server.url}/am` },
    { now: () => NOW, decoder: createDecoder(), retryAfter: 1 },
  );
  open.push(server, { [Symbol.asyncDispose]: async () => await backend.close?.() });
  const signal = AbortSignal.timeout(10_000);
  return {
    server,
    async ask(query: string) {
      const matched = backend.match(query, await backend.discover(WINDOW, signal));
      return await backend.query({ matched, window: WINDOW }, signal);
    },
  };
}

test('every state is asked for, each matcher by itself, the receiver as a pattern', async () => {
  const { ask, server } = await alertmanager(() => ({ body: [] }));
  await ask('{receiver="oncall", a="b,\\"c", d=~"e"}');
  const asked = server.received.find(({ params }) => params.has('active'));
  expect([...(asked?.params ?? [])]).toEqual([
    ['active', 'true'],
    ['silenced', 'true'],
    ['inhibited', 'true'],
    ['unprocessed', 'true'],
    ['filter', 'a="b,\\"c"'],
    ['filter', 'd=~"e"'],
    ['receiver', 'oncall'],
  ]);
  expect(asked?.path).toBe('/am/api/v2/alerts');
});

test('silences that cannot be read leave the alerts standing, and the answer partial', async () => {
  const { ask } = await alertmanager(() => ({ status: 500, body: 'no' }));
  const answer = await ask('');
  expect(answer.result).toMatchObject({ rows: [expect.arrayContaining(['silenced', 'silence s1'])] });
  expect(answer.completeness).toEqual({
    kind: 'partial',
    why: 'who silenced alerts could not be read: Alertmanager prod has a problem of its own (500).',
  });
});
