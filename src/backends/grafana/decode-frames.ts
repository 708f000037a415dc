import type { z } from 'zod';
import type { KeptSeries } from '../kept-answer.ts';
import { parse } from './decode.ts';
import { frame, framesAnswer } from './schema.ts';

type Frame = z.output<typeof frame>;
type FrameField = Frame['schema']['fields'][number];

export type FramesPiece =
  | {
      readonly kind: 'head';
      /** Columns where the frames are a table; absent where they are series. */
      readonly columns?: readonly string[];
      readonly unit?: string;
      readonly notices: readonly string[];
      /** What a query of several, or a part of one, ended with instead of an answer. */
      readonly errors: readonly string[];
      /** Frames that are none of those documented. */
      readonly odd: number;
    }
  | { readonly kind: 'series'; readonly series: readonly KeptSeries[] }
  | { readonly kind: 'rows'; readonly rows: readonly (readonly unknown[])[] };

/** A piece holds about this many cells. */
const PIECE = 10_000;
/** Names of value columns that say nothing. */
const PLAIN = /^(?:value|val|a|b|c)?$/i;

/**
 * Decodes an answer of `/api/ds/query`: series where every frame is times beside numbers, else one table. Throws SyntaxError or
 * ZodError when it is not one.
 */
export function* decodeFrames(bytes: Uint8Array): Iterable<FramesPiece> {
  const results = Object.values(framesAnswer.parse(parse(bytes)).results);
  const read = results.flatMap((one) => one.frames ?? []).map((one) => frame.safeParse(one));
  const frames = read.flatMap((one) => (one.success ? [one.data] : []));
  const filled = frames.filter(({ schema }) => schema.fields.length > 0);
  const columns = filled.every(isSeries) ? undefined : columnsOf(filled);
  const units = new Set(filled.flatMap(({ schema }) => schema.fields.flatMap(unitOf)));
  const [unit] = units;
  yield {
    kind: 'head',
    ...(columns && { columns }),
    ...(unit !== undefined && units.size === 1 && { unit }),
    notices: frames.flatMap(({ schema }) => schema.meta?.notices?.map(({ text }) => text) ?? []).slice(0, 20),
    errors: results.flatMap(({ error }) => (error === undefined || error === '' ? [] : [error])).slice(0, 20),
    odd: read.length - frames.length,
  };
  if (columns) yield* tableOf(filled, columns);
  else for (const one of filled) yield* seriesOf(one);
}

/** Exactly one column of times, the others numbers. */
function isSeries({ schema }: Frame): boolean {
  const types = schema.fields.map(({ type }) => type ?? '');
  return (
    types.filter((type) => type === 'time').length === 1 &&
    types.length > 1 &&
    types.every((type) => type === 'time' || type === 'number')
  );
}

function* seriesOf({ schema, data }: Frame): Iterable<FramesPiece> {
  const at = schema.fields.findIndex(({ type }) => type === 'time');
  const clock = data.values[at] ?? [];
  for (const [index, field] of schema.fields.entries()) {
    if (index === at) continue;
    const values = restored(data, index);
    const labels = labelsOf(field, schema.name ?? '');
    const present = clock.flatMap((time, row) => {
      const value = values[row];
      return typeof time === 'number' && typeof value === 'number' ? [[time, value] as const] : [];
    });
    for (let from = 0; from === 0 || from < present.length; from += PIECE) {
      const part = present.slice(from, from + PIECE);
      const times = Float64Array.from(part, ([time]) => time);
      const numbers = Float64Array.from(part, ([, value]) => value);
      yield { kind: 'series', series: [{ labels, continues: from > 0, times, values: numbers }] };
    }
  }
}

/** The name goes with the labels where it says more than "value". */
function labelsOf(field: FrameField, frameName: string): Readonly<Record<string, string>> {
  const own = field.name ?? '';
  const name = field.config?.displayNameFromDS ?? (PLAIN.test(own) ? frameName : own);
  const labels = field.labels ?? {};
  return name === '' || Object.hasOwn(labels, '__name__') || Object.keys(labels).length > 0
    ? { ...(PLAIN.test(own) || Object.hasOwn(labels, '__name__') ? {} : { __name__: own }), ...labels }
    : { __name__: name };
}

function* tableOf(frames: readonly Frame[], columns: readonly string[]): Iterable<FramesPiece> {
  const each = Math.max(1, Math.floor(PIECE / Math.max(1, columns.length)));
  for (const { schema, data } of frames) {
    const cells = new Map(
      schema.fields.map((field, index) => [
        columnName(field),
        field.type === 'time' ? times(data, index) : restored(data, index),
      ]),
    );
    const length = Math.max(0, ...data.values.map((column) => column.length));
    for (let from = 0; from < length; from += each)
      yield {
        kind: 'rows',
        rows: Array.from({ length: Math.min(each, length - from) }, (_, row) =>
          columns.map((name) => cells.get(name)?.[from + row] ?? ''),
        ),
      };
  }
}

function columnsOf(frames: readonly Frame[]): readonly string[] {
  return [...new Set(frames.flatMap(({ schema }) => schema.fields.map(columnName)))];
}

function columnName({ name, labels }: FrameField): string {
  const said = Object.entries(labels ?? {}).map(([label, value]) => `${label}=${JSON.stringify(value)}`);
  return said.length === 0 ? (name ?? '') : `${name ?? ''}{${said.join(', ')}}`;
}

function unitOf({ type, config }: FrameField): readonly string[] {
  return type === 'number' && config?.unit !== undefined && config.unit !== '' ? [config.unit] : [];
}

/** A column with the values that JSON cannot hold put back: not a number, and both infinities. */
function restored({ values, entities }: Frame['data'], index: number): readonly unknown[] {
  const column = values[index] ?? [];
  const lost = entities?.[index];
  if (!lost) return column;
  const whole = [...column];
  for (const [rows, value] of [
    [lost.NaN, Number.NaN],
    [lost.Inf, Number.POSITIVE_INFINITY],
    [lost.NegInf, Number.NEGATIVE_INFINITY],
  ] as const)
    for (const row of rows ?? []) if (row >= 0 && row < whole.length) whole[row] = value;
  return whole;
}

/** RFC 3339, with all nine decimals where the answer has them. */
function times({ values, nanos }: Frame['data'], index: number): readonly unknown[] {
  const beyond = nanos?.[index];
  return (values[index] ?? []).map((time, row) => {
    if (typeof time !== 'number' || Number.isNaN(new Date(time).getTime())) return time;
    const said = new Date(time).toISOString();
    return beyond ? `${said.slice(0, -1)}${String(beyond[row] ?? 0).padStart(6, '0')}Z` : said;
  });
}
