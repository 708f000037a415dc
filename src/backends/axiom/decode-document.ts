import { parseJson } from './decode.ts';

/** A JSON document: a list comes in parts, anything else at once. */
export type DocumentPiece =
  | { readonly kind: 'items'; readonly items: readonly unknown[] }
  | { readonly kind: 'whole'; readonly value: unknown };

const PIECE = 500;

/** Decodes the answers of management and of metrics, whatever they list. Throws SyntaxError when it is no JSON. */
export function* decodeDocument(bytes: Uint8Array): Iterable<DocumentPiece> {
  const value = parseJson(bytes);
  if (!Array.isArray(value)) {
    yield { kind: 'whole', value };
    return;
  }
  for (let from = 0; from === 0 || from < value.length; from += PIECE)
    yield { kind: 'items', items: value.slice(from, from + PIECE) };
}
