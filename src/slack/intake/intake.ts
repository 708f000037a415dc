import type { ReceiverEvent } from '@slack/bolt';
import { type Duration, HOUR, MINUTE } from '../../domain/time.ts';
import type { Json, Store, Unfinished } from '../../storage/store.ts';
import { concerns } from './concerns.ts';
import { type Body, identify, storable } from './delivery.ts';

export interface IntakeSettings {
  readonly store: Store;
  readonly owner: string;
  readonly me: { readonly botUserId: string; readonly emoji: string; readonly readMessages: boolean };
  /** Redacts string leaves; throws where it cannot tell, and then the delivery is not stored. */
  readonly redact: (value: Json) => Promise<Json>;
  readonly fault: (error: unknown, about: string) => void;
  /** Hands the delivery to Bolt. */
  readonly process: (event: ReceiverEvent) => Promise<void>;
  readonly crossing: (name: string) => void | Promise<void>;
  /** Told of what failed too often and is not tried again. */
  readonly givenUp: (left: Unfinished) => Promise<void>;
}

/**
 * How long a process may work on a delivery before another may think it died: longer than the slowest query is waited for, and
 * short enough that what a crash left behind is still meant.
 */
const HELD: Duration = MINUTE;

/** After a crash only what is younger is carried out; for older commands the person is asked. */
export const STILL_MEANT: Duration = 2 * MINUTE;

/** Waits before each further try of what failed; after the last one it is given up. */
const PAUSES: readonly Duration[] = [MINUTE, 5 * MINUTE, 20 * MINUTE, HOUR];

export interface Intake {
  /** Takes one delivery from the receiver: redact, record, acknowledge, work; a duplicate is only acknowledged. */
  take(event: ReceiverEvent): Promise<void>;
  /** Finishes what a process that died had begun. Answers how many there were. */
  resume(): Promise<number>;
  /** Resolves once nothing is being worked on. */
  idle(): Promise<void>;
}

/**
 * The one door in. It stands between the receiver and Bolt, because Bolt acknowledges events before a listener could record
 * them: a crash in between would lose them.
 */
export function createIntake(settings: IntakeSettings): Intake {
  const { store, owner, me, redact, fault, process, crossing, givenUp } = settings;
  const working = new Set<Promise<void>>();
  /** Deliveries this process is busy with: a clock that jumped may have ended their lease. */
  const busy = new Set<string>();

  async function record(
    body: Body,
  ): Promise<'new' | 'duplicate' | 'dropped' | { team: string; key: string }> {
    const known = identify(body, me);
    if (known === undefined) return 'dropped';
    if (known === 'pass') return 'new';
    if (!(await concerns(store, known, body, me.botUserId))) return 'dropped';
    const stored = await redact(storable(body));
    await crossing('intake:record:before');
    const at = await store.now();
    const outcome = await store.receive(
      { key: known.key, team: known.team, kind: known.kind, body: stored, at },
      { owner, for: HELD },
    );
    await crossing('intake:record:after');
    return outcome === 'duplicate' ? 'duplicate' : { team: known.team, key: known.key };
  }

  async function work(event: ReceiverEvent, row: { team: string; key: string } | undefined): Promise<void> {
    if (row === undefined) return process(event);
    const id = `${row.team}/${row.key}`;
    busy.add(id);
    try {
      await process(event);
    } finally {
      busy.delete(id);
    }
    await crossing('intake:finish:before');
    await store.finish(row.team, row.key);
    await crossing('intake:finish:after');
  }

  function track(doing: Promise<void>): Promise<void> {
    const kept = doing.finally(() => working.delete(kept));
    working.add(kept);
    return kept;
  }

  /** A fault that passes by itself is worth another try; one that stays must not be tried for ever. */
  async function failedAgain(left: Unfinished, error: unknown): Promise<void> {
    const { team, key, tries } = left;
    fault(error, `${key}, try ${tries}`);
    const pause = PAUSES[tries - 1];
    if (pause !== undefined) return store.putBack(team, key, (await store.now()) + pause);
    await store.finish(team, key);
    fault(new Error(`given up after ${tries} tries`), key);
    await givenUp(left);
  }

  return {
    take: (event) =>
      track(
        (async () => {
          const body = event.body as Body;
          const taken = await record(body);
          if (taken === 'duplicate' || taken === 'dropped') {
            await event.ack();
            return;
          }
          await work(event, taken === 'new' ? undefined : taken);
        })(),
      ),
    resume: async () => {
      const left = await store.claimUnfinished({ owner, for: HELD, limit: 50 });
      for (const one of left) {
        const { body, team, key, at } = one;
        if (busy.has(`${team}/${key}`)) continue;
        const again: ReceiverEvent = {
          body: body as Record<string, unknown>,
          ack: async () => {},
          retryReason: 'resumed',
          customProperties: { recordedAt: at },
        };
        await track(work(again, { team, key }))
          .catch((error: unknown) => failedAgain(one, error))
          .catch((error: unknown) => fault(error, key));
      }
      return left.length;
    },
    idle: async () => {
      while (working.size > 0) await Promise.allSettled(working);
    },
  };
}
