import type { KeptSeries } from '../backends/kept-answer.ts';
import type { Duration, Window } from '../domain/time.ts';

/** Moments side by side that a picture can show; of each the first, lowest, highest and last sample are kept. */
const COLUMNS = 400;
/** Samples that the percentiles are taken from. */
const SPREAD_FROM = 20_000;

/** One series, put together from its pieces and thinned so that it looks the same. */
export interface ThinSeries {
  readonly labels: Readonly<Record<string, string>>;
  readonly times: Float64Array;
  readonly values: Float64Array;
  readonly spread?: { readonly low: number; readonly high: number };
  /** The largest finite value without its sign; −1 without any. */
  readonly size: number;
}

/** `step` says what is a gap: more than one and a half of it without a sample. */
export function thinSeries(
  parts: readonly KeptSeries[],
  window: Window,
  step: Duration | undefined,
): ThinSeries {
  const times: number[] = [];
  const values: number[] = [];
  const finite: number[] = [];
  const count = parts.reduce((sum, part) => sum + part.times.length, 0);
  const every = Math.max(1, Math.ceil(count / SPREAD_FROM));
  const width = Math.max(1, (window.to - window.from) / COLUMNS);
  let size = -1;
  let before = Number.NaN;
  let column: Column | undefined;
  let seen = 0;
  const put = (at: number, value: number) => {
    times.push(at);
    values.push(value);
  };
  for (const part of parts)
    for (let index = 0; index < part.times.length; index++) {
      const at = part.times[index] ?? 0;
      const value = part.values[index] ?? Number.NaN;
      const number = Math.floor((at - window.from) / width);
      const gap = step !== undefined && at - before > 1.5 * step;
      if (column && (column.number !== number || gap)) {
        column.write(put);
        column = undefined;
      }
      if (gap) put(before + 1, Number.NaN);
      column ??= new Column(number);
      column.add(at, value);
      before = at;
      if (!Number.isFinite(value)) continue;
      size = Math.max(size, Math.abs(value));
      if (seen++ % every === 0) finite.push(value);
    }
  column?.write(put);
  const spread = spreadOf(finite);
  return {
    labels: parts[0]?.labels ?? {},
    times: Float64Array.from(times),
    values: Float64Array.from(values),
    ...(spread && { spread }),
    size,
  };
}

/** What of one column is kept, in the order of time. A gap or an infinity inside is kept as well. */
class Column {
  readonly number: number;
  readonly #kept = new Map<number, number>();
  #low: readonly [number, number] | undefined;
  #high: readonly [number, number] | undefined;
  #last: readonly [number, number] | undefined;

  constructor(number: number) {
    this.number = number;
  }

  add(at: number, value: number): void {
    if (this.#last === undefined) this.#kept.set(at, value);
    this.#last = [at, value];
    if (!Number.isFinite(value)) {
      if (this.#kept.size < 8) this.#kept.set(at, value);
      return;
    }
    if (this.#low === undefined || value < this.#low[1]) this.#low = [at, value];
    if (this.#high === undefined || value > this.#high[1]) this.#high = [at, value];
  }

  write(put: (at: number, value: number) => void): void {
    for (const one of [this.#low, this.#high, this.#last]) if (one) this.#kept.set(one[0], one[1]);
    for (const [at, value] of [...this.#kept].sort(([a], [b]) => a - b)) put(at, value);
  }
}

function spreadOf(values: number[]): ThinSeries['spread'] {
  if (values.length === 0) return undefined;
  const sorted = Float64Array.from(values).sort();
  const at = (share: number) => sorted[Math.round(share * (sorted.length - 1))] ?? Number.NaN;
  return { low: at(0.05), high: at(0.95) };
}
