import type { EvidenceNote } from '../evidence-note.ts';
import type { PersonId } from '../incident.ts';
import type { Duration, Instant } from '../time.ts';
import type { QuestionAnswer, Verdict } from './conclusion.ts';
import type { GuardKind } from './guards.ts';
import type { Method, Outcome, Side, Strategy } from './hypothesis.ts';
import type { InterimAs } from './interim.ts';
import type { ClaimPlace } from './posted-claims.ts';
import type { BugfixParts, ConfirmAnswer } from './record.ts';
import type { SeenChange } from './seen-change.ts';
import type { MitigationKind, TriageAnswer } from './triage.ts';

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

/** How an incident ends. */
export type ConclusionCommand =
  | {
      readonly type: 'answer-questions';
      readonly answers: readonly QuestionAnswer[];
      /** True where the configuration lets this severity close without a judge. */
      readonly skipJudge: boolean;
      /** Who can judge it, as far as is known. */
      readonly judge?: PersonId;
    }
  | { readonly type: 'ask-judge'; readonly to: PersonId }
  | { readonly type: 'judge'; readonly verdicts: readonly Verdict[] }
  /** Ends it, whatever is still open about the cause. */
  | {
      readonly type: 'override';
      readonly reason: string;
      readonly text?: string;
      readonly at?: Instant;
    }
  /** Time is up for this proposal; changes nothing where it has moved on. */
  | {
      readonly type: 'conclusion-late';
      readonly proposal: number;
      /** IANA zone of whoever will owe the review. */
      readonly zone: string;
    };

/** What is concluded while it goes on. */
export type InterimCommand =
  | {
      readonly type: 'conclude';
      readonly as: InterimAs;
      readonly text?: string;
      readonly to?: PersonId;
      readonly lookAt?: Instant;
      /** When the channel hears next, where *monitoring* mitigates it as well. */
      readonly next?: Duration;
    }
  /** `of` is the seq of the conclusion that the answers are about. */
  | { readonly type: 'answer-interim'; readonly of: number; readonly answers: readonly QuestionAnswer[] };

/** An answer of the triage before its evidence has numbers; `from` counts within what was asked. */
export type TriageFinding = Omit<TriageAnswer, 'evidence'> & { readonly from: readonly number[] };

/** What is looked at before anybody asks. */
export type TriageCommand =
  | {
      readonly type: 'record-triage';
      readonly because: number;
      readonly evidence: readonly ((id: string) => EvidenceNote)[];
      readonly answers: readonly TriageFinding[];
    }
  /** What systems told of; those that are known, or were there before the incident, change nothing. */
  | { readonly type: 'see-changes'; readonly changes: readonly SeenChange[] }
  | { readonly type: 'announce-mitigation'; readonly kind: MitigationKind; readonly triage: number };

export type GuardCommand =
  | { readonly type: 'mute-guard'; readonly guard: GuardKind | 'all' }
  | { readonly type: 'unmute-guard'; readonly guard: GuardKind | 'all' };

/** What was understood, and what was fixed. */
export type RecordCommand =
  | { readonly type: 'ask-confirmation'; readonly statement: string }
  | {
      readonly type: 'answer-confirmation';
      readonly confirmation: number;
      readonly says: ConfirmAnswer;
      readonly correction?: string;
    }
  | { readonly type: 'record-bugfix'; readonly parts: BugfixParts }
  | { readonly type: 'claim'; readonly text: string }
  /** `pick` counts within the numbers that the evidence shows. */
  | ({ readonly type: 'verify-claim'; readonly evidence: string; readonly pick?: number } & ClaimPlace);
