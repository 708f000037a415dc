import { describe, expect, test } from 'vitest';
import { RuleViolation } from '../../src/domain/errors.ts';
import { HOUR, MINUTE } from '../../src/domain/time.ts';
import {
  resolveTime,
  resolveWindow,
  type WindowContext,
  type WindowOptions,
} from '../../src/domain/window.ts';
import { instantsOf, wallTime } from '../../src/domain/zoned-time.ts';

const utc = (text: string) => Date.parse(`${text}Z`);
const now = utc('2026-11-23T13:32:10');
const berlin: WindowContext = { now, zone: 'Europe/Berlin' };

const said = (options: WindowOptions, context = berlin) => {
  const { from, to } = resolveWindow(options, context);
  return `${new Date(from).toISOString().slice(0, 19)} ${new Date(to).toISOString().slice(0, 19)}`;
};

describe('windows, in Berlin at 14:32:10 on 23 November 2026', () => {
  const table: readonly [WindowOptions, string][] = [
    [{}, '2026-11-23T13:02:10 2026-11-23T13:32:10'],
    [{ since: '30m' }, '2026-11-23T13:02:10 2026-11-23T13:32:10'],
    [{ since: '1h30m' }, '2026-11-23T12:02:10 2026-11-23T13:32:10'],
    [{ from: '14:10', to: '14:20' }, '2026-11-23T13:10:00 2026-11-23T13:20:00'],
    [{ from: '14:10' }, '2026-11-23T13:10:00 2026-11-23T13:32:10'],
    [{ from: '14:10', to: '14:40' }, '2026-11-23T13:10:00 2026-11-23T13:32:10'],
    [{ from: '14:10', to: 'now' }, '2026-11-23T13:10:00 2026-11-23T13:32:10'],
    [{ from: '14:40', to: '14:50' }, '2026-11-22T13:40:00 2026-11-22T13:50:00'],
    [{ from: '23:50', to: '00:10' }, '2026-11-22T22:50:00 2026-11-22T23:10:00'],
    [{ from: '2026-11-20T09:00', to: '2026-11-20T09:30' }, '2026-11-20T08:00:00 2026-11-20T08:30:00'],
    [{ from: '2026-11-20T09:00', to: '09:30' }, '2026-11-20T08:00:00 2026-11-20T08:30:00'],
    [{ from: '2026-11-20T09:00Z', to: '2026-11-20T11:00+01:00' }, '2026-11-20T09:00:00 2026-11-20T10:00:00'],
    [{ from: '2026-11-20', to: '2026-11-21' }, '2026-11-19T23:00:00 2026-11-20T23:00:00'],
    [{ around: '14:10' }, '2026-11-23T12:55:00 2026-11-23T13:25:00'],
    [{ around: '14:32' }, '2026-11-23T13:17:00 2026-11-23T13:32:10'],
    [{ around: '15:00' }, '2026-11-22T13:45:00 2026-11-22T14:15:00'],
    [{ at: '14:20' }, '2026-11-23T13:20:00 2026-11-23T13:20:00'],
    [{ at: '14:20:30' }, '2026-11-23T13:20:30 2026-11-23T13:20:30'],
  ];
  test.each(table)('%j', (options, expected) => {
    expect(said(options)).toBe(expected);
  });

  test('without options: from 30 minutes before the impact to now, or to its end', () => {
    const since = utc('2026-11-23T12:58:00');
    expect(said({}, { ...berlin, incident: { since } })).toBe('2026-11-23T12:28:00 2026-11-23T13:32:10');
    expect(said({}, { ...berlin, incident: { since, until: utc('2026-11-23T13:10:00') } })).toBe(
      '2026-11-23T12:28:00 2026-11-23T13:10:00',
    );
    expect(said({ since: '5m' }, { ...berlin, incident: { since } })).toBe(
      '2026-11-23T13:27:10 2026-11-23T13:32:10',
    );
  });
});

describe('refusals say what to write instead', () => {
  const table: readonly [WindowOptions, string, RegExp][] = [
    [{ since: 'ages' }, 'window-unreadable', /`since:30m`/],
    [{ since: '99999w' }, 'window-too-long', /ten years/],
    [{ to: '14:20' }, 'window-open', /`from:14:10 to:14:40`/],
    [{ from: '14:20', to: '14:10' }, 'window-backwards', /earlier time first/],
    [{ from: '14:20', to: '14:20' }, 'window-backwards', /earlier time first/],
    [{ from: '30m' }, 'time-unreadable', /For the last 30 min write `since:30m`/],
    [{ from: '25:00' }, 'time-unreadable', /`14:20`/],
    [{ from: '2026-02-30' }, 'time-unreadable', /`14:20`/],
    [{ from: '2026-11-23T24:00' }, 'time-unreadable', /`14:20`/],
    [{ from: '2026-11-24T10:00' }, 'time-to-come', /still to come, in 19 h 27 min/],
    [{ at: '1999-01-01T00:00' }, 'window-too-long', /ten years/],
    [{ since: '30m', around: '14:10' }, 'window-mixed', /`since:` with `around:`/],
    [{ from: '`rm`' }, 'time-unreadable', /^`'rm'`/],
  ];
  test.each(table)('%j', (options, rule, message) => {
    const again = (option: string) => `prom up ${option}`;
    try {
      resolveWindow(options, { ...berlin, again });
      expect.unreachable();
    } catch (error) {
      if (!(error instanceof RuleViolation)) throw error;
      expect(error.rule).toBe(rule);
      expect(error.message).toMatch(message);
      expect(error.next).toEqual([{ label: 'Last 30 minutes', command: 'prom up since:30m' }]);
    }
  });
});

describe('clocks that jump', () => {
  test('the hour left out in spring: the time after the gap', () => {
    // 29 March 2026, 02:00 -> 03:00 in Berlin, at 01:00 UTC.
    const context = { now: utc('2026-03-29T10:00:00'), zone: 'Europe/Berlin' };
    expect(resolveTime('02:30', context)).toBe(utc('2026-03-29T01:30:00'));
    expect(resolveTime('01:59', context)).toBe(utc('2026-03-29T00:59:00'));
    expect(resolveTime('03:00', context)).toBe(utc('2026-03-29T01:00:00'));
    expect(resolveWindow({ from: '01:30', to: '03:30' }, context)).toEqual({
      from: utc('2026-03-29T00:30:00'),
      to: utc('2026-03-29T01:30:00'),
    });
  });

  test('the hour repeated in autumn: the later one that has passed', () => {
    // 25 October 2026, 03:00 -> 02:00 in Berlin, at 01:00 UTC.
    const first = utc('2026-10-25T00:30:00');
    const zone = 'Europe/Berlin';
    expect(resolveTime('02:30', { now: first + 10 * MINUTE, zone })).toBe(first);
    expect(resolveTime('02:30', { now: first + 2 * HOUR, zone })).toBe(first + HOUR);
    expect(resolveWindow({ from: '02:10', to: '02:50' }, { now: first + 5 * HOUR, zone })).toEqual({
      from: first + HOUR - 20 * MINUTE,
      to: first + HOUR + 20 * MINUTE,
    });
  });

  test('every instant of a day comes back from its wall time, in zones of all kinds', () => {
    for (const zone of [
      'Europe/Berlin',
      'America/St_Johns',
      'Australia/Lord_Howe',
      'Asia/Kathmandu',
      'Pacific/Apia',
    ])
      for (const day of [
        '2026-03-29T00:00:00',
        '2026-10-04T00:00:00',
        '2026-11-01T00:00:00',
        '2026-04-05T00:00:00',
      ])
        for (let minute = 0; minute < 26 * 60; minute += 30) {
          const at = utc(day) + minute * MINUTE;
          expect(instantsOf(wallTime(at, zone), zone)).toContain(at);
        }
  });

  test('a zone nobody knows counts as UTC', () => {
    expect(resolveTime('13:00', { now, zone: 'Mars/Olympus' })).toBe(utc('2026-11-23T13:00:00'));
  });
});
