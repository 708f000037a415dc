import { compareLabels, type Labels, labelKey } from '../labels.ts';
import { QueryError } from './query-error.ts';

const SAME_LABELS = 'vector cannot contain metrics with the same labelset';

/** A value of an instant vector at one step. */
export interface Sample {
  readonly labels: Labels;
  readonly value: number;
}

/** One series over the steps of an evaluation; undefined where it has no value. */
export interface Series {
  readonly labels: Labels;
  readonly values: readonly (number | undefined)[];
}

/** What an expression evaluates to, over all steps at once. */
export type Value =
  | { readonly kind: 'scalar'; readonly values: readonly number[] }
  | { readonly kind: 'vector'; readonly series: readonly Series[] }
  | { readonly kind: 'string'; readonly value: string };

/** The instant vector at one step, in the order of the series. */
export function vectorAt(series: readonly Series[], step: number): Sample[] {
  const vector: Sample[] = [];
  for (const one of series) {
    const value = one.values[step];
    if (value !== undefined) vector.push({ labels: one.labels, value });
  }
  return vector;
}

/**
 * Puts vectors of single steps together into series. Two samples with equal labels at one step are an error; at
 * different steps they are one series.
 */
export class SeriesBuilder {
  readonly #steps: number;
  readonly #byKey = new Map<string, { readonly labels: Labels; readonly values: (number | undefined)[] }>();

  constructor(steps: number) {
    this.#steps = steps;
  }

  add(step: number, sample: Sample): void {
    const key = labelKey(sample.labels);
    let one = this.#byKey.get(key);
    if (one === undefined) {
      one = { labels: sample.labels, values: new Array<number | undefined>(this.#steps).fill(undefined) };
      this.#byKey.set(key, one);
    }
    if (one.values[step] !== undefined) throw new QueryError('execution', SAME_LABELS);
    one.values[step] = sample.value;
  }

  /** In the order of first appearance, which is the order that sorting functions gave at an instant. */
  build(): Series[] {
    return [...this.#byKey.values()];
  }
}

/** Series with other labels. Two that become equal are an error, as in Prometheus, even where their steps differ. */
export function relabel(series: readonly Series[], change: (labels: Labels) => Labels): Series[] {
  const seen = new Set<string>();
  return series.map(({ labels: before, values }) => {
    const labels = change(before);
    const key = labelKey(labels);
    if (seen.has(key)) throw new QueryError('execution', SAME_LABELS);
    seen.add(key);
    return { labels, values };
  });
}

/** As a range query lists its series. */
export function sortSeries<T extends { readonly labels: Labels }>(series: readonly T[]): T[] {
  return [...series].sort((a, b) => compareLabels(a.labels, b.labels));
}
