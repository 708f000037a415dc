import type { ActionEvent } from './action-item.ts';
import type { DistillationEvent } from './distillation.ts';
import type { EvidenceNote } from './evidence-note.ts';
import type { MessageRef, PersonId, Role, Rung, Severity, SinceLast } from './incident.ts';
import type { Review } from './investigation/conclusion.ts';
import type { InvestigationEvent } from './investigation/events.ts';
import type { Stand } from './investigation/stand.ts';
import type { KnowledgeEvent } from './knowledge/events.ts';
import type { PostmortemEvent } from './postmortem/events.ts';
import type { Instant } from './time.ts';
import type { UpdateFields } from './update.ts';

/** Every event says who did it (`steady` for the bot itself) and which message it came from, where there is one. */
interface Happened {
  readonly by: PersonId;
  readonly via?: MessageRef;
}

export type IncidentEvent = Happened &
  (
    | {
        readonly type: 'declared';
        readonly title: string;
        readonly severity: Severity;
        readonly channel: string;
        readonly private: boolean;
        readonly dueAt: Instant;
        readonly service?: string;
        readonly link?: string;
        readonly impactSince?: Instant;
        readonly alert?: MessageRef;
      }
    | {
        readonly type: 'updated';
        readonly fields: UpdateFields;
        readonly stand?: Stand;
        readonly dueAt: Instant;
        /** Who wrote it, where `by` only published it. */
        readonly author?: PersonId;
      }
    | { readonly type: 'update-fixed'; readonly seq: number; readonly fields: UpdateFields }
    | { readonly type: 'no-change'; readonly dueAt: Instant; readonly since: SinceLast }
    | {
        readonly type: 'mitigated';
        readonly effectiveAt: Instant;
        readonly dueAt: Instant;
        readonly text?: string;
        readonly evidence: readonly string[];
      }
    | {
        readonly type: 'resolved';
        readonly effectiveAt: Instant;
        readonly text?: string;
        readonly evidence: readonly string[];
        /** Absent in timelines from before there were judges. */
        readonly review?: Review;
      }
    | {
        readonly type: 'time-corrected';
        readonly of: 'mitigated' | 'resolved';
        readonly effectiveAt: Instant;
        readonly was: Instant;
      }
    | { readonly type: 'reopened'; readonly dueAt: Instant; readonly reason?: string }
    | { readonly type: 'cancelled'; readonly reason: string }
    | { readonly type: 'merged'; readonly into: number }
    | { readonly type: 'absorbed'; readonly number: number; readonly title: string }
    | {
        readonly type: 'severity-changed';
        readonly severity: Severity;
        readonly was: Severity;
        readonly dueAt: Instant;
      }
    | {
        readonly type: 'lead-changed';
        readonly lead: PersonId;
        readonly was: PersonId;
        readonly how: 'taken' | 'assigned' | 'handed-off';
      }
    | {
        readonly type: 'role-given';
        readonly role: Exclude<Role, 'lead'>;
        readonly person: PersonId;
        readonly was?: PersonId;
      }
    | { readonly type: 'handoff-offered'; readonly role: Role; readonly to: PersonId }
    | { readonly type: 'handoff-declined'; readonly role: Role }
    | { readonly type: 'snoozed'; readonly promise: number; readonly dueAt: Instant; readonly reason: string }
    | { readonly type: 'noted'; readonly text: string }
    | { readonly type: 'retitled'; readonly title: string; readonly was: string }
    | { readonly type: 'service-set'; readonly service: string }
    | { readonly type: 'linked'; readonly link: string }
    | { readonly type: 'impact-start-set'; readonly effectiveAt: Instant; readonly was?: Instant }
    | {
        readonly type: 'entry-added';
        readonly message: MessageRef;
        readonly text: string;
        readonly author: PersonId;
        readonly writtenAt: Instant;
        readonly how: 'reaction' | 'pin' | 'shortcut';
      }
    | { readonly type: 'entry-edited'; readonly message: MessageRef; readonly text: string }
    | { readonly type: 'entry-removed'; readonly message: MessageRef; readonly why: 'unmarked' | 'deleted' }
    | { readonly type: 'evidence-recorded'; readonly evidence: EvidenceNote }
    | {
        readonly type: 'nudged';
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
    | { readonly type: 'joined'; readonly person: PersonId }
    | { readonly type: 'channel-lost'; readonly why: string }
    | { readonly type: 'channel-back' }
    | { readonly type: 'channel-shared' }
    | InvestigationEvent
    | ActionEvent
    | PostmortemEvent
    | KnowledgeEvent
    | DistillationEvent
  );
