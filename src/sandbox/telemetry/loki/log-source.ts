import type { Instant } from '../../../domain/time.ts';
import type { Labels } from '../labels.ts';

/** One kind of line that one process writes, as pure functions of time. Several may belong to one stream. */
export interface LogSource {
  /** The stream's labels. */
  readonly labels: Labels;
  /** How many lines it had written before an instant; never falls. Asked at whole seconds. */
  readonly written: (at: Instant) => number;
  /** The text of one line, counted from 0, which was written in the second that begins at `at`. */
  readonly line: (index: number, at: Instant) => string;
}
