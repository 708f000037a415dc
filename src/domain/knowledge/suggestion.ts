import type { Incident, PersonId } from '../incident.ts';
import type { Instant } from '../time.ts';
import type { Kind } from './entry.ts';

/** An entry as the timeline names it: enough to find it again, whatever became of it. */
export interface EntryRef {
  readonly shelf: string;
  /** Unique on the shelf. */
  readonly id: string;
  readonly key: string;
}

/** A query that can be asked of a configured system by one click. */
export interface RunnableQuery {
  readonly tool: string;
  readonly deployment: string;
  readonly query: string;
}

/** A past incident or a pattern that an incident looks like, with why, and what to do next. */
export interface Suggestion {
  readonly of:
    | ({ readonly kind: 'entry'; readonly in: Kind } & EntryRef)
    | { readonly kind: 'incident'; readonly number: number; readonly endedAt: Instant };
  /** Its key or title. */
  readonly name: string;
  /** Its first sentence; of a past incident, its cause as it was judged. */
  readonly says?: string;
  readonly why: {
    readonly service?: string;
    readonly phrases: readonly string[];
    readonly words: readonly string[];
  };
  /** A query of it whose sources exist here. */
  readonly run?: RunnableQuery;
}

/** What was suggested at once. */
export interface Suggested {
  readonly seq: number;
  readonly at: Instant;
  readonly suggestions: readonly Suggestion[];
  /** Places in `suggestions` that somebody said are something else, with who. */
  readonly dismissed: Readonly<Record<number, PersonId>>;
}

/** How an entry was of use in an incident. */
export type KnowledgeUse = 'ran' | 'helped';

/** One entry, or one past incident, that was used. */
export interface UsedKnowledge {
  readonly seq: number;
  readonly at: Instant;
  readonly by: PersonId;
  readonly of: UsedRef;
  readonly how: KnowledgeUse;
}

export type UsedRef =
  | ({ readonly kind: 'entry' } & EntryRef)
  | { readonly kind: 'incident'; readonly number: number };

/** One that names the same thing. */
export function sameRef(a: UsedRef, b: UsedRef): boolean {
  if (a.kind === 'incident') return b.kind === 'incident' && a.number === b.number;
  return b.kind === 'entry' && a.shelf === b.shelf && a.id === b.id;
}

/** Cards that an incident gets at most: one when it is declared, and one more where it turned out to be something else. */
export const SUGGESTED_AT_MOST = 2;

/** Whether a suggestion was made in this incident already, dismissed or not. */
export function wasSuggested(incident: Pick<Incident, 'suggested'>, of: UsedRef): boolean {
  return incident.suggested.some(({ suggestions }) => suggestions.some((one) => sameRef(one.of, of)));
}
