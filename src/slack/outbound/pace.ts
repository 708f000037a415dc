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
  readonly order: number;
  readonly start: () => void;
  readonly giveUp: (error: Error) => void;
}

export function createPace(clock: Clock, limits: PaceLimits = SLACK_PACE): Pace {
  const used = new Map<string, Instant[]>();
  const holds = new Map<string, Instant>();
  let queue: Waiting[] = [];
  let order = 0;
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

  /** When a turn may start at the earliest, by rates and holds. */
  function earliest(turn: Turn, now: Instant): Instant {
    let at = Math.max(holds.get(holdKey(turn.method, turn.channel)) ?? 0, holds.get(turn.method) ?? 0);
    const share = SHARE[Math.min(Math.max(turn.priority, 0), SHARE.length - 1)] ?? 1;
    for (const [key, { most, within }] of rates(turn)) {
      const recent = (used.get(key) ?? []).filter((one) => one > now - within);
      if (recent.length === 0) used.delete(key);
      else used.set(key, recent);
      const allowed = Math.max(1, Math.ceil(most * share));
      const oldest = recent[recent.length - allowed];
      if (oldest !== undefined) at = Math.max(at, oldest + within);
    }
    return at;
  }

  function look(): void {
    wake?.cancel();
    wake = undefined;
    const now = clock.now();
    for (const [key, until] of holds) if (until <= now) holds.delete(key);
    let next: Instant | undefined;
    const still: Waiting[] = [];
    const ready: Waiting[] = [];
    let free = limits.together - underWay;
    const sorted = queue.sort((one, other) => one.priority - other.priority || one.order - other.order);
    for (const turn of sorted) {
      const at = earliest(turn, now);
      if (at > turn.until)
        turn.giveUp(new SlackUnreached(`${turn.method}: too busy, its turn is too far off`));
      else if (at > now) {
        next = Math.min(next ?? at, at);
        still.push(turn);
      } else if (turn.priority > 0 && free <= 0) still.push(turn);
      else {
        if (turn.priority > 0) free -= 1;
        for (const [key] of rates(turn)) used.set(key, [...(used.get(key) ?? []), now]);
        ready.push(turn);
      }
    }
    queue = still;
    for (const turn of ready) turn.start();
    if (next !== undefined) wake = { at: next, cancel: clock.after(next - now, look) };
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
              if (queue.length > 0) look();
            })
            .then(resolve, reject);
        };
        queue.push({ ...turn, order: order++, start, giveUp: reject });
        look();
      }),
    hold(method, channel, until) {
      const key = holdKey(method, channel);
      holds.set(key, Math.max(holds.get(key) ?? 0, until));
    },
  };
}

function holdKey(method: string, channel: string | undefined): string {
  return channel === undefined ? method : `${method} ${channel}`;
}
