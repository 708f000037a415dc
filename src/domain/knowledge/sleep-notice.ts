import type { PersonId } from '../incident.ts';

/** A sleep that nobody asked for, as those whom it concerns are told: posted once, edited from then on. */
export interface SleepNotice {
  readonly org: string;
  /** It was due, or a file has grown and it is only offered. */
  readonly why: 'schedule' | 'bloat';
  /** What it would do, or did, a line each. */
  readonly lines: readonly string[];
  readonly state: 'planned' | 'slept' | 'later';
  /** Who said *Not now*, or did it. */
  readonly by?: PersonId;
  /** Who is told by direct message, where the organisation has no channel. */
  readonly to?: PersonId;
}
