import type { SeriesPiece } from '../prometheus/decode.ts';

/** One series before it is cut: times in ms, oldest first. */
export interface WholeSeries {
  readonly labels: Readonly<Record<string, string>>;
  readonly points: readonly (readonly [at: number, value: number])[];
}

/** A piece holds about this many samples: a millisecond or two to receive. */
const PIECE = 10_000;

/** Series in pieces; a long one is cut, so that no piece is large. */
export function* seriesPieces(
  all: Iterable<WholeSeries>,
): Iterable<{ readonly kind: 'series'; readonly series: readonly SeriesPiece[] }> {
  let batch: SeriesPiece[] = [];
  let size = 0;
  for (const { labels, points } of all)
    for (let from = 0; from === 0 || from < points.length; from += PIECE) {
      const part = points.slice(from, from + PIECE);
      batch.push({
        labels,
        continues: from > 0,
        times: Float64Array.from(part, ([at]) => at),
        values: Float64Array.from(part, ([, value]) => value),
      });
      size += part.length + 5;
      if (size < PIECE) continue;
      yield { kind: 'series', series: batch };
      batch = [];
      size = 0;
    }
  if (batch.length > 0) yield { kind: 'series', series: batch };
}
