import type { Duration, Instant } from '../../domain/time.ts';
import type { Clock } from '../../flows/ports.ts';
import type { Sent } from './contract.ts';

interface Pending<T> {
  newest: T;
  priority: number;
  readonly waiting: { readonly resolve: () => void; readonly reject: (error: unknown) => void }[];
}

interface Lane<T> {
  last: Instant;
  running: boolean;
  /** A look is already coming. */
  waking: boolean;
  pending: Pending<T> | undefined;
}

/** Edits of one message, merged. */
export type MergeEdits<T> = (at: Sent, edit: T, priority: number) => Promise<void>;

/**
 * At most one edit of a message at a time and per `every`; what comes meanwhile is merged to the newest, and everybody who
 * waited learns how that one went. The first after a quiet while goes at once.
 */
export function createMergeEdits<T>(
  clock: Clock,
  every: Duration,
  send: (at: Sent, edit: T, priority: number) => Promise<void>,
): MergeEdits<T> {
  const lanes = new Map<string, Lane<T>>();

  /** A timer may go off a moment early; then another look is due, or what waits would wait for ever. */
  function lookIn(wait: Duration, key: string, at: Sent, lane: Lane<T>): void {
    if (lane.waking) return;
    lane.waking = true;
    clock.after(wait, () => {
      lane.waking = false;
      look(key, at, lane);
    });
  }

  function look(key: string, at: Sent, lane: Lane<T>): void {
    const { pending } = lane;
    if (lane.running) return;
    const wait = lane.last + every - clock.now();
    if (wait > 0) {
      lookIn(wait, key, at, lane);
      return;
    }
    if (pending === undefined) {
      lanes.delete(key);
      return;
    }
    lane.pending = undefined;
    lane.running = true;
    lane.last = clock.now();
    const over = () => {
      lane.running = false;
      look(key, at, lane);
    };
    send(at, pending.newest, pending.priority).then(
      () => {
        over();
        for (const { resolve } of pending.waiting) resolve();
      },
      (error: unknown) => {
        over();
        for (const { reject } of pending.waiting) reject(error);
      },
    );
  }

  return (at, edit, priority) =>
    new Promise((resolve, reject) => {
      const key = `${at.channel}/${at.ts}`;
      const lane = lanes.get(key) ?? {
        last: Number.NEGATIVE_INFINITY,
        running: false,
        waking: false,
        pending: undefined,
      };
      lanes.set(key, lane);
      lane.pending ??= { newest: edit, priority, waiting: [] };
      lane.pending.newest = edit;
      lane.pending.priority = Math.min(lane.pending.priority, priority);
      lane.pending.waiting.push({ resolve, reject });
      look(key, at, lane);
    });
}
