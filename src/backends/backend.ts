import type { Answer } from '../domain/evidence.ts';
import type { Duration, Instant, Window } from '../domain/time.ts';
import type { Decoder } from './decoder.ts';

/**
 * The contract every backend keeps. A backend answers two questions: what is there, and what does this query return?
 * Both throw only `BackendError` (src/domain/errors.ts), whose words are safe to show.
 */
export interface Backend {
  /** Kind: `prometheus`; equals the folder or file name. */
  readonly tool: string;
  /** Name of the deployment in the configuration: `prod`. */
  readonly deployment: string;
  /** As people name both: `Prometheus prod`. */
  readonly title: string;
  /** It stands in front of other systems: what one of them is configured for as well is better asked there. */
  readonly fronts?: true;
  /**
   * The systems behind it that are asked in a language, as last discovered, the usual one first: each a backend of its own that
   * asks through `front`, which is this one or what stands in for it.
   */
  behind?(language: 'promql', front: Backend): readonly Backend[];
  /** It is one of the systems behind another: names are discovered there, and its answers are that one's. */
  readonly part?: Part;

  /** What is there, over the window; every name list is whole unless `truncated` says otherwise. */
  discover(window: Window, signal: AbortSignal, options?: DiscoverOptions): Promise<Discovery>;

  /**
   * Checks the sources that a query names against what was discovered. Throws `unknown-source` with the nearest real
   * names; what cannot be parsed passes with `unchecked`, so that a valid query is never refused by our parser.
   */
  match(query: string, discovery: Discovery): Matched;

  /**
   * Kinds of names that a query is checked against and that not every discovery lists: what is inside one source of many. They
   * are discovered before `match`. Absent where a discovery lists all.
   */
  needs?(query: string): readonly string[];

  /** How far before a window's start the query reads (ranges and offsets); discovery is widened by it. 0 where absent. */
  reach?(query: string): Duration;

  /** Runs one query over absolute times. A query can be made only from a matched source (see `match`). */
  query(question: Question, signal: AbortSignal): Promise<Answer>;

  /** One harmless request for `steady check`. Resolves with a short line ("Prometheus 2.42.0"), or throws BackendError. */
  probe(signal: AbortSignal): Promise<string>;

  /** What a source is made of: columns, labels, tags. Absent where the product has no such thing. */
  schema?(source: string, window: Window, signal: AbortSignal): Promise<Schema>;
  /** The values of one field, most frequent first where the product counts: rows `value`, `count`. */
  values?(source: string, field: string, window: Window, signal: AbortSignal): Promise<Answer>;
  /** Deploys, flags and whatever else somebody changed on purpose, oldest first. */
  changes?(window: Window, signal: AbortSignal): Promise<Found<Change>>;
  /** What alerts now, whatever the product calls it. */
  firing?(signal: AbortSignal): Promise<Found<Firing>>;
  /** Dashboards whose title or tags have the words, each linked over the window; the best first, 20 at most. */
  dashboards?(words: string, window: Window, signal: AbortSignal): Promise<readonly Dashboard[]>;
  /** What `get` may read: path patterns, `*` for one segment. Absent together with `get`. */
  readonly readable?: readonly string[];
  /** A read-only request that no command covers; one outside `readable` is refused before anything is sent. */
  get?(path: string, window: Window, signal: AbortSignal): Promise<Answer>;

  /** Gives connections back; questions under way fail. */
  close?(): Promise<void>;
}

export interface Part {
  readonly of: Backend;
  /** As a question to the whole begins with it: `"My metrics"`. */
  readonly word: string;
  /** The whole's own users are led to it first. */
  readonly usual: boolean;
  /** The command that lists its metrics. */
  readonly list: string;
  /** What of the whole's discovery is inside it, as a discovery of it alone. */
  seen(discovery: Discovery): Discovery;
}

/** What an adapter needs from outside. */
export interface BackendDeps {
  readonly now: () => Instant;
  readonly decoder: Decoder;
  /** Pause before the one retry of a request; default 250 ms. */
  readonly retryAfter?: Duration;
}

export interface DiscoverOptions {
  /** Limit for each part on its own; a part that takes longer is `missing`. Default 10 s. */
  readonly timeout?: Duration;
  /** Only these kinds of names (`metrics`), to try again what was missing. Default: all. */
  readonly only?: readonly string[];
}

/** One list of names that exist: metrics, jobs, labels, datasets … */
export interface Names {
  /** Plural, as people say it: `metrics`. */
  readonly kind: string;
  readonly names: readonly string[];
  /** True where the server or a limit cut the list. */
  readonly truncated?: boolean;
  /** A few words about single names, safe to show: `otel:logs:v1, kept 30 d`. */
  readonly about?: Readonly<Record<string, string>>;
}

/** What a source is made of, as read over one window. */
export interface Schema {
  /** The source as a query names it: a dataset, a metric, a stream selector. */
  readonly source: string;
  readonly at: Instant;
  readonly fields: readonly Field[];
  /** True where the server or a limit cut the list. */
  readonly truncated?: boolean;
  /** How it was read, where that limits what it says: "sampled from 100 events". */
  readonly note?: string;
}

export interface Field {
  readonly name: string;
  /** As the product calls it: `integer`, `map[string]`, `label`, `counter`. */
  readonly type?: string;
  readonly unit?: string;
  readonly description?: string;
  /** Keys seen inside a map-typed field. */
  readonly keys?: readonly string[];
}

/** An answer together with what it was understood to say, for code that acts on it. */
export interface Found<One> {
  readonly answer: Answer;
  readonly found: readonly One[];
}

/** Something that somebody changed. `flag` where a tag or a type says so; what fits nothing is `other`. */
export interface Change {
  readonly at: Instant;
  /** For a change that took a while: a rollout. */
  readonly until?: Instant;
  readonly kind: 'deploy' | 'flag' | 'other';
  readonly title: string;
  readonly service?: string;
  readonly version?: string;
  readonly url?: string;
}

/** A page of graphs that somebody made. */
export interface Dashboard {
  readonly title: string;
  readonly folder?: string;
  readonly tags: readonly string[];
  /** Shows it over the window that was asked for. */
  readonly url: string;
}

/** An alert that is firing: neither pending nor silenced nor inhibited. */
export interface Firing {
  readonly name: string;
  readonly since?: Instant;
  readonly labels: Readonly<Record<string, string>>;
  readonly summary?: string;
  readonly url?: string;
}

/** A part that could not be read. */
export interface Missing {
  readonly kind: string;
  readonly why: string;
  /** What somebody can do about it besides trying again. */
  readonly nextStep?: string;
  /** Reads it by hand, for somebody who has the access. */
  readonly command?: string;
}

export interface Discovery {
  readonly at: Instant;
  readonly took: Duration;
  readonly lists: readonly Names[];
  /** Parts that could not be read, with the reason in words safe to show. */
  readonly missing: readonly Missing[];
}

declare const matchedBrand: unique symbol;

/**
 * A query whose named sources were found in a discovery, or that could not be checked (then `unchecked` says why, and the
 * card shows it). `matched`, called by a backend's `match`, alone makes one, so a query against unknown names cannot be sent by mistake.
 */
export interface Matched {
  readonly [matchedBrand]: true;
  readonly query: string;
  readonly unchecked?: string;
  /** Things worth pointing at that refuse nothing: a label value that does not exist, with the nearest real ones. */
  readonly hints?: readonly string[];
  /** The query with every hint followed, to be asked by one click; absent where none can be followed by rewriting. */
  readonly corrected?: string;
  /** The sources that the query reads, as `schema` takes them, with the fields that it names of each. */
  readonly sources?: readonly NamedSource[];
}

export interface NamedSource {
  readonly source: string;
  readonly fields: readonly string[];
}

/** For `Backend.match` only. */
export function matched(
  query: string,
  unchecked?: string,
  hints: readonly string[] = [],
  sources: readonly NamedSource[] = [],
  corrected?: string,
): Matched {
  return {
    query,
    ...(unchecked !== undefined && { unchecked }),
    ...(hints.length > 0 && { hints }),
    ...(sources.length > 0 && { sources }),
    ...(corrected !== undefined && { corrected }),
  } as Matched;
}

export interface Question {
  readonly matched: Matched;
  readonly window: Window;
  /** Resolution; chosen by the backend where absent, and widened where the server's limit demands it (and said so). */
  readonly step?: Duration;
}
