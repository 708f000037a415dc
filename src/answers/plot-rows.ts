import type { Window } from '../domain/time.ts';
import { BARS, type Drawable, LINES, type PlotLine } from './plot.ts';
import { type ColumnRoles, readColumns, readMoment, readNumber, sayCell } from './read-columns.ts';
import { type ThinSeries, thinSeries } from './thin-series.ts';

type Row = readonly unknown[];

/** Columns of a picture that counts rows over time. */
const BUCKETS = 60;
const NAME = 200;
const LEVEL = /^(?:detected_)?(?:level|severity|status|state|code)$/i;

/**
 * What a table can be drawn as: numbers over time by group, how many rows there were over time, the largest numbers, or how
 * often each value occurs.
 */
export function plotRows(columns: readonly string[], rows: readonly Row[], window: Window): Drawable {
  if (rows.length === 0) return { kind: 'nothing' };
  const roles = readColumns(columns, rows);
  const { time, numbers } = roles;
  const [number] = numbers;
  if (time !== undefined)
    return (
      (number === undefined ? undefined : overTime(columns, rows, time, number, window)) ??
      countedOverTime(columns, rows, time, roles, window)
    );
  if (number !== undefined) return largest(columns, rows, number);
  return occurrences(columns, rows, roles);
}

/** A line for each group of the other columns; undefined where there are too many to be lines. */
function overTime(
  columns: readonly string[],
  rows: readonly Row[],
  time: number,
  number: number,
  window: Window,
): Drawable | undefined {
  const groups = new Map<string, [number, number][]>();
  for (const row of rows) {
    const name = nameOf(row, columns, [time, number]);
    const points = groups.get(name) ?? [];
    points.push([readMoment(row[time]), readNumber(row[number])]);
    groups.set(name, points);
    if (groups.size > 500) return undefined;
  }
  if (groups.size > 5 && groups.size > rows.length / 2) return undefined;
  const lines = [...groups].map(([name, points]) => {
    points.sort(([a], [b]) => a - b);
    const series = {
      labels: {},
      continues: false,
      times: Float64Array.from(points, ([at]) => at),
      values: Float64Array.from(points, ([, value]) => value),
    };
    return lineOf(
      name || (columns[number] ?? 'value'),
      thinSeries([series], around(window, series.times), undefined),
    );
  });
  return seriesOf(lines);
}

/** How many rows came in each stretch of time, by level where there is one. */
function countedOverTime(
  columns: readonly string[],
  rows: readonly Row[],
  time: number,
  { groups }: ColumnRoles,
  window: Window,
): Drawable {
  const moments = Float64Array.from(rows, (row) => readMoment(row[time]));
  const whole = around(window, moments);
  const width = Math.max(1_000, (whole.to - whole.from) / BUCKETS);
  const buckets = Math.min(BUCKETS, Math.ceil((whole.to - whole.from) / width) || 1);
  const level = groups.find((index) => LEVEL.test(columns[index] ?? ''));
  const counts = new Map<string, Float64Array>();
  for (const [index, row] of rows.entries()) {
    const at = Math.min(buckets - 1, Math.floor(((moments[index] ?? 0) - whole.from) / width));
    if (!(at >= 0)) continue;
    const name = level === undefined ? 'rows' : `${columns[level]} ${sayCell(row[level]) || '""'}`;
    const found = counts.get(name) ?? new Float64Array(buckets);
    found[at] = (found[at] ?? 0) + 1;
    counts.set(name, found);
  }
  const times = Float64Array.from({ length: buckets }, (_, index) => whole.from + (index + 0.5) * width);
  const lines = [...counts].map(([name, values]) =>
    lineOf(name, thinSeries([{ labels: {}, continues: false, times, values }], whole, undefined)),
  );
  return { ...seriesOf(lines), counted: `rows per ${sayWidth(width)}` };
}

function largest(columns: readonly string[], rows: readonly Row[], number: number): Drawable {
  const bars = rows
    .map((row) => ({ name: nameOf(row, columns, [number]) || 'all', value: readNumber(row[number]) }))
    .filter(({ value }) => !Number.isNaN(value))
    .sort((a, b) => b.value - a.value)
    .slice(0, BARS);
  return { kind: 'bars', measure: columns[number] ?? 'value', bars, total: rows.length };
}

function occurrences(columns: readonly string[], rows: readonly Row[], { groups }: ColumnRoles): Drawable {
  const column =
    groups.find((index) => new Set(rows.map((row) => sayCell(row[index]))).size > 1) ?? groups[0];
  if (column === undefined) return { kind: 'nothing' };
  const counts = new Map<string, number>();
  for (const row of rows) {
    const name = sayCell(row[column]).slice(0, NAME) || '""';
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const bars = [...counts]
    .map(([name, value]) => ({ name, value }))
    .sort((a, b) => b.value - a.value)
    .slice(0, BARS);
  return { kind: 'bars', measure: `rows by ${columns[column]}`, bars, total: counts.size };
}

function seriesOf(lines: readonly PlotLine[]): Extract<Drawable, { kind: 'series' }> {
  const size = ({ values }: PlotLine) => values.reduce((most, one) => (one > most ? one : most), -1);
  const sorted = lines.toSorted((a, b) => size(b) - size(a));
  return { kind: 'series', lines: sorted.slice(0, LINES), total: lines.length };
}

function lineOf(name: string, { times, values, spread }: ThinSeries): PlotLine {
  return { name, times, values, ...(spread && { spread }) };
}

function nameOf(row: Row, columns: readonly string[], without: readonly number[]): string {
  return columns
    .flatMap((_, index) => (without.includes(index) ? [] : [sayCell(row[index])]))
    .filter((one) => one !== '')
    .join(' · ')
    .slice(0, NAME);
}

/** The window, or what the rows span where it is a moment only. */
function around(window: Window, moments: Float64Array): Window {
  if (window.to - window.from >= 1_000) return window;
  const known = moments.filter((one) => !Number.isNaN(one));
  const from = known.reduce((least, one) => Math.min(least, one), window.from);
  return { from, to: Math.max(window.to, from + 1_000) };
}

function sayWidth(width: number): string {
  const seconds = Math.round(width / 1_000);
  return seconds < 120 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;
}
