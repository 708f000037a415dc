import type { ActionItem } from '../action-item.ts';
import type { Claim } from '../claim.ts';
import type { EvidenceNote } from '../evidence-note.ts';
import type { MessageRef, PersonId, Phase, Severity } from '../incident.ts';
import type { Review } from '../investigation/conclusion.ts';
import type { HypothesisState } from '../investigation/hypothesis.ts';
import type { Bugfix } from '../investigation/record.ts';
import type { Duration, Instant } from '../time.ts';
import type { Contributed } from './parts.ts';
import type { ServiceLevel } from './service-level.ts';

/**
 * What the timeline says of an incident once it is looked back at. Every field is derived from events; what the timeline does not
 * say is absent, and `missing` says what that is and who could say it.
 */
export interface Postmortem {
  /** `INC-42`. */
  readonly incident: string;
  readonly title: string;
  readonly service?: string;
  readonly private: boolean;
  /** The incident is still open: everything may change. */
  readonly draft: boolean;
  readonly phase: Phase;
  readonly severity: Severity;
  readonly severityChanges: readonly {
    readonly at: Instant;
    readonly by: PersonId;
    readonly was: Severity;
    readonly severity: Severity;
  }[];
  readonly roles: readonly { readonly role: string; readonly person: PersonId }[];
  readonly times: Times;
  readonly phases: readonly PhaseSpan[];
  readonly impact: Impact;
  readonly rootCause: RootCause;
  readonly ruledOut: readonly RuledOut[];
  readonly detection: Detection;
  /** Evidence that something else of this document stands on, with all its windows and links. */
  readonly keyQueries: readonly KeyQuery[];
  /** How many queries there were in all. */
  readonly queries: number;
  readonly observations: readonly Observation[];
  readonly unverified: readonly Unverified[];
  readonly overrides: readonly Override[];
  readonly communication: Communication;
  readonly fixes: readonly Bugfix[];
  readonly actions: readonly ActionItem[];
  readonly contributed: Contributed;
}

export interface Times {
  readonly impactAt?: Instant;
  readonly alertAt?: Instant;
  readonly declaredAt: Instant;
  readonly declaredBy: PersonId;
  /** Who declares leads until somebody takes it, so declaring acknowledges; a later lead took it from there. */
  readonly acknowledged: { readonly at: Instant; readonly by: PersonId };
  readonly leads: readonly { readonly at: Instant; readonly lead: PersonId; readonly how: string }[];
  readonly mitigatedAt?: Instant;
  readonly resolvedAt?: Instant;
  readonly endedAt?: Instant;
}

export interface PhaseSpan {
  readonly phase: 'undetected' | 'investigating' | 'mitigated';
  readonly from: Instant;
  readonly to: Instant;
  readonly duration: Duration;
  /** Not over yet. */
  readonly open: boolean;
}

export interface Impact {
  /** What updates said, the newest first, each wording once. */
  readonly claims: readonly (Claim & { readonly at: Instant; readonly seq: number })[];
  /** From the beginning of the impact to the mitigation, else to the end; absent where one of them is unknown. */
  readonly duration?: Duration;
  readonly serviceLevel?: ServiceLevel;
  readonly budget?: BudgetSpent;
}

/** What the incident took of the error budget. */
export interface BudgetSpent {
  /** The whole budget over the window, as time of complete failure. */
  readonly budget: Duration;
  /** Time of complete failure that the incident amounts to. */
  readonly spent: Duration;
  /** The share of requests that failed, 0 to 1, and the evidence that shows it; without it `spent` is the most it can be. */
  readonly share?: { readonly value: number; readonly claim: Claim };
}

export type RootCause =
  /** A hypothesis survived its disproof, the five questions were answered with evidence, and somebody independent found it solid. */
  | {
      readonly kind: 'established';
      readonly statement: string;
      readonly hypothesis: string;
      readonly evidence: readonly string[];
      readonly review: Review;
      /** As it was resolved with; a claim like any other. */
      readonly resolution?: Claim;
    }
  | {
      readonly kind: 'not-established';
      /** One line each: what it would take. */
      readonly because: readonly string[];
      /** The best that was said, shown as unverified. */
      readonly best?: { readonly text: string; readonly evidence: readonly string[]; readonly from: string };
    };

export interface RuledOut {
  /** `H1`, or the triage question. */
  readonly id: string;
  readonly statement: string;
  readonly state: HypothesisState | 'looked-at';
  readonly evidence: readonly string[];
  readonly at: Instant;
  readonly by: PersonId;
  /** The outcome that was written down before the query ran, where a test decided. */
  readonly expected?: string;
}

export interface Detection {
  readonly how: 'alert' | 'person';
  readonly alert?: MessageRef;
  readonly by: PersonId;
  /** From the beginning of the impact to the declaration; negative where it was declared before. */
  readonly afterImpact?: Duration;
  readonly afterAlert?: Duration;
}

export interface KeyQuery {
  readonly note: EvidenceNote;
  /** What it decided: `supports H2`, `killed H1`, `the resolution`. */
  readonly why: readonly string[];
}

/** Something that the timeline shows about how it went; the words are made where it is written. */
export type Observation = {
  readonly side: 'well' | 'badly' | 'measured';
} & (
  | { readonly fact: 'promises'; readonly kept: number; readonly of: number }
  | { readonly fact: 'silence'; readonly longest: Duration }
  | { readonly fact: 'mitigated-after'; readonly duration: Duration; readonly from: 'impact' | 'declared' }
  | { readonly fact: 'noticed-late'; readonly duration: Duration }
  | { readonly fact: 'ruled-out'; readonly hypotheses: readonly string[] }
  | { readonly fact: 'reviewed'; readonly by: PersonId }
  | { readonly fact: 'not-reviewed' }
  | { readonly fact: 'reopened'; readonly times: number }
  | { readonly fact: 'untested'; readonly hypotheses: readonly string[] }
  | { readonly fact: 'unverified'; readonly claims: number }
  | { readonly fact: 'returned'; readonly times: number }
  | { readonly fact: 'queries'; readonly queries: number; readonly empty: number }
  | { readonly fact: 'first-query'; readonly after: Duration }
  | { readonly fact: 'channel-lost'; readonly times: number }
);

export interface Unverified {
  readonly text: string;
  readonly where: string;
  readonly at: Instant;
  readonly by: PersonId;
  readonly seq: number;
}

export interface Override {
  readonly at: Instant;
  readonly seq: number;
  readonly kind: 'overridden' | 'unreviewed' | 'skipped';
  readonly by: PersonId;
  readonly reason?: string;
}

export interface Communication {
  readonly kept: number;
  readonly of: number;
  /** 0 to 1; absent where nothing was due. */
  readonly onTimeRate?: number;
  readonly longestSilence: Duration;
  readonly updates: number;
  readonly heartbeats: number;
  readonly reminders: number;
  readonly snoozes: readonly { readonly at: Instant; readonly by: PersonId; readonly reason: string }[];
  readonly late: readonly { readonly dueAt: Instant; readonly at: Instant }[];
}
