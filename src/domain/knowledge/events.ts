import type { ServiceFacts } from './service-facts.ts';
import type { KnowledgeUse, Suggestion, UsedRef } from './suggestion.ts';

/** What was known before, and what of it was of use. Personal entries are never among them: others read the timeline. */
export type KnowledgeEvent =
  | FactsEvent
  /** `because` is the seq of what made Steady look. */
  | { readonly type: 'suggested'; readonly because: number; readonly suggestions: readonly Suggestion[] }
  /** `seq` is that of the suggestions, `index` the place among them. */
  | {
      readonly type: 'suggestion-dismissed';
      readonly seq: number;
      readonly index: number;
      readonly name: string;
    }
  | {
      readonly type: 'knowledge-used';
      readonly of: UsedRef;
      /** As it was called then. */
      readonly name: string;
      readonly how: KnowledgeUse;
    };

export type FactsEvent = {
  /** What facts say of the service; it was taken from the title where nobody had named one. */
  readonly type: 'facts-taken';
  readonly service: string;
  readonly facts: ServiceFacts;
};

export type KnowledgeCommand =
  | { readonly type: 'take-facts'; readonly service: string; readonly facts: ServiceFacts }
  | { readonly type: 'suggest'; readonly because: number; readonly suggestions: readonly Suggestion[] }
  | { readonly type: 'dismiss-suggestion'; readonly seq: number; readonly index: number }
  | {
      readonly type: 'use-knowledge';
      readonly of: UsedRef;
      readonly name: string;
      readonly how: KnowledgeUse;
    };
