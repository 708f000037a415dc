import type { Field, Frame, Row } from './expression.ts';
import { parseOperator } from './operators.ts';
import type { Operator, Table } from './table.ts';
import { TokenReader } from './token-reader.ts';

/** Where a query finds its events. */
export interface Events {
  readonly fields: readonly Field[];
  /** Newest first. `whole` is false where there were too many to look at. */
  read(frame: Frame): { readonly rows: readonly Row[]; readonly whole: boolean };
}

export interface Ran extends Table {
  readonly dataset: string;
  readonly examined: number;
  readonly whole: boolean;
}

/** Events that a query without a limit gets. */
const PAGE = 1_000;

/** Runs a query over the events of one dataset, between `from` and `to`. Throws AplError. */
export function runApl(query: string, find: (dataset: string) => Events | undefined, frame: Frame): Ran {
  const reader = new TokenReader(query);
  const { at } = reader.next;
  let dataset = reader.name();
  while (reader.next.text === '-') dataset += reader.take().text + reader.name();
  const events = find(dataset);
  if (!events) throw reader.fail(at, `dataset "${dataset}" not found`);
  let fields: Table['fields'] = events.fields;
  const operators: Operator[] = [];
  while (reader.skip('|')) {
    const parsed = parseOperator(reader, fields);
    fields = parsed.fields;
    const { fields: after, run } = parsed;
    operators.push((table, within) => ({ ...run(table, within), fields: after }));
  }
  if (reader.next.kind !== 'end') throw reader.unexpected('`|`');
  const { rows, whole } = events.read(frame);
  let table: Table = {
    fields: events.fields,
    rows,
    groups: [],
    limited: false,
    ordered: false,
    matched: rows.length,
  };
  for (const operator of operators) table = operator(table, frame);
  const shown = table.limited ? table.rows : table.rows.slice(0, PAGE);
  return { ...table, rows: shown, dataset, examined: rows.length, whole };
}
