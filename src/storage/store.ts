import type { Duration, Instant } from '../domain/time.ts';

/** Anything JSON can say. `\u0000` and lone surrogates are legal inside strings on both engines. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** An incident of one workspace: `INC-42` is `{ team: 'T1', number: 42 }`. Every stored key starts with the team. */
export interface IncidentRef {
  readonly team: string;
  readonly number: number;
}

/** One event as stored; `body` is the domain's event. */
export interface StoredEvent {
  /** Counts from 1 within the incident. */
  readonly seq: number;
  readonly at: Instant;
  readonly body: Json;
}

export interface StoredTimeline {
  readonly ref: IncidentRef;
  /** `seq` of the last event; what `append` expects. */
  readonly version: number;
  readonly events: readonly StoredEvent[];
}

/** What is open and what is due, kept in the same transaction as the timeline so that no query folds every incident. */
export interface Projection {
  readonly ref: IncidentRef;
  readonly channel: string;
  readonly title: string;
  readonly severity: string;
  readonly phase: string;
  readonly open: boolean;
  readonly lead: string;
  /** When `cadence` next has something to say; undefined for never. */
  readonly dueAt?: Instant;
  /** When the channel was promised the next update. */
  readonly promisedAt?: Instant;
  readonly declaredAt: Instant;
  readonly updatedAt: Instant;
}

/** A message that must appear once. `post` is a domain-level Post; `slack/` renders it when it is sent. */
export interface OutboxPost {
  /** Unique per team for ever: `INC-42/promise-7/rung-1`. A second row of the same key is ignored. */
  readonly key: string;
  readonly post: Json;
  readonly incident?: number;
  /** Lower goes first: 0 clicks, 1 nudges, 2 updates, 3 card edits. */
  readonly priority: number;
  readonly notBefore?: Instant;
}

export interface OutboxRow extends OutboxPost {
  readonly team: string;
  readonly attempts: number;
  /** True once an earlier try may have reached Slack without our hearing of it: look before posting again. */
  readonly uncertain: boolean;
  readonly createdAt: Instant;
}

/** Which row a Slack message belongs to: "team, channel and message find the row". */
export interface Binding {
  readonly team: string;
  readonly channel: string;
  readonly ts: string;
  readonly incident?: number;
  /** `card`, `nudge`, `evidence`, `update`, `announcement`, `entry` … */
  readonly kind: string;
  /** Which of its kind: `E7`, `promise-3`. */
  readonly id: string;
}

/** Something a person must still act on; survives crashes, shown by DM, home tab and `status`. */
export interface Draft {
  readonly team: string;
  /** Unique per team. */
  readonly key: string;
  readonly person: string;
  readonly incident?: number;
  readonly kind: string;
  readonly body: Json;
  readonly at: Instant;
}

/** What one decision changes, all or nothing. */
export interface Write {
  readonly events: readonly { readonly at: Instant; readonly body: Json }[];
  readonly projection: Omit<Projection, 'ref' | 'updatedAt'>;
  readonly posts?: readonly OutboxPost[];
  readonly drafts?: readonly Draft[];
  /** Keys of drafts that this decision settles. */
  readonly settled?: readonly string[];
  readonly snapshots?: readonly { readonly key: string; readonly bytes: Uint8Array }[];
}

/** One thing that is known, as a shelf holds it. A shelf is `shipped`, `org/<name>` or `personal/<person>`. */
export interface KnowledgeEntry {
  /** Unique on its shelf. */
  readonly id: string;
  readonly kind: string;
  /** The domain's entry. */
  readonly entry: Json;
  /** What it is found by: key, tags and body. */
  readonly search: string;
}

/** Entries of another shelf, written in the same transaction: the journal of what is done. */
export interface Beside {
  readonly shelf: string;
  readonly entries: readonly KnowledgeEntry[];
}

export interface KnowledgeRow extends Omit<KnowledgeEntry, 'search'> {
  readonly shelf: string;
  /** How often it helped since counts were last taken. */
  readonly uses: number;
  readonly usedOn?: string;
}

/** A delivery from Slack, recorded (already redacted) before it is acknowledged. */
export interface Delivery {
  /** team + channel + ts, event id, action_ts, envelope or trigger id: see the rules on duplicates. */
  readonly key: string;
  readonly team: string;
  readonly kind: string;
  readonly body: Json;
  readonly at: Instant;
}

/** A delivery that is taken again. */
export interface Unfinished extends Delivery {
  /** How often it was taken again by now, this time included. */
  readonly tries: number;
}

export interface Lease {
  /** Unique per process. */
  readonly owner: string;
  readonly for: Duration;
  readonly limit: number;
}

/**
 * Everything Steady remembers. One contract over SQLite and PostgreSQL; test/contracts/store.ts holds both to it.
 * Throws `Conflict` where the timeline moved on, `RuleViolation('one-open-per-channel')` from `declare`; anything else is a fault.
 */
export interface Store {
  readonly engine: 'sqlite' | 'postgres';

  /** The clock that due and lease times use: the database server's with PostgreSQL (plus a test offset), the injected one else. */
  now(): Promise<Instant>;

  /**
   * Takes the next number of the team and writes the first events in one transaction. One open incident per channel. `opening` may be
   * asked again, for another number, where the transaction had to start anew.
   */
  declare(team: string, opening: (ref: IncidentRef) => Write): Promise<IncidentRef>;
  /** The timeline, of its events only those later than `after`; all of them by default. */
  load(ref: IncidentRef, after?: number): Promise<StoredTimeline | undefined>;
  /** Answers the new version. */
  append(ref: IncidentRef, expectedVersion: number, write: Write): Promise<number>;

  projection(ref: IncidentRef): Promise<Projection | undefined>;
  /** The open incident of a channel, else its latest one. */
  inChannel(team: string, channel: string): Promise<Projection | undefined>;
  /** Newest first. */
  list(
    team: string,
    options?: { readonly open?: boolean; readonly lead?: string; readonly limit?: number },
  ): Promise<readonly Projection[]>;
  /** Takes what is due at or before now under a lease; a lease that ran out can be taken again. Oldest due first. */
  claimDue(lease: Lease): Promise<readonly Projection[]>;
  releaseDue(ref: IncidentRef, owner: string): Promise<void>;

  /** Puts a post that belongs to no decision (an evidence card, an answer that must appear once). */
  enqueue(team: string, post: OutboxPost): Promise<'new' | 'duplicate'>;
  /** Takes posts that are not sent under a lease, by priority, then age. Keys narrow it to those rows. */
  claimPosts(
    lease: Lease,
    keys?: readonly { readonly team: string; readonly key: string }[],
  ): Promise<readonly OutboxRow[]>;
  /** Marks that a call to Slack is about to be made, so that a crash leaves `uncertain` behind. */
  posting(team: string, key: string): Promise<void>;
  /** Marks a post as out and remembers which message it became. */
  posted(
    team: string,
    key: string,
    message: { readonly channel: string; readonly ts: string },
    binding?: Omit<Binding, 'team' | 'channel' | 'ts'>,
  ): Promise<void>;
  /** Gives a post back; `certain`: Slack certainly did not take it; `tried`: an attempt, also where none was marked. */
  postFailed(
    team: string,
    key: string,
    retry: {
      readonly at: Instant;
      readonly why: string;
      readonly certain: boolean;
      readonly tried?: boolean;
    },
  ): Promise<void>;
  /** Ends a post that can never be sent. */
  postRefused(team: string, key: string, why: string): Promise<void>;
  /** The state of a post; undefined where there is none of that key. */
  post(
    team: string,
    key: string,
  ): Promise<
    | (OutboxRow & {
        readonly state: 'waiting' | 'posted' | 'refused';
        readonly message?: { readonly channel: string; readonly ts: string };
      })
    | undefined
  >;

  bind(binding: Binding): Promise<void>;
  unbind(team: string, channel: string, ts: string): Promise<void>;
  binding(team: string, channel: string, ts: string): Promise<Binding | undefined>;
  bindings(ref: IncidentRef, kind?: string): Promise<readonly Binding[]>;

  /** Records a delivery once, across processes, and takes it for this owner. */
  receive(delivery: Delivery, lease: Omit<Lease, 'limit'>): Promise<'new' | 'duplicate'>;
  finish(team: string, key: string): Promise<void>;
  /** Deliveries whose owner died or failed: taken again under a new lease. */
  claimUnfinished(lease: Lease): Promise<readonly Unfinished[]>;
  /** Gives a delivery back that failed, for another try from then on. */
  putBack(team: string, key: string, until: Instant): Promise<void>;

  draft(team: string, key: string): Promise<Draft | undefined>;
  drafts(team: string, person: string): Promise<readonly Draft[]>;
  saveDraft(draft: Draft): Promise<void>;
  settleDraft(team: string, key: string): Promise<boolean>;

  snapshot(team: string, key: string): Promise<Uint8Array | undefined>;
  saveSnapshot(team: string, key: string, bytes: Uint8Array): Promise<void>;

  /** Small remembered values (per person, per channel), overwritten in place. */
  recall(team: string, key: string): Promise<Json | undefined>;
  remember(team: string, key: string, value: Json): Promise<void>;
  /** Sets the value only where none is younger than `age`: answers true where it was set. For "at most one per 10 minutes". */
  rememberOnce(team: string, key: string, value: Json, age: Duration): Promise<boolean>;

  /**
   * Puts entries on a shelf, each over an older one of its id; one that was forgotten is there again. What goes `beside` them onto
   * another shelf is written with them or not at all.
   */
  saveKnowledge(
    team: string,
    shelf: string,
    entries: readonly KnowledgeEntry[],
    beside?: Beside,
  ): Promise<void>;
  /** Makes a shelf hold these entries and no others; how often one helped is not forgotten. */
  replaceShelf(team: string, shelf: string, entries: Iterable<KnowledgeEntry>): Promise<void>;
  /** Everything on the shelves, oldest id first; `kind` narrows it. Never cut. */
  knowledge(team: string, shelves: readonly string[], kind?: string): Promise<readonly KnowledgeRow[]>;
  /** How many entries a shelf has of each kind. */
  countKnowledge(
    team: string,
    shelf: string,
  ): Promise<readonly { readonly kind: string; readonly entries: number }[]>;
  /**
   * What may be meant by these words, best first: entries that hold all of them, then any, then parts of them, so that a typo finds
   * something. Words of one or two letters find nothing by themselves.
   */
  searchKnowledge(
    team: string,
    shelves: readonly string[],
    words: readonly string[],
    limit: number,
  ): Promise<readonly KnowledgeRow[]>;
  /** Takes off what was counted and is written down elsewhere now; what was counted meanwhile stays. */
  takeUses(team: string, shelf: string, taken: readonly Pick<KnowledgeRow, 'id' | 'uses'>[]): Promise<void>;
  /** Counts that an entry helped on a day (`2026-11-28`); in an incident, once. */
  countUse(team: string, shelf: string, id: string, day: string, incident?: number): Promise<void>;
  /** The numbers of the incidents in which an entry helped, in order. */
  usedIn(team: string, shelf: string, id: string): Promise<readonly number[]>;
  /** Hides an entry; false where there is none, and then nothing is put `beside` it. `undo` shows it again. */
  forgetKnowledge(
    team: string,
    shelf: string,
    id: string,
    options?: { readonly undo?: boolean; readonly beside?: Beside },
  ): Promise<boolean>;

  /** Deletes finished deliveries and sent posts older than the instant; answers how many. */
  prune(before: Instant): Promise<number>;
  close(): Promise<void>;
}

/**
 * Called at every numbered crossing: before and after each commit and each call to Slack. The composition root passes a
 * function that does nothing; kill tests pass one that ends the process. `idle` says that the commit took nothing: a look at what
 * is due or waiting that found nothing.
 */
export type Crossing = (name: string, idle?: boolean) => void | Promise<void>;
