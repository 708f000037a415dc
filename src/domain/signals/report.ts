import type { PersonId } from '../incident.ts';
import type { Window } from '../time.ts';
import type { CompareReport } from './compare.ts';
import type { Matcher, Signal, Unit, Use } from './signal.ts';
import type { SpotlightReport } from './spotlight.ts';

/** What an answer of several queries says: numbers only, each with the evidence that shows it. It is drawn when it is posted. */
export type Report = SignalsReport | SpotlightReport | CompareReport;

/** The evidence behind a number: its id in an incident, and the link that shows the same. */
export interface Cited {
  readonly id?: string;
  readonly url?: string;
}

/** One number of a signal, now and before. Undefined where there was no sample then. */
export interface Amount {
  /** What tells it from its neighbours: `p95`, `5xx`, `checkout`. */
  readonly name?: string;
  /** The resource it is about, and what of it. */
  readonly of?: string;
  readonly unit: Unit;
  /** The last value of the window. */
  readonly now?: number;
  /** The average over the time before. */
  readonly before?: number;
  readonly evidence?: Cited;
  /** What shows the number before, where that is another answer. */
  readonly beforeEvidence?: Cited;
}

/** One signal: its numbers, or what is lacking. */
export interface SignalLine {
  readonly signal: Signal | Use;
  readonly amounts: readonly Amount[];
  /** What it was read from and why; one sentence each. */
  readonly chosen: readonly Chosen[];
  /** What could not be found or asked, in words, the notation of a refusal. */
  readonly lacks?: string;
  /** Other metrics that may be meant instead. */
  readonly others: readonly string[];
}

export interface Chosen {
  readonly metric: string;
  readonly why: string;
  /** Who chose it, where it was not found by itself. */
  readonly by?: PersonId;
}

/** One of the most frequent errors. */
export interface ErrorPlace {
  readonly service: string;
  readonly endpoint?: string;
  readonly code?: string;
  readonly perSecond: number;
}

export interface SignalsReport {
  readonly kind: 'signals';
  /** What was asked for: all four, RED of a service, or USE of a resource. */
  readonly asked: 'signals' | 'red' | 'use';
  readonly subject: string;
  /** As people name what was asked: `Prometheus prod`. */
  readonly source: string;
  /** Under which labels the service was found there, the surest first. */
  readonly under: readonly Matcher[];
  readonly window: Window;
  readonly before: Window;
  /** What numbers of now and before are read from: the last value and an average, or everything in the window. */
  readonly read: 'last and average' | 'whole';
  readonly lines: readonly SignalLine[];
  readonly top?: {
    readonly places: readonly ErrorPlace[];
    readonly total: number;
    readonly evidence?: Cited;
    /** Why there are none, where it is not that there were none. */
    readonly lacks?: string;
  };
  /** The command that corrects a choice, up to the signal: `signals checkout`. */
  readonly correct?: string;
}
