import type { Method, Outcome, Side, Strategy } from './hypothesis.ts';

/** What people do with hypotheses. */
export type HypothesisCommand =
  | {
      readonly type: 'state-hypothesis';
      readonly statement: string;
      readonly disproof: string;
      readonly parent?: string;
      readonly strategy?: Strategy;
      readonly method?: Method;
    }
  | { readonly type: 'set-disproof'; readonly hypothesis: string; readonly disproof: string }
  | { readonly type: 'plan-test'; readonly hypothesis: string; readonly expected: string }
  | {
      readonly type: 'attach';
      readonly hypothesis: string;
      readonly evidence: string;
      readonly side: Side;
    }
  /** `test` is the one a click was about; without it, the newest that has answered. */
  | {
      readonly type: 'judge-hypothesis';
      readonly hypothesis: string;
      readonly outcome: Outcome;
      readonly test?: number;
    };
