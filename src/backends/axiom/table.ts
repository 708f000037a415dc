import type { z } from 'zod';
import type { AxiomPiece } from './decode.ts';
import { tabularAnswer } from './schema.ts';
import { seriesPieces, type WholeSeries } from './series-pieces.ts';

/** What a tabular answer says of itself, before its data. */
export interface TableHead {
  readonly kind: 'head';
  /** Names of the columns; undefined where the answer is series. */
  readonly columns?: readonly string[];
  readonly unit?: string;
  readonly partial: boolean;
  readonly estimate: boolean;
  readonly examined?: number;
  readonly matched?: number;
  /** True where rows were grouped, so that fewer rows than matched are no sign of a limit. */
  readonly grouped: boolean;
  readonly messages: readonly string[];
  /** What `_totals` says, as `count_ = 48,211`. */
  readonly totals: readonly string[];
  /** Columns that hold nothing in any row. */
  readonly empty: readonly string[];
}

type Table = NonNullable<z.output<typeof tabularAnswer>['tables']>[number];
type Columns = readonly (readonly unknown[])[];

/** A piece holds about this many cells. */
const PIECE = 10_000;
/** Columns kept; an event may have thousands. */
const MOST_COLUMNS = 200;
/** What people read first of an event, and last. A card shows only the first columns. */
const FIRST: readonly string[] = [
  ...['_time', 'level', 'severity', 'severity_text', 'severityText', 'message', 'msg', 'body'],
  ...['service.name', 'name', 'error', 'status', 'duration'],
];
const LAST: ReadonlySet<string> = new Set(['_sysTime', '_rowId', '_cursor', '_source']);

/**
 * A columnar table as series, where rows are aggregates of equal steps of time, else as rows. Of an answer that was `cut` the last
 * columns may be short or absent: then there are as many rows as all that began have.
 */
export function* decodeTable(answer: unknown, cut = false): Iterable<AxiomPiece> {
  const { status, tables, fieldsMetaMap } = tabularAnswer.parse(answer);
  const found = tables?.find(({ name }) => name !== '_totals');
  const totals = tables?.find(({ name }) => name === '_totals');
  const table =
    found && cut ? { ...found, fields: found.fields.slice(0, found.columns?.length ?? 0) } : found;
  const columns: Columns = table?.fields.map((_, index) => table.columns?.[index] ?? []) ?? [];
  const lengths = columns.map((column) => column.length);
  const length = columns.length === 0 ? 0 : cut ? Math.min(...lengths) : Math.max(...lengths);
  if (!cut && lengths.some((one) => one !== length)) throw new SyntaxError('columns of unequal length');
  const units = new Map(
    Object.values(fieldsMetaMap ?? {}).flatMap((fields) => (fields ?? []).map((one) => [one.name, one.unit])),
  );
  const timed = table && bucketed(table, columns);
  const order = timed || !table ? [] : readable(table, columns, length);
  const { rowsExamined, rowsMatched } = status;
  const unit = timed?.values.length === 1 ? units.get(timed.field ?? '') : undefined;
  yield {
    kind: 'head',
    ...(!timed && { columns: order.map((index) => table?.fields[index]?.name ?? '') }),
    ...(unit != null && /^[\w%/]{1,12}$/.test(unit) && unit !== 'none' && { unit }),
    partial: status.isPartial ?? false,
    estimate: status.isEstimate ?? false,
    ...(rowsExamined != null && { examined: rowsExamined }),
    ...(rowsMatched != null && { matched: rowsMatched }),
    grouped: table?.fields.some(({ agg }) => agg != null) ?? false,
    messages: (status.messages ?? [])
      .slice(0, 20)
      .map(({ msg, code }) => msg ?? code ?? 'a message without text'),
    totals: totals ? totalsOf(totals) : [],
    empty: timed || !table ? [] : emptyColumns(table, columns, length),
  };
  if (timed && table) yield* seriesPieces(asSeries(table, columns, length, timed));
  else {
    const each = Math.max(1, Math.floor(PIECE / Math.max(1, order.length)));
    for (let from = 0; from < length; from += each)
      yield {
        kind: 'rows',
        rows: Array.from({ length: Math.min(each, length - from) }, (_, row) =>
          order.map((index) => columns[index]?.[from + row] ?? null),
        ),
      };
  }
}

interface Timed {
  /** Indexes of the column with the time of a step, of the groups, and of the aggregates. */
  readonly time: number;
  readonly groups: readonly number[];
  readonly values: readonly number[];
  /** The field that the only aggregate is of. */
  readonly field?: string;
}

/** Rows are steps of time when the table says by which field, and every other column is a group or a number. */
function bucketed(table: Table, columns: Columns): Timed | undefined {
  const named = table.buckets?.field ?? (table.groups ?? []).find((group) => group.name === '_time')?.name;
  const time = table.fields.findIndex(({ name }) => name === named);
  if (time === -1 || table.fields[time]?.type !== 'datetime') return undefined;
  const groups = new Set((table.groups ?? []).map((group) => group.name));
  const others = table.fields.map((_, index) => index).filter((index) => index !== time);
  const values = others.filter((index) => !groups.has(table.fields[index]?.name ?? ''));
  if (values.length === 0) return undefined;
  const numeric = values.every((index) =>
    columns[index]?.every((cell) => cell === null || typeof cell === 'number'),
  );
  if (!numeric) return undefined;
  const [only] = values;
  const field = /\(([\w.]+)\)$|^(?:avg|min|max|sum|p\d+)_(.+)$/.exec(table.fields[only ?? -1]?.name ?? '');
  const of = field?.[1] ?? field?.[2];
  return {
    time,
    groups: others.filter((index) => !values.includes(index)),
    values,
    ...(of !== undefined && { field: of }),
  };
}

function* asSeries(table: Table, columns: Columns, length: number, timed: Timed): Iterable<WholeSeries> {
  const found = new Map<string, { labels: Record<string, string>; points: [number, number][] }>();
  for (let row = 0; row < length; row++) {
    const at = Date.parse(String(columns[timed.time]?.[row]));
    if (Number.isNaN(at)) throw new SyntaxError('not a time');
    const group = timed.groups.map(
      (index) => [table.fields[index]?.name ?? '', label(columns[index]?.[row])] as const,
    );
    for (const index of timed.values) {
      const value = columns[index]?.[row];
      if (typeof value !== 'number') continue;
      const key = `${index} ${JSON.stringify(group)}`;
      const one = found.get(key) ?? { labels: labelsOf(group, table.fields[index]?.name, timed), points: [] };
      one.points.push([at, value]);
      found.set(key, one);
    }
  }
  for (const one of found.values()) {
    one.points.sort(([a], [b]) => a - b);
    yield one;
  }
}

/** The name of the aggregate is a label only where there are several. */
function labelsOf(
  group: readonly (readonly [string, string])[],
  aggregate: string | undefined,
  { values }: Timed,
): Record<string, string> {
  const entries = values.length > 1 ? [['value', aggregate ?? ''] as const, ...group] : group;
  return Object.fromEntries(entries);
}

/** Columns of events in the order in which people read; of what was computed in the order asked for. Empty ones are left out. */
function readable(table: Table, columns: Columns, length: number): readonly number[] {
  const raw = table.fields.some(({ name }) => name === '_sysTime');
  const rank = (index: number) => {
    if (!raw) return 0;
    const { name = '' } = table.fields[index] ?? {};
    const place = FIRST.indexOf(name);
    return LAST.has(name) ? FIRST.length + 1 : place === -1 ? FIRST.length : place;
  };
  return table.fields
    .map((_, index) => index)
    .filter((index) => length === 0 || !isEmptyColumn(columns[index]))
    .sort((a, b) => rank(a) - rank(b) || a - b)
    .slice(0, MOST_COLUMNS);
}

function emptyColumns(table: Table, columns: Columns, length: number): readonly string[] {
  if (length === 0) return [];
  return table.fields.flatMap(({ name }, index) => (isEmptyColumn(columns[index]) ? [name] : []));
}

function isEmptyColumn(column: readonly unknown[] = []): boolean {
  return column.every((cell) => cell === null || cell === undefined || cell === '');
}

function totalsOf(table: Table): readonly string[] {
  const length = Math.min(5, Math.max(0, ...(table.columns ?? []).map((column) => column?.length ?? 0)));
  return Array.from({ length }, (_, row) =>
    table.fields
      .map(({ name }, index) => `${name} = ${say(table.columns?.[index]?.[row])}`)
      .filter((one) => !one.startsWith('_time = '))
      .join(', '),
  );
}

function label(cell: unknown): string {
  return typeof cell === 'string' ? cell : cell == null ? '' : (JSON.stringify(cell) ?? '');
}

function say(cell: unknown): string {
  return typeof cell === 'number' ? cell.toLocaleString('en', { maximumFractionDigits: 3 }) : label(cell);
}
