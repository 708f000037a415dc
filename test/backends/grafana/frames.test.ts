import { describe, expect, test } from 'vitest';
import { parseExploreLink } from '../../../src/backends/explore-link.ts';
import { readGrafana } from '../../../src/backends/grafana/kept.ts';
import type { Received, Reply } from '../fake-server.ts';
import { specification } from '../specification.ts';
import { grafanas, NOW, WINDOW } from './ask-kit.ts';

const start = grafanas();
const violation = await specification('grafana', 'Grafana');

const source = (uid: string, name: string, type: string) => ({ uid, orgId: 4, name, type, jsonData: {} });
const SOURCES = [
  source('gr-1', 'Graphite', 'graphite'),
  source('cw-1', 'CloudWatch', 'cloudwatch'),
  source('es-1', 'App logs', 'elasticsearch'),
  source('db-1', 'Orders', 'mysql'),
  source('in-1', 'Status API', 'yesoreyeram-infinity-datasource'),
  source('xx-1', 'Own plugin', 'acme-warehouse'),
];

const plays =
  (query: Reply) =>
  (received: Received): Reply => {
    if (received.path === '/api/datasources') return { body: SOURCES };
    return received.path === '/api/ds/query' ? query : { status: 404, body: { message: 'Not found' } };
  };

// Frames in the shape that the documentation of POST /api/ds/query shows, made by hand: no Grafana can be started here.
const field = (name: string, type: string, more: object = {}) => ({
  name,
  type,
  typeInfo: { frame: type },
  ...more,
});
const frame = (fields: readonly object[], values: readonly unknown[][], more: object = {}) => ({
  schema: { refId: 'A', fields },
  data: { values, ...more },
});
const results = (frames: readonly object[], more: object = {}) => ({
  results: { A: { status: 200, frames, ...more } },
});

const T = WINDOW.from;

describe('frames', () => {
  test('times beside numbers are series, with what JSON cannot hold put back', async () => {
    const { ask } = await start(
      plays({
        body: results([
          frame(
            [
              field('time', 'time'),
              field('Value', 'number', { labels: { host: 'a' }, config: { unit: 'percent' } }),
            ],
            [
              [T, T + 60_000, T + 120_000, T + 180_000, T + 240_000],
              [1, null, null, null, null],
            ],
            { entities: [null, { NaN: [1], Inf: [2], NegInf: [3] }] },
          ),
          frame([field('time', 'time'), field('servers.b.load', 'number')], [[T], [7]]),
        ]),
      }),
    );
    const answer = await ask('Graphite alias(servers.*.load, "x")');
    expect(answer.result).toEqual({
      kind: 'series',
      unit: 'percent',
      series: [
        {
          labels: { host: 'a' },
          samples: [
            { at: T, value: 1 },
            { at: T + 60_000, value: Number.NaN },
            { at: T + 120_000, value: Number.POSITIVE_INFINITY },
            { at: T + 180_000, value: Number.NEGATIVE_INFINITY },
          ],
        },
        { labels: { __name__: 'servers.b.load' }, samples: [{ at: T, value: 7 }] },
      ],
    });
    expect(answer.cost).toMatchObject({ series: 2, samples: 5 });
    expect(answer.completeness).toEqual({ kind: 'complete' });
  });

  test('anything else is a table, nanoseconds kept', async () => {
    const body = results([
      frame(
        [field('ts', 'time'), field('line', 'string'), field('ms', 'number')],
        [
          [T, T + 1],
          ['<!channel> a', 'b'],
          [3, null],
        ],
        { nanos: [[123_456, 7], null, null] },
      ),
      frame([field('ts', 'time'), field('line', 'string'), field('ms', 'number')], [[T + 2], ['c'], [9]]),
    ]);
    const { ask } = await start(plays({ body }));
    const answer = await ask('"App logs" level:error');
    expect(answer.result).toEqual({
      kind: 'rows',
      columns: ['ts', 'line', 'ms'],
      rows: [
        ['2026-11-23T13:02:00.000123456Z', '<!channel> a', 3],
        ['2026-11-23T13:02:00.001000007Z', 'b', ''],
        ['2026-11-23T13:02:00.002Z', 'c', 9],
      ],
    });
    const kept = [
      ...readGrafana(Buffer.from(JSON.stringify(body)), { query: answer.query, window: answer.window }),
    ].flatMap((one) => (one.kind === 'rows' ? one.rows : []));
    expect(kept).toEqual((answer.result as { rows: unknown }).rows);
  });

  test('a part that failed makes the answer partial, under any of the statuses that versions use', async () => {
    const some = frame([field('time', 'time'), field('Value', 'number')], [[T], [1]]);
    for (const status of [200, 207, 400]) {
      const { ask } = await start(
        plays({ status, body: results([some], { status: 500, error: 'region eu-1: throttled' }) }),
      );
      expect(await ask('Graphite a.b')).toMatchObject({
        completeness: { kind: 'partial', why: 'region eu-1: throttled' },
        warnings: expect.arrayContaining(['region eu-1: throttled']),
        cost: { samples: 1 },
      });
    }
  });

  test('a query that failed is an error in the words of the data source', async () => {
    const { ask } = await start(
      plays({
        status: 400,
        body: { results: { A: { status: 400, error: 'line 1, column 5: no such function' } } },
      }),
    );
    await expect(ask('Graphite nope(a)')).rejects.toMatchObject({
      failure: 'bad-query',
      message: 'Graphite of Grafana prod refuses the query: line 1, column 5: no such function.',
      details: { asked: 'Grafana prod', position: { line: 1, column: 14 } },
    });
    const { ask: other } = await start(plays({ status: 400, body: { message: 'query is malformed' } }));
    await expect(other('Graphite a')).rejects.toThrowError('query is malformed');
  });

  test('frames that are none, an empty answer, notices', async () => {
    const notice = { schema: { fields: [], meta: { notices: [{ text: 'sampled' }] } }, data: { values: [] } };
    const { ask } = await start(plays({ body: results([notice, { not: 'a frame' }]) }));
    expect(await ask('Graphite a.b')).toMatchObject({
      result: { kind: 'series', series: [] },
      completeness: { kind: 'partial', why: '1 frame could not be read' },
      warnings: expect.arrayContaining(['sampled']),
    });
  });
});

describe('what is sent', () => {
  test('the model of the data source, absolute times, and nothing of theirs over ours', async () => {
    const { ask, server } = await start(plays({ body: results([]) }));
    await ask(
      'CloudWatch {"namespace":"AWS/RDS","metricName":"CPU","refId":"Z","datasource":{"uid":"db-1"}}',
    );
    await ask('gr-1 a.b');
    await ask('es-1 level:error');
    const [cloudwatch, graphite, elastic] = server.received
      .filter(({ path }) => path === '/api/ds/query')
      .map(({ body }) => JSON.parse(body));
    expect(cloudwatch).toEqual({
      queries: [
        {
          namespace: 'AWS/RDS',
          metricName: 'CPU',
          refId: 'A',
          datasource: { uid: 'cw-1', type: 'cloudwatch' },
          intervalMs: 15_000,
          maxDataPoints: 121,
        },
      ],
      from: String(WINDOW.from),
      to: String(WINDOW.to),
    });
    expect(graphite.queries[0]).toMatchObject({ target: 'a.b', datasource: { uid: 'gr-1' } });
    expect(elastic.queries[0]).toMatchObject({ query: 'level:error', metrics: [{ type: 'count' }] });
    for (const one of server.received)
      if (one.path === '/api/ds/query') expect(await violation(one)).toBeUndefined();
  });

  test('the link opens Explore with the same model, window and organisation', async () => {
    const { ask } = await start(plays({ body: results([]) }), { linkUrl: 'https://grafana.example/g/' });
    const { reproduction, warnings } = await ask('Graphite a.b');
    if (reproduction.kind !== 'permalink') throw new Error('no link');
    expect(reproduction.url).toMatch(
      /^https:\/\/grafana\.example\/g\/explore\?schemaVersion=1&orgId=4&panes=/,
    );
    expect(parseExploreLink(reproduction.url)).toEqual({
      source: { type: 'graphite', uid: 'gr-1' },
      model: { target: 'a.b', textEditor: true },
      window: WINDOW,
    });
    expect(warnings).toEqual([]);
  });

  test('a kind that has no language of its own wants JSON', async () => {
    const { ask } = await start(plays({ body: results([]) }));
    await expect(ask('CloudWatch cpu of rds')).rejects.toMatchObject({
      failure: 'bad-query',
      message: expect.stringContaining('as JSON'),
    });
  });
});

describe('what may be asked', () => {
  test.each(['Orders drop table orders', '"Status API" {"url":"http://169.254.169.254/"}', '"Own plugin" x'])(
    'not, unless the operator vouches: %s',
    async (query) => {
      const { ask, server } = await start(plays({ body: results([]) }));
      await expect(ask(query)).rejects.toMatchObject({
        failure: 'unauthorized',
        details: { nextStep: expect.stringMatching(/vouched_sources = \["\w\w-1"\]/) },
      });
      expect(server.received.filter(({ path }) => path === '/api/ds/query')).toEqual([]);
    },
  );

  test('what the operator names, by uid or by name', async () => {
    const { ask, server } = await start(plays({ body: results([]) }), {
      vouchedSources: ['db-1', 'Own plugin'],
    });
    await ask('Orders select 1');
    await ask('"Own plugin" {"q":1}');
    expect(server.received.filter(({ path }) => path === '/api/ds/query')).toHaveLength(2);
    expect(JSON.parse(server.received.at(-2)?.body ?? '').queries[0]).toMatchObject({ rawSql: 'select 1' });
    await expect(ask('in-1 {}')).rejects.toMatchObject({ failure: 'unauthorized' });
  });

  test('an unknown data source is refused with the nearest, by name and by uid', async () => {
    const { ask } = await start(plays({ body: results([]) }));
    await expect(ask('Graphit a.b')).rejects.toMatchObject({
      failure: 'unknown-source',
      details: { nearest: ['Graphite'], nextStep: expect.stringContaining('discover grafana env:prod') },
    });
    await expect(ask('gr-2 a.b')).rejects.toMatchObject({
      details: { nearest: expect.arrayContaining(['gr-1']) },
    });
  });

  test('a data source alone is no question', async () => {
    const { ask } = await start(plays({ body: results([]) }));
    await expect(ask('Graphite')).rejects.toMatchObject({
      failure: 'bad-query',
      details: { nextStep: expect.stringContaining('`grafana Prometheus up`') },
    });
  });
});

test('the time of asking is the one handed in', async () => {
  const { ask } = await start(plays({ body: results([]) }));
  expect((await ask('Graphite a')).askedAt).toBe(NOW);
});
