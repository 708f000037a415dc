import { DAY, HOUR, type Instant, MINUTE, SECOND, type Window } from '../domain/time.ts';

/** A stretch of values with its round ticks. */
export interface ValueScale {
  readonly low: number;
  readonly high: number;
  readonly step: number;
  readonly ticks: readonly number[];
}

/** Rounds what the finite values span to whole ticks. From 0 where that costs less than three quarters of the height. */
export function valueScale(lowest: number, highest: number, about = 5): ValueScale {
  let [low, high] = lowest <= highest ? [lowest, highest] : [0, 1];
  if (low > 0 && low <= high * 0.75) low = 0;
  if (high < 0 && high >= low * 0.75) high = 0;
  // Closer than numbers can tell apart counts as equal.
  if (high - low < 1e-290 || high - low < Math.abs(high) * 1e-14) {
    const room = Math.abs(high) * 0.1;
    [low, high] = Math.abs(high) < 1e-290 ? [0, 1] : [low - room, high + room];
  }
  const step = roundStep((high - low) / about);
  const first = Math.floor(low / step + 1e-9);
  const last = Math.ceil(high / step - 1e-9);
  // Each from its count, so that no error adds up; a step too fine for the numbers gives no tick twice.
  const ticks = Array.from({ length: Math.min(last - first, 20) + 1 }, (_, index) => (first + index) * step);
  return { low: first * step, high: last * step, step, ticks: [...new Set(ticks)] };
}

function roundStep(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough));
  const ratio = rough / power;
  return (ratio <= 1 ? 1 : ratio <= 2 ? 2 : ratio <= 2.5 ? 2.5 : ratio <= 5 ? 5 : 10) * power;
}

const LARGE: readonly (readonly [number, string])[] = [
  [1e12, 'T'],
  [1e9, 'G'],
  [1e6, 'M'],
  [1e3, 'k'],
];

/** A number for an axis whose ticks are `step` apart: `1.5k`, `0.02`, `2e-9`. */
export function sayTick(value: number, step: number): string {
  if (value === 0) return '0';
  const size = Math.abs(value);
  if (size >= 1e16 || size < 1e-5) return shortExponent(value, step);
  // Close together at a height: the suffix would make them equal.
  const [unit, suffix] = LARGE.find(
    ([least]) => size >= least && size < least * 1e4 && step >= least / 1_000,
  ) ?? [1, ''];
  const decimals = Math.max(0, Math.min(12, -Math.floor(Math.log10(step / unit) + 1e-9)));
  const said = (value / unit).toFixed(
    Number.isInteger(round(step / unit, decimals)) ? 0 : decimals + extra(step / unit),
  );
  return `${said}${suffix}`;
}

/** Steps of 2.5 need a decimal more than their size says. */
function extra(step: number): number {
  const lead = step / 10 ** Math.floor(Math.log10(step) + 1e-9);
  return Math.abs(lead - 2.5) < 1e-6 ? 1 : 0;
}

function round(value: number, decimals: number): number {
  return Number(value.toFixed(decimals + 1));
}

function shortExponent(value: number, step: number): string {
  const digits = Math.max(
    0,
    Math.min(6, Math.floor(Math.log10(Math.abs(value))) - Math.floor(Math.log10(step))),
  );
  return value
    .toExponential(digits)
    .replace('e+', 'e')
    .replace(/\.?0+e/, 'e');
}

/** A number in a legend: three digits. */
export function sayValue(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? '+Inf' : '-Inf';
  const size = Math.abs(value);
  if (size === 0) return '0';
  if (size >= 1e16 || size < 1e-5) return value.toExponential(2).replace('e+', 'e');
  const [unit, suffix] = (size >= 9_999.5 && LARGE.find(([least]) => size >= least * 0.9995)) || [1, ''];
  const scaled = value / unit;
  return `${Math.abs(scaled) >= 1_000 ? Math.round(scaled) : Number(scaled.toPrecision(3))}${suffix}`;
}

const STEPS: readonly number[] = [
  ...[1, 2, 5, 10, 15, 30].map((n) => n * SECOND),
  ...[1, 2, 5, 10, 15, 30].map((n) => n * MINUTE),
  ...[1, 2, 3, 6, 12].map((n) => n * HOUR),
  ...[1, 2, 7, 14, 30, 90, 365].map((n) => n * DAY),
];

export interface TimeTick {
  readonly at: Instant;
  readonly label: string;
}

/** Round moments of UTC inside a window, at most `most` of them. */
export function timeTicks({ from, to }: Window, most = 7): readonly TimeTick[] {
  const step = STEPS.find((one) => (to - from) / one <= most) ?? Math.ceil((to - from) / most / DAY) * DAY;
  const ticks: TimeTick[] = [];
  for (let at = Math.ceil(from / step) * step; at <= to; at += step)
    ticks.push({ at, label: sayTime(at, step, ticks.length === 0 && step < DAY && spansDays({ from, to })) });
  return ticks;
}

function spansDays({ from, to }: Window): boolean {
  return Math.floor(from / DAY) !== Math.floor(to / DAY);
}

function sayTime(at: Instant, step: number, dated: boolean): string {
  const iso = new Date(at).toISOString();
  if (step >= DAY || at % DAY === 0) return sayDay(at);
  const clock = step < MINUTE ? iso.slice(11, 19) : iso.slice(11, 16);
  return dated ? `${sayDay(at)} ${clock}` : clock;
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `23 Nov`. */
export function sayDay(at: Instant): string {
  const date = new Date(at);
  return `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]}`;
}

/** `14:07`, with the seconds where they count. */
export function sayClock(at: Instant): string {
  const iso = new Date(at).toISOString();
  return iso.slice(17, 19) === '00' ? iso.slice(11, 16) : iso.slice(11, 19);
}
