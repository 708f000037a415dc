import fc from 'fast-check';
import { expect, test } from 'vitest';
import { lastTurn, parseSchedule, type SleepSchedule } from '../../../src/domain/knowledge/sleep-schedule.ts';
import { DAY, HOUR } from '../../../src/domain/time.ts';
import { wallTime } from '../../../src/domain/zoned-time.ts';

const read = (text: string): SleepSchedule => {
  const schedule = parseSchedule(text);
  if (!schedule) throw new TypeError(text);
  return schedule;
};
const iso = (text: string, now: string) => new Date(lastTurn(read(text), Date.parse(now))).toISOString();

test('reads what people write, and nothing that it would guess at', () => {
  expect(read('weekly mon 04:00')).toEqual({ weekday: 1, at: 4 * HOUR, zone: 'UTC' });
  expect(read('Sunday 23:30 Europe/Berlin')).toEqual({ weekday: 0, at: 23.5 * HOUR, zone: 'Europe/Berlin' });
  expect(read('daily 4:05')).toEqual({ at: 4 * HOUR + 5 * 60_000, zone: 'UTC' });
  for (const wrong of [
    '',
    'weekly',
    '04:00',
    'mon',
    'mon 24:00',
    'mon 04:60',
    'mon 04:00 Europe/Nowhere',
    'hourly',
  ])
    expect(parseSchedule(wrong)).toBeUndefined();
});

test('the last turn is by the clocks of the zone, through both changes of time', () => {
  expect(iso('weekly mon 04:00', '2026-11-28T14:00:00Z')).toBe('2026-11-23T04:00:00.000Z');
  expect(iso('weekly sat 14:00', '2026-11-28T14:00:00Z')).toBe('2026-11-28T14:00:00.000Z');
  expect(iso('daily 02:30 Europe/Berlin', '2026-03-29T12:00:00Z')).toBe('2026-03-29T01:30:00.000Z');
  expect(iso('daily 02:30 Europe/Berlin', '2026-10-25T12:00:00Z')).toBe('2026-10-25T00:30:00.000Z');
  expect(iso('daily 23:00 America/Los_Angeles', '2026-11-28T06:59:59Z')).toBe('2026-11-27T07:00:00.000Z');
});

test('there is a turn in every week and day, none in the future, and it moves on only forward', () => {
  const schedule = fc.constantFrom(
    ...['mon 04:00', 'daily 02:30 Europe/Berlin', 'sun 00:00 Pacific/Auckland'].map(read),
  );
  fc.assert(
    fc.property(schedule, fc.integer({ min: 1.7e12, max: 1.9e12 }), fc.nat(3 * DAY), (one, now, more) => {
      const turn = lastTurn(one, now);
      expect(turn).toBeLessThanOrEqual(now);
      expect(now - turn).toBeLessThan((one.weekday === undefined ? 1 : 7) * DAY + 2 * HOUR);
      expect(lastTurn(one, now + more)).toBeGreaterThanOrEqual(turn);
      if (one.weekday !== undefined) expect(new Date(wallTime(turn, one.zone)).getUTCDay()).toBe(one.weekday);
    }),
    { numRuns: 300 },
  );
});
