import { BackendError } from '../../domain/errors.ts';
import { DAY, type Instant, MINUTE, SECOND, sayDuration, type Window } from '../../domain/time.ts';

/** What Pyroscope answers for by default: https://grafana.com/docs/pyroscope/latest/configure-server/reference-configuration-parameters/ */
const LONGEST = DAY;
const LOOK_BACK = 7 * DAY;
/** A shorter stretch may lie between two profiles, which come every 10 to 60 s. */
const SHORTEST = MINUTE;

/** What is asked of the window that was wanted. */
export interface Reach {
  readonly window: Window;
  /** Why it is less than was wanted; absent where it is not. */
  readonly less?: string;
  readonly notes: readonly string[];
}

/**
 * Fits a window to what Pyroscope answers for, before it is asked: an older `from` it would move without a word, a longer
 * stretch it would refuse. Whole seconds. Throws BackendError where nothing of the window is left.
 */
export function withinLimits(wanted: Window, now: Instant, title: string): Reach {
  const to = Math.ceil(wanted.to / SECOND) * SECOND;
  const oldest = Math.ceil((now - LOOK_BACK) / SECOND) * SECOND;
  if (to <= oldest) throw tooOld(title, 'this time');
  const start = Math.floor(wanted.from / SECOND) * SECOND;
  const from = Math.max(Math.min(start, to - SHORTEST), oldest, to - LONGEST);
  const notes =
    from < start
      ? [`Taken over ${sayDuration(SHORTEST)}, because profiles come every few seconds at best.`]
      : [];
  if (from <= start) return { window: { from, to }, notes };
  const limit =
    from === oldest
      ? `it looks back ${sayDuration(LOOK_BACK)} at most`
      : `it takes ${sayDuration(LONGEST)} at a time at most`;
  const less = `only the newest ${sayDuration(to - from)} were asked for, because ${limit}`;
  return { window: { from, to }, less, notes: [] };
}

/** The earlier time of a comparison must be answered for as it is: another would compare something else. */
export function checkEarlier(earlier: Window, now: Instant, title: string): void {
  if (earlier.from < now - LOOK_BACK) throw tooOld(title, 'the earlier time');
  if (earlier.to - earlier.from > LONGEST)
    throw new BackendError(
      'bad-query',
      `${title} takes ${sayDuration(LONGEST)} at a time at most, and the earlier time is longer.`,
      { asked: title, nextStep: 'Compare with a shorter time.' },
    );
}

function tooOld(title: string, what: string): BackendError {
  return new BackendError(
    'bad-query',
    `${title} looks back ${sayDuration(LOOK_BACK)} at most, and ${what} is older.`,
    {
      asked: title,
      nextStep: 'Ask for a later time.',
    },
  );
}
