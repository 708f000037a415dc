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

/** A bound of a ratio, in both directions, or of the value itself. */
export type Bound =
  | { readonly atLeast: number }
  | { readonly atMost: number }
  | { readonly valueAtMost: number };

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
  const value = median(rounds.map((one) => one.value));
  return {
    measure,
    value: rounded(value),
    unit,
    baseline: rounded(median(rounds.map(({ baseline }) => baseline))),
    ratio,
    ...(bound !== undefined && { bound: sayBound(bound, unit) }),
    ok: bound === undefined || keeps(bound, ratio, value),
    rounds: rounds.length,
    ...details,
  };
}

function sayBound(bound: Bound, unit: string): string {
  if ('valueAtMost' in bound) return `<= ${bound.valueAtMost} ${unit}`;
  return 'atLeast' in bound ? `>= ${bound.atLeast}` : `<= ${bound.atMost}`;
}

/** What is no number keeps no bound. */
function keeps(bound: Bound, ratio: number, value: number): boolean {
  if ('valueAtMost' in bound) return value <= bound.valueAtMost;
  if (!Number.isFinite(ratio)) return false;
  return 'atLeast' in bound ? ratio >= bound.atLeast : ratio <= bound.atMost;
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
