import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { Body } from '../../../src/backends/body.ts';
import { collectLoki } from '../../../src/backends/loki/collect.ts';
import { decodeLoki, decodeNames, exactTime, type LokiPiece } from '../../../src/backends/loki/decode.ts';
import { lokiFailure } from '../../../src/backends/loki/failure.ts';

const RECORDED = new URL('../../../../shared/recorded/loki.json', import.meta.url);

interface Recorded {
  readonly name: string;
  readonly status: number;
  readonly body: unknown;
}

const bytes = (body: unknown) => Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));

const decode = (body: unknown) =>
  collectLoki(
    (async function* (): AsyncGenerator<LokiPiece> {
      yield* decodeLoki(bytes(body));
    })(),
    1_000,
    (text) => text,
  );

const failure = (status: number, body: string) => {
  const held = new Body();
  held.append(bytes(body));
  return lokiFailure({ status, headers: {}, body: held }, (text) => text.slice(0, 300), {
    title: 'Loki prod',
    section: '[loki.deployments.prod]',
    now: 0,
  });
};

const streams = (result: unknown, more: object = {}) => ({
  status: 'success',
  data: { resultType: 'streams', result },
  ...more,
});

describe('lines', () => {
  test('all streams together, newest first to the nanosecond, what tells them apart first', async () => {
    const { result, lines } = await decode(
      streams([
        {
          stream: { app: 'a', service: 'x' },
          values: [
            ['1795351390357787137', 'second'],
            ['1795351390357787136', 'first'],
          ],
        },
        { stream: { service: 'y', app: 'a', level: 'error' }, values: [['1795351390357787138', 'third']] },
      ]),
    );
    expect(result).toEqual({
      kind: 'rows',
      columns: ['time', 'line', 'level', 'service', 'app'],
      rows: [
        ['2026-11-22T12:43:10.357787138Z', 'third', 'error', 'y', 'a'],
        ['2026-11-22T12:43:10.357787137Z', 'second', '', 'x', 'a'],
        ['2026-11-22T12:43:10.357787136Z', 'first', '', 'x', 'a'],
      ],
    });
    expect(lines).toBe(3);
  });

  test('more labels than columns are counted', async () => {
    const labels = Object.fromEntries(Array.from({ length: 130 }, (_, index) => [`l${index}`, 'v']));
    const { result, warnings } = await decode(streams([{ stream: labels, values: [['1', 'x']] }]));
    expect(result).toMatchObject({ columns: { length: 102 } });
    expect(warnings).toEqual(['30 more labels are not shown.']);
  });

  test('labels named like parts of objects are labels', async () => {
    const body = JSON.stringify(
      streams([
        { stream: { toString: 'a' }, values: [['1', 'x']] },
        { stream: {}, values: [['2', 'y']] },
      ]),
    );
    const { result } = await decode(body);
    expect(result).toMatchObject({
      columns: ['time', 'line', 'toString'],
      rows: [
        [expect.any(String), 'y', ''],
        [expect.any(String), 'x', 'a'],
      ],
    });
  });

  test('times before 2001 and beyond reason', () => {
    expect(exactTime('5')).toBe('1970-01-01T00:00:00.000000005Z');
    expect(exactTime('99999999999999999999')).toBe('5138-11-16T09:46:39.999999999Z');
  });

  test.each([
    ['cut off', '{"status":"success","data":{"resultType":"str'],
    ['another shape', { status: 'success', data: [] }],
    ['a time that is a number', streams([{ stream: {}, values: [[1, 'x']] }])],
    ['a time that is no number', streams([{ stream: {}, values: [['now', 'x']] }])],
    ['a line that is no text', streams([{ stream: {}, values: [['1', 2]] }])],
    ['a label that is no text', streams([{ stream: { a: 1 }, values: [] }])],
    ['no stream', streams([null])],
  ])('%s is no answer', async (_what, body) => {
    await expect(decode(body)).rejects.toThrowError();
  });
});

describe('what errors mean', () => {
  test.each([
    [400, 'parse error at line 2, col 7: syntax error: unexpected $end, expecting } or ,', 'bad-query'],
    [
      400,
      'max entries limit per query exceeded, limit > max_entries_limit_per_query (6000 > 5000)',
      'bad-query',
    ],
    [422, '{"error":"many-to-many matching not allowed"}', 'bad-query'],
    [400, '<html>bad gateway</html>', 'bad-query'],
    [429, 'too many outstanding requests', 'rate-limited'],
    [404, '404 page not found', 'unavailable'],
    [500, 'rpc error', 'unavailable'],
    [504, 'context deadline exceeded', 'timeout'],
    [401, 'no org id', 'unauthorized'],
  ] as const)('%i %s', (status, body, expected) => {
    expect(failure(status, body).failure).toBe(expected);
  });

  test('its words are passed on, with the place', () => {
    const error = failure(400, 'parse error at line 2, col 7: syntax error: unexpected $end.\n');
    expect(error.message).toBe(
      'Loki prod refuses the query: parse error at line 2, col 7: syntax error: unexpected $end.',
    );
    expect(error.details.position).toEqual({ line: 2, column: 7 });
    expect(failure(400, '{"message":"tell"}').message).toContain('tell');
    expect(failure(400, '<b>tell</b>').message).not.toContain('tell');
    expect(failure(403, 'you sent tell').message).not.toContain('tell');
  });
});

test('every recorded answer of a real server is decoded or said', async () => {
  let all: readonly Recorded[];
  try {
    all = JSON.parse(readFileSync(RECORDED, 'utf8'));
  } catch {
    process.stdout.write('not run: recorded answers of Loki\n');
    return;
  }
  const seen = await Promise.all(
    all
      .filter((one) => !/^(?:series|detected_fields|volume)$/.test(one.name))
      .map(async (one) => {
        if (one.status !== 200) {
          const { failure: kind, details } = failure(one.status, String(one.body));
          return `${one.name}: ${kind}${details.position ? ` ${details.position.column}` : ''}`;
        }
        if (one.name === 'labels' || one.name === 'values')
          return `${one.name}: ${[...decodeNames(bytes(one.body))].flat().length}`;
        const found = await decode(one.body);
        return `${one.name}: ${found.result.kind} ${found.lines ?? `${found.series}/${found.samples}`}`;
      }),
  );
  expect(seen).toEqual([
    'streams: rows 3',
    'streams_empty: rows 0',
    'matrix: series 3/5',
    'vector: series 1/1',
    'labels: 3',
    'values: 5',
    'err_parse: bad-query 7',
    'err_empty_matcher: bad-query',
    'err_instant_log: bad-query',
    'err_limit: bad-query',
    'err_time: bad-query',
    'err_length: bad-query',
    'wrong_path: unavailable',
  ]);
});
