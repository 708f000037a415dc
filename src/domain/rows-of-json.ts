/** A table as `Result` holds it. */
export interface Table {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly unknown[])[];
}

/** Names of columns, at most; what nobody can read across is no table. */
const COLUMNS = 100;
/** How deep a list may lie: `data.groups`. */
const DEPTH = 3;

/**
 * The table in a parsed JSON document where there is certainly one: the only list of its depth that holds objects alone, or
 * plain values alone. Cells that are no plain values are written as JSON. Undefined where it could be read in two ways.
 */
export function rowsOfJson(document: unknown): Table | undefined {
  let level: readonly unknown[] = [document];
  for (let depth = 0; depth <= DEPTH; depth++) {
    const lists = level.filter((one): one is readonly unknown[] => Array.isArray(one) && one.length > 0);
    if (lists.length > 0) return lists[0] && lists.length === 1 ? tableOf(lists[0]) : undefined;
    level = level.filter(isRecord).flatMap((one) => Object.values(one));
  }
  return undefined;
}

function tableOf(list: readonly unknown[]): Table | undefined {
  if (list.every(isPlain)) return { columns: ['value'], rows: list.map((one) => [one]) };
  if (!list.every(isRecord)) return undefined;
  const columns: string[] = [];
  const known = new Set<string>();
  for (const one of list)
    for (const name of Object.keys(one)) {
      if (known.has(name)) continue;
      if (columns.length >= COLUMNS) return undefined;
      known.add(name);
      columns.push(name);
    }
  return {
    columns,
    rows: list.map((one) => columns.map((name) => (Object.hasOwn(one, name) ? cell(one[name]) : ''))),
  };
}

function cell(value: unknown): unknown {
  return isPlain(value) ? value : JSON.stringify(value);
}

function isPlain(value: unknown): boolean {
  return value === null || ['string', 'number', 'boolean'].includes(typeof value);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
