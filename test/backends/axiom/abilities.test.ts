import { inflateSync } from 'node:zlib';
import { afterEach, expect, test } from 'vitest';
import { createAxiom } from '../../../src/backends/axiom/axiom.ts';
import { createDecoder } from '../../../src/backends/decoder.ts';
import { Secret } from '../../../src/domain/secret.ts';
import { DAY, HOUR, MINUTE, type Window } from '../../../src/domain/time.ts';
import { readKept } from '../../contracts/backend/read-kept.ts';
import { type FakeServer, type Received, type Reply, startFakeServer } from '../fake-server.ts';
import { axiomViolation, healthy, tabular } from './axiom-server.ts';

const NOW = Date.parse('2026-11-23T13:32:00Z');
const WINDOW: Window = { from: NOW - 30 * MINUTE, to: NOW };
const time = (ago: number) => new Date(NOW - ago).toISOString();

const violation = await axiomViolation();
const open: AsyncDisposable[] = [];
const servers: FakeServer[] = [];
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one[Symbol.asyncDispose]();
  for (const one of servers.splice(0).flatMap((server) => server.received))
    expect(await violation(one), `${one.method} ${one.url} ${one.body}`).toBeUndefined();
});

async function axiom(play: (received: Received) => Reply | undefined) {
  const server = await startFakeServer((received) => play(received) ?? healthy(received));
  servers.push(server);
  const backend = createAxiom(
    {
      name: 'prod',
      url: server.url,
      auth: { kind: 'bearer', token: new Secret('xaat-0123456789', 'env T') },
    },
    { now: () => NOW, decoder: createDecoder(), retryAfter: 1 },
  );
  open.push(server, { [Symbol.asyncDispose]: async () => await backend.close?.() });
  return { backend, server, signal: AbortSignal.timeout(10_000) };
}

const aplOf = ({ path, body }: Received): string => (path.endsWith('/_apl') ? JSON.parse(body).apl : '');
const text = (name: string) => ({ name, type: 'string' });

test('the schema has types, units and the keys seen inside maps', async () => {
  const { backend, signal, server } = await axiom((received) => {
    if (received.path === '/v2/datasets/checkout-logs/fields')
      return { body: [{ name: 'took', type: 'float', unit: 'ms', description: 'how long' }] };
    if (aplOf(received).endsWith('getschema'))
      return {
        body: tabular({
          fields: [text('ColumnName'), text('DataType')],
          columns: [
            ['_time', 'took', 'attributes.custom'],
            ['datetime', 'real', 'map[string]'],
          ],
        }),
      };
    if (aplOf(received) !== '')
      return {
        body: tabular({
          fields: [{ name: 'attributes.custom', type: 'map[string]' }],
          columns: [
            [
              { 'http.protocol': 'h2', attempts: 4 },
              { attempts: 1, zone: 'a' },
            ],
          ],
        }),
      };
    return undefined;
  });
  expect(await backend.schema?.('checkout-logs', WINDOW, signal)).toEqual({
    source: 'checkout-logs',
    at: NOW,
    fields: [
      { name: '_time', type: 'datetime' },
      { name: 'took', type: 'float', unit: 'ms', description: 'how long' },
      { name: 'attributes.custom', type: 'map[string]', keys: ['attempts', 'http.protocol', 'zone'] },
    ],
    note: 'keys of maps are those of 100 events',
  });
  expect(server.received.map(aplOf).filter(Boolean)).toEqual([
    "['checkout-logs'] | getschema",
    "['checkout-logs'] | where isnotnull(['attributes.custom']) | project ['attributes.custom'] | take 100",
  ]);
});

test('the schema stands without the right to read units', async () => {
  const { backend, signal } = await axiom((received) => {
    if (received.path.endsWith('/fields')) return { status: 403, body: { code: 403, message: 'no' } };
    return aplOf(received) === ''
      ? undefined
      : { body: tabular({ fields: [text('ColumnName'), text('DataType')], columns: [['a'], ['string']] }) };
  });
  const schema = await backend.schema?.('traces', WINDOW, signal);
  expect(schema?.fields).toEqual([
    { name: 'a', type: 'string' },
    { name: 'slow', type: 'virtual', description: 'duration > 1s' },
  ]);
  expect(schema?.note).toContain('units and descriptions could not be read');
});

test('metrics of a dataset and tags of a metric are schemas too', async () => {
  const { backend, signal } = await axiom(({ path }) =>
    path.endsWith('/metrics/http.requests/tags') ? { body: ['service', 'code'] } : undefined,
  );
  expect((await backend.schema?.('shop-metrics', WINDOW, signal))?.fields).toEqual([
    { name: 'http.requests', type: 'Counter', unit: '1' },
    { name: 'queue.length', type: 'Gauge' },
  ]);
  expect((await backend.schema?.('shop-metrics:http.requests', WINDOW, signal))?.fields).toEqual([
    { name: 'service', type: 'tag' },
    { name: 'code', type: 'tag' },
  ]);
});

test('values are counted, the most frequent first', async () => {
  const { backend, signal, server } = await axiom((received) =>
    aplOf(received) === ''
      ? undefined
      : {
          body: tabular({
            fields: [text('status'), { name: 'count_', type: 'integer', agg: { name: 'count' } }],
            groups: ['status'],
            columns: [
              ['200', '500'],
              [48_000, 211],
            ],
          }),
        },
  );
  const answer = await backend.values?.('checkout-logs', 'status', WINDOW, signal);
  expect(answer?.result).toEqual({
    kind: 'rows',
    columns: ['value', 'count'],
    rows: [
      ['200', 48_000],
      ['500', 211],
    ],
  });
  expect(answer?.query).toBe("['checkout-logs'] | summarize count() by ['status'] | top 50 by count_");
  await backend.values?.('checkout-logs', 'attributes.custom.http.protocol', WINDOW, signal);
  expect(server.received.map(aplOf).at(-1)).toBe(
    "['checkout-logs'] | extend value = tostring(['attributes.custom']['http.protocol']) | summarize count() by value | top 50 by count_",
  );
});

test('values of a tag come without counts', async () => {
  const { backend, signal } = await axiom(({ path }) =>
    path.endsWith('/tags/service/values') ? { body: ['checkout', 'payments'] } : undefined,
  );
  const answer = await backend.values?.('shop-metrics:http.requests', 'service', WINDOW, signal);
  expect(answer).toMatchObject({
    query: 'values shop-metrics:http.requests service',
    result: { kind: 'rows', columns: ['value'], rows: [['checkout'], ['payments']] },
  });
  if (answer) expect((await readKept(answer)).result).toEqual(answer.result);
});

const HISTORIES: Readonly<Record<string, readonly object[]>> = {
  open: [
    { checkId: 'a', name: 'x', state: 'closed', timestamp: time(3 * HOUR) },
    { checkId: 'b', name: 'x', state: 'open', timestamp: time(10 * MINUTE) },
  ],
  closed: [
    { checkId: 'b', name: 'x', state: 'closed', timestamp: time(5 * MINUTE) },
    { checkId: 'a', name: 'x', state: 'open', timestamp: time(10 * MINUTE) },
  ],
  // One of its groups is still open.
  grouped: [
    { checkId: 'a', name: 'x eu', state: 'open', timestamp: time(2 * DAY) },
    { checkId: 'b', name: 'x us', state: 'closed', timestamp: time(MINUTE) },
  ],
  silent: [],
};

async function monitors(play: (received: Received) => Reply | undefined = () => undefined) {
  return await axiom((received) => {
    const own = play(received);
    if (own) return own;
    if (received.path === '/v2/monitors')
      return {
        body: ['silent', 'closed', 'grouped', 'open', 'off'].map((id) => ({
          id,
          name: `monitor ${id}`,
          type: 'Threshold',
          operator: 'Above',
          threshold: 5,
          rangeMinutes: 10,
          description: `what ${id} means`,
          aplQuery: "['traces'] | count",
          disabled: id === 'off',
        })),
      };
    const id = /^\/v2\/monitors\/(\w+)\/history$/.exec(received.path)?.[1];
    return id === undefined ? undefined : { body: HISTORIES[id] ?? [] };
  });
}

test('a monitor alerts when its newest change says so; without a change nothing is known', async () => {
  const { backend, signal, server } = await monitors();
  const firing = await backend.firing?.(signal);
  expect(firing?.found).toEqual([
    {
      name: 'monitor grouped',
      since: NOW - 2 * DAY,
      labels: { monitor: 'grouped', type: 'Threshold' },
      summary: 'what grouped means',
    },
    {
      name: 'monitor open',
      since: NOW - 10 * MINUTE,
      labels: { monitor: 'open', type: 'Threshold' },
      summary: 'what open means',
    },
  ]);
  const { answer } = firing ?? {};
  expect(answer).toMatchObject({
    query: 'monitors',
    window: { from: NOW, to: NOW },
    completeness: {
      kind: 'partial',
      why: 'one did not change within 7 d, which proves nothing of its state',
    },
    warnings: ['2 alerting, 1 unknown, 1 quiet, 1 disabled.'],
  });
  expect(answer?.result).toMatchObject({
    rows: [
      ['alerting', 'monitor grouped', time(2 * DAY), 'Threshold', '> 5 over 10 min', "['traces'] | count"],
      ['alerting', 'monitor open', time(10 * MINUTE), 'Threshold', '> 5 over 10 min', "['traces'] | count"],
      ['unknown', 'monitor silent', '', 'Threshold', '> 5 over 10 min', "['traces'] | count"],
      ['quiet', 'monitor closed', time(5 * MINUTE), 'Threshold', '> 5 over 10 min', "['traces'] | count"],
      ['disabled', 'monitor off', '', 'Threshold', '> 5 over 10 min', "['traces'] | count"],
    ],
  });
  // The state of one that is off is not asked, and all others over the same week.
  const histories = server.received.filter(({ path }) => path.endsWith('/history'));
  expect(histories.map(({ path }) => path).sort()).toEqual(
    ['closed', 'grouped', 'open', 'silent'].map((id) => `/v2/monitors/${id}/history`),
  );
  expect(new Set(histories.map(({ url }) => url.split('?')[1])).size).toBe(1);
  if (answer) expect((await readKept(answer)).result).toEqual(answer.result);
});

test('a history that cannot be read is not taken for quiet', async () => {
  const { backend, signal } = await monitors(({ path }) =>
    path.endsWith('/open/history') ? { status: 500, body: { message: 'broken' } } : undefined,
  );
  const firing = await backend.firing?.(signal);
  expect(firing?.found.map((one) => one.name)).toEqual(['monitor grouped']);
  expect(firing?.answer.completeness).toMatchObject({
    why: expect.stringContaining('the history of 1 could not be read'),
  });
});

test('annotations are deploys and flags, oldest first', async () => {
  const { backend, signal, server } = await axiom(({ path }) =>
    path === '/v2/annotations'
      ? {
          body: [
            {
              id: 'ann_2',
              type: 'feature-flag',
              time: time(MINUTE),
              datasets: ['traces'],
              title: 'express-pay on',
            },
            {
              id: 'ann_1',
              type: 'production-deployment',
              time: time(5 * MINUTE),
              endTime: time(3 * MINUTE),
              datasets: ['checkout-logs'],
              title: 'checkout v2.3.45',
              url: 'https://github.com/acme/checkout/pull/1',
            },
            {
              id: 'ann_3',
              type: 'note',
              time: time(0),
              datasets: ['traces'],
              title: '',
              url: 'javascript:alert(1)',
            },
          ],
        }
      : undefined,
  );
  const changes = await backend.changes?.(WINDOW, signal);
  expect(changes?.found).toEqual([
    {
      at: NOW - 5 * MINUTE,
      until: NOW - 3 * MINUTE,
      kind: 'deploy',
      title: 'checkout v2.3.45',
      service: 'checkout',
      version: 'v2.3.45',
      url: 'https://github.com/acme/checkout/pull/1',
    },
    { at: NOW - MINUTE, kind: 'flag', title: 'express-pay on' },
    { at: NOW, kind: 'other', title: 'note' },
  ]);
  expect(Object.fromEntries(server.received.at(-1)?.params ?? [])).toEqual({
    start: time(30 * MINUTE),
    end: time(0),
  });
  const { answer } = changes ?? {};
  if (answer) expect((await readKept(answer)).result).toEqual(answer.result);
});

test('only listed paths are read, with the times that they need', async () => {
  const { backend, signal, server } = await axiom(({ path }) =>
    path === '/v2/monitors/m1/history' ? { body: [{ state: 'open' }] } : undefined,
  );
  const answer = await backend.get?.('/v2/monitors/m1/history', WINDOW, signal);
  expect(answer).toMatchObject({
    query: 'GET /v2/monitors/m1/history',
    result: { kind: 'text', text: expect.stringContaining('"state": "open"') },
  });
  expect(Object.fromEntries(server.received.at(-1)?.params ?? [])).toEqual({
    startTime: time(30 * MINUTE),
    endTime: time(0),
  });
  if (answer) {
    expect((await readKept(answer)).result).toEqual(answer.result);
    // Asked again, the same words do the same.
    const matched = backend.match(answer.query, await backend.discover(WINDOW, signal));
    expect((await backend.query({ matched, window: WINDOW }, signal)).result).toEqual(answer.result);
  }
  for (const path of ['/v2/tokens', '/v2/notifiers', '/v2/datasets/../tokens', '/v2/users'])
    await expect(backend.get?.(path, WINDOW, signal)).rejects.toMatchObject({ failure: 'bad-query' });
  expect(server.received.filter(({ path }) => /tokens|notifiers|users/.test(path))).toEqual([]);
});

test('a cut table is read as far as it goes, and says that it is cut', async () => {
  const { backend, signal } = await axiom((received) =>
    aplOf(received) === ''
      ? undefined
      : {
          body: tabular({
            fields: [text('a'), text('b'), text('c')],
            columns: ['a', 'b', 'c'].map((name) =>
              Array.from({ length: 100 }, (_, index) => `${name}${index}`),
            ),
          }),
        },
  );
  const matched = backend.match("['traces'] | take 100", await backend.discover(WINDOW, signal));
  const answer = await backend.query({ matched, window: WINDOW }, signal);
  const bytes = inflateSync(answer.snapshot);
  const at = bytes.indexOf('"b50"');
  const { result, cut } = await readKept(answer, bytes.subarray(0, at + 2));
  expect(cut).toBe(true);
  expect(result).toMatchObject({ kind: 'rows', columns: ['a', 'b'] });
  expect(result.kind === 'rows' && result.rows.at(-1)).toEqual(['a49', 'b49']);
});
