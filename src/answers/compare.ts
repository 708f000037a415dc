import type { KeptPiece, KeptSeries } from '../backends/kept-answer.ts';
import type { KeptPieces } from '../backends/shape-kept.ts';
import { type Comparison, compareNumbers } from '../domain/comparison.ts';
import { nameSeries } from '../domain/series-name.ts';
import { readColumns, readNumber, sayCell } from './read-columns.ts';

const NAME = 300;

/** What two answers are compared by: a number for each name. */
interface Measured {
  readonly measure: string;
  readonly unit?: string;
  readonly before: ReadonlyMap<string, number>;
  readonly after: ReadonlyMap<string, number>;
}

/** A shape for kept answers: the first is the earlier one. What limits each of them beyond a cut is in the argument. */
export function* compareAnswers(
  [before, after]: readonly KeptPieces[],
  limits: readonly string[],
): Iterable<Comparison> {
  if (!before || !after) return;
  const [was, is] = [[...before], [...after]];
  const { measure, unit, ...sides } = measured(was, is);
  const cut = [before.cut ? 'the earlier' : '', after.cut ? 'the later' : ''].filter((one) => one !== '');
  yield {
    measure,
    ...(unit !== undefined && { unit }),
    ...compareNumbers(sides.before, sides.after),
    limits: [
      ...limits,
      ...(cut.length > 0 ? [`only the beginning of ${cut.join(' and of ')} answer was kept`] : []),
    ],
  };
}

function measured(was: readonly KeptPiece[], is: readonly KeptPiece[]): Measured {
  const all = [...was, ...is];
  if (all.some((one) => one.kind === 'frames'))
    return {
      measure: 'self',
      ...unitOf(all),
      before: selfByName(was),
      after: selfByName(is),
    };
  const table = all.find((one) => one.kind === 'rows');
  if (table?.kind === 'rows') return measuredRows(table.columns, was, is);
  const series = (of: readonly KeptPiece[]) => of.flatMap((one) => (one.kind === 'series' ? one.series : []));
  const labels = all.flatMap((one) => (one.kind === 'series' ? one.series.map((each) => each.labels) : []));
  // Telling labels apart is quadratic; among very many the first are told by all their labels.
  const told = labels.length > 2_000 ? [{}] : labels;
  return {
    measure: 'mean',
    ...unitOf(all),
    before: meanByName(series(was), told),
    after: meanByName(series(is), told),
  };
}

function unitOf(all: readonly KeptPiece[]): { readonly unit?: string } {
  const unit = all.flatMap((one) => ('unit' in one && one.unit !== undefined ? [one.unit] : []))[0];
  return unit === undefined ? {} : { unit };
}

function meanByName(
  series: readonly KeptSeries[],
  all: readonly Readonly<Record<string, string>>[],
): ReadonlyMap<string, number> {
  const sums = new Map<string, { sum: number; count: number }>();
  let name = '';
  for (const one of series) {
    if (!one.continues) name = nameSeries(one.labels, all).slice(0, NAME);
    const found = sums.get(name) ?? { sum: 0, count: 0 };
    for (const value of one.values) {
      if (Number.isNaN(value)) continue;
      found.sum += value;
      found.count++;
    }
    sums.set(name, found);
  }
  return new Map([...sums].map(([key, { sum, count }]) => [key, count === 0 ? Number.NaN : sum / count]));
}

function selfByName(pieces: readonly KeptPiece[]): ReadonlyMap<string, number> {
  const sums = new Map<string, number>();
  for (const piece of pieces)
    if (piece.kind === 'frames')
      for (const { name, self } of piece.frames) sums.set(name, (sums.get(name) ?? 0) + self);
  return sums;
}

/** The sum of the first column of numbers by what the other columns name; without one, how many rows each group has. */
function measuredRows(
  columns: readonly string[],
  was: readonly KeptPiece[],
  is: readonly KeptPiece[],
): Measured {
  const rows = (of: readonly KeptPiece[]) =>
    of.flatMap((one) =>
      one.kind === 'rows' ? one.rows.map((row) => columns.map((name) => row[one.columns.indexOf(name)])) : [],
    );
  const [before, after] = [rows(was), rows(is)];
  const { time, numbers, groups } = readColumns(columns, [...before, ...after]);
  const [number] = numbers;
  // Numbers are about the thing that the other columns name; rows that only happened are told apart by what repeats.
  const others = columns.flatMap((_, index) => (index === time || numbers.includes(index) ? [] : [index]));
  const by = number === undefined ? groups : others;
  const tally = (of: readonly (readonly unknown[])[]) => {
    const sums = new Map<string, number>();
    for (const row of of) {
      const cells = by.map((index) => sayCell(row[index])).filter((one) => one !== '');
      const name = cells.join(' · ').slice(0, NAME) || 'all';
      const value = number === undefined ? 1 : readNumber(row[number]);
      if (!Number.isNaN(value)) sums.set(name, (sums.get(name) ?? 0) + value);
    }
    return sums;
  };
  return {
    measure: number === undefined ? 'rows' : (columns[number] ?? 'value'),
    before: tally(before),
    after: tally(after),
  };
}
