import type { Instant } from '../time.ts';
import { dayOf, type Entry } from './entry.ts';

/** A heading in a body: what follows is what stood there before somebody said that it did not work. */
const BEFORE = '**Did not work**';

/**
 * An entry as somebody corrected it: what worked comes first, what did not is kept below it. It has the key of the older one and is
 * newer, so it counts, and the older one stays in its file until a sleep archives it.
 */
export function corrected(entry: Entry, worked: string, now: Instant): Entry {
  const before = standing(entry);
  const { status: _was, ...rest } = entry;
  return {
    ...rest,
    at: Math.floor(now / 1_000) * 1_000,
    lastUsed: dayOf(now),
    body: `${worked.trim()}\n\n${BEFORE} (as it stood until ${dayOf(now)}):\n\n${before}`,
  };
}

/** What an entry says works: its body without what did not. */
export function standing({ body }: Pick<Entry, 'body'>): string {
  return (body.split(`\n${BEFORE}`)[0] ?? '').trim();
}
