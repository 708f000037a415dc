import type { Answer, Series } from '../evidence.ts';
import type { Window } from '../time.ts';
import { REFUSED } from './failures.ts';
import { sayQuantile } from './latency.ts';
import type { Amount, Cited } from './report.ts';
import type { SignalQuery } from './signal.ts';

/** Two stretches of time: the one asked about, and one of the same length before the trouble began. */
export interface NowAndBefore {
  readonly window: Window;
  readonly before: Window;
}

/** A line is read at a glance: so many numbers of one query. */
const AMOUNTS = 6;

/**
 * The numbers of one query over both stretches of time: the last value, and the average before. A value older than the last steps
 * is not now. What is no number (an empty histogram's quantile) is left out.
 */
export function amountsOf(
  query: SignalQuery,
  answer: Pick<Answer, 'result' | 'step'>,
  times: NowAndBefore,
  evidence: Cited,
): readonly Amount[] {
  if (answer.result.kind !== 'series') return [];
  const late = 2 * (answer.step ?? 0);
  const read = answer.result.series.map((series): Amount => {
    const { now, before } = nowAndBefore(series, times, late);
    const name = nameOf(series, query.by);
    return {
      ...(name !== undefined && { name }),
      ...(query.of !== undefined && { of: query.of }),
      unit: query.unit,
      ...(now !== undefined && { now }),
      ...(before !== undefined && { before }),
      evidence,
    };
  });
  const seen = read.filter(({ now, before }) => now !== undefined || before !== undefined);
  if (query.by === 'quantile') return seen.toSorted((a, b) => quantile(a) - quantile(b));
  // What the service failed comes before what it refused.
  if (query.by === 'class')
    return seen.toSorted((a, b) => Number(a.name === REFUSED) - Number(b.name === REFUSED));
  return seen.toSorted((a, b) => (b.now ?? -1) - (a.now ?? -1)).slice(0, AMOUNTS);
}

function quantile({ name }: Amount): number {
  return Number(name?.slice(1));
}

function nameOf({ labels }: Series, by: string | undefined): string | undefined {
  if (by === 'quantile') return sayQuantile(Number(labels.quantile));
  if (by !== undefined) return labels[by] ?? '';
  const values = Object.values(labels);
  return values.length === 0 ? undefined : values.join(' ');
}

function nowAndBefore({ samples }: Series, { window, before }: NowAndBefore, late: number) {
  const numbers = samples.filter(({ value }) => Number.isFinite(value));
  const earlier = numbers.filter(({ at }) => at >= before.from && at <= before.to);
  const last = numbers.at(-1);
  const mean = earlier.reduce((sum, { value }) => sum + value, 0) / earlier.length;
  return {
    now: last && last.at >= window.to - late && last.at >= window.from ? last.value : undefined,
    before: earlier.length === 0 ? undefined : mean,
  };
}
