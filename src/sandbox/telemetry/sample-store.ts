import type { Instant } from '../../domain/time.ts';
import type { Labels } from './labels.ts';
import type { Matcher } from './promql/matcher.ts';

/** Samples of one series in a stretch of time, oldest first; `times[i]` belongs to `values[i]`. */
export interface StoredSeries {
  readonly labels: Labels;
  readonly times: readonly Instant[];
  readonly values: readonly number[];
  /** When the series was marked stale, as a scrape does once its target is gone: from here on it has no value. */
  readonly staleAt?: Instant;
}

/** What the evaluator reads. */
export interface SampleStore {
  /**
   * Every matching series that has a sample in `[from, to]`, sorted by labels, with those samples. `spend` hears how many
   * there are before they are made, and may throw.
   */
  select(
    matchers: readonly Matcher[],
    from: Instant,
    to: Instant,
    spend?: (samples: number) => void,
  ): readonly StoredSeries[];
  /** The labels alone: the same series, without the cost of their samples. */
  find(matchers: readonly Matcher[], from: Instant, to: Instant): readonly Labels[];
}
