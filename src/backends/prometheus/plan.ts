import { type Duration, formatDuration, SECOND, type Window } from '../../domain/time.ts';

/** Exactly what will be asked: whole seconds, the last point on `to`. */
export interface Plan {
  readonly window: Window;
  /** Undefined for an instant query, where `from` equals `to`. */
  readonly step?: Duration;
  /** Said on the card when the step is not the one asked for. */
  readonly note?: string;
}

/** More points per series than this are refused by Prometheus (measured on 2.42: 400, "exceeded maximum resolution"). */
export const MAX_POINTS = 11_000;

/**
 * Rounds a window to what Prometheus and its page can both show: whole seconds, a whole number of steps. The end stays, so
 * that the newest value is as new as asked; the start moves back by less than a step.
 * Step: the one asked for, else the larger of 15 s and a 250th of the window. `server` is named where the step is not the one
 * asked for; Loki has the same limit.
 */
export function plan(window: Window, asked?: Duration, server = 'Prometheus'): Plan {
  const to = Math.floor(window.to / SECOND) * SECOND;
  const range = to - Math.floor(window.from / SECOND) * SECOND;
  if (range <= 0) return { window: { from: to, to } };
  const wanted = asked ?? Math.max(15 * SECOND, range / 250);
  const least = range / (MAX_POINTS - 1);
  const step = Math.max(SECOND, Math.ceil(Math.max(wanted, least) / SECOND) * SECOND);
  const from = to - Math.ceil(range / step) * step;
  const changed = asked !== undefined && asked !== step;
  return {
    window: { from, to },
    step,
    ...(changed && {
      note: `The step is ${formatDuration(step)} instead of ${formatDuration(asked)}: ${
        step > asked && step > SECOND
          ? `${server} allows ${MAX_POINTS.toLocaleString('en')} points per series, and steps are whole seconds`
          : 'steps are whole seconds'
      }.`,
    }),
  };
}
