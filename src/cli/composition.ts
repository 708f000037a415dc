import type { Config } from '../config/config.ts';
import type { Machine } from '../config/machine.ts';
import type { Duration, Instant } from '../domain/time.ts';

/**
 * What the command line needs from `src/main.ts`, which names every concrete thing. Loaded only by the commands that
 * run something, so that `--help` and `init` start at once.
 */
export interface Composition {
  /** Connects to Slack and serves. Prints workspace and app before it connects. Rejects with ConfigError when it must not start. */
  startSteady(config: Config, terminal: Terminal): Promise<Running>;
  /** Starts the sandbox and prints its address. Never sees a real configuration. */
  startSandbox(options: SandboxOptions, terminal: Terminal): Promise<Running>;
  /** One harmless question for each configured system: storage, Slack, each deployment this version asks. */
  probes(config: Config): readonly Probe[];
  /** Writes the whole installation to a file that does not exist yet, mode 0600. Resolves with one line for the operator. */
  backup(config: Config, file: string): Promise<string>;
  /** Writes incidents as an archive that is readable without Steady, mode 0600. Resolves with lines for the operator. */
  exportTo(config: Config, request: ExportRequest): Promise<readonly string[]>;
  /** Fills an empty installation from such a file. Resolves with one line for the operator. */
  restore(config: Config, file: string): Promise<string>;
  /** Brings an older base in, or only says what would come in. Resolves with lines for the operator. */
  importMemory(config: Config, request: ImportRequest): Promise<readonly string[]>;
}

export interface ImportRequest {
  /** Absolute: the folder of an older base, or an exported file. */
  readonly path: string;
  /** Whose files are believed. */
  readonly uid: number | undefined;
  /** Where a person's own files go: to that person, by Slack's id, or to an organisation. */
  readonly person?: string;
  readonly org?: string;
  /** The workspace, where Slack is not to be asked for it. */
  readonly team?: string;
  /** False only plans. */
  readonly apply: boolean;
}

export interface ExportRequest {
  /** Absolute; does not exist yet. */
  readonly file: string;
  /** Numbers of incidents; all that are not private where absent. */
  readonly only?: readonly number[];
  /** Private incidents that are named as such. */
  readonly private: readonly number[];
  /** With the pictures of each incident. */
  readonly pictures: boolean;
}

export interface Running {
  /** Resolves with the exit code when it ends, by `stop` or by itself (a revoked token: non-zero). */
  readonly ended: Promise<number>;
  /** Takes nothing new, finishes what is under way, closes. Safe to call twice. */
  stop(): Promise<void>;
}

export interface SandboxOptions {
  /** The page's port; a busy one picks the next. Undefined = the sandbox's own choice. */
  readonly port: number | undefined;
  /** Time stands still until the page advances it. */
  readonly clockFree: boolean;
}

export interface Probe {
  /** As people name it: `Slack`, `Prometheus prod`, `Storage`. */
  readonly subject: string;
  /** Resolves with what was learned; rejects with an error whose message is safe to show. */
  ask(signal: AbortSignal): Promise<ProbeAnswer>;
}

export interface ProbeAnswer {
  /** One short line: `Prometheus 2.42.0`, `workspace Acme (T0123), app A0456 as @steady`. */
  readonly line: string;
  /** Works, but worth knowing: one line each. */
  readonly notes?: readonly string[];
}

export interface Terminal {
  out(line: string): void;
  err(line: string): void;
}

/** Everything the command line touches besides its arguments; `run.ts` passes the real ones. */
export interface World {
  readonly machine: Machine;
  readonly terminal: Terminal;
  readonly version: string;
  readonly now: () => Instant;
  /** Aborts after that long. */
  readonly timeLimit: (after: Duration) => AbortSignal;
  readonly compose: () => Promise<Composition>;
  /** Calls back for each request to stop (SIGINT, SIGTERM, a parent that is gone); answers how to stop listening. */
  readonly onStop: (heard: (why: string) => void) => () => void;
  readonly writer: Writer;
}

export interface Writer {
  /** What is at a path, a link not followed. */
  kindOf(path: string): 'nothing' | 'file' | 'link' | 'other';
  /** Creates a file with mode 0600, its folders with 0700; throws when anything is there already, links included. */
  create(path: string, text: string): void;
}
