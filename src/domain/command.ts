import type { ActionCommand } from './action-item.ts';
import type { DistillationCommand } from './distillation.ts';
import type { EvidenceNote } from './evidence-note.ts';
import type { MessageRef, PersonId, Phase, Role, Rung, Severity } from './incident.ts';
import type {
  ConclusionCommand,
  GuardCommand,
  HypothesisCommand,
  InterimCommand,
  RecordCommand,
  TriageCommand,
} from './investigation/commands.ts';
import type { KnowledgeCommand } from './knowledge/events.ts';
import type { PostmortemCommand } from './postmortem/events.ts';
import type { Duration, Instant } from './time.ts';
import type { UpdateFields } from './update.ts';

/**
 * What can be asked of an open (or just ended) incident. Clicks carry what they expect to find (`promise`, `seq`, `from`), so
 * that a second click, or one on an old message, meets a rule instead of doing it twice.
 */
export type Command =
  | TalkCommand
  | PhaseCommand
  | PeopleCommand
  | FactCommand
  | MarkCommand
  | WatchCommand
  | HypothesisCommand
  | ConclusionCommand
  | InterimCommand
  | TriageCommand
  | GuardCommand
  | RecordCommand
  | ActionCommand
  | PostmortemCommand
  | KnowledgeCommand
  | DistillationCommand;

/** What the channel hears: updates, heartbeats, snoozes. */
export type TalkCommand =
  | {
      readonly type: 'update';
      readonly fields: UpdateFields;
      readonly next?: Duration;
      readonly promise?: number;
      readonly author?: PersonId;
      readonly evenIfSame?: boolean;
    }
  | { readonly type: 'fix-update'; readonly seq: number; readonly fields: UpdateFields }
  | { readonly type: 'no-change'; readonly next?: Duration; readonly promise?: number }
  | { readonly type: 'snooze'; readonly for: Duration; readonly reason: string; readonly promise?: number };

/** Changes of phase. */
export type PhaseCommand =
  | { readonly type: 'mitigate'; readonly text?: string; readonly at?: Instant; readonly next?: Duration }
  | { readonly type: 'resolve'; readonly text?: string; readonly at?: Instant }
  | { readonly type: 'reopen'; readonly reason?: string }
  | { readonly type: 'cancel'; readonly reason: string }
  | {
      readonly type: 'merge';
      readonly into: { readonly number: number; readonly phase: Phase; readonly title: string };
    }
  | { readonly type: 'absorb'; readonly number: number; readonly title: string };

/** Who does what. */
export type PeopleCommand =
  | { readonly type: 'take-lead' }
  | { readonly type: 'give-lead'; readonly to: PersonId }
  | { readonly type: 'give-role'; readonly role: Role; readonly to: PersonId }
  | { readonly type: 'offer'; readonly role: Role; readonly to: PersonId }
  | { readonly type: 'accept-offer'; readonly seq: number }
  | { readonly type: 'decline-offer'; readonly seq: number }
  | { readonly type: 'join'; readonly person: PersonId };

/** What is known about the incident itself. */
export type FactCommand =
  | { readonly type: 'severity'; readonly severity: Severity }
  | { readonly type: 'note'; readonly text: string }
  | { readonly type: 'title'; readonly title: string }
  | { readonly type: 'service'; readonly service: string }
  | { readonly type: 'link'; readonly link: string }
  | { readonly type: 'started'; readonly at: Instant };

/** What people marked and what was asked. */
export type MarkCommand =
  | {
      readonly type: 'add-entry';
      readonly message: MessageRef;
      readonly text: string;
      readonly author: PersonId;
      readonly writtenAt: Instant;
      readonly how: 'reaction' | 'pin' | 'shortcut';
    }
  | { readonly type: 'edit-entry'; readonly message: MessageRef; readonly text: string }
  | { readonly type: 'remove-entry'; readonly message: MessageRef; readonly why: 'unmarked' | 'deleted' }
  | {
      readonly type: 'record-evidence';
      readonly evidence: (id: string) => EvidenceNote;
      /** The planned test that it was asked for. */
      readonly test?: { readonly hypothesis: string; readonly number: number };
    };

/** What Steady itself notices. */
export type WatchCommand =
  | {
      readonly type: 'nudge';
      readonly promise: number;
      readonly rung: Rung;
      readonly asked: readonly PersonId[];
      readonly passed: readonly Rung[];
    }
  | {
      readonly type: 'unreachable';
      readonly promise: number;
      readonly person: PersonId;
      readonly why: string;
    }
  | { readonly type: 'lose-channel'; readonly why: string }
  | { readonly type: 'regain-channel' }
  | { readonly type: 'share-channel' };

/** How an incident begins; the channel is confirmed before. */
export interface Declare {
  readonly title: string;
  readonly severity: Severity;
  readonly channel: string;
  readonly private: boolean;
  readonly service?: string;
  readonly link?: string;
  readonly impactSince?: Instant;
  readonly alert?: MessageRef;
}
