import { DAY, type Instant } from './time.ts';

/** A reading of a clock on a wall, written as the epoch milliseconds that it would be in UTC. */
export type WallTime = number;

/** What the clocks of an IANA zone show at an instant, to the millisecond. A zone that is not known counts as UTC. */
export function wallTime(at: Instant, zone: string): WallTime {
  const parts = new Map<string, number>();
  for (const { type, value } of formatter(zone).formatToParts(at)) parts.set(type, Number(value));
  const part = (name: string) => parts.get(name) ?? 0;
  const seconds = Date.UTC(
    part('year'),
    part('month') - 1,
    part('day'),
    part('hour'),
    part('minute'),
    part('second'),
  );
  return seconds + (((at % 1_000) + 1_000) % 1_000);
}

/**
 * The instants at which a zone's clocks show a wall time, oldest first: one as a rule, two in the hour that is repeated in
 * autumn. In the hour that is left out in spring the clocks have moved on by the gap: one instant, that much later.
 */
export function instantsOf(wall: WallTime, zone: string): readonly [Instant, ...Instant[]] {
  const before = offset(wall - DAY, zone);
  const after = offset(wall + DAY, zone);
  const early = wall - Math.max(before, after);
  const late = wall - Math.min(before, after);
  const shown = [early, late].filter(
    (at, index, all) => wallTime(at, zone) === wall && all.indexOf(at) === index,
  );
  const [first, ...rest] = shown;
  return first === undefined ? [wall - before] : [first, ...rest];
}

function offset(at: Instant, zone: string): number {
  return wallTime(at, zone) - at;
}

function formatter(zone: string): Intl.DateTimeFormat {
  const shape: Intl.DateTimeFormatOptions = {
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  };
  try {
    return new Intl.DateTimeFormat('en-US', { ...shape, timeZone: zone });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return new Intl.DateTimeFormat('en-US', { ...shape, timeZone: 'UTC' });
  }
}
