import { expect, test } from 'vitest';
import { compareAnswers } from '../../src/answers/compare.ts';
import type { KeptPiece } from '../../src/backends/kept-answer.ts';
import type { Comparison } from '../../src/domain/comparison.ts';
import { asRows, asSeries, piecesOf, series } from './pieces.ts';

function compare(before: readonly KeptPiece[], after: readonly KeptPiece[], cut = false): Comparison {
  const [made] = compareAnswers([piecesOf(before), piecesOf(after, cut)], ['E1 is partial: x']);
  if (!made) throw new Error('no comparison');
  return made;
}

test('series by their means, the largest change first; new, gone and the same are told apart', () => {
  const before = asSeries(
    series({ code: '500' }, [1, 3, Number.NaN]),
    series({ code: '200' }, [100]),
    series({ code: '404' }, [7]),
  );
  const after = asSeries(
    series({ code: '500' }, [10]),
    series({ code: '500' }, [30], { continues: true }),
    series({ code: '200' }, [100.5]),
    series({ code: '429' }, [61]),
  );
  expect(compare([before], [after])).toEqual({
    measure: 'mean',
    changes: [
      { name: 'code 429', after: 61 },
      { name: 'code 500', before: 2, after: 20 },
      { name: 'code 404', before: 7 },
    ],
    changed: 3,
    same: 1,
    limits: ['E1 is partial: x'],
  });
});

test('one series on each side is the same series', () => {
  const [one, other] = [asSeries(series({}, [1])), asSeries(series({}, [2]))];
  expect(compare([one], [other]).changes).toEqual([{ name: 'value', before: 1, after: 2 }]);
});

test('rows with numbers by what the other columns name', () => {
  const before = asRows(['route', 'count'], ...Array.from({ length: 60 }, (_, i) => [`/r${i}`, i]));
  const after = asRows(
    ['route', 'count'],
    ...Array.from({ length: 60 }, (_, i) => [`/r${i}`, i === 9 ? 500 : i]),
  );
  expect(compare([before], [after])).toMatchObject({
    measure: 'count',
    changes: [{ name: '/r9', before: 9, after: 500 }],
    same: 59,
  });
});

test('rows that only happened by how many of each kind there are', () => {
  const lines = (errors: number, infos: number) =>
    asRows(
      ['time', 'line', 'level'],
      ...Array.from({ length: errors + infos }, (_, i) => [
        `2026-11-23T14:00:${String(i % 60).padStart(2, '0')}.${i}Z`,
        `line ${i} ${errors}`,
        i < errors ? 'error' : 'info',
      ]),
    );
  expect(compare([lines(5, 100)], [lines(80, 100)]).changes).toEqual([
    { name: 'error', before: 5, after: 80 },
  ]);
});

test('call trees by what each function used itself', () => {
  const tree = (self: number): KeptPiece => ({
    kind: 'frames',
    unit: 'ns',
    frames: [
      { name: 'main', depth: 0, start: 0, total: 100, self: 0 },
      { name: 'json', depth: 1, start: 0, total: 9, self },
      { name: 'json', depth: 2, start: 0, total: 9, self: 1 },
    ],
  });
  expect(compare([tree(8)], [tree(40)])).toMatchObject({
    measure: 'self',
    unit: 'ns',
    changes: [{ name: 'json', before: 9, after: 41 }],
  });
});

test('a cut answer limits what can be said', () => {
  expect(compare([asSeries(series({}, [1]))], [asSeries(series({}, [1]))], true).limits).toEqual([
    'E1 is partial: x',
    'only the beginning of the later answer was kept',
  ]);
});

test('ten thousand series against ten thousand keep the fifty largest', () => {
  const many = (add: number) =>
    asSeries(
      ...Array.from({ length: 10_000 }, (_, i) =>
        series({ pod: `p${i}`, job: 'x' }, [i + 1 + (i % 7 === 0 ? add * i : 0)]),
      ),
    );
  const made = compare([many(0)], [many(1)]);
  expect(made.changes).toHaveLength(50);
  expect(made.changed).toBe(1_428);
});
