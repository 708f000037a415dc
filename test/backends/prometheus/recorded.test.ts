import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { Body } from '../../../src/backends/body.ts';
import type { HttpAnswer } from '../../../src/backends/http-exchange.ts';
import { collect } from '../../../src/backends/prometheus/collect.ts';
import { decodeQuery, type QueryPiece, readValue } from '../../../src/backends/prometheus/decode.ts';
import { prometheusFailure } from '../../../src/backends/prometheus/failure.ts';

const RECORDED = new URL('../../../../shared/recorded/prometheus.json', import.meta.url);

interface Recorded {
  readonly name: string;
  readonly status: number;
  readonly contentType: string;
  readonly body: unknown;
}

const bytes = (body: unknown) => Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));

const decode = (body: unknown) =>
  collect(
    (async function* (): AsyncGenerator<QueryPiece> {
      yield* decodeQuery(bytes(body));
    })(),
    (text) => text,
  );

const success = (resultType: string, result: unknown, more: object = {}) => ({
  status: 'success',
  data: { resultType, result },
  ...more,
});

const answer = (status: number, body: unknown, headers: Record<string, string> = {}): HttpAnswer => {
  const held = new Body();
  held.append(bytes(body));
  return { status, headers, body: held };
};

const failure = (status: number, body: unknown, headers?: Record<string, string>) =>
  prometheusFailure(answer(status, body, headers), (text) => text.slice(0, 300), {
    title: 'Prometheus prod',
    section: '[prometheus.deployments.prod]',
    now: 0,
  });

describe('shapes of answers', () => {
  test('vector, matrix, scalar, string', async () => {
    expect(
      (await decode(success('vector', [{ metric: { a: 'b' }, value: [1795352089.968, '1'] }]))).result,
    ).toEqual({
      kind: 'series',
      series: [{ labels: { a: 'b' }, samples: [{ at: 1_795_352_089_968, value: 1 }] }],
    });
    expect(
      (
        await decode(
          success('matrix', [
            {
              metric: {},
              values: [
                [1, '1e+09'],
                [2.5, '-0.25'],
              ],
            },
          ]),
        )
      ).result,
    ).toEqual({
      kind: 'series',
      series: [
        {
          labels: {},
          samples: [
            { at: 1_000, value: 1e9 },
            { at: 2_500, value: -0.25 },
          ],
        },
      ],
    });
    expect((await decode(success('scalar', [5, 'NaN']))).result).toEqual({
      kind: 'series',
      series: [{ labels: {}, samples: [{ at: 5_000, value: Number.NaN }] }],
    });
    expect((await decode(success('string', [5, 'x']))).result).toEqual({ kind: 'text', text: 'x' });
  });

  test('NaN and the infinities are values', () => {
    expect([readValue('NaN'), readValue('+Inf'), readValue('-Inf'), readValue('0x10')]).toEqual([
      Number.NaN,
      Number.POSITIVE_INFINITY,
      Number.NEGATIVE_INFINITY,
      16,
    ]);
    for (const text of ['', ' ', 'one', '1,5']) expect(() => readValue(text)).toThrowError(SyntaxError);
  });

  test('native histograms are said to be left out', async () => {
    const histogram = { count: '3', sum: '1.5', buckets: [[0, '0', '1', '3']] };
    const found = await decode(
      success('matrix', [
        { metric: { a: '1' }, histograms: [[1, histogram]] },
        { metric: { a: '2' }, values: [[1, '1']], histograms: [[2, histogram]] },
      ]),
    );
    expect(found.series).toBe(1);
    expect(found.warnings).toEqual([
      expect.stringMatching(/^2 series hold native histograms, which are not shown/),
    ]);
  });

  test('a series longer than a piece is put together again', async () => {
    const values = Array.from({ length: 25_001 }, (_, index) => [index, String(index)]);
    const found = await decode(
      success('matrix', [
        { metric: { a: 'long' }, values },
        { metric: { a: 'long' }, values: [[1, '7']] },
      ]),
    );
    expect(found.samples).toBe(25_002);
    if (found.result.kind !== 'series') throw new Error('no series');
    expect(found.result.series.map((one) => one.samples.length)).toEqual([25_001, 1]);
    expect(found.result.series[0]?.samples.at(-1)).toEqual({ at: 25_000_000, value: 25_000 });
  });

  test('warnings about the query leave it complete; those about stores, and isPartial, do not', async () => {
    const about = await decode(
      success('vector', [], { warnings: ['PromQL warning: x'], infos: ['PromQL info: y'] }),
    );
    expect(about).toMatchObject({
      completeness: { kind: 'complete' },
      warnings: ['PromQL warning: x', 'PromQL info: y'],
    });
    expect(await decode(success('vector', [], { warnings: ['store down'] }))).toMatchObject({
      completeness: { kind: 'partial', why: 'store down' },
    });
    expect(await decode(success('vector', [], { isPartial: true }))).toMatchObject({
      completeness: { kind: 'partial' },
    });
  });

  test.each([
    ['cut off', '{"status":"success","data":{"resultType":"vec'],
    ['another shape', { status: 'success', data: [] }],
    ['an error', { status: 'error', error: 'x' }],
    ['an unknown type', success('table', [])],
    ['a value that is a number', success('vector', [{ metric: {}, value: [1, 2] }])],
    ['a time that is text', success('vector', [{ metric: {}, value: ['now', '2'] }])],
    ['a label that is no text', success('vector', [{ metric: { a: 1 }, value: [1, '2'] }])],
    ['a series without values', success('matrix', [{ metric: {} }])],
    ['no series', success('matrix', [null])],
  ])('%s is no answer', async (_what, body) => {
    await expect(decode(body)).rejects.toThrowError();
  });

  test('labels named like parts of objects are labels', async () => {
    const body = JSON.stringify(
      success('vector', [{ metric: { PROTO: 'a', constructor: 'b' }, value: [1, '2'] }]),
    );
    const { result } = await decode(body.replace('PROTO', '__proto__'));
    if (result.kind !== 'series') throw new Error('no series');
    expect(Object.entries(result.series[0]?.labels ?? {})).toEqual([
      ['__proto__', 'a'],
      ['constructor', 'b'],
    ]);
  });
});

describe('what errors mean', () => {
  const said = (errorType: unknown, error: string) => ({ status: 'error', errorType, error });
  test.each([
    [400, said('bad_data', '1:5: parse error: unexpected x'), 'bad-query'],
    [422, said('execution', 'many-to-many matching not allowed'), 'bad-query'],
    [503, said('timeout', 'query timed out in expression evaluation'), 'timeout'],
    [503, said('canceled', 'query was canceled'), 'timeout'],
    [500, said('internal', 'oh'), 'unavailable'],
    [503, said('unavailable', 'starting up'), 'unavailable'],
    [404, said('not_found', 'no'), 'unavailable'],
    [422, said('422', 'cannot evaluate'), 'bad-query'],
    [400, said(400, 'missing `query` arg'), 'bad-query'],
    [429, said('429', 'couldn’t start executing the request in 10 s'), 'rate-limited'],
    [503, '', 'unavailable'],
    [404, '404 page not found\n', 'unavailable'],
    [302, '', 'unavailable'],
  ] as const)('%i %j', (status, body, expected) => {
    expect(failure(status, body).failure).toBe(expected);
  });

  test('the place in the query, on any line', () => {
    expect(
      failure(400, said('bad_data', 'invalid parameter "query": 3:17: parse error: x')).details.position,
    ).toEqual({
      line: 3,
      column: 17,
    });
    expect(failure(400, said('bad_data', 'invalid step at 10:30: no')).details.position).toBeUndefined();
  });

  test('a wrong address is told from a wrong query', () => {
    expect(failure(404, '404 page not found\n').message).toBe(
      "The address of Prometheus prod does not look like Prometheus' API (404).",
    );
  });

  test('a date as Retry-After', () => {
    expect(failure(429, '', { 'retry-after': 'Thu, 01 Jan 1970 00:01:00 GMT' }).details.retryAt).toBe(60_000);
  });
});

test('every recorded answer of a real server is decoded or said', async () => {
  let all: readonly Recorded[];
  try {
    all = JSON.parse(readFileSync(RECORDED, 'utf8'));
  } catch {
    process.stdout.write('not run: recorded answers of Prometheus\n');
    return;
  }
  const seen = await Promise.all(
    all
      .filter((one) => /^(?:instant|range|nan|inf|err|notfound)/.test(one.name))
      .map(async (one) => {
        if (one.status !== 200) return `${one.name}: ${failure(one.status, one.body).failure}`;
        const found = await decode(one.body);
        return `${one.name}: ${found.result.kind} ${found.series}/${found.samples}`;
      }),
  );
  expect(seen).toEqual([
    'instant_vector: series 2/2',
    'instant_empty: series 0/0',
    'instant_scalar: series 1/1',
    'instant_string: text 0/0',
    'instant_matrix: series 1/4',
    'nan: series 1/1',
    'inf: series 1/1',
    expect.stringMatching(/^range_matrix: series \d+\/\d+$/),
    'range_empty: series 0/0',
    'err_parse: bad-query',
    'err_type: bad-query',
    'err_matching: bad-query',
    'err_11000: bad-query',
    'err_badtime: bad-query',
    'err_step0: bad-query',
    'err_endbefore: bad-query',
    'notfound: unavailable',
  ]);
});
