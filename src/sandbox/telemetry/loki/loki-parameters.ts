import { type Duration, HOUR, type Instant, SECOND } from '../../../domain/time.ts';
import { readDuration, readNumber } from '../promql/literals.ts';
import { LokiError } from './loki-error.ts';
import type { Stretch } from './read-lines.ts';

const LIMIT = 100;
const MOST_ENTRIES = 5_000;
/** More points per series than this are refused. */
const MOST_POINTS = 11_000;
const LONGEST: Duration = 30 * 24 * HOUR + HOUR;
const RFC3339 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})$/;

/** Nanoseconds since the epoch from whole nanoseconds, seconds with decimals (up to ten digits) or RFC 3339. */
function readTime(text: string, name: string): bigint {
  if (/^\d{11,20}$/.test(text)) return BigInt(text);
  if (/^\d{1,10}(?:\.\d+)?$/.test(text)) return BigInt(Math.round(Number(text) * 1e6)) * 1_000n;
  if (RFC3339.test(text) && !Number.isNaN(Date.parse(text))) return BigInt(Date.parse(text)) * 1_000_000n;
  throw new LokiError(
    `could not parse '${name}' parameter: strconv.ParseInt: parsing ${JSON.stringify(text)}: invalid syntax`,
  );
}

/** `start` and `end`, or `since`; the last hour where they are left out. Throws LokiError. */
export function stretchOf(parameters: URLSearchParams, now: Instant): Stretch {
  const get = (name: string) => parameters.get(name) || undefined;
  const end = get('end');
  const to = end === undefined ? nanos(now) : readTime(end, 'end');
  const since = get('since');
  const length = since === undefined ? HOUR : readDuration(since);
  if (length === undefined)
    throw new LokiError(
      `could not parse 'since' parameter: not a valid duration string: ${JSON.stringify(since)}`,
    );
  const start = get('start');
  const from = start === undefined ? to - nanos(length) : readTime(start, 'start');
  if (to < from) throw new LokiError('end timestamp must not be before or equal to start time');
  if (to - from > nanos(LONGEST))
    throw new LokiError(
      `the query time range exceeds the limit (query length: ${(to - from) / nanos(HOUR)}h0m0s, limit: 30d1h)`,
    );
  return { from, to };
}

/** The one instant of `query`. */
export function instantOf(parameters: URLSearchParams, now: Instant): Instant {
  const text = parameters.get('time');
  return text ? Number(readTime(text, 'time') / 1_000_000n) : now;
}

/** The step of a metric query; where it is left out, about 250 of them. */
export function stepOf(parameters: URLSearchParams, { from, to }: Stretch): Duration {
  const text = parameters.get('step');
  const length = Number((to - from) / 1_000_000n);
  if (!text) return Math.max(Math.floor(length / 250 / SECOND), 1) * SECOND;
  const seconds = readNumber(text);
  const step = seconds === undefined ? readDuration(text) : Math.round(seconds * SECOND);
  if (step === undefined || !Number.isFinite(step))
    throw new LokiError(`cannot parse ${JSON.stringify(text)} to a valid duration`);
  if (step <= 0)
    throw new LokiError(
      'zero or negative query resolution step widths are not accepted. Try a positive integer',
    );
  if (length / step > MOST_POINTS)
    throw new LokiError(
      'exceeded maximum resolution of 11,000 points per time series. Try increasing the value of the step parameter',
    );
  return step;
}

export function limitOf(parameters: URLSearchParams): number {
  const text = parameters.get('limit') || String(LIMIT);
  const limit = /^\d{1,9}$/.test(text) ? Number(text) : 0;
  if (limit === 0) throw new LokiError('limit must be a positive value');
  if (limit > MOST_ENTRIES)
    throw new LokiError(
      `max entries limit per query exceeded, limit > max_entries_limit_per_query (${limit} > ${MOST_ENTRIES})`,
    );
  return limit;
}

/** Lists of labels and streams cover the last six hours, as Loki's do, unless times are given. */
export function labelStretch(parameters: URLSearchParams, now: Instant): Stretch {
  return parameters.has('start') || parameters.has('since') || parameters.has('end')
    ? stretchOf(parameters, now)
    : { from: nanos(now - 6 * HOUR), to: nanos(now) };
}

function nanos(milliseconds: number): bigint {
  return BigInt(milliseconds) * 1_000_000n;
}
