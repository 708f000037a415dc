import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** How long it took, and the longest that the main thread answered nobody, both in ms. */
export async function watched(
  work: () => Promise<unknown>,
): Promise<{ readonly took: number; readonly stall: number }> {
  // What the other one left behind is not charged to this one.
  collect();
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  await turn();
  delay.reset();
  // The first look after a reset is only compared with.
  await turn();
  const begun = performance.now();
  await work();
  const took = performance.now() - begun;
  await turn();
  delay.disable();
  return { took, stall: delay.max / 1e6 };
}

/** Collects garbage now: https://nodejs.org/api/v8.html#v8setflagsfromstringflags */
const collect: () => void = (() => {
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc') as () => void;
})();

/** Lets the watch look once. */
function turn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 20));
}
