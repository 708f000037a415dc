import { decodeDocument, isGet } from '../decode-document.ts';
import type { KeptPiece, KeptQuestion } from '../kept-answer.ts';
import { decodeLoki } from './decode.ts';

/** Reads a kept answer again: lines, newest first, or series, or whatever was read by its path. */
export function* readLoki(bytes: Uint8Array, { query }: KeptQuestion): Iterable<KeptPiece> {
  if (isGet(query)) return yield* decodeDocument(bytes);
  let columns: readonly string[] = [];
  for (const piece of decodeLoki(bytes)) {
    if (piece.kind === 'lines') columns = piece.columns;
    else if (piece.kind === 'rows') yield { kind: 'rows', columns, rows: piece.rows };
    else if (piece.kind === 'series' || piece.kind === 'text') yield piece;
  }
}
