import type { Series } from '../evidence.ts';
import { DAY, type Duration, type Instant, parseDuration, type Window } from '../time.ts';
import type { Cited } from './report.ts';

/** The numbers of one series over one window, NaN and infinities left out. */
export interface Stats {
  readonly last: number;
  readonly avg: number;
  readonly max: number;
}

/** One series over both windows; undefined where it had no sample. */
export interface Compared {
  readonly labels: Readonly<Record<string, string>>;
  readonly now?: Stats;
  readonly was?: Stats;
}

export interface CompareReport {
  readonly kind: 'compare';
  /** As people name what was asked: `Prometheus prod`. */
  readonly source: string;
  readonly query: string;
  readonly window: Window;
  readonly earlier: Window;
  /** The series that changed most, in the order of how much. */
  readonly rows: readonly Compared[];
  /** How many there were in either. */
  readonly total: number;
  readonly now?: Cited;
  readonly was?: Cited;
}

/** What a query is compared with: so long before, or a stretch that ends at a time. */
export type Earlier =
  | { readonly kind: 'shift'; readonly by: Duration }
  | { readonly kind: 'until'; readonly time: string };

const SHOWN = 8;

/** Splits `sum(rate(x[5m])) now vs 1h` into the query and what follows the last `vs`; undefined where there is none. */
export function splitVersus(text: string): { readonly query: string; readonly earlier: string } | undefined {
  const found =
    /^([\s\S]+?)\s+(?:now\s+)?(?:vs\.?|versus|against)\s+((?:(?!\s(?:vs\.?|versus|against)\s)[^"{}()])+)$/i.exec(
      text.trim(),
    );
  const [, query, earlier] = found ?? [];
  return query === undefined || earlier === undefined ? undefined : { query, earlier: earlier.trim() };
}

/** Reads `1h`, `1h ago`, `yesterday`, `last week`, `14:10`; undefined for anything else. */
export function readEarlier(text: string): Earlier | undefined {
  const plain = text
    .toLowerCase()
    .replace(/^-/, '')
    .replace(/\s+(?:ago|earlier|before)$/, '')
    .trim();
  if (plain === 'yesterday') return { kind: 'shift', by: DAY };
  if (/^(?:last|a|one) week$/.test(plain)) return { kind: 'shift', by: 7 * DAY };
  if (/^(?:an|one) hour$/.test(plain)) return { kind: 'shift', by: DAY / 24 };
  const by = parseDuration(plain.replace(/\s+/g, ''));
  if (by !== undefined) return { kind: 'shift', by };
  return /^[\dT:.Z+-]+$/i.test(text) && /\d/.test(text) ? { kind: 'until', time: text } : undefined;
}

/** A window of the same length, so long before, or ending at a time. */
export function earlierWindow(window: Window, shift: Duration | { readonly until: Instant }): Window {
  const by = typeof shift === 'number' ? shift : window.to - shift.until;
  return { from: window.from - by, to: window.to - by };
}

/** Both answers series by series, the largest change first. Series are the same where their labels are. */
export function compareSeries(
  now: readonly Series[],
  was: readonly Series[],
): { readonly rows: readonly Compared[]; readonly total: number } {
  const all = new Map<string, { labels: Compared['labels']; now?: Stats; was?: Stats }>();
  const put = (series: Series, side: 'now' | 'was') => {
    const key = JSON.stringify(Object.entries(series.labels).toSorted());
    const stats = statsOf(series);
    const known = all.get(key) ?? { labels: series.labels };
    all.set(key, stats ? { ...known, [side]: stats } : known);
  };
  for (const series of now) put(series, 'now');
  for (const series of was) put(series, 'was');
  const rows = [...all.values()].filter((one) => one.now ?? one.was);
  const size = (one: Compared) => Math.abs((one.now?.avg ?? 0) - (one.was?.avg ?? 0));
  return { rows: rows.toSorted((a, b) => size(b) - size(a)).slice(0, SHOWN), total: rows.length };
}

function statsOf({ samples }: Series): Stats | undefined {
  const values = samples.map(({ value }) => value).filter(Number.isFinite);
  const last = values.at(-1);
  if (last === undefined) return undefined;
  return {
    last,
    avg: values.reduce((sum, one) => sum + one, 0) / values.length,
    max: values.reduce((most, one) => Math.max(most, one), Number.NEGATIVE_INFINITY),
  };
}
