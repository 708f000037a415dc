import type { Generated } from 'kysely';
import type { Instant } from '../domain/time.ts';

/**
 * The tables as both engines hold them. Instants are integer milliseconds, yes and no are 1 and 0, JSON is text, texts are
 * escaped by the codec. Every key starts with the team.
 */
export interface Schema {
  readonly steady_counters: CounterRow;
  readonly steady_incidents: IncidentRow;
  readonly steady_events: EventRow;
  readonly steady_posts: PostRow;
  readonly steady_bindings: BindingRow;
  readonly steady_deliveries: DeliveryRow;
  readonly steady_drafts: DraftRow;
  readonly steady_snapshots: SnapshotRow;
  readonly steady_memories: MemoryRow;
  readonly steady_knowledge: KnowledgeTableRow;
  readonly steady_knowledge_uses: KnowledgeUseRow;
}

/** The last incident number a team was given. */
export interface CounterRow {
  team: string;
  last: number;
}

export interface IncidentRow {
  team: string;
  number: number;
  version: number;
  channel: string;
  title: string;
  severity: string;
  phase: string;
  open: number;
  lead: string;
  due_at: Instant | null;
  promised_at: Instant | null;
  declared_at: Instant;
  updated_at: Instant;
  lease_owner: string | null;
  lease_until: Instant | null;
}

export interface EventRow {
  team: string;
  number: number;
  seq: number;
  at: Instant;
  body: string;
}

export interface PostRow {
  team: string;
  key: string;
  incident: number | null;
  priority: number;
  /** Earliest time of the next try. */
  ready_at: Instant;
  not_before: Instant | null;
  created_at: Instant;
  /** Its place among the posts of one write, so that they go out in the order they were given. */
  place: number;
  body: string;
  state: 'waiting' | 'posted' | 'refused';
  attempts: number;
  uncertain: number;
  why: string | null;
  channel: string | null;
  ts: string | null;
  done_at: Instant | null;
  lease_owner: string | null;
  lease_until: Instant | null;
}

export interface BindingRow {
  team: string;
  channel: string;
  ts: string;
  incident: number | null;
  kind: string;
  id: string;
}

export interface DeliveryRow {
  team: string;
  key: string;
  kind: string;
  body: string;
  at: Instant;
  finished: number;
  lease_owner: string | null;
  lease_until: Instant | null;
  /** How often it was taken again. */
  tries: Generated<number>;
}

export interface DraftRow {
  team: string;
  key: string;
  person: string;
  incident: number | null;
  kind: string;
  body: string;
  at: Instant;
}

export interface SnapshotRow {
  team: string;
  key: string;
  bytes: Uint8Array;
}

export interface MemoryRow {
  team: string;
  key: string;
  value: string;
  at: Instant;
}

export interface KnowledgeTableRow {
  team: string;
  shelf: string;
  id: string;
  kind: string;
  entry: string;
  /** What is searched: small letters, nothing that an engine refuses. */
  search: string;
  /** How often it helped since the counts were last written out. */
  uses: number;
  /** Day of the last of them. */
  used_on: string | null;
  /** Forgotten, and not for ever yet. */
  gone_at: Instant | null;
}

/** An incident in which an entry was of use. */
export interface KnowledgeUseRow {
  team: string;
  shelf: string;
  id: string;
  incident: number;
}
