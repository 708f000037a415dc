import type { Duration, Instant } from '../domain/time.ts';

/** Starts a real timer and answers how to stop it. */
export type SetTimer = (ms: Duration, fn: () => void) => () => void;

/** The workspace's notion of time: real time plus what somebody advanced. */
export interface SandboxClock {
  /** Milliseconds since the epoch, an integer. */
  now(): Instant;
  /** Runs `fn` once, `ms` from now; the answer cancels it. */
  after(ms: Duration, fn: () => void | Promise<void>): () => void;
  /**
   * Moves forward by `ms` (0 or more). What falls due on the way runs in order, each at its own time and awaited, and what
   * that schedules within the span runs too; then the listeners of `onAdvance` run.
   */
  advance(ms: Duration): Promise<void>;
  /** Called after every advance with the new time; awaited by it. The answer unsubscribes. */
  onAdvance(fn: (now: Instant) => void | Promise<void>): () => void;
}

interface Entry {
  readonly due: Instant;
  readonly order: number;
  readonly fn: () => void | Promise<void>;
}

/**
 * `realNow` and `setTimer` are the only sources of real time; a constant and a timer that never fires make a clock that
 * stands still until advanced.
 */
export function createSandboxClock(realNow: () => Instant, setTimer: SetTimer): SandboxClock {
  const entries = new Set<Entry>();
  const listeners = new Set<(now: Instant) => void | Promise<void>>();
  let offset = 0;
  let order = 0;
  let advancing: Promise<void> | undefined;
  let disarm: () => void = () => {};

  const now = (): Instant => Math.floor(realNow()) + offset;

  function earliest(): Entry | undefined {
    let first: Entry | undefined;
    for (const entry of entries)
      if (
        first === undefined ||
        entry.due < first.due ||
        (entry.due === first.due && entry.order < first.order)
      )
        first = entry;
    return first;
  }

  function arm(): void {
    disarm();
    disarm = () => {};
    const next = earliest();
    if (next === undefined || advancing !== undefined) return;
    // Node's timers overflow above 2^31 ms; waking up early only arms again.
    const wait = Math.min(Math.max(0, next.due - now()), 2_000_000_000);
    disarm = setTimer(wait, () => void runDue().then(arm));
  }

  async function runDue(): Promise<void> {
    for (let next = earliest(); next !== undefined && next.due <= now(); next = earliest()) {
      entries.delete(next);
      await next.fn();
    }
  }

  async function walk(ms: Duration): Promise<void> {
    const target = now() + ms;
    for (let next = earliest(); next !== undefined && next.due <= target; next = earliest()) {
      entries.delete(next);
      offset += Math.max(0, next.due - now());
      await next.fn();
      // What the timer set going may schedule more before the clock goes on.
      await new Promise<void>((resolve) => void setImmediate(resolve));
    }
    offset += Math.max(0, target - now());
    for (const listener of [...listeners]) await listener(now());
  }

  return {
    now,
    after(ms, fn) {
      const entry: Entry = { due: now() + Math.max(0, ms), order: order++, fn };
      entries.add(entry);
      arm();
      return () => {
        if (entries.delete(entry)) arm();
      };
    },
    async advance(ms) {
      if (!Number.isInteger(ms) || ms < 0)
        throw new RangeError('A clock advances by 0 or more whole milliseconds.');
      while (advancing !== undefined) await advancing;
      advancing = walk(ms);
      try {
        await advancing;
      } finally {
        advancing = undefined;
        arm();
      }
    },
    onAdvance(fn) {
      listeners.add(fn);
      return () => listeners.delete(fn);
    },
  };
}
