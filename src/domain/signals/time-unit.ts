import type { Unit } from './signal.ts';

const NAMED: readonly (readonly [pattern: RegExp, unit: Unit])[] = [
  [/(?:^|_)(?:milliseconds|millis|ms)(?:_|$)/, 'milliseconds'],
  [/(?:^|_)(?:microseconds|micros|us)(?:_|$)/, 'microseconds'],
  [/(?:^|_)(?:nanoseconds|nanos|ns)(?:_|$)/, 'nanoseconds'],
  [/(?:^|_)(?:seconds|secs?|s)(?:_|$)/, 'seconds'],
];

/** The bounds of a histogram of requests hardly reach this many seconds, and do in milliseconds. */
const LONGEST_IN_SECONDS = 300;

/**
 * The unit of a time: by the metric's name, else by the size of its histogram's bounds. `why` says so where the name does not.
 * `''` where nothing tells.
 */
export function timeUnit(
  metric: string,
  bounds: readonly string[] = [],
): { readonly unit: Unit; readonly why?: string } {
  const named = NAMED.find(([pattern]) => pattern.test(metric));
  if (named) return { unit: named[1] };
  const longest = Math.max(...bounds.map(Number).filter(Number.isFinite), 0);
  if (longest === 0) return { unit: '' };
  const unit = longest <= LONGEST_IN_SECONDS ? 'seconds' : 'milliseconds';
  return { unit, why: `its buckets end at ${longest}, so it counts ${unit}` };
}
