import type { Apl } from './read-apl.ts';

/** Text of the query to be replaced. */
export interface Edit {
  readonly at: number;
  readonly end: number;
  readonly text: string;
}

/** Something legal that would be better otherwise; without edits nothing can be rewritten for certain. */
export interface Finding {
  readonly hint: string;
  readonly edits: readonly Edit[];
}

export type Check = (apl: Apl) => Finding | undefined;

/** The query with edits made; they must not overlap. */
export function edited(query: string, edits: readonly Edit[]): string {
  return edits
    .toSorted((a, b) => b.at - a.at)
    .reduce((text, { at, end, text: by }) => text.slice(0, at) + by + text.slice(end), query);
}
