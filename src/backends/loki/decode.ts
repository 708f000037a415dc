import { decodeQuery, type NamesPiece, type QueryPiece } from '../prometheus/decode.ts';
import { namesAnswer, queryAnswer, stream } from './schema.ts';

/** Lines as rows: the columns once, then the rows, newest first. */
export type LinesPiece =
  | {
      readonly kind: 'lines';
      readonly columns: readonly string[];
      readonly warnings: readonly string[];
      /** Labels for which there was no column left. */
      readonly left: number;
    }
  | { readonly kind: 'rows'; readonly rows: readonly (readonly string[])[] };

export type LokiPiece = QueryPiece | LinesPiece;

/** A piece holds about this many cells. */
const PIECE = 10_000;
/** Columns for labels, at most. */
const LABEL_COLUMNS = 100;

interface Line {
  readonly ns: string;
  readonly text: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** Decodes an answer of `query` and `query_range`. Throws SyntaxError or ZodError when it is not one. */
export function* decodeLoki(bytes: Uint8Array): Iterable<LokiPiece> {
  const { data, warnings } = queryAnswer.parse(parse(bytes));
  if (data.resultType === 'streams') yield* decodeLines(data.result, warnings ?? []);
  else yield* decodeQuery(bytes);
}

function* decodeLines(streams: readonly unknown[], warnings: readonly string[]): Iterable<LinesPiece> {
  const lines = streams.flatMap((one): Line[] => {
    const { stream: labels, values } = stream.parse(one);
    return values.map(([ns, text]) => ({ ns, text, labels }));
  });
  lines.sort((a, b) => newest(a.ns, b.ns));
  const names = labelNames(lines);
  const shown = names.slice(0, LABEL_COLUMNS);
  yield {
    kind: 'lines',
    columns: ['time', 'line', ...shown],
    warnings: warnings.slice(0, 20),
    left: names.length - shown.length,
  };
  const each = Math.max(1, Math.floor(PIECE / (shown.length + 2)));
  for (let from = 0; from < lines.length; from += each)
    yield {
      kind: 'rows',
      rows: lines
        .slice(from, from + each)
        .map(({ ns, text, labels }) => [exactTime(ns), text, ...shown.map((name) => own(labels, name))]),
    };
}

/** Those that tell lines apart first, for a card shows only the first columns; then by name. */
function labelNames(lines: readonly Line[]): string[] {
  const values = new Map<string, Set<string>>();
  const last = new Set<Line['labels']>();
  for (const { labels } of lines) {
    if (last.has(labels)) continue;
    last.add(labels);
    for (const [name, value] of Object.entries(labels))
      values.set(name, (values.get(name) ?? new Set()).add(value));
  }
  const streams = last.size;
  const tells = (name: string) =>
    (values.get(name)?.size ?? 0) > 1 || [...last].some((labels) => !Object.hasOwn(labels, name));
  const telling = new Map([...values.keys()].map((name) => [name, streams > 1 && tells(name) ? 0 : 1]));
  return [...values.keys()].sort((a, b) => (telling.get(a) ?? 0) - (telling.get(b) ?? 0) || (a < b ? -1 : 1));
}

function own(labels: Readonly<Record<string, string>>, name: string): string {
  return Object.hasOwn(labels, name) ? (labels[name] ?? '') : '';
}

/** Decimal digits of equal meaning have equal length, so no number larger than 2^53 is ever made. */
function newest(a: string, b: string): number {
  return b.length - a.length || (a < b ? 1 : a > b ? -1 : 0);
}

/** Nanoseconds since the epoch as RFC 3339 with all nine decimals: `2026-11-22T12:43:10.357787136Z`. */
export function exactTime(ns: string): string {
  const digits = ns.padStart(10, '0');
  const seconds = Number(digits.slice(0, -9));
  const date = new Date(seconds * 1_000);
  if (Number.isNaN(date.getTime())) return ns;
  return `${date.toISOString().slice(0, -5)}.${digits.slice(-9)}Z`;
}

/** Decodes a list of names: label values, label names. */
export function* decodeNames(bytes: Uint8Array): Iterable<NamesPiece> {
  const names = namesAnswer.parse(parse(bytes)).data ?? [];
  for (let from = 0; from < names.length; from += PIECE) yield names.slice(from, from + PIECE);
}

function parse(bytes: Uint8Array): unknown {
  return JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8'));
}
