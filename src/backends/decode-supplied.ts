import { readPasted } from '../domain/read-pasted.ts';
import type { KeptPiece } from './kept-answer.ts';

/** Reads again what a person supplied, as it was recognised when it was saved. */
export function* decodeSupplied(bytes: Uint8Array): Iterable<KeptPiece> {
  const result = readPasted(new TextDecoder().decode(bytes));
  if (result.kind === 'text') yield { kind: 'text', text: result.text };
  else if (result.kind === 'rows') yield { kind: 'rows', columns: result.columns, rows: result.rows };
}
