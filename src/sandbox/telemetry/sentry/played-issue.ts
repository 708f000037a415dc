import type { Instant } from '../../../domain/time.ts';

/** Where events of an issue come from: one pod, with a number of events as a pure function of time. */
export interface EventSource {
  /** The tags of its events, `release` and `environment` among them. */
  readonly tags: Readonly<Record<string, string>>;
  /** Events up to an instant; it never falls. */
  readonly written: (at: Instant) => number;
}

/** One exception of a chain as the wire has it. */
export interface PlayedException {
  readonly type: string;
  readonly value: string;
  /** Called first to last: what threw is at the end. */
  readonly frames: readonly PlayedFrame[];
}

export interface PlayedFrame {
  readonly function: string;
  readonly filename: string;
  readonly lineNo: number;
  readonly inApp: boolean;
  readonly code?: string;
}

/** An issue of the sandbox's Sentry. */
export interface PlayedIssue {
  readonly id: string;
  readonly shortId: string;
  readonly project: string;
  readonly culprit: string;
  readonly level: 'error' | 'warning';
  readonly status: 'unresolved' | 'ignored';
  readonly substatus: string;
  readonly priority: 'high' | 'medium' | 'low';
  /** When and in which release it was first seen; undefined = with its first event. */
  readonly since?: Instant;
  readonly firstRelease: string;
  /** Events from before there is data. */
  readonly earlier: number;
  /** What caused what: the cause first. */
  readonly exceptions: readonly [PlayedException, ...PlayedException[]];
  readonly sources: readonly EventSource[];
}

export function titleOf({ exceptions }: Pick<PlayedIssue, 'exceptions'>): string {
  const { type, value } = exceptions.at(-1) ?? exceptions[0];
  return `${type}: ${value}`;
}
