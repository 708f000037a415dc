import type { ActionItem } from './action-item.ts';
import type { Distillation } from './distillation.ts';
import type { EvidenceNote } from './evidence-note.ts';
import type { IncidentEvent } from './incident-event.ts';
import type { Claimed } from './investigation/claimed.ts';
import type { Conclusion, Review } from './investigation/conclusion.ts';
import type { Hypothesis } from './investigation/hypothesis.ts';
import type { Interim, LeftOpen } from './investigation/interim.ts';
import type { Bugfix, Confirmation } from './investigation/record.ts';
import type { SeenChange } from './investigation/seen-change.ts';
import type { Stand } from './investigation/stand.ts';
import type { MitigationStarted, Triage } from './investigation/triage.ts';
import type { ServiceFacts } from './knowledge/service-facts.ts';
import type { Suggested, UsedKnowledge } from './knowledge/suggestion.ts';
import type { Contributed } from './postmortem/parts.ts';
import type { PostmortemState } from './postmortem/written.ts';
import type { Duration, Instant } from './time.ts';
import type { UpdateFields } from './update.ts';

export type { IncidentEvent };

/** P1 is the worst. */
export type Severity = 'P1' | 'P2' | 'P3' | 'P4';
export const SEVERITIES: readonly Severity[] = ['P1', 'P2', 'P3', 'P4'];

/** `cancelled` (a false alarm) and `merged` end an incident as `resolved` does, without its questions. */
export type Phase = 'investigating' | 'mitigated' | 'resolved' | 'cancelled' | 'merged';

export type Role = 'lead' | 'comms' | 'ops' | 'scribe';
export const ROLES: readonly Role[] = ['lead', 'comms', 'ops', 'scribe'];

/** An opaque id of a person; the Slack user id where Slack is the place. */
export type PersonId = string;

/** A message that an event came from or is about. */
export interface MessageRef {
  readonly channel: string;
  readonly ts: string;
  readonly permalink?: string;
}

/** The time by which the channel hears from us. Numbered from 1 within the incident. */
export interface UpdatePromise {
  readonly number: number;
  readonly madeAt: Instant;
  readonly dueAt: Instant;
  /** Rungs that were already climbed, in order. */
  readonly climbed: readonly Climbed[];
  /** People asked for this promise who cannot be reached, with the time we learned it. */
  readonly unreachable: readonly { readonly person: PersonId; readonly why: string; readonly at: Instant }[];
  readonly snoozed?: { readonly by: PersonId; readonly reason: string; readonly from: Instant };
}

/** A step of the reminder ladder; `repeat-n` follows `escalate` until the cap. */
export type Rung = 'draft' | 'due' | 'late' | 'escalate' | `repeat-${number}`;

export interface Climbed {
  readonly rung: Rung;
  readonly at: Instant;
  readonly asked: readonly PersonId[];
}

/** How one promise ended; only promises whose time had come, or that an update met, count. */
export interface PromiseOutcome {
  readonly promise: number;
  readonly dueAt: Instant;
  readonly at: Instant;
  readonly kept: boolean;
}

/** One entry on the shown timeline that came from a message people marked. */
export interface Entry {
  readonly message: MessageRef;
  readonly text: string;
  readonly author: PersonId;
  readonly addedBy: PersonId;
  /** When the message itself was written. */
  readonly at: Instant;
}

export interface UpdateRecord {
  readonly seq: number;
  readonly at: Instant;
  readonly by: PersonId;
  /** Who published it, where that is someone else than the author (*Post as update*). */
  readonly publishedBy?: PersonId;
  readonly fields: UpdateFields;
  /** What led and what had been ruled out when it was posted. */
  readonly stand?: Stand;
  readonly nextDueAt?: Instant;
}

/** An incident, folded from its events. Everything shown is derived from this. */
export interface Incident {
  readonly team: string;
  readonly number: number;
  /** `seq` of the last event folded in. */
  readonly version: number;
  readonly channel: string;
  /** In a private channel: what is said here stays here. */
  readonly private: boolean;
  readonly title: string;
  readonly severity: Severity;
  readonly phase: Phase;
  readonly declaredAt: Instant;
  readonly declaredBy: PersonId;
  /** When customers began to hurt, once someone said so. */
  readonly impactSince?: Instant;
  readonly service?: string;
  /** The dashboard. */
  readonly link?: string;
  /** The alert it was declared from. */
  readonly alert?: MessageRef;
  readonly lead: PersonId;
  readonly comms?: PersonId;
  readonly ops?: PersonId;
  readonly scribe?: PersonId;
  /** A role offered and not yet accepted. */
  readonly offer?: {
    readonly seq: number;
    readonly role: Role;
    readonly from: PersonId;
    readonly to: PersonId;
    readonly at: Instant;
  };
  /** Undefined once the incident has ended. */
  readonly promise?: UpdatePromise;
  /** How many promises were ever made; the next one takes the next number. */
  readonly promisesMade: number;
  readonly outcomes: readonly PromiseOutcome[];
  /** When the channel heard from us: start, updates, heartbeats, phase changes. */
  readonly heardAt: readonly Instant[];
  readonly heartbeatsInARow: number;
  readonly updates: readonly UpdateRecord[];
  readonly evidence: readonly EvidenceNote[];
  readonly hypotheses: readonly Hypothesis[];
  readonly triages: readonly Triage[];
  /** Deploys and flags that systems told of while it was open. */
  readonly changes: readonly SeenChange[];
  /** Mitigations that were announced. */
  readonly started: readonly MitigationStarted[];
  /** Guards that stay silent here, or `all`. */
  readonly muted: readonly string[];
  readonly confirmations: readonly Confirmation[];
  readonly bugfixes: readonly Bugfix[];
  readonly claims: readonly Claimed[];
  /** What facts say of its service. */
  readonly facts?: { readonly service: string; readonly facts: ServiceFacts };
  /** What it was said to look like, as it was suggested. */
  readonly suggested: readonly Suggested[];
  /** What was known before and was of use here. */
  readonly usedKnowledge: readonly UsedKnowledge[];
  /** What mitigations and resolutions say since evidence for them was named, by the seq of each. */
  readonly verifiedWords: readonly { readonly seq: number; readonly text: string }[];
  /** A resolution that waits for its answers or its judge; the incident counts as mitigated so long. */
  readonly conclusion?: Conclusion;
  /** How it was last concluded without being over. */
  readonly interim?: Interim;
  /** What the five questions left open when they were last answered. */
  readonly leftOpen?: LeftOpen;
  /** How the resolution was looked at, once there is one. */
  readonly review?: Review;
  /** What is to be done because of it, also what was added after the end. */
  readonly actions: readonly ActionItem[];
  /** What people gave the postmortem, and what became of it so far. */
  readonly contributed: Contributed;
  readonly postmortem: PostmortemState;
  /** What it taught, once somebody chose; nothing is saved before it is over. */
  readonly distillation?: Distillation;
  readonly entries: readonly Entry[];
  readonly joined: readonly { readonly person: PersonId; readonly at: Instant }[];
  readonly mitigatedAt?: Instant;
  readonly resolvedAt?: Instant;
  readonly endedAt?: Instant;
  readonly resolution?: string;
  readonly mergedInto?: number;
  /** Why Steady cannot speak in the channel any more, if so. */
  readonly channelLost?: string;
  /** The channel is shared with another company; evidence stops there. */
  readonly shared: boolean;
  /** Events in order, for the timeline and for counting what happened since. */
  readonly timeline: readonly Recorded[];
}

/** An event with its place on the timeline. */
export interface Recorded {
  readonly seq: number;
  /** When it was recorded; the time it speaks of may be earlier (`effectiveAt`). */
  readonly at: Instant;
  readonly event: IncidentEvent;
}

/** What changed since the channel last heard from us; a heartbeat says this instead of a synonym of the last one. */
export interface SinceLast {
  readonly queries: number;
  readonly evidence: readonly string[];
  readonly joined: readonly PersonId[];
  readonly entries: number;
  readonly notes: number;
  /** When nothing at all happened: since when. */
  readonly quietSince?: Instant;
  /** 1 for the first *No change* in a row. */
  readonly inARow: number;
}

export const STEADY: PersonId = 'steady';

/** `INC-42`. */
export function incidentId(number: number): string {
  return `INC-${number}`;
}

/** Reads `INC-42`, `inc 42`, `#INC42`; undefined where it is none. */
export function parseIncidentId(text: string): number | undefined {
  const found = /^#?inc[- ]?(\d{1,9})$/i.exec(text.trim());
  return found ? Number(found[1]) : undefined;
}

export function isOpen(incident: { readonly phase: Phase }): boolean {
  return incident.phase === 'investigating' || incident.phase === 'mitigated';
}

/** When it began for customers, else when it was declared. */
export function startedAt(incident: Incident): Instant {
  return incident.impactSince ?? incident.declaredAt;
}

/** How long the incident lasted until it ended, or has lasted until `now`. */
export function lasted(incident: Incident, now: Instant): Duration {
  return Math.max(0, (incident.resolvedAt ?? incident.endedAt ?? now) - startedAt(incident));
}
