import type { Field, Frame, Row } from './expression.ts';

/** What goes from one operator to the next. */
export interface Table {
  readonly fields: readonly (Field & {
    readonly agg?: { readonly name: string; readonly fields: readonly string[] };
  })[];
  readonly rows: readonly Row[];
  /** Fields by which rows were grouped, and the one of equal steps of time, where there is one. */
  readonly groups: readonly string[];
  readonly bucket?: { readonly field: string; readonly step: number };
  /** True after `take`, `top`, `count` and the like: then no limit is added. */
  readonly limited: boolean;
  /** Rows after the filters that come first. */
  readonly matched: number;
  /** The order is the query's own. */
  readonly ordered: boolean;
}

export type Operator = (table: Table, frame: Frame) => Table;

/** The fields that an operator is read against are known before any row is. */
export interface Parsed {
  readonly fields: Table['fields'];
  readonly run: Operator;
}
