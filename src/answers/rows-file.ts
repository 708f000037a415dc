import type { KeptPiece, KeptSeries } from '../backends/kept-answer.ts';
import type { KeptPieces } from '../backends/shape-kept.ts';
import { csvRow } from './csv.ts';

export type RowsFormat = 'csv' | 'ndjson' | 'txt';

/** A whole answer as a file, in pieces that end with a line. */
export type RowsPiece =
  | { readonly kind: 'begin'; readonly format: RowsFormat }
  | { readonly kind: 'text'; readonly text: string }
  | {
      readonly kind: 'end';
      readonly rows: number;
      /** The snapshot ended before the answer did. */
      readonly cut: boolean;
      /** The file ends at its limit although there is more. */
      readonly full: boolean;
    };

export interface RowsWanted {
  /** CSV where nothing is said, NDJSON where cells hold more than one value. */
  readonly format?: 'csv' | 'ndjson';
  /** Characters of the whole file; default 40,000,000. */
  readonly limit?: number;
}

/** Characters of one piece: a millisecond or two to receive, to check for secrets and to pass on. */
const PIECE = 4_000;
const LIMIT = 40_000_000;
/** Characters of a private key: none is as long as that. */
const LONGEST_KEY = 32_000;

/** A shape for kept answers: the first of them as a file. */
export function* rowsFile([pieces]: readonly KeptPieces[], wanted: RowsWanted): Iterable<RowsPiece> {
  if (!pieces) return;
  const table = tableOf(pieces);
  const format = table.prose ? 'txt' : (wanted.format ?? (table.nested ? 'ndjson' : 'csv'));
  const { columns } = table;
  yield { kind: 'begin', format };
  let text = format === 'csv' ? csvRow(columns) : '';
  let written = 0;
  let rows = 0;
  let full = false;
  for (const row of table.rows()) {
    text += format === 'csv' ? csvRow(row) : format === 'txt' ? row.join('') : jsonRow(columns, row);
    rows++;
    if (text.length < PIECE) continue;
    written += text.length;
    yield { kind: 'text', text };
    text = '';
    full = written >= (wanted.limit ?? LIMIT);
    if (full) break;
  }
  if (text !== '') yield { kind: 'text', text };
  yield { kind: 'end', rows, cut: pieces.cut, full };
}

interface Table {
  readonly columns: readonly string[];
  /** A cell holds more than one value. */
  readonly nested: boolean;
  readonly prose: boolean;
  rows(): Iterable<readonly unknown[]>;
}

/**
 * Columns are known only when all pieces were seen, so they are all read first: bytes in a worker's memory. Where an answer is
 * both rows and a call tree, the rows are what its card shows.
 */
function tableOf(pieces: KeptPieces): Table {
  const all: KeptPiece[] = [...pieces];
  const series = all.flatMap((one) => (one.kind === 'series' ? one.series : []));
  if (series.length > 0) return tableOfSeries(series);
  const rows = all.filter((one) => one.kind === 'rows');
  if (rows.length > 0)
    return {
      columns: rows[0]?.columns ?? [],
      nested: rows.some((one) => one.rows.some((row) => row.some(isNested))),
      prose: false,
      *rows() {
        for (const one of rows) yield* one.rows;
      },
    };
  const frames = all.filter((one) => one.kind === 'frames');
  if (frames.length > 0) {
    const compared = frames.some((one) => one.frames.some(({ before }) => before !== undefined));
    return {
      columns: ['depth', 'name', 'self', 'total', ...(compared ? ['total_before'] : [])],
      nested: false,
      prose: false,
      *rows() {
        for (const { frames: some } of frames)
          for (const { depth, name, self, total, before } of some)
            yield [depth, name, self, total, ...(compared ? [before ?? ''] : [])];
      },
    };
  }
  const texts = all.flatMap((one) => (one.kind === 'text' ? slices(one.text) : []));
  return { columns: [], nested: false, prose: true, rows: () => texts.map((text) => [text]) };
}

/** One row for each sample: its time, its value, and the labels of its series. */
function tableOfSeries(series: readonly KeptSeries[]): Table {
  const labels = [...new Set(series.flatMap((one) => Object.keys(one.labels)))].sort();
  const columns = [
    'time',
    'value',
    ...labels.map((name) => (name === 'time' || name === 'value' ? `label_${name}` : name)),
  ];
  return {
    columns,
    nested: false,
    prose: false,
    *rows() {
      for (const one of series) {
        const same = labels.map((name) => (Object.hasOwn(one.labels, name) ? one.labels[name] : ''));
        for (let index = 0; index < one.times.length; index++)
          yield [new Date(one.times[index] ?? 0).toISOString(), number(one.values[index]), ...same];
      }
    },
  };
}

/** JSON knows no infinities. */
function number(value = Number.NaN): number | string {
  return Number.isFinite(value) ? value : Number.isNaN(value) ? 'NaN' : value > 0 ? '+Inf' : '-Inf';
}

function jsonRow(columns: readonly string[], row: readonly unknown[]): string {
  return `${JSON.stringify(Object.fromEntries(columns.map((name, index) => [name, row[index] ?? null])))}\n`;
}

function isNested(cell: unknown): boolean {
  return typeof cell === 'object' && cell !== null;
}

/** A text in pieces, each ending with a line where there are any, and never inside a private key: it would not be seen. */
function slices(text: string): readonly string[] {
  const out: string[] = [];
  for (let from = 0; from < text.length; ) {
    const to = endOfSlice(text, from);
    out.push(text.slice(from, to));
    from = to;
  }
  return out;
}

function endOfSlice(text: string, from: number): number {
  if (from + PIECE >= text.length) return text.length;
  const line = text.lastIndexOf('\n', from + PIECE);
  const to = line > from ? line + 1 : from + PIECE;
  const key = text.lastIndexOf('-----BEGIN', to);
  if (key < from || text.slice(key, to).includes('-----END')) return to;
  const end = text.indexOf('-----END', to);
  return end === -1 || end - key > LONGEST_KEY ? to : text.indexOf('\n', end) + 1 || text.length;
}
