import { type Duration, type Instant, SECOND } from '../../domain/time.ts';
import { compareLabels, type Labels } from './labels.ts';
import { matchesAll } from './promql/matcher.ts';
import type { SampleStore, StoredSeries } from './sample-store.ts';

/** How often every target is scraped. */
export const SCRAPE_INTERVAL: Duration = 15 * SECOND;

/** One series as a pure function of time. */
export interface ScenarioSeries {
  readonly labels: Labels;
  /** When its target appeared. */
  readonly born: Instant;
  /** When its target went away; the next scrape marks the series stale. */
  readonly gone?: Instant;
  /** When in each scrape interval its target is scraped, in whole seconds. */
  readonly phase: Duration;
  /** The sample at an instant; the same for ever once that instant has passed. */
  readonly valueAt: (at: Instant) => number;
}

export interface MetricMetadata {
  readonly name: string;
  readonly type: 'counter' | 'gauge' | 'histogram';
  readonly help: string;
}

export interface ScenarioTarget {
  readonly job: string;
  readonly instance: string;
  readonly phase: Duration;
  readonly born: Instant;
  readonly gone?: Instant;
}

export interface ScenarioAlert {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  /** Fires while this has a value. */
  readonly query: string;
  readonly activeAt: Instant;
  /** What keeps it from waking anybody; Prometheus shows it firing all the same. */
  readonly suppressed?:
    | {
        readonly by: 'silence';
        readonly createdBy: string;
        readonly comment: string;
        readonly until: Instant;
      }
    | { readonly by: 'alert'; readonly name: string };
}

/** A scripted incident: what every metric shows at every instant, from `dataFrom` on and for ever. */
export interface Scenario {
  /** The first instant with samples. */
  readonly dataFrom: Instant;
  /** When the true cause set in. */
  readonly causeAt: Instant;
  readonly metrics: readonly MetricMetadata[];
  readonly alerts: readonly ScenarioAlert[];
  targets(): readonly ScenarioTarget[];
  series(): readonly ScenarioSeries[];
  /** Someone fixed it: from `at` on the numbers recover within three minutes. Only the first call counts. */
  mitigate(at: Instant): void;
  readonly mitigatedAt: Instant | undefined;
}

export interface ScenarioStoreOptions {
  readonly now: () => Instant;
  /** False leaves out the marks of targets that went away, as a backfill does. True by default. */
  readonly staleMarks?: boolean;
}

/** The samples of a scenario as a Prometheus would have scraped them up to now. */
export function scenarioStore(scenario: Scenario, options: ScenarioStoreOptions): SampleStore {
  const marks = options.staleMarks ?? true;
  const select: SampleStore['select'] = (matchers, from, to, spend) => {
    const [first, last] = [Math.max(from, scenario.dataFrom), Math.min(to, options.now())];
    const found: StoredSeries[] = [];
    for (const one of scenario.series()) {
      if (!matchesAll(one.labels, matchers)) continue;
      spend?.(scrapes(one, first, last).count);
      const stored = sample(one, first, last, marks);
      if (stored.times.length > 0) found.push(stored);
    }
    return found.sort((a, b) => compareLabels(a.labels, b.labels));
  };
  const find: SampleStore['find'] = (matchers, from, to) => {
    const [first, last] = [Math.max(from, scenario.dataFrom), Math.min(to, options.now())];
    return scenario
      .series()
      .filter((one) => scrapes(one, first, last).count > 0 && matchesAll(one.labels, matchers))
      .map((one) => one.labels)
      .sort(compareLabels);
  };
  return { select, find };
}

/** The first scrape of a series within a stretch of time, and how many there are. */
function scrapes(series: ScenarioSeries, from: Instant, to: Instant): { first: Instant; count: number } {
  const start = Math.max(from, series.born);
  const end = Math.min(to, series.gone ?? to);
  const first = Math.ceil((start - series.phase) / SCRAPE_INTERVAL) * SCRAPE_INTERVAL + series.phase;
  return { first, count: Math.max(0, Math.floor((end - first) / SCRAPE_INTERVAL) + 1) };
}

function sample(series: ScenarioSeries, from: Instant, to: Instant, marks: boolean): StoredSeries {
  const { first, count } = scrapes(series, from, to);
  const times = Array.from({ length: count }, (_, index) => first + index * SCRAPE_INTERVAL);
  const values = times.map(series.valueAt);
  const { gone, labels } = series;
  if (gone === undefined || !marks) return { labels, times, values };
  const missed = Math.ceil((gone + 1 - series.phase) / SCRAPE_INTERVAL) * SCRAPE_INTERVAL + series.phase;
  return missed > to ? { labels, times, values } : { labels, times, values, staleAt: missed };
}
