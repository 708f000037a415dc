import { type Duration, type Instant, MINUTE, SECOND } from '../../domain/time.ts';
import type { Clock } from '../../flows/ports.ts';
import { SlackUnreached } from './contract.ts';

/** At most so many within any stretch of so long. */
export interface Rate {
  readonly most: number;
  readonly within: Duration;
}

/** What Slack takes. https://docs.slack.dev/apis/web-api/rate-limits */
export interface PaceLimits {
  /** Posts into one channel: one a second, with short bursts. */
  readonly channel: Rate;
  /** Posts into all channels together; Slack says "several hundred a minute" and no number. */
  readonly workspace: Rate;
  /** Calls of one method, by method; the others count as `otherMethod`. */
  readonly method: Readonly<Record<string, Rate>>;
  readonly otherMethod: Rate;
  /** Calls under way at once that nobody waits for. Clicks are not counted. */
  readonly together: number;
  /** Between two edits of one message. */
  readonly editEvery: Duration;
  /** How long a call may wait for its turn before it is given back. */
  readonly patience: Duration;
}

const perMinute = (most: number): Rate => ({ most, within: MINUTE });
const TIER_2 = perMinute(20);
const TIER_3 = perMinute(50);
const TIER_4 = perMinute(100);

export const SLACK_PACE: PaceLimits = {
  channel: { most: 4, within: 4 * SECOND },
  workspace: perMinute(300),
  method: {
    'chat.postMessage': perMinute(300),
    'chat.update': TIER_3,
    'reactions.add': TIER_3,
    'reactions.get': TIER_3,
    'conversations.history': TIER_3,
    'conversations.replies': TIER_3,
    'conversations.info': TIER_3,
    'conversations.invite': TIER_3,
    'conversations.open': TIER_3,
    'reactions.remove': TIER_2,
    'pins.add': TIER_2,
    'pins.remove': TIER_2,
    'bookmarks.add': TIER_2,
    'bookmarks.edit': TIER_2,
    'bookmarks.list': TIER_3,
    'conversations.setTopic': TIER_2,
    'conversations.create': TIER_2,
    'chat.getPermalink': perMinute(300),
  },
  otherMethod: TIER_4,
  together: 20,
  editEvery: 3 * SECOND,
  patience: 40 * SECOND,
};

/** Clicks before nudges before updates before card edits. */
export const PRIORITY = { click: 0, nudge: 1, update: 2, cardEdit: 3 } as const;

/** What the less urgent leave of every rate for the more urgent, by priority. */
const SHARE = [1, 0.95, 0.9, 0.7] as const;
const POSTS: ReadonlySet<string> = new Set(['chat.postMessage', 'files.completeUploadExternal']);

export interface Turn {
  readonly method: string;
  readonly channel?: string;
  readonly priority: number;
  /** Given back when it could only start after this. */
  readonly until: Instant;
}

/** Lets calls go when Slack will take them, the urgent first. */
export interface Pace {
  /** Runs `call` in its turn. Rejects with SlackUnreached where the turn would come too late. */
  run<T>(turn: Turn, call: () => Promise<T>): Promise<T>;
  /** Nothing of this method goes to this channel before `until`; without a channel, nothing of the method. */
  hold(method: string, channel: string | undefined, until: Instant): void;
}

interface Waiting extends Turn {
  readonly start: () => void;
  readonly giveUp: (error: Error) => void;
}

export function createPace(clock: Clock, limits: PaceLimits = SLACK_PACE): Pace {
  const used = new Map<string, Instant[]>();
  const holds = new Map<string, Instant>();
  let queue: Waiting[] = [];
  /** Some wait only because so many are under way. */
  let full = false;
  let underWay = 0;
  let wake: { readonly at: Instant; readonly cancel: () => void } | undefined;

  function rates(turn: Turn): [string, Rate][] {
    const rate = limits.method[turn.method] ?? limits.otherMethod;
    const all: [string, Rate][] = [[turn.method, rate]];
    if (!POSTS.has(turn.method)) return all;
    all.push(['workspace', limits.workspace]);
    if (turn.channel !== undefined) all.push([`channel ${turn.channel}`, limits.channel]);
    return all;
  }

  function note(key: string, now: Instant): void {
    const all = used.get(key);
    if (all) all.push(now);
    else used.set(key, [now]);
  }

  /** When a turn may start at the earliest, by rates and holds. */
  function earliest(turn: Turn, now: Instant): Instant {
    let at = Math.max(holds.get(holdKey(turn.method, turn.channel)) ?? 0, holds.get(turn.method) ?? 0);
    const share = SHARE[rank(turn)] ?? 1;
    for (const [key, { most, within }] of rates(turn)) {
      const all = used.get(key) ?? [];
      const old = all.findIndex((one) => one > now - within);
      const recent = old === 0 ? all : old < 0 ? [] : all.slice(old);
      if (recent.length === 0) used.delete(key);
      else if (recent !== all) used.set(key, recent);
      const allowed = Math.max(1, Math.ceil(most * share));
      const oldest = recent[recent.length - allowed];
      if (oldest !== undefined) at = Math.max(at, oldest + within);
    }
    return at;
  }

  /** Starts a turn, gives it back, or answers when to look again. */
  function settle(turn: Waiting, at: Instant, now: Instant): Instant | 'gone' | 'full' {
    if (Math.max(at, now) > turn.until) {
      turn.giveUp(new SlackUnreached(`${turn.method}: too busy, its turn is too far off`));
      return 'gone';
    }
    if (at > now) return at;
    if (turn.priority > 0 && underWay >= limits.together) return 'full';
    for (const [key] of rates(turn)) note(key, now);
    turn.start();
    return 'gone';
  }

  function look(): void {
    wake?.cancel();
    wake = undefined;
    full = false;
    const now = clock.now();
    for (const [key, until] of holds) if (until <= now) holds.delete(key);
    // What is held up holds up its like: a long queue is looked at once per kind.
    const blocked = new Map<string, Instant>();
    const before = queue;
    queue = [];
    for (const [index, turn] of before.entries()) {
      if (full && turn.priority > 0) {
        // Sorted by priority: nothing behind it can start either.
        queue.push(...before.slice(index));
        return;
      }
      const kind = `${holdKey(turn.method, turn.channel)} ${rank(turn)}`;
      const at = blocked.get(kind) ?? earliest(turn, now);
      if (at > now) blocked.set(kind, at);
      keep(turn, settle(turn, at, now));
    }
  }

  function keep(turn: Waiting, outcome: Instant | 'gone' | 'full'): void {
    if (outcome === 'gone') return;
    const place = queue.findLastIndex((one) => one.priority <= turn.priority);
    queue.splice(place + 1, 0, turn);
    if (outcome === 'full') full = true;
    else if (wake === undefined || outcome < wake.at) {
      wake?.cancel();
      wake = { at: outcome, cancel: clock.after(Math.max(0, outcome - clock.now()), look) };
    }
  }

  return {
    run: (turn, call) =>
      new Promise((resolve, reject) => {
        const start = () => {
          const counted = turn.priority > 0 ? 1 : 0;
          underWay += counted;
          call()
            .finally(() => {
              underWay -= counted;
              if (full) look();
            })
            .then(resolve, reject);
        };
        const waiting = { ...turn, start, giveUp: reject };
        const now = clock.now();
        if (wake !== undefined && wake.at <= now) look();
        // Everybody in the queue waits for something, so only the new one has to be looked at.
        keep(waiting, settle(waiting, earliest(waiting, now), now));
      }),
    hold(method, channel, until) {
      const key = holdKey(method, channel);
      holds.set(key, Math.max(holds.get(key) ?? 0, until));
    },
  };
}

function rank({ priority }: Turn): number {
  return Math.min(Math.max(Math.trunc(priority), 0), SHARE.length - 1);
}

function holdKey(method: string, channel: string | undefined): string {
  return channel === undefined ? method : `${method} ${channel}`;
}
