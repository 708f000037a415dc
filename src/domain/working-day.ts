import { DAY, HOUR, type Instant } from './time.ts';
import { instantsOf, type WallTime, wallTime } from './zoned-time.ts';

/** Working hours on the clocks of a zone, Monday to Friday: from 9:00 until 17:00. */
const MORNING = 9 * HOUR;
const EVENING = 17 * HOUR;

/** The first 9:00 of a working day at or after `from`, on the clocks of a zone. */
export function workingMorning(from: Instant, zone: string): Instant {
  let day = midnight(wallTime(from, zone));
  while (isWeekend(day) || atClock(day + MORNING, zone) < from) day += DAY;
  return atClock(day + MORNING, zone);
}

/** Whether a zone's clocks show working hours. */
export function inWorkingHours(at: Instant, zone: string): boolean {
  const wall = wallTime(at, zone);
  const clock = wall - midnight(wall);
  return !isWeekend(wall) && clock >= MORNING && clock < EVENING;
}

/** The same time of day on the next day that is neither Saturday nor Sunday where the zone's clocks are. */
export function nextWorkingDay(at: Instant, zone: string): Instant {
  let wall = wallTime(at, zone) + DAY;
  while (isWeekend(wall)) wall += DAY;
  return atClock(wall, zone);
}

/** That, and within working hours: its morning in place of a time at night. */
export function nextWorkingTime(at: Instant, zone: string): Instant {
  const then = nextWorkingDay(at, zone);
  return inWorkingHours(then, zone) ? then : atClock(midnight(wallTime(then, zone)) + MORNING, zone);
}

/** `2026-11-27`, as the clocks of a zone show it. */
export function dayOf(at: Instant, zone: string): string {
  return new Date(wallTime(at, zone)).toISOString().slice(0, 10);
}

/** The instant at which the clocks show it; the first where an hour is repeated. */
export function atClock(wall: WallTime, zone: string): Instant {
  return instantsOf(wall, zone)[0];
}

export function midnight(wall: WallTime): WallTime {
  return Math.floor(wall / DAY) * DAY;
}

function isWeekend(wall: WallTime): boolean {
  return [0, 6].includes(new Date(wall).getUTCDay());
}
