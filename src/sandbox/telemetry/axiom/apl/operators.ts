import { type Aggregate, parseAggregate } from './aggregates.ts';
import type { Cell, Expression, Field, Row } from './expression.ts';
import { automaticStep } from './functions.ts';
import { parseExpression } from './parse-expression.ts';
import type { Parsed, Table } from './table.ts';
import type { TokenReader } from './token-reader.ts';

type Parse = (reader: TokenReader, fields: Table['fields']) => Parsed;

/** Reads one operator after its `|`. Throws AplError. */
export function parseOperator(reader: TokenReader, fields: Table['fields']): Parsed {
  const { at } = reader.next;
  const name = reader.name().toLowerCase();
  const parse = OPERATORS[name];
  if (!parse) throw reader.unsupported(name, at);
  return parse(reader, fields);
}

const where: Parse = (reader, fields) => {
  const condition = parseExpression(reader, fields);
  return {
    fields,
    run: (table, frame) => {
      const rows = table.rows.filter((row) => condition.of(row, frame) === true);
      return { ...table, rows, matched: table.groups.length === 0 ? rows.length : table.matched };
    },
  };
};

/** `name = expression`, or an expression that names itself. */
function columns(reader: TokenReader, fields: readonly Field[]): readonly Expression[] {
  return reader.list(() => {
    const { kind, text, at } = reader.next;
    const assigns = kind === 'name' && /^\s*=(?![=~])/.test(reader.query.slice(at + text.length));
    if (!assigns) return parseExpression(reader, fields);
    const name = reader.name();
    reader.need('=');
    return { ...parseExpression(reader, fields), name };
  });
}

const extend: Parse = (reader, fields) => {
  const made = columns(reader, fields);
  const names = made.map((one) => one.name);
  return {
    fields: [
      ...fields.filter((one) => !names.includes(one.name)),
      ...made.map(({ name, type }) => ({ name, type })),
    ],
    run: (table, frame) => ({
      ...table,
      rows: table.rows.map((row) => ({
        ...row,
        ...Object.fromEntries(made.map(({ name, of }) => [name, of(row, frame)])),
      })),
    }),
  };
};

const project: Parse = (reader, fields) => {
  const kept = columns(reader, fields);
  return {
    fields: kept.map(({ name, type }) => ({ name, type })),
    run: (table, frame) => ({
      ...table,
      rows: table.rows.map((row) => Object.fromEntries(kept.map(({ name, of }) => [name, of(row, frame)]))),
    }),
  };
};

const distinct: Parse = (reader, fields) => {
  const by = reader.list(() => parseExpression(reader, fields));
  return {
    fields: by.map(({ name, type }) => ({ name, type })),
    run: (table, frame) => ({
      ...table,
      rows: grouped(table.rows, by, frame).map(({ key }) => key),
      groups: by.map((one) => one.name),
    }),
  };
};

const summarize: Parse = (reader, fields) => {
  const aggregates: readonly Aggregate[] = reader.list(() => parseAggregate(reader, fields));
  const by = reader.skip('by') ? reader.list(() => groupOf(reader, fields)) : [];
  const time = by.find((one) => one.name === '_time');
  return {
    fields: [
      ...by.map(({ name, type }) => ({ name, type })),
      ...aggregates.map(({ name, type, made }) => ({ name, type, agg: made })),
    ],
    run: (table, frame) => {
      const groups = by.length === 0 ? [{ key: {}, rows: table.rows }] : grouped(table.rows, by, frame);
      const rows = groups.map(({ key, rows: inside }) => ({
        ...key,
        ...Object.fromEntries(aggregates.map(({ name, over }) => [name, over(inside, frame)])),
      }));
      if (time) rows.sort((a: Row, b: Row) => Number(a._time) - Number(b._time));
      return {
        ...table,
        rows,
        limited: true,
        groups: by.map((one) => one.name),
        ...(time && { bucket: { field: '_time', step: automaticStep(frame) } }),
      };
    },
  };
};

/** A group keeps the name of the field that it is a step of. */
function groupOf(reader: TokenReader, fields: readonly Field[]): Expression {
  const expression = parseExpression(reader, fields);
  return { ...expression, name: expression.name.replace(/^bin(?:_auto)?_/, '') };
}

function grouped(rows: readonly Row[], by: readonly Expression[], frame: Parameters<Expression['of']>[1]) {
  const groups = new Map<string, { readonly key: Row; readonly rows: Row[] }>();
  for (const row of rows) {
    const key = Object.fromEntries(by.map(({ name, of }): [string, Cell] => [name, of(row, frame)]));
    const text = JSON.stringify(key);
    const group = groups.get(text) ?? { key, rows: [] };
    group.rows.push(row);
    groups.set(text, group);
  }
  return [...groups.values()];
}

interface Key {
  readonly by: Expression;
  readonly down: boolean;
}

function keyOf(reader: TokenReader, fields: readonly Field[]): Key {
  const by = parseExpression(reader, fields);
  return { by, down: reader.skip('asc', 'desc')?.text !== 'asc' };
}

function sorted(table: Table, keys: readonly Key[], frame: Parameters<Expression['of']>[1]): Table {
  const rows = table.rows.toSorted((a, b) => {
    for (const { by, down } of keys) {
      const [one, other] = [by.of(a, frame) ?? '', by.of(b, frame) ?? ''];
      if (one !== other) return (one < other ? -1 : 1) * (down ? -1 : 1);
    }
    return 0;
  });
  return { ...table, rows, ordered: true };
}

const order: Parse = (reader, fields) => {
  reader.need('by');
  const keys = reader.list(() => keyOf(reader, fields));
  return { fields, run: (table, frame) => sorted(table, keys, frame) };
};

const top: Parse = (reader, fields) => {
  const most = reader.number();
  reader.need('by');
  const keys = reader.list(() => keyOf(reader, fields));
  return {
    fields,
    run: (table, frame) => {
      const all = sorted(table, keys, frame);
      return { ...all, rows: all.rows.slice(0, most), limited: true };
    },
  };
};

const take: Parse = (reader, fields) => {
  const most = reader.number();
  return { fields, run: (table) => ({ ...table, rows: table.rows.slice(0, most), limited: true }) };
};

const count: Parse = () => ({
  fields: [{ name: 'Count', type: 'integer' }],
  run: (table) => ({ ...table, rows: [{ Count: table.rows.length }], limited: true, ordered: true }),
});

const getschema: Parse = (_reader, fields) => ({
  fields: [
    { name: 'ColumnName', type: 'string' },
    { name: 'DataType', type: 'string' },
    { name: 'ColumnOrdinal', type: 'integer' },
    { name: 'ColumnType', type: 'string' },
  ],
  run: (table) => ({
    ...table,
    rows: fields.map(({ name, type }, index) => ({
      ColumnName: name,
      DataType: type,
      ColumnOrdinal: index,
      ColumnType: type,
    })),
    limited: true,
    ordered: true,
  }),
});

const OPERATORS: Readonly<Record<string, Parse>> = {
  where,
  filter: where,
  extend,
  project,
  distinct,
  summarize,
  order,
  sort: order,
  top,
  take,
  limit: take,
  count,
  getschema,
};
