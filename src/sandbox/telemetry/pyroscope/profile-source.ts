import type { Window } from '../../../domain/time.ts';
import type { Labels } from '../labels.ts';
import type { CallTree } from './call-tree.ts';

/** The CPU profiles of one pod. */
export interface ProfileSource {
  /** `service_name`, `pod`, `region`, `version`. */
  readonly labels: Labels;
  /** Nanoseconds of CPU within a window, function by function; undefined where it did not run. */
  readonly cpu: (window: Window) => CallTree | undefined;
}

export interface PlayedType {
  readonly id: string;
  /** How many nanoseconds of CPU are one of its unit. */
  readonly nanoseconds: number;
}

/** A sample is taken every 10 ms of CPU. */
export const TYPES: readonly PlayedType[] = [
  { id: 'process_cpu:cpu:nanoseconds:cpu:nanoseconds', nanoseconds: 1 },
  { id: 'process_cpu:samples:count:cpu:nanoseconds', nanoseconds: 10_000_000 },
];
