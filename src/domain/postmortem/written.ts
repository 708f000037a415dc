import type { Revision } from './read-back.ts';

/** A document that went out: what is needed to know later what people made of it. */
export interface Written {
  readonly revision: number;
  readonly document: Revision;
  readonly canvas?: WrittenCanvas;
  /** Why there is no canvas, or it was not brought up to date; a sentence for people. */
  readonly noCanvas?: string;
  /** Titles of sections of the canvas that were left alone, because people had changed them. */
  readonly left: readonly string[];
}

export interface WrittenCanvas {
  readonly id: string;
  readonly url?: string;
  /** By key: the fingerprint of its lines as they were last written. */
  readonly sections: readonly { readonly key: string; readonly title: string; readonly lines: string }[];
}

/** What became of the postmortem so far. */
export interface PostmortemState {
  /** The revision that was asked for last; 0 before the first. */
  readonly asked: number;
  /** Those that went out, oldest first. */
  readonly written: readonly Written[];
}
