/** A field of a dataset, as its schema tells it. */
export interface EventField {
  readonly name: string;
  /** As the product calls it: `integer`, `string`, `timespan`. */
  readonly type?: string;
  readonly unit?: string;
}

/** A dataset as APL names it. */
export function datasetName(name: string): string {
  return `['${escaped(name)}']`;
}

/** A field as APL names it; one with dots or blanks is quoted. */
export function fieldName(name: string): string {
  return /^[A-Za-z_]\w*$/.test(name) ? name : `['${escaped(name)}']`;
}

/** A text as APL writes it. */
export function literal(text: string): string {
  return JSON.stringify(text.toWellFormed());
}

/** Texts as `in (…)` takes them. */
export function exactList(texts: readonly string[]): string {
  return texts.map(literal).join(', ');
}

export function isText(type: string): boolean {
  return /^string/.test(type);
}

/** Inside single quotes, control characters spelled out. */
function escaped(text: string): string {
  return literal(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'");
}
