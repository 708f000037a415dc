import { expect, test } from 'vitest';
import { rowsOfJson } from '../../src/domain/rows-of-json.ts';

test('the only list of objects is the table, wherever it lies; cells that are no plain values are JSON', () => {
  expect(
    rowsOfJson({
      status: 'success',
      data: {
        targets: [
          { a: 1, b: { c: 2 } },
          { a: null, d: 'x' },
        ],
      },
    }),
  ).toEqual({
    columns: ['a', 'b', 'd'],
    rows: [
      [1, '{"c":2}', ''],
      [null, '', 'x'],
    ],
  });
  expect(rowsOfJson(['a', 'b'])).toEqual({ columns: ['value'], rows: [['a'], ['b']] });
  expect(rowsOfJson({ active: [{ a: 1 }], dropped: [] })?.rows).toEqual([[1]]);
});

test('what could be read in two ways is no table', () => {
  expect(rowsOfJson({ one: [{ a: 1 }], other: [{ b: 1 }] })).toBeUndefined();
  expect(rowsOfJson([{ a: 1 }, 'b'])).toBeUndefined();
  expect(rowsOfJson([[1], [2]])).toBeUndefined();
  expect(rowsOfJson({ a: 1 })).toBeUndefined();
  expect(rowsOfJson([])).toBeUndefined();
  expect(rowsOfJson(7)).toBeUndefined();
  expect(
    rowsOfJson([Object.fromEntries(Array.from({ length: 200 }, (_, i) => [`c${i}`, i]))]),
  ).toBeUndefined();
});
