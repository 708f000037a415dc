import { describe, expect, test } from 'vitest';
import { sayAmount, sayGrowth, sayRate, sayShare } from '../../../src/backends/pyroscope/amount.ts';
import { framesOf, pieces } from '../../../src/backends/pyroscope/decode.ts';
import { readFrames, tallies } from '../../../src/backends/pyroscope/flame-graph.ts';
import { flamegraph, type Node } from './wire.ts';

const frames = (tree: Node, compared = false) =>
  framesOf(Buffer.from(JSON.stringify(flamegraph(tree, compared))), compared);

const TREE: Node = {
  name: 'total',
  calls: [
    {
      name: 'main',
      self: 1,
      calls: [
        { name: 'walk', self: 2, calls: [{ name: 'walk', self: 3, calls: [{ name: 'leaf', self: 4 }] }] },
      ],
    },
    { name: 'gc', self: 10, calls: [{ name: 'leaf', self: 5 }] },
  ],
};

test('a graph as a server sends it: gaps, strings, four numbers a node', () => {
  // Written by hand in the shape of the documentation: total 10; a 6 (self 2), a gap of nothing, b 4; under a c 4.
  const wire = {
    names: ['total', 'a', 'b', 'c'],
    levels: [{ values: [0, 10, 0, 0] }, { values: [0, 6, 2, 1, 0, 4, 4, 2] }, { values: [2, 4, 4, 3] }],
  };
  expect(
    readFrames(wire, false).map(({ name, depth, start, total, self }) => [name, depth, start, total, self]),
  ).toEqual([
    ['total', 0, 0, 10, 0],
    ['a', 1, 0, 6, 2],
    ['c', 2, 2, 4, 4],
    ['b', 1, 6, 4, 4],
  ]);
});

test('frames come depth first, whatever the level they stand in', () => {
  expect(frames(TREE).map(({ name, depth }) => `${' '.repeat(depth)}${name}`)).toEqual([
    'total',
    ' main',
    '  walk',
    '   walk',
    '    leaf',
    ' gc',
    '  leaf',
  ]);
});

test('self adds up by name; with what it calls, only the outermost of a recursion counts', () => {
  expect(tallies(frames(TREE)).map(({ name, self, total }) => [name, self, total])).toEqual([
    ['main', 1, 10],
    ['walk', 5, 9],
    ['leaf', 9, 9],
    ['gc', 10, 15],
  ]);
});

test('two profiles side by side: what is gone and what is new keeps its place', () => {
  const tree: Node = {
    name: 'total',
    calls: [
      { name: 'old', selfBefore: 4, calls: [{ name: 'deep', selfBefore: 6 }] },
      { name: 'kept', self: 3, selfBefore: 2, calls: [{ name: 'new', self: 5 }] },
    ],
  };
  expect(frames(tree, true).map(({ name, depth, total, before }) => [name, depth, total, before])).toEqual([
    ['total', 0, 8, 12],
    ['old', 1, 0, 10],
    ['deep', 2, 0, 6],
    ['kept', 1, 8, 2],
    ['new', 2, 5, 0],
  ]);
});

test('what the server left out is told apart, and a level that is cut off is refused', () => {
  const [head, rest] = [
    ...pieces(
      frames({
        name: 'total',
        calls: [
          { name: 'a', self: 8 },
          { name: 'other', self: 2 },
        ],
      }),
    ),
  ];
  expect(head).toMatchObject({ kind: 'head', total: 10, cutOff: 2 });
  expect(rest).toMatchObject({ functions: [{ name: 'a' }] });
  expect(() => readFrames({ names: ['total'], levels: [{ values: [0, 1, 1] }] }, false)).toThrow('cut off');
  expect(() => readFrames({ names: [], levels: [{ values: [0, 1, 1, 5] }] }, false)).toThrow('no name');
});

describe('amounts', () => {
  test.each([
    [sayAmount(12_400_000_000, 'nanoseconds'), '12.4 s'],
    [sayAmount(4_200_000, 'nanoseconds'), '4.2 ms'],
    [sayAmount(0, 'nanoseconds'), '0 ns'],
    [sayAmount(38_200_000, 'bytes'), '38.2 MB'],
    [sayAmount(1_204, 'count'), '1,204'],
    [sayRate(900e9, 1_800, 'nanoseconds'), '0.5 cores'],
    [sayRate(3_600_000, 60, 'bytes'), '60 kB/s'],
    [sayRate(120, 60, 'count'), '2/s'],
    [sayGrowth(2, 3), '+50 %'],
    [sayGrowth(4, 3), '−25 %'],
    [sayGrowth(0, 3), 'new'],
    [sayGrowth(3, 0), 'gone'],
    [sayGrowth(1, 40), '×40'],
    [sayShare(1, 3), '33.3 %'],
    [sayShare(0, 0), '0 %'],
  ])('%s', (said, expected) => {
    expect(said).toBe(expected);
  });
});
