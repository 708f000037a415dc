import { RuleViolation } from './errors.ts';
import { DAY, HOUR, type Instant, parseDuration } from './time.ts';
import { atClock, midnight } from './working-day.ts';
import { wallTime } from './zoned-time.ts';

const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;
const SHAPE =
  /^(?:today|tomorrow|(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?|\d{4}-\d\d-\d\d)$/i;
/** A day means its noon: nearly everywhere on earth that is the same day. */
const NOON = 12 * HOUR;
/** Where noon has passed today, what is left of it. */
const LATER = [18 * HOUR, DAY - 60_000] as const;

/** Whether this is a day as `due:` takes it: `fri`, `today`, `2026-12-04`, `3d`. */
export function isDueDate(text: string): boolean {
  return SHAPE.test(text) || parseDuration(text) !== undefined;
}

/**
 * The day until which something is to be done, on the clocks of the zone of whoever typed it: a weekday is the next one after
 * today, `today` ends with the day, `3d` counts from now. Throws RuleViolation for a date that there is not.
 */
export function resolveDue(
  text: string,
  { now, zone }: { readonly now: Instant; readonly zone: string },
): Instant {
  const word = text.toLowerCase();
  const length = parseDuration(word);
  if (length !== undefined) return now + length;
  const today = midnight(wallTime(now, zone));
  if (word === 'today') {
    const left = [NOON, ...LATER].map((clock) => atClock(today + clock, zone)).find((at) => at > now);
    return left ?? now + 1;
  }
  if (word === 'tomorrow') return atClock(today + DAY + NOON, zone);
  const weekday = WEEKDAYS.findIndex((one) => word.startsWith(one));
  if (weekday >= 0) {
    const ahead = (weekday - new Date(today).getUTCDay() + 6) % 7;
    return atClock(today + (ahead + 1) * DAY + NOON, zone);
  }
  const date = Date.parse(`${word}T00:00Z`);
  // Date.parse takes 30 February as 2 March.
  if (Number.isNaN(date) || !new Date(date).toISOString().startsWith(word))
    throw new RuleViolation(
      'due-unreadable',
      `\`due:${text.replaceAll('`', "'").slice(0, 40)}\` is no day. Write \`due:fri\`, \`due:2026-12-04\` or \`next:3d\`.`,
    );
  return atClock(date + NOON, zone);
}
