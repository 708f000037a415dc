import type { PersonId } from '../incident.ts';
import type { Instant } from '../time.ts';

/** A statement that somebody put on the timeline, with the evidence it names. */
export interface Claimed {
  /** `C1`, counted within the incident. */
  readonly id: string;
  readonly seq: number;
  readonly at: Instant;
  readonly by: PersonId;
  readonly text: string;
}
