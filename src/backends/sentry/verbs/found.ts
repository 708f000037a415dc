import type { Result } from '../../../domain/evidence.ts';
import type { Window } from '../../../domain/time.ts';
import type { Matched } from '../../backend.ts';
import type { Part } from '../parts.ts';
import type { Reach } from '../reach.ts';

/** What a question is asked with. */
export interface Asking {
  readonly reach: Reach;
  readonly title: string;
  readonly signal: AbortSignal;
  /** Whole seconds, never empty. */
  readonly window: Window;
  readonly matched: Pick<Matched, 'query' | 'unchecked' | 'hints'>;
  /** The project that is meant where the question names none, as requests take it. */
  readonly project: string | undefined;
  /** Where its pages are. */
  readonly web: string;
  /** The address that Sentry gave, where it may be shown. */
  readonly own: (permalink: string | null | undefined) => string | undefined;
}

/** What a question found, before it becomes an answer. */
export interface Found {
  readonly result: Result;
  readonly parts: readonly Part[];
  /** Bytes received. */
  readonly bytes: number;
  /** Why it is not the whole answer; empty where it is. */
  readonly partial: readonly string[];
  readonly notes: readonly string[];
  readonly url: string;
}
