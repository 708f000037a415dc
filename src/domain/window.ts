import { type NextStep, RuleViolation } from './errors.ts';
import { DAY, type Instant, MINUTE, parseDuration, SECOND, sayDuration, type Window } from './time.ts';
import { instantsOf, wallTime } from './zoned-time.ts';

/** The time options of a question, as typed after the colon. */
export interface WindowOptions {
  /** `30m`: that long until now. */
  readonly since?: string;
  /** A time (see `resolveTime`); until `to`, else until now. */
  readonly from?: string;
  readonly to?: string;
  /** A time: 15 minutes before it to 15 minutes after. */
  readonly around?: string;
  /** A time: that instant alone. */
  readonly at?: string;
}

export interface WindowContext {
  readonly now: Instant;
  /** The reader's IANA zone (`Europe/Berlin`); one that is not known counts as UTC. */
  readonly zone: string;
  /** The incident asked about: since when there was impact, and until when where it is over. */
  readonly incident?: { readonly since: Instant; readonly until?: Instant };
  /** Makes the whole command again with other time options, so that a refusal can offer it. */
  readonly again?: (option: string) => string;
}

const BEFORE_IMPACT = 30 * MINUTE;
const AROUND = 15 * MINUTE;
const LONGEST = 10 * 366 * DAY;

/**
 * Turns time options into an absolute window that ends no later than now. Without any: the incident's, from 30 minutes
 * before the impact began, else the last 30 minutes. Throws RuleViolation, worded for the person who typed.
 */
export function resolveWindow(options: WindowOptions, context: WindowContext): Window {
  const { now, incident } = context;
  refuseMixtures(options, context);
  if (options.since !== undefined) return { from: now - lengthOf(options.since, context), to: now };
  if (options.at !== undefined) {
    const at = resolveTime(options.at, context);
    return { from: at, to: at };
  }
  if (options.around !== undefined) {
    const middle = resolveTime(options.around, context);
    return { from: middle - AROUND, to: Math.min(now, middle + AROUND) };
  }
  if (options.from !== undefined) return between(options.from, options.to, context);
  if (!incident) return { from: now - BEFORE_IMPACT, to: now };
  const to = Math.min(now, incident.until ?? now);
  return { from: Math.min(incident.since, to) - BEFORE_IMPACT, to };
}

/**
 * Reads a time that has passed: `14:20`, `14:20:30` (the last time the reader's clocks showed it), `2026-11-23T14:20` (the
 * reader's zone), `2026-11-23T14:20Z` and with an offset, `2026-11-23` (its midnight), `now`. A clock time that is still to come
 * today is yesterday's. In the hour that is repeated in autumn the later time counts that has passed; in the one left out in
 * spring the time after the gap. Throws RuleViolation for anything else and for dates in the future.
 */
export function resolveTime(text: string, context: WindowContext): Instant {
  const { now, zone } = context;
  const read = readTime(text);
  if (!read) throw unreadableTime(text, context);
  if (read.kind === 'now') return now;
  if (read.kind === 'instant') return past(read.at, text, context);
  if (read.kind === 'wall') return past(latest(instantsOf(read.wall, zone), now), text, context);
  const today = midnight(wallTime(now, zone));
  const [first, ...rest] = instantsOf(today + read.clock, zone);
  const latestToday = latest([first, ...rest], now);
  return latestToday <= now ? latestToday : latest(instantsOf(today - DAY + read.clock, zone), now);
}

function between(fromText: string, toText: string | undefined, context: WindowContext): Window {
  const { now, zone } = context;
  const from = resolveTime(fromText, context);
  if (toText === undefined) return { from, to: now };
  const read = readTime(toText);
  if (!read) throw unreadableTime(toText, context);
  let to: Instant;
  if (read.kind === 'clock') {
    // The first time after `from` that the clocks show it: `from:23:50 to:00:10` runs over midnight.
    const day = midnight(wallTime(from, zone));
    const sameDay = instantsOf(day + read.clock, zone).find((at) => at > from);
    to = sameDay ?? instantsOf(day + DAY + read.clock, zone)[0];
    if (sameDay === undefined && to > now) to = from;
  } else if (read.kind === 'now') to = now;
  else to = read.kind === 'instant' ? read.at : latest(instantsOf(read.wall, zone), now);
  if (to <= from)
    throw refusal(
      'window-backwards',
      `\`to:${shown(toText)}\` is not after \`from:${shown(fromText)}\`. Write the earlier time first, as in \`from:14:10 to:14:40\`.`,
      context,
    );
  return { from, to: Math.min(now, to) };
}

function refuseMixtures(options: WindowOptions, context: WindowContext): void {
  const { since, from, to, around, at } = options;
  const ways = [
    since !== undefined && '`since:`',
    (from !== undefined || to !== undefined) && '`from:` and `to:`',
    around !== undefined && '`around:`',
    at !== undefined && '`at:`',
  ].filter((way) => way !== false);
  if (ways.length > 1)
    throw refusal(
      'window-mixed',
      `${ways.join(' with ')}: one of them says the time. Write \`since:30m\`, \`from:14:10 to:14:40\`, \`around:14:32\` or \`at:14:20\`.`,
      context,
    );
  if (to !== undefined && from === undefined)
    throw refusal(
      'window-open',
      '`to:` needs its `from:`. Write both, as in `from:14:10 to:14:40`.',
      context,
    );
}

function lengthOf(text: string, context: WindowContext): number {
  const length = parseDuration(text);
  if (length === undefined)
    throw refusal(
      'window-unreadable',
      `\`since:${shown(text)}\` is no length of time. Write it like \`since:30m\`, \`since:90s\` or \`since:1h30m\`.`,
      context,
    );
  if (length > LONGEST || length > context.now)
    throw refusal('window-too-long', `\`since:${shown(text)}\` goes back further than ten years.`, context);
  return length;
}

type Read =
  | { readonly kind: 'now' }
  | { readonly kind: 'instant'; readonly at: Instant }
  | { readonly kind: 'wall'; readonly wall: number }
  | { readonly kind: 'clock'; readonly clock: number };

const CLOCK = /^(\d{1,2}):(\d\d)(?::(\d\d))?$/;
const DATED = /^(\d{4}-\d\d-\d\d)(?:[Tt_](\d\d:\d\d)(?::(\d\d)(\.\d{1,9})?)?)?(Z|z|[+-]\d\d:?\d\d)?$/;

function readTime(text: string): Read | undefined {
  if (text.toLowerCase() === 'now') return { kind: 'now' };
  const clock = CLOCK.exec(text);
  if (clock) {
    const [hours, minutes, seconds] = [Number(clock[1]), Number(clock[2]), Number(clock[3] ?? 0)];
    if (hours > 23 || minutes > 59 || seconds > 59) return undefined;
    return { kind: 'clock', clock: hours * 60 * MINUTE + minutes * MINUTE + seconds * SECOND };
  }
  const dated = DATED.exec(text);
  if (!dated) return undefined;
  const [, date = '', time = '00:00', seconds = '00', fraction = '', zone] = dated;
  if (zone !== undefined && dated[2] === undefined) return undefined;
  const milliseconds = Math.floor(Number(`0${fraction}`) * 1_000);
  const wall = Date.parse(`${date}T${time}:${seconds}Z`) + milliseconds;
  // Date.parse takes 30 February as 2 March, and 24:00 as the next day.
  if (Number.isNaN(wall) || !new Date(wall).toISOString().startsWith(`${date}T${time}:${seconds}`))
    return undefined;
  if (zone === undefined) return { kind: 'wall', wall };
  const shift = /^([+-])(\d\d):?(\d\d)$/.exec(zone);
  const offset = shift ? (Number(shift[2]) * 60 + Number(shift[3])) * MINUTE : 0;
  return { kind: 'instant', at: shift?.[1] === '-' ? wall + offset : wall - offset };
}

/** The last of them that has passed, else the first. */
function latest(instants: readonly [Instant, ...Instant[]], now: Instant): Instant {
  return instants.findLast((at) => at <= now) ?? instants[0];
}

function midnight(wall: number): number {
  return Math.floor(wall / DAY) * DAY;
}

function past(at: Instant, text: string, context: WindowContext): Instant {
  if (at > context.now)
    throw refusal(
      'time-to-come',
      `\`${shown(text)}\` is still to come, in ${sayDuration(at - context.now)}. Write a time that has passed, as in \`14:20\` or \`2026-11-23T14:20\`.`,
      context,
    );
  if (at < 0 || context.now - at > LONGEST)
    throw refusal('window-too-long', `\`${shown(text)}\` is more than ten years ago.`, context);
  return at;
}

function unreadableTime(text: string, context: WindowContext): RuleViolation {
  const ago = parseDuration(text.replace(/^-/, ''));
  const hint =
    ago === undefined
      ? ''
      : ` For the last ${sayDuration(ago)} write \`since:${shown(text.replace(/^-/, ''))}\`.`;
  return refusal(
    'time-unreadable',
    `\`${shown(text)}\` is no time I can read. Write it like \`14:20\`, \`2026-11-23T14:20\` or \`2026-11-23T14:20Z\`.${hint}`,
    context,
  );
}

function refusal(rule: string, message: string, context: WindowContext): RuleViolation {
  const next: NextStep[] = context.again
    ? [{ label: 'Last 30 minutes', command: context.again('since:30m') }]
    : [];
  return new RuleViolation(rule, message, next);
}

/** What was typed, short enough and unable to end the quotation it stands in. */
function shown(text: string): string {
  const plain = text.replaceAll('`', "'");
  return plain.length > 60 ? `${plain.slice(0, 60)}…` : plain;
}
