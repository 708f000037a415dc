import type { Duration, Instant, Window } from './time.ts';

/** How to get the same answer again: a link where there is one, else the exact request, else the message it was supplied in. */
export type Reproduction =
  | { readonly kind: 'permalink'; readonly url: string }
  | {
      readonly kind: 'request';
      readonly method: 'GET' | 'POST';
      readonly url: string;
      readonly body?: string;
    }
  | { readonly kind: 'supplied'; readonly permalink: string; readonly by: string };

/** One value at one time. `value` may be NaN or ±Infinity: they are legal answers. */
export interface Sample {
  readonly at: Instant;
  readonly value: number;
}

/** A labelled run of samples, oldest first. */
export interface Series {
  readonly labels: Readonly<Record<string, string>>;
  readonly samples: readonly Sample[];
}

/** What a backend returned, in the few shapes that cards can show. */
export type Result =
  | { readonly kind: 'series'; readonly series: readonly Series[]; readonly unit?: string }
  | {
      readonly kind: 'rows';
      readonly columns: readonly string[];
      readonly rows: readonly (readonly unknown[])[];
    }
  | { readonly kind: 'text'; readonly text: string };

export type Completeness = { readonly kind: 'complete' } | { readonly kind: 'partial'; readonly why: string };

/** What it cost to ask. */
export interface Cost {
  readonly took: Duration;
  readonly series?: number;
  readonly samples?: number;
  readonly bytes?: number;
  /** Rows that the server looked at, and those that met the filters, where it says. */
  readonly examined?: number;
  readonly matched?: number;
}

/** A source and a field of it, as `schema` and `values` take them. */
export interface LookInto {
  readonly source: string;
  readonly field?: string;
}

/** `tool` of what a person supplied; no backend is called that. */
export const SUPPLIED = 'supplied';

/** An answer of a backend before an incident gives it a number. Only `answered` makes one. */
export interface Answer {
  /** Kind of backend: `prometheus`. */
  readonly tool: string;
  /** Name of the deployment: `prod`. */
  readonly deployment: string;
  /** As people name both: `Prometheus prod`. */
  readonly source: string;
  /** Exactly what was sent. */
  readonly query: string;
  readonly window: Window;
  readonly step?: Duration;
  readonly askedAt: Instant;
  readonly result: Result;
  readonly completeness: Completeness;
  readonly cost: Cost;
  /** Warnings of the server and notes of ours ("not checked: …"), shown as they are. */
  readonly warnings: readonly string[];
  /** Where nothing came back: what was asked, and a field that filtered it, so that both can be looked into. */
  readonly lookInto?: LookInto;
  /** A better way to ask the same, which the card offers as one click. */
  readonly corrected?: string;
  readonly reproduction: Reproduction;
  /** The answer as bytes, capped; kept so that the snapshot never changes. */
  readonly snapshot: Uint8Array;
}

declare const evidenceBrand: unique symbol;

/** An answer that belongs to an incident as E1, E2 …; `recordEvidence` alone makes one. */
export interface Evidence extends Omit<Answer, 'snapshot'> {
  readonly [evidenceBrand]: true;
  /** `E7`. */
  readonly id: string;
  readonly askedBy: string;
}

/** Refuses an answer that could not be reproduced: an address that is not http(s), an empty request or permalink. */
export function answered(answer: Answer): Answer {
  const { reproduction } = answer;
  const address = reproduction.kind === 'supplied' ? reproduction.permalink : reproduction.url;
  if (!/^https?:\/\/[^\s/]+/.test(address))
    throw new TypeError(
      'An answer needs its reproduction: a link, a request or the message it was supplied in',
    );
  if (!(answer.window.from <= answer.window.to)) throw new TypeError('An answer needs an absolute window');
  return answer;
}

/** Gives an answer its number in an incident. */
export function evidence(answer: Answer, id: string, askedBy: string): Evidence {
  const { snapshot: _kept, ...shown } = answered(answer);
  return { ...shown, id, askedBy } as Evidence;
}

/** The numbers of one series that a card shows first; undefined where no finite sample exists. */
export interface SeriesSummary {
  readonly labels: Readonly<Record<string, string>>;
  readonly count: number;
  readonly last?: Sample;
  readonly max?: Sample;
  readonly min?: Sample;
}

/** Min and max ignore NaN but not ±Inf; `last` is whatever came last, NaN included. */
export function summarize(series: Series): SeriesSummary {
  let min: Sample | undefined;
  let max: Sample | undefined;
  for (const sample of series.samples) {
    if (Number.isNaN(sample.value)) continue;
    if (min === undefined || sample.value < min.value) min = sample;
    if (max === undefined || sample.value > max.value) max = sample;
  }
  const last = series.samples.at(-1);
  return {
    labels: series.labels,
    count: series.samples.length,
    ...(last && { last }),
    ...(max && { max }),
    ...(min && { min }),
  };
}

/** Nothing came back: a finding of its own, which supports only a claim of absence. */
export function isEmpty(result: Result): boolean {
  if (result.kind === 'series') return result.series.every((one) => one.samples.length === 0);
  if (result.kind === 'rows') return result.rows.length === 0;
  return result.text.trim() === '';
}
