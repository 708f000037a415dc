import { DAY, type Duration, HOUR, type Instant, MINUTE } from '../time.ts';
import { instantsOf, wallTime } from '../zoned-time.ts';

const DAYS: readonly string[] = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

/** When what is known is consolidated, by the clocks of a zone. */
export interface SleepSchedule {
  /** 0 is Sunday; every day where absent. */
  readonly weekday?: number;
  /** Since midnight on the clock. */
  readonly at: Duration;
  /** IANA name. */
  readonly zone: string;
}

/** Reads `weekly mon 04:00`, `daily 04:00`, each with a zone after it where it is not UTC: `weekly mon 04:00 Europe/Berlin`. */
export function parseSchedule(text: string): SleepSchedule | undefined {
  const [, daily, day, hour, minute, zone = 'UTC'] =
    /^(?:(daily)|(?:weekly\s+)?(sun|mon|tue|wed|thu|fri|sat)[a-z]{0,6})\s+([01]?\d|2[0-3]):([0-5]\d)(?:\s+([A-Za-z][A-Za-z0-9_+/-]{1,50}))?$/i.exec(
      text.trim(),
    ) ?? [];
  if ((daily ?? day) === undefined || !isZone(zone)) return undefined;
  const weekday = DAYS.indexOf(day?.toLowerCase() ?? '');
  return { ...(weekday >= 0 && { weekday }), at: Number(hour) * HOUR + Number(minute) * MINUTE, zone };
}

/** The last time it was due, at or before now. */
export function lastTurn({ weekday, at, zone }: SleepSchedule, now: Instant): Instant {
  const wall = wallTime(now, zone);
  // The day after, because clocks that were put back show a time twice.
  const midnight = wall - (((wall % DAY) + DAY) % DAY) + DAY;
  for (let back = 0; ; back++) {
    const day = midnight - back * DAY;
    if (weekday !== undefined && new Date(day).getUTCDay() !== weekday) continue;
    const [turn] = instantsOf(day + at, zone);
    if (turn <= now) return turn;
  }
}

function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}
