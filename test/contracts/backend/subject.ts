import type { Connection } from '../../../src/backends/connection.ts';
import type { BackendSettings } from '../../../src/backends/registry.ts';
import type { Window } from '../../../src/domain/time.ts';
import type { Received, Reply } from '../../backends/fake-server.ts';

/** What the suite must know of a backend to play its server. */
export interface BackendSubject {
  readonly tool: string;
  settings(deployment: Connection & { readonly name: string; readonly linkUrl?: string }): BackendSettings;
  /** True for the requests that run a query; all others belong to discovery and probing. */
  isQuery(received: Received): boolean;
  /** What a healthy server answers to those others. */
  discovery(received: Received): Reply;
  /** A legal query whose names `discovery` knows, and one with a name that it lacks, beside the nearest that it has. */
  readonly query: string;
  readonly unknown: { readonly query: string; readonly nearest: string };
  /** Bodies of whole answers with status 200. `hostile` holds this text wherever a server chooses text. */
  readonly answers: {
    readonly good: string;
    readonly empty: string;
    /** Absent where the product's answers have no word for it. */
    readonly partial?: string;
    readonly huge: (bytes: number) => string;
    hostile(text: string): string;
  };
  /** What it says beside the good answer; nothing where absent. */
  readonly notes?: readonly string[];
  /** The documented error body, and the status and position of a query that does not parse. */
  error(text: string): string;
  readonly badQuery: {
    readonly status: number;
    readonly body: string;
    readonly line: number;
    readonly column: number;
  };
  parseLink(link: string): { readonly query: string; readonly window?: Window } | undefined;
  /** It knows only what is so at the moment of asking, so answers cover that moment and links have no times. */
  readonly momentary?: true;
  /** What it can beyond asking; what its healthy server knows of each. */
  readonly abilities?: Abilities;
  /** Says what the official specification has against a request; undefined where nothing or no specification is at hand. */
  violation?(received: Received): Promise<string | undefined>;
}

/** Each answered by `discovery` (or by `answers.good`, where `isQuery` says so); one that is absent is an ability it lacks. */
export interface Abilities {
  readonly schema?: { readonly source: string; readonly field: string };
  readonly values?: { readonly source: string; readonly field: string; readonly value: unknown };
  /** Names of what fires, in order. */
  readonly firing?: { readonly names: readonly string[] };
  /** Titles in order, oldest first. */
  readonly changes?: { readonly titles: readonly string[] };
  /** One path of the allow-list. */
  readonly get?: { readonly path: string };
}
