/** A query that is wrong or that this sandbox does not run, at its place; line and column are counted from 1. */
export class AplError extends Error {
  readonly line: number;
  readonly column: number;

  constructor(query: string, at: number, message: string) {
    super(message);
    const before = query.slice(0, at).split('\n');
    this.line = before.length;
    this.column = (before.at(-1)?.length ?? 0) + 1;
  }
}

/** What this sandbox knows of APL, as its refusals say it. */
export const SUPPORTED =
  'where, extend, project, distinct, summarize … by bin or bin_auto, order, top, take, count, getschema, and the usual operators, functions and aggregates in them';
