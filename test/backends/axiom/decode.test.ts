import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { type CollectedAxiom, collectAxiom } from '../../../src/backends/axiom/collect.ts';
import { decodeApl, decodeMpl } from '../../../src/backends/axiom/decode.ts';
import { type TableOf, tabular } from './axiom-server.ts';

const bytes = (answer: unknown) => Buffer.from(JSON.stringify(answer));

async function read(answer: unknown, language: 'apl' | 'mpl' = 'apl'): Promise<CollectedAxiom> {
  async function* pieces() {
    yield* (language === 'apl' ? decodeApl : decodeMpl)(bytes(answer));
  }
  return await collectAxiom(pieces(), false, (text) => text);
}

const at = (minute: number) => new Date(Date.parse('2026-11-23T13:00:00Z') + minute * 60_000).toISOString();

const counted: TableOf = {
  fields: [
    { name: '_time', type: 'datetime' },
    { name: 'status', type: 'integer' },
    { name: 'count_', type: 'integer', agg: { name: 'count' } },
  ],
  groups: ['_time', 'status'],
  bucket: '_time',
  columns: [
    [at(1), at(0), at(0)],
    [500, 500, 200],
    [7, 3, 900],
  ],
};

/** The example of the official specification, read from beside the project; undefined where it is not there. */
function example(): unknown {
  try {
    const file = new URL('../../../../shared/specs/patched/axiom-v1.json', import.meta.url);
    return JSON.parse(readFileSync(file, 'utf8')).components.schemas.AplResult.example;
  } catch {
    process.stdout.write("not run: decoding of the specification's example answer of Axiom\n");
    return undefined;
  }
}

const OF_SPECIFICATION = example();

if (OF_SPECIFICATION !== undefined)
  test("decodes the specification's example, which nobody recorded", async () => {
    const { result, cost, completeness } = await read(OF_SPECIFICATION);
    if (result.kind !== 'rows') throw new Error('no rows');
    expect(result.columns.slice(0, 4)).toEqual(['_time', 'message', 'status', 'content_type']);
    // What nobody reads first comes last.
    expect(result.columns.at(-1)).toBe('_sysTime');
    expect(result.rows.map((row) => row[result.columns.indexOf('geo.city')])).toEqual([
      'Ojinaga',
      'Humboldt',
      'Nevers',
    ]);
    expect(cost).toMatchObject({ examined: 197_604, matched: 197_604 });
    expect(completeness).toEqual({ kind: 'complete' });
  });

test('steps of time are series, a group a label, oldest first', async () => {
  const { result, cost } = await read(tabular(counted));
  expect(result).toEqual({
    kind: 'series',
    series: [
      {
        labels: { status: '500' },
        samples: [
          { at: Date.parse(at(0)), value: 3 },
          { at: Date.parse(at(1)), value: 7 },
        ],
      },
      { labels: { status: '200' }, samples: [{ at: Date.parse(at(0)), value: 900 }] },
    ],
  });
  expect(cost).toMatchObject({ series: 2, samples: 3 });
});

test('several aggregates are told apart by their names, and gaps are no values', async () => {
  const { result } = await read(
    tabular({
      fields: [
        { name: '_time', type: 'datetime' },
        { name: 'p99', type: 'float', agg: { name: 'percentile' } },
        { name: 'rate', type: 'float' },
      ],
      groups: ['_time'],
      bucket: '_time',
      columns: [
        [at(0), at(1)],
        [1.5, null],
        [null, 2],
      ],
    }),
  );
  expect(result).toMatchObject({
    series: [
      { labels: { value: 'p99' }, samples: [{ value: 1.5 }] },
      { labels: { value: 'rate' }, samples: [{ value: 2 }] },
    ],
  });
});

test('a step whose aggregates are no numbers stays rows', async () => {
  const { result } = await read(
    tabular({
      fields: [
        { name: '_time', type: 'datetime' },
        { name: 'set_', type: 'array', agg: { name: 'make_set' } },
      ],
      groups: ['_time'],
      bucket: '_time',
      columns: [[at(0)], [['a', 'b']]],
    }),
  );
  expect(result).toEqual({ kind: 'rows', columns: ['_time', 'set_'], rows: [[at(0), ['a', 'b']]] });
});

test('groups without a time are rows, as they came', async () => {
  const { result, completeness } = await read(
    tabular(
      {
        fields: [
          { name: 'route', type: 'string' },
          { name: 'count_', type: 'integer', agg: { name: 'count' } },
        ],
        groups: ['route'],
        columns: [
          Array.from({ length: 1_200 }, (_, index) => `/r${index}`),
          Array.from({ length: 1_200 }, () => 5),
        ],
      },
      { rowsMatched: 6_000 },
    ),
  );
  expect(result).toMatchObject({ kind: 'rows', columns: ['route', 'count_'] });
  expect(completeness).toEqual({ kind: 'complete' });
});

test('the unit of the only aggregate is that of its field', async () => {
  const { result } = await read(
    tabular(
      {
        fields: [
          { name: '_time', type: 'datetime' },
          { name: 'avg_took', type: 'float', agg: { name: 'avg' } },
        ],
        groups: ['_time'],
        bucket: '_time',
        columns: [[at(0)], [12.5]],
      },
      {},
      { fieldsMetaMap: { logs: [{ name: 'took', type: 'float', unit: 'ms', hidden: false }] } },
    ),
  );
  expect(result).toMatchObject({ kind: 'series', unit: 'ms' });
});

test('columns of events come as people read them, those without a value left out and named', async () => {
  const { result, warnings } = await read(
    tabular({
      fields: ['_sysTime', 'a', 'empty', '_time', 'message'].map((name) => ({ name, type: 'string' })),
      columns: [[at(1)], ['x'], [null], [at(0)], [false]],
    }),
  );
  expect(result).toEqual({
    kind: 'rows',
    columns: ['_time', 'message', 'a', '_sysTime'],
    rows: [[at(0), false, 'x', at(1)]],
  });
  expect(warnings).toEqual(['Without a value, and not shown: empty.']);
});

test('columns that were asked for in an order stay in it', async () => {
  const { result } = await read(
    tabular({
      fields: ['b', '_time', 'a'].map((name) => ({ name, type: 'string' })),
      columns: [['1'], [at(0)], ['2']],
    }),
  );
  expect(result).toMatchObject({ columns: ['b', '_time', 'a'] });
});

test('partial, estimated, messages and totals are said', async () => {
  const answer = tabular(counted, {
    isPartial: true,
    isEstimate: true,
    messages: [{ priority: 'warn', count: 1, code: 'x', msg: 'query timed out' }],
  }) as { tables: object[] };
  answer.tables.push({
    name: '_totals',
    sources: [],
    fields: [
      { name: 'status', type: 'integer' },
      { name: 'count_', type: 'integer' },
    ],
    order: [],
    groups: [],
    columns: [[500], [48_211]],
  });
  expect(await read(answer)).toMatchObject({
    completeness: { kind: 'partial', why: 'query timed out' },
    warnings: [
      'query timed out',
      'A shorter time or a narrower filter lets Axiom finish.',
      'These numbers are an estimate, Axiom says.',
      'Over the whole time: status = 500, count_ = 48,211.',
    ],
  });
});

test('an answer without a table, or without columns, is empty', async () => {
  expect((await read({ ...tabular(counted), tables: [] })).result).toEqual({
    kind: 'rows',
    columns: [],
    rows: [],
  });
  const { columns: _none, ...bare } = counted;
  expect((await read(tabular(bare))).result).toEqual({ kind: 'series', series: [] });
});

test('columns that do not fit each other are no answer', () => {
  const [first = [], ...rest] = counted.columns ?? [];
  expect(() => [...decodeApl(bytes(tabular({ ...counted, columns: [first.slice(1), ...rest] })))]).toThrow(
    SyntaxError,
  );
  expect(() => [...decodeApl(bytes({ format: 'legacy', status: {} }))]).toThrow();
  expect(() => [...decodeMpl(bytes([{ metric: 'x' }]))]).toThrow();
});

test('metrics have a start and a resolution in seconds, and nulls are no values', async () => {
  const { result } = await read(
    [
      {
        metric: 'cpu',
        tags: { pod: 'a', ok: true, n: 5, none: null },
        start: 1_795_440_000,
        resolution: 15,
        data: [1, null, 3],
      },
    ],
    'mpl',
  );
  expect(result).toEqual({
    kind: 'series',
    series: [
      {
        labels: { __name__: 'cpu', pod: 'a', ok: 'true', n: '5', none: '' },
        samples: [
          { at: 1_795_440_000_000, value: 1 },
          { at: 1_795_440_030_000, value: 3 },
        ],
      },
    ],
  });
});
