import type { ActionItem } from './action-item.ts';
import { DAY, type Instant } from './time.ts';
import { atClock, dayOf, midnight, workingMorning } from './working-day.ts';
import { wallTime } from './zoned-time.ts';

/** How often one owner is reminded of one date, the first time included; after that it stands on the home tab alone. */
export const FOLLOW_UPS = 6;
const WEEK_DAYS = 7;

/**
 * The mornings on which an owner hears of an action item, on the clocks of their zone: the working morning of the day it is due,
 * or the first after it was given to them where that is later, then every week. None without an owner or a date.
 */
export function followUps(item: ActionItem, zone: string): readonly Instant[] {
  if (item.closed || item.owner === undefined || item.dueAt === undefined) return [];
  const dueDay = atClock(midnight(wallTime(item.dueAt, zone)), zone);
  const first = wallTime(workingMorning(Math.max(dueDay, item.asked.at), zone), zone);
  return Array.from({ length: FOLLOW_UPS }, (_, week) => atClock(first + week * WEEK_DAYS * DAY, zone));
}

/** Whether one of those mornings is after the day `after`, and no later than the day `until` (`2026-11-27`). */
export function isFollowedUp(item: ActionItem, zone: string, after: string, until: string): boolean {
  return followUps(item, zone).some((morning) => {
    const day = dayOf(morning, zone);
    return day > after && day <= until;
  });
}

/** Whether somebody still has to say who does it, or until when. */
export function isUnnamed({ closed, owner, dueAt }: ActionItem): boolean {
  return closed === undefined && (owner === undefined || dueAt === undefined);
}
