/**
 * A document before it is markdown, HTML or a canvas: sections of blocks of pieces. Every text in it is literal; a renderer escapes
 * it for its format, and nothing but `link` becomes an address.
 */
export interface Document {
  /** One line. */
  readonly title: string;
  /** One line under the title: state, dates, zone. */
  readonly about: string;
  readonly sections: readonly Section[];
}

export interface Section {
  /** Stable, lower case: `root-cause`; `own-…` for one that people added. */
  readonly key: string;
  /** One line, the heading; unique within the document. */
  readonly title: string;
  readonly blocks: readonly DocumentBlock[];
  /** Fingerprint of what the timeline says here, whatever people made of it; absent for sections that people added. */
  readonly base?: string;
}

export type DocumentBlock =
  | { readonly kind: 'line'; readonly pieces: Pieces }
  | { readonly kind: 'list'; readonly items: readonly Pieces[] }
  | {
      readonly kind: 'table';
      readonly head: readonly string[];
      readonly rows: readonly (readonly Pieces[])[];
    }
  /** A query, exactly as it was sent. */
  | { readonly kind: 'code'; readonly text: string }
  /** What the timeline does not say, and who could. */
  | { readonly kind: 'missing'; readonly pieces: Pieces }
  /** Markdown that a person wrote in the document itself. */
  | { readonly kind: 'written'; readonly markdown: string }
  | { readonly kind: 'picture'; readonly name: string; readonly alt: string };

export type Pieces = readonly Piece[];

/** A string is words, of ours or of people's alike. */
export type Piece =
  | string
  | { readonly strong: string }
  | { readonly code: string }
  | { readonly link: string; readonly text: string }
  /** Ours alone: nothing that people write shows as it. */
  | { readonly mark: 'unverified' };

export const UNVERIFIED = '⚠️ UNVERIFIED';

/** A line about what is missing; what stands in backticks is to be typed. */
export function missing(text: string): DocumentBlock {
  const pieces = text.split('`').map((part, index) => (index % 2 === 1 ? { code: part } : part));
  return { kind: 'missing', pieces: pieces.filter((one) => one !== '') };
}

/** The whole of a picture, for formats that carry it. */
export type PictureBytes = (name: string) => Uint8Array | undefined;
