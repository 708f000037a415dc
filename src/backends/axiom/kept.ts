import { documentText } from '../document-text.ts';
import type { KeptPiece, KeptQuestion } from '../kept-answer.ts';
import { annotationRows } from './annotations.ts';
import { metricsOf, parseJson } from './decode.ts';
import { type KeptMonitors, monitorsOf } from './kept-monitors.ts';
import { isMpl } from './mpl/read-mpl.ts';
import { annotationsAnswer, namesAnswer } from './schema.ts';
import { seriesPieces } from './series-pieces.ts';
import { decodeTable } from './table.ts';
import { readVerb } from './verb.ts';

/** Reads a kept answer again: of a query in either language, of one of our verbs, or of a request. */
export function* readAxiom(bytes: Uint8Array, question: KeptQuestion): Iterable<KeptPiece> {
  let answer: unknown;
  let cut: unknown;
  try {
    answer = parseJson(bytes);
  } catch (error) {
    cut = error;
    answer = parseJson(beforeCut(bytes));
  }
  if (question.query.startsWith('GET ')) yield { kind: 'text', text: documentText(bytes) };
  else yield* piecesOf(answer, question, cut !== undefined);
  // What there was has been given; that it is not all is told by whoever catches this.
  if (cut !== undefined) throw cut;
}

function* piecesOf(answer: unknown, { query }: KeptQuestion, cut: boolean): Iterable<KeptPiece> {
  const verb = readVerb(query)?.verb;
  if (verb === 'monitors') yield { kind: 'rows', ...monitorsOf(answer as KeptMonitors) };
  else if (verb === 'annotations') yield { kind: 'rows', ...annotationRows(annotationsAnswer.parse(answer)) };
  else if (verb === 'values')
    yield { kind: 'rows', columns: ['value'], rows: namesAnswer.parse(answer).map((value) => [value]) };
  else if (isMpl(query)) yield* seriesPieces(metricsOf(answer));
  else {
    let columns: readonly string[] = [];
    let unit: string | undefined;
    for (const piece of decodeTable(answer, cut)) {
      if (piece.kind === 'head') {
        columns = piece.columns ?? [];
        unit = piece.unit;
      } else if (piece.kind === 'rows') yield { kind: 'rows', columns, rows: piece.rows };
      else yield { ...piece, ...(unit !== undefined && { unit }) };
    }
  }
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const CLOSING: ReadonlyMap<number, number> = new Map([
  [0x5b, 0x5d],
  [0x7b, 0x7d],
]);

/**
 * A cut JSON text back to its last comma, everything still open closed. Columns are long lists of plain values, so cutting back to
 * the last object that ended would lose a whole column. Without a comma nothing is left.
 */
function beforeCut(bytes: Uint8Array): Uint8Array {
  const open: number[] = [];
  let end = 0;
  let closing: readonly number[] = [];
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    const closes = CLOSING.get(byte);
    if (byte === QUOTE) {
      for (at++; at < bytes.length && bytes[at] !== QUOTE; at++) if (bytes[at] === BACKSLASH) at++;
    } else if (closes !== undefined) open.push(closes);
    else if (byte === open.at(-1)) open.pop();
    else if (byte === COMMA) {
      end = at;
      closing = [...open];
    }
  }
  const whole = new Uint8Array(end + closing.length);
  whole.set(bytes.subarray(0, end));
  whole.set(closing.toReversed(), end);
  return whole;
}
