import type { SandboxClock } from '../../clock.ts';
import type { Outcome } from './envelope.ts';

/** The time an app has to acknowledge. https://docs.slack.dev/apis/events-api */
export const ACK_TIMEOUT = 3_000;

/**
 * Waits for an acknowledgement until 3 s of workspace time are over. A clock that was moved says nothing about how long the
 * app really took, so it then gets `grace` real milliseconds more.
 */
export function awaitAck(
  acked: Promise<Outcome>,
  clock: SandboxClock,
  grace: number,
  setTimer: (ms: number, fn: () => void) => () => void,
): Promise<Outcome> {
  return new Promise((resolve) => {
    let finished = false;
    const finish = (outcome: Outcome): void => {
      finished = true;
      cancel();
      resolve(outcome);
    };
    const cancel = clock.after(ACK_TIMEOUT, async () => {
      if (finished) return;
      await Promise.race([acked, new Promise<void>((done) => void setTimer(grace, done))]);
      if (!finished) finish({ acked: false, reason: 'timeout' });
    });
    void acked.then((outcome) => {
      if (!finished) finish(outcome);
    });
  });
}
