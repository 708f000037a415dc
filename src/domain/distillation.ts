import type { Incident, PersonId } from './incident.ts';
import type { Kind } from './knowledge/entry.ts';
import type { Instant } from './time.ts';

/** Who may know what was learned: the closer alone, or their organisation. */
export type Audience = 'me' | 'team';

/** What somebody chose of what the timeline proposes. Kept until the incident is really over, then saved once. */
export interface LessonChoice {
  /** With the words as a person left them, where they changed them. */
  readonly keep: readonly { readonly id: string; readonly text?: string }[];
  /** Proposed and taken out. */
  readonly out: readonly string[];
  readonly audience: Audience;
  /** Why nothing is kept, where nothing is. */
  readonly reason?: string;
}

/** What an incident taught, and how far the saving of it is. */
export type Distillation =
  | { readonly state: 'drafted'; readonly by: PersonId; readonly at: Instant; readonly choice: LessonChoice }
  | {
      readonly state: 'kept';
      readonly by: PersonId;
      readonly at: Instant;
      readonly entries: readonly KeptEntry[];
    }
  | { readonly state: 'skipped'; readonly by: PersonId; readonly at: Instant; readonly reason: string };

/** An entry of the knowledge base that an incident left. */
export interface KeptEntry {
  readonly shelf: string;
  readonly kind: Kind;
  readonly key: string;
}

export type DistillationEvent =
  | ({ readonly type: 'distillation-drafted' } & LessonChoice)
  | { readonly type: 'distilled'; readonly entries: readonly KeptEntry[] }
  | { readonly type: 'distillation-skipped'; readonly reason: string };

export type DistillationCommand =
  | { readonly type: 'draft-distillation'; readonly choice: LessonChoice }
  /** What was drafted is saved, as these entries; changes nothing where it was saved before, or is not over. */
  | { readonly type: 'settle-distillation'; readonly entries: readonly KeptEntry[] };

/** It is over, and nobody has said what it taught, or why nothing. */
export function owesDistillation({ phase, distillation }: Incident): boolean {
  return phase === 'resolved' && distillation === undefined;
}
