/** One measure, as it is printed. */
export interface Line {
  readonly measure: string;
  /** Of Steady; the median of the rounds. */
  readonly value: number;
  readonly unit: string;
  /** The same of what it is compared with. */
  readonly baseline: number;
  /** `value` by `baseline`: the median of the rounds' own ratios. */
  readonly ratio: number;
  /** What the ratio must keep: `>= 0.7`. Absent where it is only reported. */
  readonly bound?: string;
  readonly ok: boolean;
  /** What was done, in numbers. */
  readonly [detail: string]: unknown;
}

/** A bound of a ratio, in both directions. */
export type Bound = { readonly atLeast: number } | { readonly atMost: number };

/** One round: the same thing done by both, right after one another. */
export interface Round {
  readonly value: number;
  readonly baseline: number;
}

/** Sums the rounds up. Throws RangeError without a round. */
export function lineOf(
  measure: string,
  unit: string,
  rounds: readonly Round[],
  bound: Bound | undefined,
  details: Readonly<Record<string, unknown>> = {},
): Line {
  const ratio = rounded(median(rounds.map(({ value, baseline }) => value / baseline)));
  const broken =
    bound !== undefined &&
    (!Number.isFinite(ratio) || ('atLeast' in bound ? ratio < bound.atLeast : ratio > bound.atMost));
  return {
    measure,
    value: rounded(median(rounds.map(({ value }) => value))),
    unit,
    baseline: rounded(median(rounds.map(({ baseline }) => baseline))),
    ratio,
    ...(bound !== undefined && {
      bound: 'atLeast' in bound ? `>= ${bound.atLeast}` : `<= ${bound.atMost}`,
    }),
    ok: !broken,
    rounds: rounds.length,
    ...details,
  };
}

/** The middle one, or the mean of the two in the middle. Throws RangeError for none. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  const low = sorted[Math.floor((sorted.length - 1) / 2)];
  const high = sorted[Math.ceil((sorted.length - 1) / 2)];
  if (low === undefined || high === undefined) throw new RangeError('nothing was measured');
  return (low + high) / 2;
}

/** The smallest value that `share` (0 to 1) of all values do not exceed. Throws RangeError for none. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  const found = sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
  if (found === undefined) throw new RangeError('nothing was measured');
  return found;
}

function rounded(value: number): number {
  return Number(value.toPrecision(4));
}
