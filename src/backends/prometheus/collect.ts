import type { Completeness, Result, Sample, Series } from '../../domain/evidence.ts';
import type { QueryPiece } from './decode.ts';

/** An answer put together from its pieces. */
export interface Collected {
  readonly result: Result;
  readonly completeness: Completeness;
  readonly warnings: readonly string[];
  readonly series: number;
  readonly samples: number;
}

/** `quote` makes the server's text safe to show. */
export async function collect(
  pieces: AsyncIterable<QueryPiece>,
  quote: (text: string) => string,
): Promise<Collected> {
  const series: { readonly labels: Series['labels']; readonly samples: Sample[] }[] = [];
  const warnings: string[] = [];
  let text: string | undefined;
  let why: string | undefined;
  let samples = 0;
  for await (const piece of pieces) {
    if (piece.kind === 'head') {
      const said = piece.warnings.map(quote);
      warnings.push(...said, ...piece.infos.map(quote));
      // "PromQL warning: …" is about the query. Anything else came from a store that could not be read, so data is missing.
      why = said.find((one) => !/^PromQL (?:warning|info)\b/.test(one));
      if (piece.partial) why ??= 'the server says that its answer is partial';
    } else if (piece.kind === 'text') text = piece.text;
    else if (piece.kind === 'histograms')
      warnings.push(
        `${piece.series} series ${piece.series === 1 ? 'holds' : 'hold'} native histograms, which are not shown; ask with histogram_quantile, histogram_count or histogram_sum.`,
      );
    else
      for (const { labels, times, values, continues } of piece.series) {
        const run: Sample[] = (continues ? series.at(-1)?.samples : undefined) ?? [];
        if (!continues) series.push({ labels, samples: run });
        for (let index = 0; index < times.length; index++)
          run.push({ at: times[index] ?? 0, value: values[index] ?? Number.NaN });
        samples += times.length;
      }
  }
  return {
    result: text === undefined ? { kind: 'series', series } : { kind: 'text', text },
    completeness: why === undefined ? { kind: 'complete' } : { kind: 'partial', why },
    warnings,
    series: series.length,
    samples,
  };
}
