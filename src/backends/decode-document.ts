import { rowsOfJson } from '../domain/rows-of-json.ts';
import type { KeptPiece } from './kept-answer.ts';

/** Rows in one piece. */
const PIECE = 500;
/** Characters of a text that are shown and kept of an answer that is no table. */
const TEXT = 1_000_000;

/** Decodes whatever a read-only request brought: a table where there certainly is one, else text, JSON laid out. Never throws. */
export function* decodeDocument(bytes: Uint8Array): Iterable<KeptPiece> {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    yield { kind: 'text', text: text.slice(0, TEXT).toWellFormed() };
    return;
  }
  const table = rowsOfJson(document);
  if (table === undefined) {
    yield { kind: 'text', text: JSON.stringify(document, null, 2).slice(0, TEXT).toWellFormed() };
    return;
  }
  const { columns, rows } = table;
  for (let from = 0; from < rows.length; from += PIECE)
    yield { kind: 'rows', columns, rows: rows.slice(from, from + PIECE) };
}

/** Whether a question was such a request; its text is the request line. */
export function isGet(query: string): boolean {
  return /^GET \//.test(query);
}
