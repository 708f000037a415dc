/** What of a kept answer can be drawn: small, whatever the answer's size. Its texts are not redacted yet. */
export type Plot = Drawable & {
  /** The snapshot ended before the answer did. */
  readonly cut: boolean;
};

export type Drawable =
  | {
      readonly kind: 'series';
      readonly unit?: string;
      /** The largest first, at most `LINES`. */
      readonly lines: readonly PlotLine[];
      /** How many series there were. */
      readonly total: number;
      /** Where the values were counted from rows: what was counted. */
      readonly counted?: string;
    }
  | {
      readonly kind: 'bars';
      readonly measure: string;
      readonly bars: readonly { readonly name: string; readonly value: number }[];
      /** How many rows, or different values, there were. */
      readonly total: number;
    }
  | {
      readonly kind: 'flame';
      readonly unit: string;
      readonly total: number;
      readonly totalBefore?: number;
      readonly boxes: readonly PlotBox[];
    }
  | { readonly kind: 'nothing' };

export interface PlotLine {
  readonly name: string;
  readonly times: Float64Array;
  /** NaN where there is a gap. */
  readonly values: Float64Array;
  /** The 5th and 95th percentile of all finite samples; absent without any. */
  readonly spread?: { readonly low: number; readonly high: number };
}

export interface PlotBox {
  readonly name: string;
  readonly depth: number;
  readonly start: number;
  readonly total: number;
  readonly before?: number;
}

/** More lines than this cannot be told apart, even in grey. */
export const LINES = 30;
export const BARS = 15;
