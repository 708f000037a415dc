import type { NowAndBefore } from '../../domain/signals/amounts.ts';
import { type Instant, MINUTE, type Window } from '../../domain/time.ts';

/** Shorter stretches hold too few samples to say how it usually is. */
const SHORTEST = 5 * MINUTE;
/** People notice late: what an incident is compared with ends so long before it is said to have begun. */
const NOTICED_LATE = 30 * MINUTE;

/** The window asked about, and as long a stretch before it, and before the incident began where there is one. */
export function nowAndBefore(asked: Window, began: Instant | undefined): NowAndBefore {
  const window = { from: Math.min(asked.from, asked.to - SHORTEST), to: asked.to };
  const end = began === undefined ? window.from : Math.min(window.from, began - NOTICED_LATE);
  return { window, before: { from: end - (window.to - window.from), to: end } };
}
