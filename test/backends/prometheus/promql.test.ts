import { describe, expect, test } from 'vitest';
import { readPromql } from '../../../src/backends/prometheus/promql.ts';
import { HOUR, MINUTE } from '../../../src/domain/time.ts';

const names = (query: string) =>
  readPromql(query)?.selectors.map(
    (one) =>
      `${one.absent ? 'absent ' : ''}${one.pinned ? 'pinned ' : ''}${one.metric ?? one.anyOf?.join('|') ?? '?'}`,
  );

describe('the metrics that a query names', () => {
  const table: readonly [string, readonly string[]][] = [
    ['up', ['up']],
    ['errors:rate5m', ['errors:rate5m']],
    [
      'sum by (job) (rate(a_total{service="checkout",code=~"5.."}[5m])) / on(job) group_left b',
      ['a_total', 'b'],
    ],
    ['{__name__="up",job!="x"}', ['up']],
    ['{"http.server.duration", job="a"}', ['http.server.duration']],
    ['{__name__=~"up|down"}', ['up|down']],
    ['{__name__=~"up.*"}', ['?']],
    ['{__name__!="up"}', ['?']],
    ['{job="a"}', ['?']],
    ['max_over_time(rate(x{a="b"}[5m])[1h:1m])', ['x']],
    ['absent(foo{a="b"}) or absent_over_time(bar[5m]) or baz', ['absent foo', 'absent bar', 'baz']],
    ['up offset 5m @ 1795350394', ['pinned up']],
    ['-up + 1 unless on() (down > bool 0)', ['up', 'down']],
    ['histogram_quantile(0.9, sum by (le) (rate(h_bucket[5m])))', ['h_bucket']],
    ['label_replace(up, "a", "$1", "b", "(.*)")', ['up']],
    ['count_values("v", up)', ['up']],
    ['topk(3, up) # and a comment about down', ['up']],
    ['"a string with up in it"', []],
    ['1 + 2', []],
    ['{__name__="we\\"ird\\u0041"}', ['we"irdA']],
    ['{__name__=`raw\\n`}', ['raw\\n']],
  ];
  test.each(table)('%s', (query, expected) => {
    expect(names(query)).toEqual(expected);
  });

  test.each(['', '   ', 'sum(', 'up{job="a" or job="b"}', ')(', 'sum(x) without', 'rate(x[5m]', '名前'])(
    'what it cannot parse is left to the server: %s',
    (query) => {
      expect(readPromql(query)).toBeUndefined();
    },
  );
});

test('matchers are read with their operators and unquoted values', () => {
  expect(readPromql('a{x="1",y!=\'2\',z=~`3.`,"quoted.label"!~"4"}')?.selectors[0]?.matchers).toEqual([
    { label: 'x', op: '=', value: '1' },
    { label: 'y', op: '!=', value: '2' },
    { label: 'z', op: '=~', value: '3.' },
    { label: 'quoted.label', op: '!~', value: '4' },
  ]);
});

test('grouping labels are read, and whether the query makes labels of its own', () => {
  expect(readPromql('sum by (a, b) (x) / ignoring(c) group_left(d) y')?.grouping).toEqual([
    'a',
    'b',
    'c',
    'd',
  ]);
  expect(readPromql('sum by (v) (count_values("v", x))')?.makesLabels).toBe(true);
  expect(readPromql('sum by (v) (x)')?.makesLabels).toBe(false);
});

test('ranges and offsets say how far back it reads', () => {
  expect(readPromql('up')?.reach).toBe(0);
  expect(readPromql('rate(x[5m])')?.reach).toBe(5 * MINUTE);
  expect(readPromql('max_over_time(rate(x[5m])[1h:1m] offset 24h)')?.reach).toBe(25 * HOUR + 6 * MINUTE);
});

test('a long query is read, a far too long one is left to the server', () => {
  const sum = (count: number) => Array.from({ length: count }, (_, index) => `m${index}{a="b"}`).join(' + ');
  expect(readPromql(sum(200))?.selectors.length).toBe(200);
  expect(readPromql(sum(4_000))).toBeUndefined();
});
