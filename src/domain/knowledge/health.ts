import type { Instant } from '../time.ts';

/** How one tier stands, and what somebody can do about it. */
export interface Health {
  readonly shelf: string;
  readonly entries: number;
  /** Places in files that could not be read, `kb/facts.md:12: …`. */
  readonly problems: readonly string[];
  /** What a sleep would tidy up. */
  readonly toTidy: number;
  /** A file has grown so that a sleep is worth while. */
  readonly bloated: boolean;
  readonly unpushed: number;
  readonly why?: string;
  readonly pulledAt?: Instant;
}
