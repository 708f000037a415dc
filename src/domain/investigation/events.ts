import type { PersonId } from '../incident.ts';
import type { Instant } from '../time.ts';
import type { QuestionAnswer, Verdict } from './conclusion.ts';
import type { GuardKind } from './guards.ts';
import type { HypothesisState, Method, Outcome, Side, Strategy } from './hypothesis.ts';
import type { InterimAs } from './interim.ts';
import type { BugfixParts, ConfirmAnswer } from './record.ts';
import type { SeenChange } from './seen-change.ts';
import type { MitigationKind, MitigationTarget, TriageAnswer } from './triage.ts';

/** What happens on the way to the cause. Who did it and from where is added by `Happened`. */
export type InvestigationEvent = HypothesisEvent | ConclusionEvent | TriageEvent | GuardEvent | RecordEvent;

export type HypothesisEvent =
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

export type ConclusionEvent =
  /** It takes effect on the cadence at once; the incident is over when the conclusion is. */
  | {
      readonly type: 'resolution-proposed';
      readonly effectiveAt: Instant;
      readonly text?: string;
      readonly evidence: readonly string[];
      readonly answerBy: Instant;
    }
  | {
      readonly type: 'questions-answered';
      readonly answers: readonly QuestionAnswer[];
      /** The seq of the interim conclusion that they are about; absent for a proposed end. */
      readonly of?: number;
    }
  /** Nobody who may judge was found where `to` is absent. */
  | { readonly type: 'judge-asked'; readonly to?: PersonId; readonly judgeBy: Instant }
  | { readonly type: 'judged'; readonly verdicts: readonly Verdict[] }
  /** The investigation goes on: what is missing, one sentence each. */
  | {
      readonly type: 'conclusion-returned';
      readonly why: 'questions' | 'gaps' | 'unanswered' | 'withdrawn';
      readonly missing: readonly string[];
      readonly dueAt: Instant;
    }
  /** Not over, and not going on as before: it is watched, somebody else takes it, or it is looked at again. */
  | {
      readonly type: 'concluded';
      readonly as: InterimAs;
      /** The event before it is the mitigation that goes with it, and says both. */
      readonly mitigates?: true;
      readonly text?: string;
      readonly to?: PersonId;
      readonly lookAt?: Instant;
    };

export type TriageEvent =
  /** `because` is the seq of what made it a P1. */
  | { readonly type: 'triaged'; readonly because: number; readonly answers: readonly TriageAnswer[] }
  /** A system told of it while the incident was open. */
  | { readonly type: 'change-seen'; readonly change: SeenChange }
  | {
      readonly type: 'mitigation-started';
      readonly kind: MitigationKind;
      readonly target: MitigationTarget;
    };

export type GuardEvent =
  | { readonly type: 'guard-muted'; readonly guard: GuardKind | 'all' }
  | { readonly type: 'guard-unmuted'; readonly guard: GuardKind | 'all' };

export type RecordEvent =
  | { readonly type: 'confirmation-asked'; readonly statement: string }
  | {
      readonly type: 'confirmation-answered';
      /** The seq of the question. */
      readonly confirmation: number;
      readonly says: ConfirmAnswer;
      readonly correction?: string;
    }
  | { readonly type: 'bugfix-recorded'; readonly parts: BugfixParts }
  | { readonly type: 'claimed'; readonly claim: string; readonly text: string }
  /** The words with the evidence that was found to show them. `seq` is that of the claim, the mitigation or the resolution. */
  | {
      readonly type: 'claim-verified';
      readonly seq: number;
      readonly evidence: string;
      readonly text: string;
    };
