import { describe, expect, test } from 'vitest';
import { makePlot } from '../../src/answers/make-plot.ts';
import type { Plot } from '../../src/answers/plot.ts';
import type { KeptPiece } from '../../src/backends/kept-answer.ts';
import { MINUTE } from '../../src/domain/time.ts';
import { asRows, asSeries, FROM, piecesOf, series } from './pieces.ts';

const WINDOW = { from: FROM, to: FROM + 30 * MINUTE };

function plot(pieces: readonly KeptPiece[], { cut = false, step = MINUTE } = {}): Plot {
  const [made, ...more] = makePlot([piecesOf(pieces, cut)], { window: WINDOW, step });
  expect(more).toEqual([]);
  if (!made) throw new Error('no plot');
  return made;
}

function lines(pieces: readonly KeptPiece[], options?: Parameters<typeof plot>[1]) {
  const made = plot(pieces, options);
  if (made.kind !== 'series') throw new Error(`it is ${made.kind}`);
  return made;
}

describe('series', () => {
  test('go as they are where they are few, the largest first, named by what tells them apart', () => {
    const made = lines([
      asSeries(series({ code: '500', job: 'a' }, [1, 2]), series({ code: '200', job: 'a' }, [5, 4])),
    ]);
    expect(made.lines.map(({ name, values }) => [name, ...values])).toEqual([
      ['code 200', 5, 4],
      ['code 500', 1, 2],
    ]);
    expect(made).toMatchObject({ total: 2, cut: false });
  });

  test('are put together from their pieces, and a missing sample is a gap', () => {
    const made = lines([
      asSeries(series({}, [1, 2])),
      asSeries(series({}, [3], { continues: true, start: 2 })),
      asSeries(series({}, [9], { continues: true, start: 10 })),
    ]);
    expect([...(made.lines[0]?.values ?? [])]).toEqual([1, 2, 3, Number.NaN, 9]);
    expect(made.lines[0]?.name).toBe('value');
  });

  test('keep their extremes, gaps and infinities when there are more samples than a picture can show', () => {
    const values = Array.from({ length: 18_000 }, (_, index) =>
      index === 7_777
        ? 1_000
        : index === 9_001
          ? -500
          : index === 12_000
            ? Number.POSITIVE_INFINITY
            : Math.sin(index),
    );
    const made = lines([asSeries(series({}, values, { step: 100 }))], { step: 100 });
    const [line] = made.lines;
    if (!line) throw new Error('no line');
    expect(line.values.length).toBeLessThan(1_700);
    expect(line.values).toContain(1_000);
    expect(line.values).toContain(-500);
    expect(line.values).toContain(Number.POSITIVE_INFINITY);
    expect([...line.times]).toEqual([...line.times].toSorted((a, b) => a - b));
    expect(line.values.at(-1)).toBe(values.at(-1));
  });

  test('of many the thirty largest stay, and all are counted', () => {
    const many = Array.from({ length: 1_000 }, (_, index) => series({ pod: `p${index}` }, [index]));
    const made = lines([asSeries(...many)]);
    expect(made.total).toBe(1_000);
    expect(made.lines).toHaveLength(30);
    expect(made.lines[0]?.name).toBe('pod p999');
  });

  test('say where most of their values lay', () => {
    const values = Array.from({ length: 101 }, (_, index) => index);
    expect(lines([asSeries(series({}, [...values, Number.NaN]))]).lines[0]?.spread).toEqual({
      low: 5,
      high: 95,
    });
    expect(lines([asSeries(series({}, [Number.NaN]))]).lines[0]?.spread).toBeUndefined();
  });

  test('none is nothing', () => {
    expect(plot([])).toEqual({ kind: 'nothing', cut: false });
    expect(plot([asSeries(series({ a: 'b' }, []))], { cut: true })).toEqual({ kind: 'nothing', cut: true });
  });
});

describe('rows', () => {
  const at = (minute: number) => new Date(FROM + minute * MINUTE).toISOString().replace('Z', '123456Z');

  test('with numbers are bars, the largest first', () => {
    const rows = Array.from({ length: 40 }, (_, index) => [`/route-${index}`, String(index)]);
    const made = plot([asRows(['route', 'count'], ...rows)]);
    if (made.kind !== 'bars') throw new Error(made.kind);
    expect(made).toMatchObject({ measure: 'count', total: 40 });
    expect(made.bars).toHaveLength(15);
    expect(made.bars[0]).toEqual({ name: '/route-39', value: 39 });
  });

  test('with times and numbers are a line for each group', () => {
    const made = lines([
      asRows(['_time', 'code', 'n'], [at(1), '500', 3], [at(0), '500', 1], [at(0), '200', 9]),
    ]);
    expect(made.lines.map(({ name, values }) => [name, ...values])).toEqual([
      ['200', 9],
      ['500', 1, 3],
    ]);
  });

  test('with times alone are counted over time, by level where there is one', () => {
    const rows = Array.from({ length: 90 }, (_, index) => [
      at(index / 3),
      `line ${index}`,
      index % 3 === 0 ? 'error' : 'info',
    ]);
    const made = lines([asRows(['time', 'line', 'level'], ...rows)]);
    expect(made.counted).toBe('rows per 30 s');
    expect(made.lines.map(({ name }) => name).toSorted()).toEqual(['level error', 'level info']);
    const sum = made.lines.reduce((all, { values }) => all + values.reduce((a, b) => a + b, 0), 0);
    expect(sum).toBe(90);
  });

  test('of a moment are spread over what they span', () => {
    const [made] = makePlot([piecesOf([asRows(['since', 'alert'], [at(-30), 'a'], [at(-1), 'b'])])], {
      window: { from: FROM, to: FROM },
    });
    if (made?.kind !== 'series') throw new Error('no series');
    expect(made.lines[0]?.values.reduce((a, b) => a + b, 0)).toBe(2);
  });

  test('of words alone are how often each occurs', () => {
    const made = plot([asRows(['state', 'id'], ['firing', 'a1'], ['firing', 'b2'], ['silenced', 'c3'])]);
    expect(made).toMatchObject({
      kind: 'bars',
      measure: 'rows by state',
      bars: [
        { name: 'firing', value: 2 },
        { name: 'silenced', value: 1 },
      ],
    });
  });

  test('that are hostile or odd are drawn or not, and never an error', () => {
    const odd = [
      null,
      undefined,
      {},
      [],
      Number.NaN,
      '',
      '\u0000\u202e',
      '9'.repeat(400),
      '2026-99-99T00:00Z',
      true,
    ];
    for (const one of odd)
      for (const other of odd)
        expect(() => plot([asRows(['a', 'b'], [one, other], [other, one])])).not.toThrow();
    expect(plot([asRows([], [], [])]).kind).toBe('nothing');
  });
});

test('a call tree is a flame graph without the frames that nobody could see', () => {
  const frame = (name: string, depth: number, start: number, total: number, before?: number) => ({
    name,
    depth,
    start,
    total,
    self: 0,
    ...(before !== undefined && { before }),
  });
  const frames = [frame('main', 0, 0, 10_000, 5_000), frame('a', 1, 0, 9_000), frame('dust', 1, 9_000, 1)];
  expect(plot([{ kind: 'frames', unit: 'bytes', frames }])).toMatchObject({
    kind: 'flame',
    unit: 'bytes',
    total: 10_000,
    totalBefore: 5_000,
    boxes: [{ name: 'main' }, { name: 'a' }],
  });
  expect(plot([{ kind: 'frames', unit: 'nanoseconds', frames: [frame('main', 0, 0, 5e12)] }])).toMatchObject({
    unit: 's',
    total: 5_000,
    boxes: [{ total: 5_000 }],
  });
});
