import type { Instant, Window } from '../domain/time.ts';

/**
 * What can be drawn. Every text in it is already redacted: nobody can redact a picture. Names that are too long are
 * shortened where they are drawn.
 */
export type Picture = SeriesPicture | BarsPicture | FlamePicture | TimelinePicture | CausesPicture;

/** What stands above and below every picture. */
export interface Captions {
  /** `E7 · Prometheus prod`. */
  readonly title: string;
  /** Small and in a fixed width under the title: the query. */
  readonly query?: string;
  /** What limits the picture, said loudly above it: a partial answer, one that was cut when it was kept. */
  readonly warnings: readonly string[];
  /** Said quietly below it: series that are not drawn. */
  readonly notes: readonly string[];
}

/** Values over time. */
export interface SeriesPicture extends Captions {
  readonly kind: 'series';
  readonly window: Window;
  readonly unit?: string;
  /** Largest first; the first eight have colours and a line in the legend. */
  readonly lines: readonly Line[];
  readonly marks: readonly Mark[];
  /** What the bands of the lines are: `band: 13:32–14:02, 5th to 95th percentile (E8)`. */
  readonly bands?: string;
}

export interface Line {
  readonly name: string;
  /** Milliseconds since the epoch, rising. */
  readonly times: ArrayLike<number>;
  /** NaN is a gap; infinities are marked at the edge. */
  readonly values: ArrayLike<number>;
  /** Where the values lay at an earlier time. */
  readonly band?: { readonly low: number; readonly high: number };
}

/** A moment of the incident. */
export interface Mark {
  readonly at: Instant;
  readonly kind: MarkKind;
  readonly label: string;
}

export type MarkKind = 'impact' | 'declared' | 'change' | 'mitigated' | 'resolved' | 'reopened';

/** The largest rows. */
export interface BarsPicture extends Captions {
  readonly kind: 'bars';
  /** What the lengths are: the name of a column. */
  readonly measure: string;
  readonly bars: readonly { readonly name: string; readonly value: number }[];
}

/** A call tree; `before` on its boxes makes it a differential one. */
export interface FlamePicture extends Captions {
  readonly kind: 'flame';
  readonly unit: string;
  readonly total: number;
  /** Of the earlier profile, where two are compared. */
  readonly totalBefore?: number;
  /** In depth-first order. */
  readonly boxes: readonly FlameBox[];
}

export interface FlameBox {
  readonly name: string;
  readonly depth: number;
  readonly start: number;
  readonly total: number;
  readonly before?: number;
}

/** What happened, top to bottom. */
export interface TimelinePicture extends Captions {
  readonly kind: 'timeline';
  readonly from: Instant;
  readonly moments: readonly Moment[];
}

export interface Moment {
  readonly at: Instant;
  readonly kind: MarkKind | 'update' | 'evidence' | 'marked' | 'hypothesis' | 'said';
  /** A few words: `Update`, `E7`. */
  readonly head: string;
  readonly text: string;
}

/** What led to what, the symptom on top; what is done about it, and what was ruled out. */
export interface CausesPicture extends Captions {
  readonly kind: 'causes';
  readonly chain: readonly Cause[];
  /** What is done about it. */
  readonly doing: readonly Cause[];
  readonly ruledOut: readonly Cause[];
}

export interface Cause {
  readonly state: 'symptom' | 'known' | 'supported' | 'open' | 'doing' | 'disproved' | 'ended';
  /** `Impact since 13:58`, `H2 · testing`. */
  readonly head: string;
  readonly text: string;
  /** `E5, E6`; a claim without any is shown as unverified. */
  readonly evidence?: string;
  readonly unverified?: boolean;
}
