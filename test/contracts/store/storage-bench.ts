import type { Duration, Instant } from '../../../src/domain/time.ts';
import type { Crossing, IncidentRef, Json, Store, Write } from '../../../src/storage/store.ts';

/** An empty storage for one test. */
export interface StorageBench {
  /** Opens the storage as one more process would; closed with the bench. */
  open(crossing?: Crossing): Promise<Store>;
  /** Moves the clock of due and lease times. */
  advance(by: Duration): void;
  close(): Promise<void>;
}

export type OpenBench = () => Promise<StorageBench>;

/** A test on an empty storage of its own. */
export function on(
  open: OpenBench,
  test: (store: Store, bench: StorageBench) => Promise<void>,
): () => Promise<void> {
  return async () => {
    const bench = await open();
    try {
      await test(await bench.open(), bench);
    } finally {
      await bench.close();
    }
  };
}

/** A moment of a Monday afternoon, for what the caller dates. */
export const THEN: Instant = Date.UTC(2026, 0, 5, 14, 0);

/** A decision with these events, and a projection that a test may change. */
export function decision(events: readonly Json[], projection: Partial<Write['projection']> = {}): Write {
  return {
    events: events.map((body, index) => ({ at: THEN + index, body })),
    projection: {
      channel: 'C1',
      title: 'checkout 500s',
      severity: 'P1',
      phase: 'investigating',
      open: true,
      lead: 'U1',
      declaredAt: THEN,
      ...projection,
    },
  };
}

/** Declares an incident with one event. */
export function declare(
  store: Store,
  team: string,
  channel: string,
  projection: Partial<Write['projection']> = {},
): Promise<IncidentRef> {
  return store.declare(team, () => decision([{ kind: 'declared' }], { channel, ...projection }));
}

/** What a promise was refused with. */
export async function refusal(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new Error('nothing was refused');
}
