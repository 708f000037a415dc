import type { Instant } from '../../src/domain/time.ts';
import { createSandboxClock, type SandboxClock } from '../../src/sandbox/clock.ts';

/** Tuesday 2026-03-10, 14:00:00 UTC. */
export const START: Instant = Date.UTC(2026, 2, 10, 14, 0, 0);

/** A clock that stands still until a test advances it. */
export function createTestClock(start: Instant = START): SandboxClock {
  return createSandboxClock(
    () => start,
    () => () => {},
  );
}

/** A clock that follows real time, for an app in a process of its own; it can still be advanced. */
export function createLiveClock(): SandboxClock {
  return createSandboxClock(() => Date.now(), setRealTimer);
}

/** Real timers, for what happens outside the workspace's time. */
export function setRealTimer(ms: number, fn: () => void): () => void {
  const timer = setTimeout(fn, ms);
  timer.unref();
  return () => clearTimeout(timer);
}
