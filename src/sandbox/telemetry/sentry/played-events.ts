import type { Instant, Window } from '../../../domain/time.ts';
import { chance, seedOf } from '../noise.ts';
import type { EventSource, PlayedIssue } from './played-issue.ts';

/** One event of an issue. */
export interface PlayedEvent {
  readonly issue: PlayedIssue;
  readonly source: EventSource;
  readonly at: Instant;
  /** 32 hex digits. */
  readonly id: string;
}

/** Of so many events one comes from somebody who was not there before. */
const EVENTS_PER_USER = 1.5;

export function eventsWithin(source: EventSource, { from, to }: Window): number {
  return Math.max(0, source.written(to) - source.written(from));
}

export function usersOf(events: number): number {
  return Math.ceil(events / EVENTS_PER_USER);
}

/** The events of a window, newest first, `limit` at most. */
export function newestEvents(
  found: readonly { readonly issue: PlayedIssue; readonly source: EventSource }[],
  { from, to }: Window,
  limit: number,
): readonly PlayedEvent[] {
  return found
    .flatMap(({ issue, source }) => {
      const last = source.written(to);
      const first = Math.max(source.written(from), last - limit);
      return Array.from({ length: Math.max(0, last - first) }, (_, index) =>
        eventOf(issue, source, last - index, from, to),
      );
    })
    .sort((a, b) => b.at - a.at)
    .slice(0, limit);
}

/** When an issue was seen first or last up to now; undefined where it was not. */
export function seen(
  issue: PlayedIssue,
  which: 'first' | 'last',
  from: Instant,
  now: Instant,
): Instant | undefined {
  const instants = issue.sources.flatMap((source) => {
    const [before, all] = [source.written(from), source.written(now)];
    if (all <= before) return [];
    return [instantOf(source, which === 'first' ? before + 1 : all, from, now)];
  });
  if (instants.length === 0) return undefined;
  return which === 'first' ? Math.min(...instants) : Math.max(...instants);
}

function eventOf(
  issue: PlayedIssue,
  source: EventSource,
  number: number,
  from: Instant,
  to: Instant,
): PlayedEvent {
  const seed = seedOf(`${issue.id} ${source.tags.server_name}`);
  const id = [0, 1, 2, 3]
    .map((word) =>
      Math.floor(chance(seed + word, number) * 2 ** 32)
        .toString(16)
        .padStart(8, '0'),
    )
    .join('');
  return { issue, source, at: instantOf(source, number, from, to), id };
}

/** The first instant by which so many events were written. */
function instantOf(source: EventSource, number: number, from: Instant, to: Instant): Instant {
  let [low, high] = [from, to];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (source.written(middle) >= number) high = middle;
    else low = middle + 1;
  }
  return low;
}
