import type { Duration, Window } from '../domain/time.ts';
import type { Decode } from './decoder.ts';

/**
 * A kept answer on its way between threads. The snapshot of an answer is its bytes as they came; charts, whole tables and
 * comparisons read it again, in a worker, with the decode function that its tool names in the registry. Nothing is asked anew.
 */
export type KeptPiece =
  | {
      readonly kind: 'series';
      readonly unit?: string;
      readonly series: readonly KeptSeries[];
    }
  /** The first piece of rows names the columns; later ones repeat them. */
  | {
      readonly kind: 'rows';
      readonly columns: readonly string[];
      readonly rows: readonly (readonly unknown[])[];
    }
  | { readonly kind: 'text'; readonly text: string }
  /** A call tree: frames in depth-first order. */
  | { readonly kind: 'frames'; readonly unit: string; readonly frames: readonly Frame[] };

export interface KeptSeries {
  readonly labels: Readonly<Record<string, string>>;
  /** The series of the piece before goes on: a long one is cut. */
  readonly continues: boolean;
  /** Milliseconds since the epoch. */
  readonly times: Float64Array;
  readonly values: Float64Array;
}

/** One frame of a flame graph; `before` is its total in the earlier of two profiles, where two are compared. */
export interface Frame {
  readonly name: string;
  readonly depth: number;
  /** Where it begins, in the unit of `total`. */
  readonly start: number;
  readonly total: number;
  readonly self: number;
  readonly before?: number;
}

/** What was asked, so that an answer can be read without its request. */
export interface KeptQuestion {
  readonly query: string;
  readonly window: Window;
  readonly step?: Duration;
}

/** Reads an inflated snapshot. Throws anything when the bytes are not what they should be, a cut-off end included. */
export type ReadKept = Decode<KeptPiece, KeptQuestion>;
