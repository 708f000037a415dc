import type { Duration } from '../domain/time.ts';
import type { Clock } from './ports.ts';

/** Something done again and again, never twice at once. */
export interface Repeating {
  /** Does it now, or right after the one under way; resolves when that one is done. */
  soon(): Promise<void>;
  /** No more of it; resolves when the one under way is done. */
  stop(): Promise<void>;
}

/** Repeats work `every` so often after the last one ended. A failure is told and does not end it. */
export function repeat(
  clock: Clock,
  every: Duration,
  work: () => Promise<unknown>,
  fault: (error: unknown) => void,
): Repeating {
  let stopped = false;
  let running: Promise<void> | undefined;
  let again: Promise<void> | undefined;
  let callOff = clock.after(every, soon);

  function run(): Promise<void> {
    callOff();
    running = (async () => {
      try {
        await work();
      } catch (error) {
        fault(error);
      } finally {
        running = undefined;
        if (!stopped) callOff = clock.after(every, soon);
      }
    })();
    return running;
  }

  function soon(): Promise<void> {
    if (stopped) return running ?? Promise.resolve();
    if (!running) return run();
    again ??= running.then(() => {
      again = undefined;
      return stopped ? undefined : run();
    });
    return again;
  }

  return {
    soon,
    stop: async () => {
      stopped = true;
      callOff();
      await again;
      await running;
    },
  };
}
