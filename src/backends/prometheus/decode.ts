import { namesAnswer, queryAnswer } from './schema.ts';

/** One series on its way between threads: times in ms and values side by side. */
export interface SeriesPiece {
  readonly labels: Readonly<Record<string, string>>;
  /** The series of the piece before goes on: a long one is cut. */
  readonly continues: boolean;
  readonly times: Float64Array;
  readonly values: Float64Array;
}

export type QueryPiece =
  | {
      readonly kind: 'head';
      readonly type: 'matrix' | 'vector' | 'scalar' | 'string';
      readonly warnings: readonly string[];
      readonly infos: readonly string[];
      readonly partial: boolean;
    }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'series'; readonly series: readonly SeriesPiece[] }
  /** Series that hold native histograms, whose buckets are not shown. */
  | { readonly kind: 'histograms'; readonly series: number };

export type NamesPiece = readonly string[];

/** A piece holds about this many samples, labels or names: a millisecond or two to receive. */
const PIECE = 10_000;
const LABEL_COST = 5;

/** Decodes an answer of `query` and `query_range`. Throws SyntaxError or ZodError when it is not one. */
export function* decodeQuery(bytes: Uint8Array): Iterable<QueryPiece> {
  const answer = queryAnswer.parse(parse(bytes));
  const { resultType, result } = answer.data;
  yield {
    kind: 'head',
    type: resultType,
    warnings: (answer.warnings ?? []).slice(0, 20),
    infos: (answer.infos ?? []).slice(0, 20),
    partial: answer.isPartial ?? false,
  };
  if (resultType === 'string') {
    if (typeof result[1] !== 'string') throw new SyntaxError('not a string sample');
    yield { kind: 'text', text: result[1] };
    return;
  }
  const entries = resultType === 'scalar' ? [{ metric: {}, value: result }] : result;
  let batch: SeriesPiece[] = [];
  let cost = 0;
  let histograms = 0;
  for (const entry of entries) {
    const { pairs, labels, histogram } = readEntry(entry);
    if (histogram) histograms++;
    if (pairs.length === 0 && histogram) continue;
    // A long series is cut, so that no piece is large.
    for (let from = 0; from === 0 || from < pairs.length; from += PIECE) {
      const part = readSamples(pairs, from, Math.min(from + PIECE, pairs.length), labels);
      batch.push(part);
      cost += part.times.length + LABEL_COST * (1 + Object.keys(labels).length);
      if (cost >= PIECE) {
        yield { kind: 'series', series: batch };
        batch = [];
        cost = 0;
      }
    }
  }
  if (batch.length > 0) yield { kind: 'series', series: batch };
  if (histograms > 0) yield { kind: 'histograms', series: histograms };
}

/** Decodes a list of names: label values, label names. */
export function* decodeNames(bytes: Uint8Array): Iterable<NamesPiece> {
  const names = namesAnswer.parse(parse(bytes)).data;
  for (let from = 0; from < names.length; from += PIECE) yield names.slice(from, from + PIECE);
}

/** Prometheus writes values as strings, among them NaN, +Inf and -Inf. */
export function readValue(text: string): number {
  if (text === 'NaN') return Number.NaN;
  if (text === '+Inf' || text === 'Inf') return Number.POSITIVE_INFINITY;
  if (text === '-Inf') return Number.NEGATIVE_INFINITY;
  const value = Number(text);
  if (Number.isNaN(value) || text.trim() === '') throw new SyntaxError('not a sample value');
  return value;
}

function parse(bytes: Uint8Array): unknown {
  return JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8'));
}

function readEntry(entry: unknown): {
  readonly pairs: readonly unknown[];
  readonly labels: Record<string, string>;
  readonly histogram: boolean;
} {
  if (typeof entry !== 'object' || entry === null) throw new SyntaxError('not a series');
  const { metric, value, values, histogram, histograms } = entry as Record<string, unknown>;
  const labels: Record<string, string> = Object.create(null);
  if (typeof metric === 'object' && metric !== null)
    for (const [name, text] of Object.entries(metric)) {
      if (typeof text !== 'string') throw new SyntaxError('not a label');
      labels[name] = text;
    }
  const pairs = Array.isArray(values) ? values : value === undefined ? [] : [value];
  const native = histogram !== undefined || histograms !== undefined;
  if (pairs.length === 0 && !native && !Array.isArray(values))
    throw new SyntaxError('a series without values');
  return { pairs, labels: { ...labels }, histogram: native };
}

function readSamples(
  pairs: readonly unknown[],
  from: number,
  to: number,
  labels: Readonly<Record<string, string>>,
): SeriesPiece {
  const times = new Float64Array(to - from);
  const values = new Float64Array(to - from);
  for (let index = from; index < to; index++) {
    const pair = pairs[index];
    if (!Array.isArray(pair) || typeof pair[0] !== 'number' || typeof pair[1] !== 'string')
      throw new SyntaxError('not a sample');
    times[index - from] = Math.round(pair[0] * 1_000);
    values[index - from] = readValue(pair[1]);
  }
  return { labels, continues: from > 0, times, values };
}
