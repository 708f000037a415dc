import { decodeDocument, isGet } from '../decode-document.ts';
import type { KeptPiece, KeptQuestion } from '../kept-answer.ts';
import { readLoki } from '../loki/kept.ts';
import { readPrometheus } from '../prometheus/kept.ts';
import { parse } from './decode.ts';
import { decodeFrames } from './decode-frames.ts';

/**
 * Reads a kept answer again: of a Prometheus or Loki behind Grafana, of `/api/ds/query`, a document, or rows of what was put
 * together from several requests.
 */
export function* readGrafana(bytes: Uint8Array, question: KeptQuestion): Iterable<KeptPiece> {
  if (isGet(question.query)) return yield* decodeDocument(bytes);
  const whole = parse(bytes);
  if (typeof whole !== 'object' || whole === null) throw new SyntaxError('not an answer');
  if ('results' in whole) return yield* readFrames(bytes);
  if ('rows' in whole) {
    const { columns, rows } = whole as { columns: string[]; rows: unknown[][] };
    yield { kind: 'rows', columns, rows };
    return;
  }
  const { data } = whole as { data?: { resultType?: unknown } };
  if (data?.resultType === 'streams') yield* readLoki(bytes, question);
  else yield* readPrometheus(bytes, question);
}

function* readFrames(bytes: Uint8Array): Iterable<KeptPiece> {
  let columns: readonly string[] | undefined;
  let unit: string | undefined;
  for (const piece of decodeFrames(bytes)) {
    if (piece.kind === 'head') ({ columns, unit } = piece);
    else if (piece.kind === 'rows') yield { kind: 'rows', columns: columns ?? [], rows: piece.rows };
    else yield { ...piece, ...(unit !== undefined && { unit }) };
  }
}
