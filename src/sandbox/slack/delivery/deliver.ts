import type { Faults } from '../faults.ts';
import type { State } from '../state.ts';
import type { Envelope, Outcome, Transport } from './envelope.ts';

/** When Slack tries again after a failure: at once, a minute later, five minutes after that. */
const RETRY_AFTER = [0, 60_000, 300_000] as const;

export interface Delivery {
  /** Sends an event, with Slack's retries; nothing is known of its end but through `settled`. */
  event(envelope: Envelope): void;
  /** Sends what a person did; never tried again. */
  interaction(envelope: Envelope): Promise<Outcome>;
  /**
   * Resolves when no delivery is on its way, or after `limit` real milliseconds; what waits for a retry does not count.
   */
  settled(limit?: number): Promise<void>;
  /** Events given up after the last retry. */
  lost(): number;
}

/** Delivers in the order of the calls, one at a time per attempt's start, as Slack does for one app in one workspace. */
export function createDelivery(state: State, faults: Faults, transport: () => Transport): Delivery {
  const underWay = new Set<Promise<unknown>>();
  let heldBack: (() => void) | undefined;
  let lost = 0;

  function track<T>(work: Promise<T>): Promise<T> {
    underWay.add(work);
    const done = (): void => void underWay.delete(work);
    work.then(done, done);
    return work;
  }

  async function attempt(envelope: Envelope, number: number, reason: string): Promise<void> {
    const fault = faults.take('delivery');
    const send = (): Promise<Outcome> =>
      transport().deliver(envelope, number === 0 ? undefined : { number, reason });
    if (fault?.kind === 'reorder') {
      heldBack = () => void track(attemptNow());
      return;
    }
    await attemptNow();

    async function attemptNow(): Promise<void> {
      if (fault?.kind === 'drop-before') return retry('connection_failed');
      const sent = send();
      if (fault?.kind === 'duplicate') void track(send());
      releaseHeldBack();
      const outcome = await sent;
      if (fault?.kind === 'lost-ack') return retry('timeout');
      if (!outcome.acked && outcome.noRetry !== true) retry(outcome.reason);
    }

    function retry(why: string): void {
      const wait = RETRY_AFTER[number];
      if (wait === undefined) {
        lost += 1;
        return;
      }
      const again = (): Promise<void> => track(attempt(envelope, number + 1, why));
      if (wait === 0) void again();
      // The clock waits for an app that answers, but not for one that may need the clock to go on.
      else state.options.clock.after(wait, () => Promise.race([again(), grace()]));
    }
  }

  function grace(): Promise<void> {
    const { ackGrace = 300, setTimer } = state.options;
    return new Promise((resolve) => void setTimer(ackGrace, resolve));
  }

  async function idle(over: () => boolean): Promise<void> {
    while (underWay.size > 0 && !over()) await Promise.allSettled([...underWay]);
  }

  function releaseHeldBack(): void {
    const release = heldBack;
    heldBack = undefined;
    release?.();
  }

  return {
    event: (envelope) => void track(attempt(envelope, 0, '')),
    interaction: (envelope) => track(transport().deliver(envelope)),
    async settled(limit = 1_000) {
      let over = false;
      const limited = new Promise<void>((resolve) => {
        const stop = state.options.setTimer(limit, () => {
          over = true;
          resolve();
        });
        void idle(() => over).then(() => {
          stop();
          resolve();
        });
      });
      await limited;
    },
    lost: () => lost,
  };
}
