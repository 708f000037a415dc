import { type Collected, collect } from '../prometheus/collect.ts';
import type { QueryPiece } from '../prometheus/decode.ts';
import type { LokiPiece } from './decode.ts';

/**
 * An answer put together from its pieces. `limit` is how many lines were asked for: that many mean that there are probably
 * more. `quote` makes the server's text safe to show.
 */
export async function collectLoki(
  pieces: AsyncIterable<LokiPiece>,
  limit: number,
  quote: (text: string) => string,
): Promise<Collected & { readonly lines?: number }> {
  let head: Extract<LokiPiece, { kind: 'lines' }> | undefined;
  const rows: (readonly string[])[] = [];
  async function* numbers(): AsyncGenerator<QueryPiece> {
    for await (const piece of pieces) {
      if (piece.kind === 'lines') head = piece;
      else if (piece.kind === 'rows') rows.push(...piece.rows);
      else yield piece;
    }
  }
  const found = await collect(numbers(), quote);
  if (!head) return found;
  const said = head.warnings.map(quote);
  const why =
    rows.length >= limit
      ? `these are the newest ${limit.toLocaleString('en')} lines, and there are probably more`
      : said[0];
  return {
    ...found,
    result: { kind: 'rows', columns: head.columns, rows },
    completeness: why === undefined ? { kind: 'complete' } : { kind: 'partial', why },
    warnings: [
      ...said,
      ...(rows.length >= limit
        ? ['Narrow the selector, filter with `|=`, or ask for a shorter time to see all.']
        : []),
      ...(head.left > 0 ? [`${head.left.toLocaleString('en')} more labels are not shown.`] : []),
    ],
    lines: rows.length,
  };
}
