import type { EvidenceNote, WrittenSample } from './evidence-note.ts';
import { nameSeries } from './series-name.ts';

/** A number that an evidence shows, as it can be written into a claim. */
export interface ShownNumber {
  /** What it belongs to: a series, a column of a row. Words of the server. */
  readonly of: string;
  readonly which: 'last' | 'max' | 'min' | 'row';
  /** As it stands in the answer. */
  readonly value: number;
}

/** Every number of an evidence that the timeline keeps, in the order of its card: each series' last, max and min, each row's cells. */
export function shownNumbers({ findings, excerpt }: EvidenceNote): readonly ShownNumber[] {
  const all = findings.map((one) => one.labels);
  const ofSeries = findings.flatMap(({ labels, last, max, min }) => {
    const seen = new Set<number>();
    const of = nameSeries(labels, all);
    const number = (which: ShownNumber['which'], sample: WrittenSample | undefined) => {
      const value = Number(sample?.value ?? Number.NaN);
      if (!Number.isFinite(value) || seen.has(value)) return [];
      seen.add(value);
      return [{ of, which, value }];
    };
    return [...number('last', last), ...number('max', max), ...number('min', min)];
  });
  return excerpt?.kind === 'rows' ? [...ofSeries, ...ofRows(excerpt.columns, excerpt.rows)] : ofSeries;
}

function ofRows(columns: readonly string[], rows: readonly (readonly unknown[])[]): readonly ShownNumber[] {
  return rows.flatMap((row) => {
    const named = row.find((cell) => typeof cell === 'string' && cell.length <= 60);
    return row.flatMap((cell, index) =>
      typeof cell === 'number' && Number.isFinite(cell)
        ? [{ of: [named, columns[index]].filter(Boolean).join(' '), which: 'row' as const, value: cell }]
        : [],
    );
  });
}

/** As precise as a sentence needs; never rounded beyond the point, so that the claim verifies against what it cites. */
export function citeNumber(value: number): string {
  if (!Number.isFinite(value) || Number.isInteger(value)) return String(value);
  return Math.abs(value) >= 100 ? String(Math.round(value)) : String(Number(value.toPrecision(3)));
}
