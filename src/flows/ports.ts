import type { KeptAnswers } from '../answers/kept-answers.ts';
import type { Backend, Discovery, Matched } from '../backends/backend.ts';
import type { Pictures } from '../charts/draw.ts';
import type { CadenceSettings } from '../domain/cadence.ts';
import type { PersonId, Severity } from '../domain/incident.ts';
import type { KnowledgeFile } from '../domain/knowledge/read-file.ts';
import type { SleepSchedule } from '../domain/knowledge/sleep-schedule.ts';
import type { NameLinks } from '../domain/name-links.ts';
import type { ServiceLevel } from '../domain/postmortem/service-level.ts';
import type { Duration, Instant, Window } from '../domain/time.ts';
import type { Repository } from '../knowledge/repository.ts';
import type { Crossing, Store } from '../storage/store.ts';
import type { SchemaMemory } from './evidence/schema-memory.ts';
import type { JudgeSeat } from './judge-seat.ts';
import type { Latest } from './latest.ts';
import type { InTurn } from './turns.ts';

/** The only clock. In the sandbox and in tests it can be moved. */
export interface Clock {
  now(): Instant;
  /** Calls back once, `ms` from now; answers how to call it off. A clock that is moved by hand waits for what the call promises. */
  after(ms: number, call: () => void | Promise<void>): () => void;
}

/** Whether a person would hear us. */
export type Reach = { readonly reachable: true } | { readonly reachable: false; readonly why: string };

/** What the place people talk in knows about them. Look-ups may fail; then a person counts as reachable and is named by id. */
export interface People {
  reach(team: string, person: PersonId, channel: string): Promise<Reach>;
  /** People in a channel, apps left out; none where that cannot be told. */
  members(team: string, channel: string): Promise<readonly PersonId[]>;
}

/** Telemetry that can be asked: names are discovered before anything is queried. `createDiscoveryCache` keeps this. */
export interface Telemetry {
  readonly backends: readonly Backend[];
  /** The last discovery of a backend, made now where there is none; throws BackendError where it failed. */
  discovery(backend: Backend, signal: AbortSignal): Promise<Discovery>;
  /** Discovers again, whatever is known. */
  rediscover(backend: Backend, signal: AbortSignal): Promise<Discovery>;
  /** Discovers again only some kinds of a backend's names. */
  retry(backend: Backend, signal: AbortSignal, only: readonly string[]): Promise<Discovery>;
  /** Which of these backends has a source, by what was discovered; nothing is asked but what was never discovered. */
  locate(
    source: string,
    among: readonly Backend[],
    signal: AbortSignal,
  ): Promise<{
    readonly backends: readonly Backend[];
    readonly nearest: readonly { readonly backend: Backend; readonly name: string }[];
    /** Of these some names could not be discovered. */
    readonly unsure: readonly Backend[];
  }>;
  /** The names nearest to a wanted one, best first. */
  nearest(wanted: string, names: readonly string[]): readonly string[];
  /** Checks a query's names over its window; an unknown one is looked for once more before it is refused. */
  match(backend: Backend, query: string, window: Window, signal: AbortSignal): Promise<Matched>;
}

/** What is known besides the timeline: files that ship with Steady, and the repositories of organisations. */
export interface KnowledgeSources {
  readonly shipped: readonly KnowledgeFile[];
  /** In the order of the configuration; *for the team* means the first where none is named. */
  readonly orgs: readonly Org[];
  /** An entry that nobody pinned and that helped nobody for so long is archived by sleep. */
  readonly staleAfter: Duration;
  /** When it sleeps by itself; never where absent. */
  readonly sleepAt?: SleepSchedule;
  /** Entries in one file above which a sleep is offered; never where absent or 0. */
  readonly sleepWhen?: number;
}

export interface Org {
  readonly name: string;
  /** Without one its knowledge is kept in the storage alone. */
  readonly repository?: Repository;
  /** The channel that hears what happens to it by itself; whoever wrote last where absent. */
  readonly channel?: string;
  /** The files that a team's shelf was made from last in this process, so that it is not made again from the same. */
  readonly indexed?: Map<string, ReadonlyMap<string, KnowledgeFile>>;
}

/** What flows work with; the composition root fills it. */
export interface World {
  readonly store: Store;
  readonly clock: Clock;
  readonly people: People;
  readonly telemetry: Telemetry;
  /** Absent where nothing is known but what people tell. */
  readonly knowledge?: KnowledgeSources;
  /** Schemas read so far, by incident and source; without it none is looked at. */
  readonly schemas?: SchemaMemory;
  /** Answers that were kept, read again off the main thread. */
  readonly answers: KeptAnswers;
  readonly pictures: Pictures;
  /** The names in people's words that lead somewhere: `[links]`, ids of a configured system. */
  readonly nameLinks?: NameLinks;
  /** Every text in a value without secrets; throws RedactionFailed where one could not be checked. For what the door cannot redact. */
  readonly redact: <T>(value: T) => T;
  readonly cadence: CadenceSettings;
  /** The channel that gets one card per incident, where there is one. */
  readonly announceChannel?: string;
  /** Severities that close without a judge (`[conclusions] skip_judge`). */
  readonly skipJudge?: readonly Severity[];
  /** What a service promises, where `[services.NAME] slo` says it. */
  readonly serviceLevel?: (service: string) => ServiceLevel | undefined;
  /** Who judges; a person of the incident where nothing else sits there. */
  readonly judge?: JudgeSeat;
  /** What this process wrote last, so that a long timeline is not read again for each event. */
  readonly latest?: Latest;
  /** Lets decisions on one incident go one after the other within this process. */
  readonly inTurn?: InTurn;
  /** Unique per process, for leases. */
  readonly owner: string;
  readonly crossing: Crossing;
  /** Told of what went wrong while nobody was asking; the log has the stack. */
  readonly fault: (error: unknown, about: string) => void;
  /** Called when posts may be waiting, so that they go out at once. */
  readonly postsWaiting: () => void;
}
