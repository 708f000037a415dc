import { expect, test } from 'vitest';
import { pageModule } from './page-module.ts';

const dates = await pageModule<{
  clockTime(ms: number, tz: string): string;
  dayKey(ms: number, tz: string): string;
  dayLabel(ms: number, now: number, tz: string): string;
  instantOf(ts: string): number;
  slackDate(format: string, seconds: number, now: number, tz: string): string;
  ago(ms: number): string;
}>('text/dates.js');
const { instantInZone } = await pageModule<{
  instantInZone(local: string, tz: string): number | undefined;
}>('blocks/zoned.js');
const { parseAmount } = await pageModule<{ parseAmount(text: string): number | undefined }>('text/amount.js');

const NOW = Date.UTC(2026, 10, 23, 23, 30);
const HOUR = 3_600_000;

test('the same instant is another time and another day elsewhere', () => {
  expect(dates.clockTime(NOW, 'Europe/Berlin')).toBe('00:30');
  expect(dates.clockTime(NOW, 'America/New_York')).toBe('18:30');
  expect(dates.dayKey(NOW, 'Asia/Tokyo')).toBe('2026-11-24');
  expect(dates.dayKey(NOW, 'America/New_York')).toBe('2026-11-23');
});

test('days near now have names', () => {
  expect(dates.dayLabel(NOW, NOW, 'UTC')).toBe('Today');
  expect(dates.dayLabel(NOW - 24 * HOUR, NOW, 'UTC')).toBe('Yesterday');
  expect(dates.dayLabel(NOW - HOUR, NOW, 'Europe/Berlin')).toBe('Yesterday');
  expect(dates.dayLabel(NOW - 240 * HOUR, NOW, 'UTC')).toBe('Friday, 13 November 2026');
});

test('a message knows its instant', () => {
  expect(dates.instantOf('1795442400.000100')).toBe(1_795_442_400_000);
});

test.each([
  ['{date_num} {time_secs}', '2026-11-23 23:30:00'],
  ['{date}', 'November 23rd, 2026'],
  ['{date_short}', 'Nov 23, 2026'],
  ['{date_long}', 'Monday, November 23rd, 2026'],
  ['{date_pretty}', 'today'],
  ['due {date_short_pretty} at {time}', 'due today at 23:30'],
  ['{ago}', '0 seconds ago'],
  ['{unknown} {time}', '{unknown} 23:30'],
])('Slack writes %s as %s', (format, expected) => {
  expect(dates.slackDate(format, NOW / 1000, NOW, 'UTC')).toBe(expected);
});

test('ordinals and tomorrow', () => {
  const first = Date.UTC(2026, 11, 11, 12) / 1000;
  expect(dates.slackDate('{date}', first, NOW, 'UTC')).toBe('December 11th, 2026');
  expect(dates.slackDate('{date_long_pretty}', NOW / 1000 + 86_400, NOW, 'UTC')).toBe('tomorrow');
});

test('how long ago', () => {
  expect([1000, 90_000, 2 * HOUR, -25 * HOUR].map(dates.ago)).toEqual([
    '1 second ago',
    '2 minutes ago',
    '2 hours ago',
    'in 1 day',
  ]);
});

test('a reading of a wall clock is an instant of its zone, around the clock change too', () => {
  expect(instantInZone('2026-11-23T15:10', 'Europe/Berlin')).toBe(Date.UTC(2026, 10, 23, 14, 10));
  expect(instantInZone('2026-07-01T09:00', 'America/New_York')).toBe(Date.UTC(2026, 6, 1, 13));
  expect(instantInZone('2026-10-25T04:00', 'Europe/Berlin')).toBe(Date.UTC(2026, 9, 25, 3));
  expect(instantInZone('', 'Europe/Berlin')).toBeUndefined();
});

test.each([
  ['45', 45 * 60_000],
  ['1h30m', 90 * 60_000],
  ['90s', 90_000],
  [' 2 h 5 min ', 125 * 60_000],
  ['0', undefined],
  ['', undefined],
  ['soon', undefined],
  ['99999h', undefined],
])('the clock takes %j as %j', (text, expected) => {
  expect(parseAmount(text)).toBe(expected);
});
