import type { Instant } from '../../../../domain/time.ts';

/** Times are ms since the epoch, timespans nanoseconds; which is which is known by the type of the field. */
export type Cell = string | number | boolean | null | Readonly<Record<string, unknown>>;
export type Row = Readonly<Record<string, Cell>>;
export type FieldType = 'datetime' | 'timespan' | 'string' | 'integer' | 'float' | 'boolean' | 'map[string]';

export interface Field {
  readonly name: string;
  readonly type: FieldType;
}

/** What is the same for all rows of one query. */
export interface Frame {
  readonly now: Instant;
  readonly from: Instant;
  readonly to: Instant;
}

/** An expression that was checked against the fields it may name. */
export interface Expression {
  /** As it names a column that nobody named. */
  readonly name: string;
  readonly type: FieldType;
  readonly of: (row: Row, frame: Frame) => Cell;
}
