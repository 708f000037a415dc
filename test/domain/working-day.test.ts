import { describe, expect, it } from 'vitest';
import type { ActionItem } from '../../src/domain/action-item.ts';
import { isDueDate, resolveDue } from '../../src/domain/due-date.ts';
import { FOLLOW_UPS, followUps, isFollowedUp } from '../../src/domain/follow-up.ts';
import {
  dayOf,
  inWorkingHours,
  nextWorkingDay,
  nextWorkingTime,
  workingMorning,
} from '../../src/domain/working-day.ts';

const utc = (text: string) => Date.parse(`${text}Z`);
const said = (at: number) => new Date(at).toISOString().slice(0, 16);

describe('the next working day', () => {
  it.each([
    ['a Tuesday', '2026-11-24T15:10', 'UTC', '2026-11-25T15:10'],
    ['a Friday', '2026-11-27T15:10', 'UTC', '2026-11-30T15:10'],
    ['a Saturday', '2026-11-28T15:10', 'UTC', '2026-11-30T15:10'],
    // Friday evening in UTC is Saturday in Tokyo, so Monday is next there as well.
    ['Friday in UTC, Saturday in Tokyo', '2026-11-27T20:00', 'Asia/Tokyo', '2026-11-29T20:00'],
    // Saturday morning in UTC is still Friday evening in Los Angeles.
    ['Saturday in UTC, Friday in Los Angeles', '2026-11-28T03:00', 'America/Los_Angeles', '2026-12-01T03:00'],
    // Across the date line: one moment is Sunday on one side, Monday on the other.
    ['Sunday in Honolulu', '2026-11-29T20:00', 'Pacific/Honolulu', '2026-11-30T20:00'],
    ['the same moment, Monday in Auckland', '2026-11-29T20:00', 'Pacific/Auckland', '2026-11-30T20:00'],
    ['Thursday in Kiritimati, UTC+14', '2026-11-26T09:00', 'Pacific/Kiritimati', '2026-11-27T09:00'],
    ['Friday in Kiritimati, UTC+14', '2026-11-26T11:00', 'Pacific/Kiritimati', '2026-11-29T11:00'],
    // The clocks go forward in between: the same time of day is 23 hours a day later.
    ['over the change of clocks', '2026-03-27T09:00', 'Europe/Berlin', '2026-03-30T08:00'],
    ['a zone that is not known', '2026-11-27T15:10', 'Mars/Olympus', '2026-11-30T15:10'],
  ])('after %s', (_what, from, zone, expected) =>
    expect(said(nextWorkingDay(utc(from), zone))).toBe(expected),
  );

  it('comes within working hours where somebody is asked then', () => {
    expect(said(nextWorkingTime(utc('2026-11-24T10:00'), 'UTC'))).toBe('2026-11-25T10:00');
    expect(said(nextWorkingTime(utc('2026-11-24T03:00'), 'UTC'))).toBe('2026-11-25T09:00');
    expect(said(nextWorkingTime(utc('2026-11-26T22:00'), 'UTC'))).toBe('2026-11-27T09:00');
    expect(said(nextWorkingTime(utc('2026-11-27T22:00'), 'UTC'))).toBe('2026-11-30T09:00');
  });
});

describe('working hours', () => {
  it.each([
    ['2026-11-27T08:59', 'UTC', false],
    ['2026-11-27T09:00', 'UTC', true],
    ['2026-11-27T16:59', 'UTC', true],
    ['2026-11-27T17:00', 'UTC', false],
    ['2026-11-28T12:00', 'UTC', false],
    ['2026-11-27T09:00', 'Asia/Tokyo', false],
    ['2026-11-27T00:30', 'Asia/Tokyo', true],
  ])('%s in %s: %s', (at, zone, expected) => expect(inWorkingHours(utc(at), zone)).toBe(expected));

  it('begin at nine of the person they are asked of', () => {
    expect(said(workingMorning(utc('2026-11-27T00:00'), 'UTC'))).toBe('2026-11-27T09:00');
    expect(said(workingMorning(utc('2026-11-27T09:00'), 'UTC'))).toBe('2026-11-27T09:00');
    expect(said(workingMorning(utc('2026-11-27T09:01'), 'UTC'))).toBe('2026-11-30T09:00');
    expect(said(workingMorning(utc('2026-11-27T00:00'), 'Asia/Tokyo'))).toBe('2026-11-27T00:00');
    expect(said(workingMorning(utc('2026-11-27T16:00'), 'America/Los_Angeles'))).toBe('2026-11-27T17:00');
    expect(dayOf(utc('2026-11-27T16:00'), 'Asia/Tokyo')).toBe('2026-11-28');
  });
});

describe('a date that something is due', () => {
  // A Wednesday, 15:00 in Berlin.
  const now = utc('2026-11-25T14:00');
  const berlin = { now, zone: 'Europe/Berlin' };
  it.each([
    ['fri', '2026-11-27T11:00'],
    ['Friday', '2026-11-27T11:00'],
    ['thu', '2026-11-26T11:00'],
    ['wed', '2026-12-02T11:00'],
    ['tuesday', '2026-12-01T11:00'],
    ['tomorrow', '2026-11-26T11:00'],
    ['today', '2026-11-25T17:00'],
    ['2026-12-04', '2026-12-04T11:00'],
    ['3d', '2026-11-28T14:00'],
  ])('due:%s', (text, expected) => {
    expect(isDueDate(text)).toBe(true);
    expect(said(resolveDue(text, berlin))).toBe(expected);
  });

  it('today lasts until midnight', () => {
    expect(said(resolveDue('today', { now: utc('2026-11-25T22:30'), zone: 'Europe/Berlin' }))).toBe(
      '2026-11-25T22:59',
    );
    const late = Date.parse('2026-11-25T22:59:30Z');
    expect(resolveDue('today', { now: late, zone: 'Europe/Berlin' })).toBeGreaterThan(late);
  });

  it.each(['frid', 'soon', '4.12.', '2026-12', 'fri 12:00', '', '12'])('%j is none', (text) =>
    expect(isDueDate(text)).toBe(false),
  );

  it('that there is not is refused', () => {
    expect(() => resolveDue('2026-02-30', berlin)).toThrow(/is no day/);
    expect(() => resolveDue('2026-13-01', berlin)).toThrow(/is no day/);
  });
});

describe('follow-ups', () => {
  const item: ActionItem = {
    id: 'A1',
    seq: 2,
    text: 'Limit retries to 2',
    by: 'LEA',
    at: utc('2026-11-23T10:00'),
    asked: { seq: 2, at: utc('2026-11-23T10:00') },
    owner: 'MARA',
    dueAt: utc('2026-11-27T11:00'),
  };

  it('come on the working morning of the day it is due, then weekly, capped, each in the zone of its owner', () => {
    expect(followUps(item, 'Europe/Berlin').map(said)).toEqual([
      '2026-11-27T08:00',
      '2026-12-04T08:00',
      '2026-12-11T08:00',
      '2026-12-18T08:00',
      '2026-12-25T08:00',
      '2027-01-01T08:00',
    ]);
    expect(followUps(item, 'Asia/Tokyo').map(said)[0]).toBe('2026-11-27T00:00');
    expect(followUps(item, 'UTC')).toHaveLength(FOLLOW_UPS);
  });

  it('of what is due at a weekend come on Monday', () =>
    expect(said(followUps({ ...item, dueAt: utc('2026-11-28T11:00') }, 'UTC')[0] ?? 0)).toBe(
      '2026-11-30T09:00',
    ));

  it('wait for the next morning where it was handed over late', () =>
    expect(said(followUps({ ...item, asked: { seq: 9, at: utc('2026-12-03T15:00') } }, 'UTC')[0] ?? 0)).toBe(
      '2026-12-04T09:00',
    ));

  it('keep the hour when the clocks change', () => {
    const spring = {
      ...item,
      dueAt: utc('2026-03-27T11:00'),
      asked: { seq: 2, at: utc('2026-03-20T10:00') },
    };
    expect(followUps(spring, 'Europe/Berlin').slice(0, 2).map(said)).toEqual([
      '2026-03-27T08:00',
      '2026-04-03T07:00',
    ]);
  });

  it('there are none without an owner, without a date, or once it is closed', () => {
    const { owner: _owner, ...unowned } = item;
    const { dueAt: _due, ...undated } = item;
    const closed = { ...item, closed: { at: 0, by: 'MARA', how: 'done' as const } };
    for (const one of [unowned, undated, closed]) expect(followUps(one, 'UTC')).toEqual([]);
  });

  it('belong to a day, from one day to another', () => {
    expect(isFollowedUp(item, 'UTC', '2026-11-26', '2026-11-27')).toBe(true);
    expect(isFollowedUp(item, 'UTC', '2026-11-27', '2026-12-03')).toBe(false);
    expect(isFollowedUp(item, 'UTC', '2026-11-27', '2026-12-04')).toBe(true);
  });
});
