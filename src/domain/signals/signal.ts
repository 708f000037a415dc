/** The four golden signals. RED is the first three; what a service runs out of is the fourth. https://sre.google/sre-book/monitoring-distributed-systems/ */
export const SIGNALS = ['latency', 'traffic', 'errors', 'saturation'] as const;

export type Signal = (typeof SIGNALS)[number];

/** What is asked of a resource: how much of it is used, what waits for it, what of it fails. https://www.brendangregg.com/usemethod.html */
export const USES = ['utilization', 'saturation', 'errors'] as const;

export type Use = (typeof USES)[number];

export function isSignal(word: string): word is Signal {
  return SIGNALS.some((one) => one === word);
}

/** What a number counts, so that it can be written as a person says it. `''` where nothing tells. */
export type Unit =
  | 'seconds'
  | 'milliseconds'
  | 'microseconds'
  | 'nanoseconds'
  | 'per second'
  | 'percent'
  | 'bytes'
  | 'cores'
  | '';

/** One condition on a label. */
export interface Matcher {
  readonly label: string;
  readonly op: '=' | '!=' | '=~' | '!~';
  readonly value: string;
}

/** A metric as one service reports it: the labels that its series have there. */
export interface MetricSeen {
  readonly name: string;
  readonly labels: readonly string[];
}

/** One question that gives a signal its numbers, and how its series are to be read. */
export interface SignalQuery {
  readonly text: string;
  readonly unit: Unit;
  /** The label that tells its series apart, where there are several: `quantile`, `class`. */
  readonly by?: string;
  /** Said before its numbers where a line has several queries: `database pool`. */
  readonly of?: string;
}

/** What was chosen for one signal, from which metric, and why, in words. */
export interface Choice {
  /** What a person names to correct it. */
  readonly metric: string;
  readonly why: string;
  readonly queries: readonly SignalQuery[];
}
