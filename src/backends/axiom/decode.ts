import type { SeriesPiece } from '../prometheus/decode.ts';
import { metricsResult, metricsSeries } from './schema.ts';
import { seriesPieces, type WholeSeries } from './series-pieces.ts';
import { decodeTable, type TableHead } from './table.ts';

export type AxiomPiece =
  | TableHead
  | { readonly kind: 'rows'; readonly rows: readonly (readonly unknown[])[] }
  | { readonly kind: 'series'; readonly series: readonly SeriesPiece[] };

/** Decodes an answer of `_apl?format=tabular`. Throws SyntaxError or ZodError when it is not one. */
export function* decodeApl(bytes: Uint8Array): Iterable<AxiomPiece> {
  yield* decodeTable(parseJson(bytes));
}

/** Decodes an answer of `_mpl?format=metrics-v1`. */
export function* decodeMpl(bytes: Uint8Array): Iterable<AxiomPiece> {
  yield* seriesPieces(metricsOf(parseJson(bytes)));
}

export function* metricsOf(answer: unknown): Iterable<WholeSeries> {
  for (const entry of metricsResult.parse(answer)) {
    const { metric, tags, start, resolution, data } = metricsSeries.parse(entry);
    yield {
      labels: {
        __name__: metric,
        ...Object.fromEntries(Object.entries(tags ?? {}).map(([tag, value]) => [tag, String(value ?? '')])),
      },
      points: data.flatMap((value, index) =>
        value === null ? [] : [[Math.round((start + index * resolution) * 1_000), value] as const],
      ),
    };
  }
}

export function parseJson(bytes: Uint8Array): unknown {
  return JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8'));
}
