import type { KeptPiece } from '../kept-answer.ts';
import { decodeLoki } from './decode.ts';

/** Reads a kept answer of `query` or `query_range` again: lines, newest first, or series. */
export function* readLoki(bytes: Uint8Array): Iterable<KeptPiece> {
  let columns: readonly string[] = [];
  for (const piece of decodeLoki(bytes)) {
    if (piece.kind === 'lines') columns = piece.columns;
    else if (piece.kind === 'rows') yield { kind: 'rows', columns, rows: piece.rows };
    else if (piece.kind === 'series' || piece.kind === 'text') yield piece;
  }
}
