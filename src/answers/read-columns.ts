/** What the columns of a table are good for, judged by a sample of its rows. */
export interface ColumnRoles {
  /** The column of moments, where there is one. */
  readonly time?: number;
  /** Columns of numbers. */
  readonly numbers: readonly number[];
  /** Columns with few different values, by which rows can be grouped. */
  readonly groups: readonly number[];
}

type Row = readonly unknown[];

const SAMPLE = 2_000;
const FEW = 50;
const TIME_NAME = /^_?(?:sys)?time(?:stamp)?$|^(?:since|at|when|date|ts|last_?seen)$/i;

/** Numbers that are names: nobody adds up status codes. */
const LABEL = /(?:^|_)(?:code|status|id|port|pid|version)$/i;

export function readColumns(columns: readonly string[], rows: readonly Row[]): ColumnRoles {
  const every = Math.max(1, Math.floor(rows.length / SAMPLE));
  const sample = rows.filter((_, index) => index % every === 0);
  const filled = (index: number) => sample.map((row) => row[index]).filter((one) => !isBlank(one));
  const holds = (index: number, is: (cell: unknown) => boolean) => {
    const cells = filled(index);
    return cells.length > 0 && cells.every(is);
  };
  const indexes = columns.map((_, index) => index);
  const times = indexes.filter((index) => holds(index, isMoment));
  const time = times.find((index) => TIME_NAME.test(columns[index] ?? '')) ?? times[0];
  const measures = indexes.filter((index) => !times.includes(index) && !LABEL.test(columns[index] ?? ''));
  const plain = measures.filter((index) => holds(index, (cell) => typeof cell === 'number'));
  // Numbers written as text are often names; where there are real ones they are.
  const numbers = plain.length > 0 ? plain : measures.filter((index) => holds(index, isNumeric));
  const groups = indexes.filter((index) => {
    if (times.includes(index) || numbers.includes(index)) return false;
    const different = new Set(filled(index).map(sayCell));
    return different.size <= FEW && different.size <= Math.max(5, sample.length / 2);
  });
  return { numbers, groups, ...(time !== undefined && { time }) };
}

function isBlank(cell: unknown): boolean {
  return cell === null || cell === undefined || cell === '';
}

/** RFC 3339 with its time; a bare number is a number. */
export function isMoment(cell: unknown): boolean {
  return (
    typeof cell === 'string' && /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d/.test(cell) && !Number.isNaN(readMoment(cell))
  );
}

/** Milliseconds since the epoch; NaN for what is no moment. */
export function readMoment(cell: unknown): number {
  // Of nanoseconds, what Date can hold.
  return typeof cell === 'string' ? Date.parse(cell.replace(/(\.\d{3})\d+/, '$1')) : Number.NaN;
}

export function isNumeric(cell: unknown): boolean {
  if (typeof cell === 'number') return true;
  return typeof cell === 'string' && /^[-+]?(?:\d+(?:\.\d+)?(?:e[-+]?\d+)?|Inf|NaN)$/i.test(cell);
}

export function readNumber(cell: unknown): number {
  if (isBlank(cell)) return Number.NaN;
  return typeof cell === 'string' ? Number(cell.replace(/Inf$/i, 'Infinity')) : Number(cell);
}

export function sayCell(cell: unknown): string {
  if (typeof cell === 'string') return cell;
  return cell === undefined || cell === null ? '' : (JSON.stringify(cell) ?? '');
}
