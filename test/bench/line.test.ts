import { describe, expect, test } from 'vitest';
import { lineOf, median, percentile } from '../../bench/line.ts';

describe('a line of the benchmark', () => {
  test('sums rounds up by their medians and keeps its details', () => {
    const rounds = [
      { value: 90, baseline: 100 },
      { value: 50, baseline: 100 },
      { value: 80, baseline: 200 },
    ];
    expect(lineOf('commands per second', '1/s', rounds, { atLeast: 0.7 }, { senders: 50 })).toEqual({
      measure: 'commands per second',
      value: 80,
      unit: '1/s',
      baseline: 100,
      ratio: 0.5,
      bound: '>= 0.7',
      ok: false,
      rounds: 3,
      senders: 50,
    });
  });

  test.each([
    [{ atLeast: 0.7 }, 7, true],
    [{ atLeast: 0.7 }, 6.9, false],
    [{ atMost: 1.2 }, 12, true],
    [{ atMost: 1.2 }, 12.1, false],
    [{ atMost: 1.2 }, Number.NaN, false],
  ])('holds %j to %d of 10: %s', (bound, value, ok) => {
    expect(lineOf('m', 'ms', [{ value, baseline: 10 }], bound).ok).toBe(ok);
  });

  test.each([
    [20, true],
    [20.1, false],
    [Number.NaN, false],
  ])('holds the value %d itself to at most 20', (value, ok) => {
    const line = lineOf('m', 'ms', [{ value, baseline: 1_000 }], { valueAtMost: 20 });
    expect(line).toMatchObject({ ok, bound: '<= 20 ms' });
  });

  test('is only reported without a bound', () => {
    const line = lineOf('m', 'ms', [{ value: 1_000, baseline: 1 }], undefined);
    expect(line.ok).toBe(true);
    expect(line).not.toHaveProperty('bound');
  });

  test('is never made of nothing', () => {
    expect(() => lineOf('m', 'ms', [], undefined)).toThrow(RangeError);
    expect(() => percentile([], 0.99)).toThrow(RangeError);
  });

  test('knows the middle and the 99th of 100', () => {
    const values = Array.from({ length: 100 }, (_, at) => 100 - at);
    expect(median([3, 1, 2])).toBe(2);
    expect(median([4, 1, 2, 3])).toBe(2.5);
    expect(percentile(values, 0.99)).toBe(99);
    expect(percentile(values, 1)).toBe(100);
  });
});
