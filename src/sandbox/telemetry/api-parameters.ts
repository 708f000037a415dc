import type { Duration, Instant } from '../../domain/time.ts';
import { readDuration, readNumber } from './promql/literals.ts';
import type { Matcher } from './promql/matcher.ts';
import { parsePromql } from './promql/parse.ts';
import { QueryError } from './promql/query-error.ts';

/** More points per series than this are refused, as in Prometheus. */
export const MAX_POINTS = 11_000;
const MAX_INSTANT = 8.64e15;
const RFC3339 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})$/;

/** `invalid parameter "start": …`, the way Prometheus names the parameter at fault. */
export function invalidParameter(name: string, why: string): QueryError {
  return new QueryError('bad_data', `invalid parameter "${name}": ${why}`);
}

/** RFC 3339 or unix seconds with decimals, rounded to milliseconds. Undefined where it is neither. */
export function readTime(text: string): Instant | undefined {
  const seconds = readNumber(text);
  const instant =
    seconds === undefined ? (RFC3339.test(text) ? Date.parse(text) : Number.NaN) : milliseconds(seconds);
  return Math.abs(instant) <= MAX_INSTANT ? instant : undefined;
}

/** Rounds the fraction by itself, as Prometheus does. */
function milliseconds(seconds: number): Instant {
  const whole = Math.trunc(seconds);
  return whole * 1000 + Math.round((seconds - whole) * 1000);
}

function cannotReadTime(text: string): string {
  return `cannot parse ${JSON.stringify(text)} to a valid timestamp`;
}

/** A time that must be there. Throws QueryError. */
export function timeParameter(parameters: URLSearchParams, name: string): Instant {
  const text = parameters.get(name) ?? '';
  const instant = readTime(text);
  if (instant === undefined) throw invalidParameter(name, cannotReadTime(text));
  return instant;
}

/** A time that may be left out. Throws QueryError where it is there and unreadable. */
export function optionalTime(parameters: URLSearchParams, name: string, otherwise: Instant): Instant {
  const text = parameters.get(name) ?? '';
  if (text === '') return otherwise;
  const instant = readTime(text);
  if (instant === undefined)
    throw invalidParameter(name, `Invalid time value for '${name}': ${cannotReadTime(text)}`);
  return instant;
}

/** Seconds with decimals, or `5m`, in milliseconds. Throws QueryError. */
export function durationParameter(parameters: URLSearchParams, name: string): Duration {
  const text = parameters.get(name) ?? '';
  const seconds = readNumber(text);
  // Whole nanoseconds first: 33.3 becomes 33.299999999 s, and Prometheus steps by 33.299 s.
  const duration = seconds === undefined ? readDuration(text) : Math.trunc(seconds * 1e9) / 1e6;
  if (duration === undefined || !Number.isFinite(duration))
    throw invalidParameter(name, `cannot parse ${JSON.stringify(text)} to a valid duration`);
  return duration;
}

/** The stretch and step of a range query. Throws QueryError where they are missing, reversed or too fine. */
export function rangeParameters(parameters: URLSearchParams): {
  start: Instant;
  end: Instant;
  step: Duration;
} {
  const start = timeParameter(parameters, 'start');
  const end = timeParameter(parameters, 'end');
  if (end < start) throw invalidParameter('end', 'end timestamp must not be before start time');
  const step = durationParameter(parameters, 'step');
  if (step <= 0)
    throw invalidParameter(
      'step',
      'zero or negative query resolution step widths are not accepted. Try a positive integer',
    );
  if (Math.floor((end - start) / step) > MAX_POINTS)
    throw new QueryError(
      'bad_data',
      'exceeded maximum resolution of 11,000 points per timeseries. Try decreasing the query resolution (?step=XX)',
    );
  return { start, end, step: Math.max(1, Math.trunc(step)) };
}

/** Every `match[]`, each a selector; empty where there is none. Throws QueryError. */
export function matchParameters(parameters: URLSearchParams): readonly (readonly Matcher[])[] {
  return parameters.getAll('match[]').map((text) => {
    const selector = parsePromql(text);
    if (selector.kind === 'vector') return selector.matchers;
    throw invalidParameter('match[]', '1:1: parse error: only a series selector is allowed here');
  });
}
