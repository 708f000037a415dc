import type { HypothesisState, Method, Outcome, Side, Strategy } from './hypothesis.ts';

/** What happens on the way to the cause. Who did it and from where is added by `Happened`. */
export type InvestigationEvent =
  | {
      readonly type: 'hypothesis-stated';
      readonly hypothesis: string;
      readonly statement: string;
      readonly disproof: string;
      readonly parent?: string;
      readonly strategy?: Strategy;
      readonly method?: Method;
    }
  /** What was tested against the earlier disproof no longer decides anything. */
  | {
      readonly type: 'disproof-set';
      readonly hypothesis: string;
      readonly disproof: string;
      readonly was: string;
    }
  /** Written before the query is asked: the expected result comes first. */
  | {
      readonly type: 'test-planned';
      readonly hypothesis: string;
      readonly test: number;
      readonly expected: string;
    }
  | {
      readonly type: 'test-run';
      readonly hypothesis: string;
      readonly test: number;
      readonly evidence: string;
    }
  | {
      readonly type: 'evidence-attached';
      readonly hypothesis: string;
      readonly evidence: string;
      readonly side: Side;
    }
  | {
      readonly type: 'hypothesis-judged';
      readonly hypothesis: string;
      readonly state: Extract<HypothesisState, 'supported' | 'disproved' | 'inconclusive'>;
      readonly test?: number;
      readonly outcome?: Outcome;
    };
