import type { Instant } from '../../../src/domain/time.ts';
import { compareLabels } from '../../../src/sandbox/telemetry/labels.ts';
import { matchesAll } from '../../../src/sandbox/telemetry/promql/matcher.ts';
import type { SampleStore, StoredSeries } from '../../../src/sandbox/telemetry/sample-store.ts';

/** A store of series given whole, each with its samples oldest first. */
export function memoryStore(series: readonly StoredSeries[]): SampleStore {
  const sorted = [...series].sort((a, b) => compareLabels(a.labels, b.labels));
  const select: SampleStore['select'] = (matchers, from, to) =>
    sorted
      .filter((one) => matchesAll(one.labels, matchers))
      .map((one) => cut(one, from, to))
      .filter((one) => one.times.length > 0);
  return {
    select,
    find: (matchers, from, to) => select(matchers, from, to).map((one) => one.labels),
  };
}

function cut(series: StoredSeries, from: Instant, to: Instant): StoredSeries {
  const inside = series.times.map((time) => time >= from && time <= to);
  return {
    ...series,
    times: series.times.filter((_, index) => inside[index]),
    values: series.values.filter((_, index) => inside[index]),
  };
}
