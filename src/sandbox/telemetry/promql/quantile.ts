/** The φ-quantile of values, interpolated, NaN sorted first; as Prometheus' `quantile` and `quantile_over_time`. */
export function quantile(q: number, values: readonly number[]): number {
  if (values.length === 0 || Number.isNaN(q)) return Number.NaN;
  if (q < 0) return Number.NEGATIVE_INFINITY;
  if (q > 1) return Number.POSITIVE_INFINITY;
  const sorted = [...values].sort(nanFirst);
  const rank = q * (sorted.length - 1);
  const lower = Math.max(0, Math.floor(rank));
  const upper = Math.min(sorted.length - 1, lower + 1);
  const weight = rank - Math.floor(rank);
  return (sorted[lower] ?? 0) * (1 - weight) + (sorted[upper] ?? 0) * weight;
}

/** Ascending, NaN before every number. */
export function nanFirst(a: number, b: number): number {
  if (Number.isNaN(a) || Number.isNaN(b)) return Number(Number.isNaN(b)) - Number(Number.isNaN(a));
  return a - b;
}

/** One bucket of a classic histogram: how many observations were at most `upperBound`. */
export interface Bucket {
  readonly upperBound: number;
  readonly count: number;
}

/** The φ-quantile from classic buckets. NaN without a +Inf bucket, without a second one, or without observations. */
export function bucketQuantile(q: number, unsorted: readonly Bucket[]): number {
  if (Number.isNaN(q)) return Number.NaN;
  if (q < 0) return Number.NEGATIVE_INFINITY;
  if (q > 1) return Number.POSITIVE_INFINITY;
  const buckets = monotonic(unsorted);
  const last = buckets.at(-1);
  const beforeLast = buckets.at(-2);
  if (last === undefined || last.upperBound !== Number.POSITIVE_INFINITY) return Number.NaN;
  if (beforeLast === undefined || last.count === 0) return Number.NaN;
  const rank = q * last.count;
  const index = buckets.findIndex((bucket) => bucket.count >= rank);
  const bucket = buckets[index];
  if (bucket === undefined || index === buckets.length - 1) return beforeLast.upperBound;
  const before = buckets[index - 1];
  if (before === undefined) {
    if (bucket.upperBound <= 0) return bucket.upperBound;
    return bucket.upperBound * (rank / bucket.count);
  }
  const share = (rank - before.count) / (bucket.count - before.count);
  return before.upperBound + (bucket.upperBound - before.upperBound) * share;
}

const byBound = (a: Bucket, b: Bucket) =>
  a.upperBound === b.upperBound ? 0 : a.upperBound < b.upperBound ? -1 : 1;

/** Sorted by bound, equal bounds added up, and never falling: scrapes of several targets are not atomic. */
function monotonic(unsorted: readonly Bucket[]): Bucket[] {
  const buckets: Bucket[] = [];
  for (const bucket of [...unsorted].sort(byBound)) {
    const last = buckets.at(-1);
    if (last?.upperBound === bucket.upperBound)
      buckets[buckets.length - 1] = { ...last, count: last.count + bucket.count };
    else buckets.push(bucket);
  }
  let most = Number.NEGATIVE_INFINITY;
  return buckets.map((bucket) => {
    most = Math.max(most, bucket.count);
    return { ...bucket, count: most };
  });
}
