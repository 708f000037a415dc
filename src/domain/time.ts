/** Milliseconds since the Unix epoch, an integer. */
export type Instant = number;

/** A length of time in milliseconds, an integer. */
export type Duration = number;

/** An absolute stretch of time, `from` inclusive, `to` exclusive; both in milliseconds since the epoch. */
export interface Window {
  readonly from: Instant;
  readonly to: Instant;
}

export const SECOND: Duration = 1_000;
export const MINUTE: Duration = 60 * SECOND;
export const HOUR: Duration = 60 * MINUTE;
export const DAY: Duration = 24 * HOUR;

const UNIT: Readonly<Record<string, Duration>> = { ms: 1, s: SECOND, m: MINUTE, h: HOUR, d: DAY, w: 7 * DAY };

/**
 * Reads `30m`, `90s`, `1h30m`, `2d`: whole numbers with a unit (ms, s, m, h, d, w), largest first or not.
 * Answers undefined for anything else, zero included.
 */
export function parseDuration(text: string): Duration | undefined {
  if (!/^(?:\d{1,9}(?:ms|[smhdw]))+$/.test(text)) return undefined;
  let total = 0;
  for (const part of text.matchAll(/(\d+)(ms|[smhdw])/g))
    total += Number(part[1]) * (UNIT[part[2] ?? ''] ?? 0);
  return total > 0 && Number.isSafeInteger(total) ? total : undefined;
}

/** Writes a duration as a person says it: `45 s`, `28 min`, `1 h 22 min`, `3 d 4 h`. Rounds down to the second. */
export function sayDuration(duration: Duration): string {
  const seconds = Math.max(0, Math.floor(duration / SECOND));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60)
    return seconds % 60 === 0 || minutes >= 10 ? `${minutes} min` : `${minutes} min ${seconds % 60} s`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`;
  const days = Math.floor(hours / 24);
  return hours % 24 === 0 ? `${days} d` : `${days} d ${hours % 24} h`;
}

/** Writes a duration as configuration and options take it: `1h30m`, `90s` becomes `1m30s`. */
export function formatDuration(duration: Duration): string {
  let rest = duration;
  let out = '';
  for (const [unit, size] of [
    ['d', DAY],
    ['h', HOUR],
    ['m', MINUTE],
    ['s', SECOND],
    ['ms', 1],
  ] as const) {
    const count = Math.floor(rest / size);
    if (count > 0) out += `${count}${unit}`;
    rest -= count * size;
  }
  return out === '' ? '0s' : out;
}
