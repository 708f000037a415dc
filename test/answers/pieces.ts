import type { KeptPiece } from '../../src/backends/kept-answer.ts';
import type { KeptPieces } from '../../src/backends/shape-kept.ts';

/** Pieces as a reader gives them. */
export function piecesOf(pieces: readonly KeptPiece[], cut = false): KeptPieces {
  return { cut, [Symbol.iterator]: () => pieces[Symbol.iterator]() };
}

export const FROM = Date.parse('2026-11-23T14:00:00Z');

export function series(
  labels: Readonly<Record<string, string>>,
  values: readonly number[],
  { continues = false, start = 0, step = 60_000 } = {},
) {
  return {
    labels,
    continues,
    times: Float64Array.from(values, (_, index) => FROM + (start + index) * step),
    values: Float64Array.from(values),
  };
}

export const asSeries = (...all: readonly ReturnType<typeof series>[]): KeptPiece => ({
  kind: 'series',
  series: all,
});

export const asRows = (columns: readonly string[], ...rows: readonly (readonly unknown[])[]): KeptPiece => ({
  kind: 'rows',
  columns,
  rows,
});
