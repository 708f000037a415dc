import type { KeptPiece } from '../kept-answer.ts';
import { decodeQuery } from './decode.ts';

/** Reads a kept answer of `query` or `query_range` again. */
export function* readPrometheus(bytes: Uint8Array): Iterable<KeptPiece> {
  for (const piece of decodeQuery(bytes)) if (piece.kind === 'series' || piece.kind === 'text') yield piece;
}
