import type { Completeness, Result, Sample, Series } from '../../domain/evidence.ts';
import type { FramesPiece } from './decode-frames.ts';

/** An answer of `/api/ds/query` put together from its pieces. */
export interface CollectedFrames {
  readonly result: Result;
  readonly completeness: Completeness;
  readonly warnings: readonly string[];
  /** The first thing that went wrong; an answer with nothing but this is no answer. */
  readonly error?: string;
  readonly series?: number;
  readonly samples?: number;
}

/** `quote` makes the server's text safe to show. */
export async function collectFrames(
  pieces: AsyncIterable<FramesPiece>,
  quote: (text: string) => string,
): Promise<CollectedFrames> {
  const series: { readonly labels: Series['labels']; readonly samples: Sample[] }[] = [];
  const rows: (readonly unknown[])[] = [];
  let head: Extract<FramesPiece, { kind: 'head' }> | undefined;
  let samples = 0;
  for await (const piece of pieces) {
    if (piece.kind === 'head') head = piece;
    else if (piece.kind === 'rows') rows.push(...piece.rows);
    else
      for (const { labels, times, values, continues } of piece.series) {
        const run: Sample[] = (continues ? series.at(-1)?.samples : undefined) ?? [];
        if (!continues) series.push({ labels, samples: run });
        for (let index = 0; index < times.length; index++)
          run.push({ at: times[index] ?? 0, value: values[index] ?? Number.NaN });
        samples += times.length;
      }
  }
  const { columns, unit, notices = [], errors = [], odd = 0 } = head ?? {};
  const [error] = errors.map(quote);
  const why =
    error ??
    (odd > 0 ? `${odd.toLocaleString('en')} ${odd === 1 ? 'frame' : 'frames'} could not be read` : undefined);
  return {
    result: columns
      ? { kind: 'rows', columns, rows }
      : { kind: 'series', series, ...(unit !== undefined && { unit }) },
    completeness: why === undefined ? { kind: 'complete' } : { kind: 'partial', why },
    warnings: [...errors.map(quote), ...notices.map(quote)],
    ...(error !== undefined && { error }),
    ...(!columns && { series: series.length, samples }),
  };
}
