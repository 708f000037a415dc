import { describe, expect, test } from 'vitest';
import { amountsOf } from '../../../src/domain/signals/amounts.ts';
import {
  compareSeries,
  earlierWindow,
  readEarlier,
  splitVersus,
} from '../../../src/domain/signals/compare.ts';
import { BY_ITSELF, correctionsOf, readCorrection } from '../../../src/domain/signals/correction.ts';
import { DAY, HOUR, MINUTE } from '../../../src/domain/time.ts';

const samples = (...values: readonly number[]) =>
  values.map((value, index) => ({ at: index * MINUTE, value }));

describe('compare', () => {
  test.each([
    ['sum(rate(x[5m])) now vs 1h', 'sum(rate(x[5m]))', '1h'],
    ['x{a="1 vs 2"} vs yesterday', 'x{a="1 vs 2"}', 'yesterday'],
    ['x now versus 14:10', 'x', '14:10'],
    ['a vs b vs 1h ago', 'a vs b', '1h ago'],
  ])('%s', (text, query, earlier) => {
    expect(splitVersus(text)).toEqual({ query, earlier });
  });

  test.each(['x', 'x now', 'vs 1h', 'x{a="b vs c"}'])('nothing to compare with: %s', (text) => {
    expect(splitVersus(text)).toBeUndefined();
  });

  test.each([
    ['1h', { kind: 'shift', by: HOUR }],
    ['90m ago', { kind: 'shift', by: 90 * MINUTE }],
    ['yesterday', { kind: 'shift', by: DAY }],
    ['last week', { kind: 'shift', by: 7 * DAY }],
    ['14:10', { kind: 'until', time: '14:10' }],
    ['soon', undefined],
  ])('%s', (text, expected) => {
    expect(readEarlier(text)).toEqual(expected);
  });

  test('the earlier window is as long, so long before or ending at a time', () => {
    const window = { from: 2 * HOUR, to: 3 * HOUR };
    expect(earlierWindow(window, HOUR)).toEqual({ from: HOUR, to: 2 * HOUR });
    expect(earlierWindow(window, { until: 90 * MINUTE })).toEqual({ from: 30 * MINUTE, to: 90 * MINUTE });
  });

  test('series by series, the largest change first; one that is new or gone says so; what is no number is left out', () => {
    const now = [
      { labels: { code: '200' }, samples: samples(10, 12, Number.NaN) },
      { labels: { code: '500' }, samples: samples(40, 20) },
      { labels: { code: '502' }, samples: samples(1) },
    ];
    const was = [
      { labels: { code: '200' }, samples: samples(10, 10) },
      { labels: { code: '500' }, samples: samples(0, 0) },
      { labels: { code: '404' }, samples: samples(3) },
    ];
    const { rows, total } = compareSeries(now, was);
    expect(total).toBe(4);
    expect(rows.map(({ labels }) => labels.code)).toEqual(['500', '404', '200', '502']);
    expect(rows[0]).toEqual({
      labels: { code: '500' },
      now: { last: 20, avg: 30, max: 40 },
      was: { last: 0, avg: 0, max: 0 },
    });
    expect(rows[1]?.now).toBeUndefined();
    expect(rows[3]?.was).toBeUndefined();
  });
});

describe('a number now and before', () => {
  const times = { window: { from: 30 * MINUTE, to: 40 * MINUTE }, before: { from: 0, to: 10 * MINUTE } };
  const answer = (
    ...series: readonly { labels: Record<string, string>; at: readonly (readonly [number, number])[] }[]
  ) => ({
    step: MINUTE,
    result: {
      kind: 'series' as const,
      series: series.map(({ labels, at }) => ({
        labels,
        samples: at.map(([minute, value]) => ({ at: minute * MINUTE, value })),
      })),
    },
  });

  test('is the last value, and the average over the time before', () => {
    const given = answer({
      labels: {},
      at: [
        [1, 10],
        [9, 20],
        [20, 99],
        [40, 5],
      ],
    });
    expect(amountsOf({ text: 'x', unit: 'per second' }, given, times, { id: 'E1' })).toEqual([
      { unit: 'per second', now: 5, before: 15, evidence: { id: 'E1' } },
    ]);
  });

  test('a value that is not of now is none, and what is no number is left out', () => {
    const old = answer({
      labels: {},
      at: [
        [1, 10],
        [33, 5],
      ],
    });
    expect(amountsOf({ text: 'x', unit: '' }, old, times, {})).toEqual([
      { unit: '', before: 10, evidence: {} },
    ]);
    expect(
      amountsOf({ text: 'x', unit: '' }, answer({ labels: {}, at: [[40, Number.NaN]] }), times, {}),
    ).toEqual([]);
  });

  test('quantiles come in their order and classes with failures first', () => {
    const one = (labels: Record<string, string>) => ({ labels, at: [[40, 1]] as const });
    const names = (by: string, key: string, ...values: readonly string[]) =>
      amountsOf(
        { text: 'x', unit: '', by },
        answer(...values.map((value) => one({ [key]: value }))),
        times,
        {},
      ).map(({ name }) => name);
    expect(names('quantile', 'quantile', '0.99', '0.5', '0.95')).toEqual(['p50', 'p95', 'p99']);
    expect(names('class', 'class', '4xx', '5xx')).toEqual(['5xx', '4xx']);
  });
});

describe('a correction', () => {
  test.each([
    ['latency=a_bucket', { signal: 'latency', metric: 'a_bucket' }],
    ['error = e_total', { signal: 'errors', metric: 'e_total' }],
    ['traffic is x_total', { signal: 'traffic', metric: 'x_total' }],
    [`latency=${BY_ITSELF}`, { signal: 'latency' }],
    ['colour=red', undefined],
    ['latency', undefined],
    ['latency={job="x"}', undefined],
  ])('%s', (text, expected) => {
    expect(readCorrection(text)).toEqual(expected);
  });

  test('what was remembered is read with care', () => {
    expect(correctionsOf({ latency: { metric: 'a', by: 'U1' }, traffic: 7, nonsense: {} })).toEqual({
      latency: { metric: 'a', by: 'U1' },
    });
    expect(correctionsOf(undefined)).toEqual({});
  });
});
