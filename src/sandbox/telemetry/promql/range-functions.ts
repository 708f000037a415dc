import { quantile } from './quantile.ts';

/** The samples of one series in one range, oldest first, never empty. */
export interface RangeWindow {
  readonly times: readonly number[];
  readonly values: readonly number[];
  /** Start and end of the range, milliseconds; the range includes both. */
  readonly from: number;
  readonly to: number;
}

/** A function over a range. Undefined: this series has no value here. `parameter` is the scalar argument, if any. */
export type RangeFunction = (window: RangeWindow, parameter: number) => number | undefined;

/** Every function over a range vector that the sandbox evaluates. */
export const RANGE_FUNCTIONS: Readonly<Record<string, RangeFunction>> = {
  rate: (window) => extrapolated(window, true, true),
  increase: (window) => extrapolated(window, true, false),
  delta: (window) => extrapolated(window, false, false),
  irate,
  avg_over_time: ({ values }) => mean(values),
  min_over_time: ({ values }) => extreme(values, (a, b) => a < b),
  max_over_time: ({ values }) => extreme(values, (a, b) => a > b),
  sum_over_time: ({ values }) => {
    const total = new CarefulSum();
    for (const value of values) total.add(value);
    return total.value();
  },
  count_over_time: ({ values }) => values.length,
  last_over_time: ({ values }) => values.at(-1),
  quantile_over_time: ({ values }, q) => quantile(q, values),
};

/**
 * rate, increase and delta: the difference of last and first, counter resets added, extrapolated to the ends of the range
 * where the samples come close to them, never below a counter's zero.
 */
function extrapolated(window: RangeWindow, counter: boolean, perSecond: boolean): number | undefined {
  const { times, values, from, to } = window;
  const [firstAt = 0, lastAt = 0] = [times[0], times.at(-1)];
  const [first = 0, last = 0] = [values[0], values.at(-1)];
  if (values.length < 2) return undefined;
  let result = last - first;
  if (counter) {
    let before = first;
    for (const value of values) {
      if (value < before) result += before;
      before = value;
    }
  }
  let toStart = (firstAt - from) / 1000;
  const toEnd = (to - lastAt) / 1000;
  const sampled = (lastAt - firstAt) / 1000;
  const between = sampled / (values.length - 1);
  if (counter && result > 0 && first >= 0) toStart = Math.min(toStart, sampled * (first / result));
  const close = between * 1.1;
  let covered = sampled;
  covered += toStart < close ? toStart : between / 2;
  covered += toEnd < close ? toEnd : between / 2;
  let factor = covered / sampled;
  if (perSecond) factor /= (to - from) / 1000;
  return result * factor;
}

function irate({ times, values }: RangeWindow): number | undefined {
  const [last, before] = [values.at(-1), values.at(-2)];
  if (last === undefined || before === undefined) return undefined;
  const apart = (times.at(-1) ?? 0) - (times.at(-2) ?? 0);
  return apart === 0 ? undefined : (last < before ? last : last - before) / (apart / 1000);
}

function extreme(values: readonly number[], better: (a: number, b: number) => boolean): number {
  let found = values[0] ?? Number.NaN;
  for (const value of values) if (better(value, found) || Number.isNaN(found)) found = value;
  return found;
}

/** Neumaier's summation, as Prometheus sums over time. */
class CarefulSum {
  #sum = 0;
  #lost = 0;

  get sum(): number {
    return this.#sum;
  }

  add(value: number): void {
    const next = this.#sum + value;
    this.#lost +=
      Math.abs(this.#sum) >= Math.abs(value) ? this.#sum - next + value : value - next + this.#sum;
    this.#sum = next;
  }

  value(): number {
    return isInfinite(this.#sum) ? this.#sum : this.#sum + this.#lost;
  }
}

/** A running mean that does not overflow and that an infinite value does not turn into NaN. */
function mean(values: readonly number[]): number {
  const running = new CarefulSum();
  let count = 0;
  for (const value of values) {
    count++;
    const now = running.sum;
    if (isInfinite(now) && !Number.isNaN(value) && (!isInfinite(value) || now > 0 === value > 0)) continue;
    running.add(value / count - now / count);
  }
  return running.value();
}

function isInfinite(value: number): boolean {
  return Math.abs(value) === Number.POSITIVE_INFINITY;
}
