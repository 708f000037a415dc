import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sayTick, sayValue, timeTicks, valueScale } from '../../src/charts/scale.ts';
import { elide, textWidth, wrap } from '../../src/charts/text-width.ts';
import { DAY, HOUR, MINUTE } from '../../src/domain/time.ts';

const said = (lowest: number, highest: number) => {
  const { ticks, step } = valueScale(lowest, highest);
  return ticks.map((one) => sayTick(one, step));
};

test.each([
  [0, 44, ['0', '10', '20', '30', '40', '50']],
  [0.1, 0.35, ['0', '0.1', '0.2', '0.3', '0.4']],
  [90, 100, ['90', '92', '94', '96', '98', '100']],
  [1_200, 9_000, ['0', '2k', '4k', '6k', '8k', '10k']],
  [0, 1.1, ['0', '0.25', '0.5', '0.75', '1', '1.25'].map((one) => one)],
  [-3, 3, ['-4', '-2', '0', '2', '4']],
])('values from %d to %d', (lowest, highest, labels) => {
  const numbers = said(lowest, highest);
  expect(numbers.map(Number.parseFloat)).toEqual(labels.map(Number.parseFloat));
  expect(new Set(numbers).size).toBe(numbers.length);
});

test('every span of values gets a few different ticks that hold it', () => {
  fc.assert(
    fc.property(
      fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e200, max: 1e200 }),
      fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e200, max: 1e200 }),
      (a, b) => {
        const [lowest, highest] = [Math.min(a, b), Math.max(a, b)];
        const { low, high, ticks, step } = valueScale(lowest, highest);
        const slack = step * 1e-6;
        expect(low).toBeLessThanOrEqual(lowest + slack);
        expect(high).toBeGreaterThanOrEqual(highest - slack);
        expect(ticks.length).toBeGreaterThan(1);
        expect(ticks.length).toBeLessThan(14);
      },
    ),
  );
});

test.each([
  [41.23, '41.2'],
  [1_234, '1234'],
  [12_345, '12.3k'],
  [3e12, '3T'],
  [0, '0'],
  [Number.NaN, 'NaN'],
  [Number.NEGATIVE_INFINITY, '-Inf'],
  [1.5e-9, '1.50e-9'],
])('%d is %s in a legend', (value, text) => {
  expect(sayValue(value)).toBe(text);
});

describe('times', () => {
  const at = Date.parse('2026-11-23T14:02:00Z');
  const labels = (length: number) => timeTicks({ from: at, to: at + length }).map((one) => one.label);

  test.each([
    [20_000, ['14:02:00', '14:02:05', '14:02:10', '14:02:15', '14:02:20']],
    [30 * MINUTE, ['14:05', '14:10', '14:15', '14:20', '14:25', '14:30']],
    [12 * HOUR, ['23 Nov 16:00', '18:00', '20:00', '22:00', '24 Nov', '02:00']],
    [6 * DAY, ['24 Nov', '25 Nov', '26 Nov', '27 Nov', '28 Nov', '29 Nov']],
  ])('a window of %d ms has round ticks in UTC', (length, expected) => {
    expect(labels(length)).toEqual(expected);
  });

  test('ten years are no list of thousands', () => {
    expect(labels(3_650 * DAY).length).toBeLessThan(12);
  });
});

test('text is cut where it would leave its room, between characters', () => {
  expect(elide('short', 200, 13)).toBe('short');
  const cut = elide('payments-production-eu-west-1', 80, 13);
  expect(cut).toMatch(/^payments.*…$/);
  expect(textWidth(cut, 13)).toBeLessThanOrEqual(80);
  expect(elide('😀'.repeat(50), 60, 13).isWellFormed()).toBe(true);
  expect(elide('x'.repeat(10_000_000), 80, 13).length).toBeLessThan(30);
});

test('words go on in the next line, and the last line says that there is more', () => {
  const lines = wrap('one two three four five six seven eight nine ten', 70, 13, 2);
  expect(lines).toHaveLength(2);
  expect(lines[0]).toBe('one two');
  expect(lines[1]).toMatch(/^three.*…$/);
  expect(wrap('x'.repeat(300), 70, 13, 3)).toHaveLength(3);
  expect(wrap('', 70, 13, 3)).toEqual([]);
});
