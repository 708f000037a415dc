import type { Cell, Expression, Field, FieldType, Frame, Row } from './expression.ts';
import { parseExpression } from './parse-expression.ts';
import type { TokenReader } from './token-reader.ts';

/** One column that a `summarize` makes of many rows. */
export interface Aggregate {
  readonly name: string;
  readonly type: FieldType;
  /** As an answer's field says it was made. */
  readonly made: { readonly name: string; readonly fields: readonly string[] };
  readonly over: (rows: readonly Row[], frame: Frame) => Cell;
}

const numbers = (values: readonly Cell[]) => values.filter((one): one is number => typeof one === 'number');

const OVER: Readonly<Record<string, (values: readonly Cell[], part: number) => Cell>> = {
  sum: (values) => numbers(values).reduce((total, one) => total + one, 0),
  avg: (values) => {
    const all = numbers(values);
    return all.length === 0 ? null : all.reduce((total, one) => total + one, 0) / all.length;
  },
  min: (values) => extreme(values, (a, b) => a < b),
  max: (values) => extreme(values, (a, b) => a > b),
  dcount: (values) => new Set(values.filter((one) => one !== null).map((one) => JSON.stringify(one))).size,
  percentile: (values, part) => {
    const all = numbers(values).toSorted((a, b) => a - b);
    return all[Math.min(all.length - 1, Math.ceil((part / 100) * all.length) - 1)] ?? null;
  },
};

function extreme(values: readonly Cell[], better: (a: number, b: number) => boolean): Cell {
  return numbers(values).reduce<number | null>(
    (best, one) => (best === null || better(one, best) ? one : best),
    null,
  );
}

/** Reads `[name =] count()`, `percentile(duration, 95)` … Throws AplError. */
export function parseAggregate(reader: TokenReader, fields: readonly Field[]): Aggregate {
  const { at } = reader.next;
  let called = reader.name();
  const given = reader.skip('=') ? called : undefined;
  if (given !== undefined) called = reader.name();
  if (called === 'count' || called === 'countif') return counted(reader, fields, called, given);
  const over = OVER[called];
  if (!over) throw reader.unsupported(called, at);
  reader.need('(');
  const of = parseExpression(reader, fields);
  const part = called === 'percentile' && reader.skip(',') ? reader.number() : 0;
  reader.need(')');
  return {
    name: given ?? `${called}_${of.name}`,
    type: called === 'dcount' ? 'integer' : called === 'avg' ? 'float' : of.type,
    made: { name: called, fields: [of.name] },
    over: (rows, frame) =>
      over(
        rows.map((row) => of.of(row, frame)),
        part,
      ),
  };
}

function counted(
  reader: TokenReader,
  fields: readonly Field[],
  called: string,
  given: string | undefined,
): Aggregate {
  reader.need('(');
  const condition: Expression | undefined =
    called === 'countif' ? parseExpression(reader, fields) : undefined;
  reader.need(')');
  return {
    name: given ?? `${called}_`,
    type: 'integer',
    made: { name: called, fields: [] },
    over: (rows, frame) =>
      condition ? rows.filter((row) => condition.of(row, frame) === true).length : rows.length,
  };
}
