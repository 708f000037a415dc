import {
  type Answer,
  type Cost,
  type Evidence,
  isEmpty,
  type LookInto,
  type Reproduction,
  type Result,
  type Sample,
  type Series,
  summarize,
} from './evidence.ts';
import type { Duration, Instant, Window } from './time.ts';

/** What the timeline keeps of an evidence: enough to show and cite it. The whole answer is the snapshot beside it. */
export interface EvidenceNote {
  readonly id: string;
  readonly tool: string;
  readonly deployment: string;
  readonly source: string;
  readonly query: string;
  readonly window: Window;
  readonly step?: Duration;
  readonly askedAt: Instant;
  readonly askedBy: string;
  readonly reproduction: Reproduction;
  /** The first findings, at most `FINDINGS_KEPT`. */
  readonly findings: readonly Finding[];
  /** What is shown of an answer that has no series: its first rows, the beginning of its text. */
  readonly excerpt?: Result;
  /** How many there were in all. */
  readonly count: number;
  readonly empty: boolean;
  /** Why it is not the whole answer, where it is not. */
  readonly partial?: string;
  readonly cost: Cost;
  /** Warnings of the server and notes of ours, shown as they are. */
  readonly warnings: readonly string[];
  /** Where nothing came back: what can be looked into instead. */
  readonly lookInto?: LookInto;
  /** A better way to ask the same, offered on the card. */
  readonly corrected?: string;
  readonly unit?: string;
  /** The evidence whose query was run again here. */
  readonly again?: string;
}

/** One series, in numbers written out so that NaN and infinities survive JSON. */
export interface Finding {
  readonly labels: Readonly<Record<string, string>>;
  readonly last?: WrittenSample;
  readonly max?: WrittenSample;
  readonly min?: WrittenSample;
}

export interface WrittenSample {
  readonly at: Instant;
  /** `Number(value)` gives it back, `NaN` and `Infinity` included. */
  readonly value: string;
}

/** How many findings the timeline keeps of one evidence; the snapshot has all. */
export const FINDINGS_KEPT = 20;

/** Characters of a text answer that the timeline keeps. */
export const TEXT_KEPT = 3_000;

/** Characters of each label's name and value that the timeline keeps. */
export const LABEL_KEPT = 2_000;

/** How many a card shows at most. */
const FINDINGS_SHOWN = 8;

function largest(series: Series): number {
  const { max } = summarize(series);
  return max === undefined ? Number.NEGATIVE_INFINITY : max.value;
}

export function noteOf(evidence: Evidence): EvidenceNote {
  const { result } = evidence;
  const all = result.kind === 'series' ? result.series : [];
  // More than a card shows: then the largest come first, so that what is cut is the least.
  const series = all.length > FINDINGS_SHOWN ? all.toSorted((a, b) => largest(b) - largest(a)) : all;
  const write = (sample: Sample | undefined): WrittenSample | undefined =>
    sample && { at: sample.at, value: String(sample.value) };
  return {
    id: evidence.id,
    tool: evidence.tool,
    deployment: evidence.deployment,
    source: evidence.source,
    query: evidence.query,
    window: evidence.window,
    ...(evidence.step !== undefined && { step: evidence.step }),
    askedAt: evidence.askedAt,
    askedBy: evidence.askedBy,
    reproduction: evidence.reproduction,
    findings: series.slice(0, FINDINGS_KEPT).map((one) => {
      const { labels, last, max, min } = summarize(one);
      const [l, x, n] = [write(last), write(max), write(min)];
      return { labels: cutLabels(labels), ...(l && { last: l }), ...(x && { max: x }), ...(n && { min: n }) };
    }),
    ...(result.kind === 'rows' && { excerpt: { ...result, rows: result.rows.slice(0, FINDINGS_KEPT) } }),
    ...(result.kind === 'text' && {
      excerpt: { ...result, text: result.text.slice(0, TEXT_KEPT).toWellFormed() },
    }),
    count: result.kind === 'series' ? series.length : result.kind === 'rows' ? result.rows.length : 1,
    empty: isEmpty(result),
    ...(evidence.completeness.kind === 'partial' && { partial: evidence.completeness.why }),
    cost: evidence.cost,
    warnings: evidence.warnings,
    ...(evidence.lookInto && { lookInto: evidence.lookInto }),
    ...(evidence.corrected !== undefined && { corrected: evidence.corrected }),
    ...(result.kind === 'series' && result.unit !== undefined && { unit: result.unit }),
  };
}

/** A label may be megabytes long; the snapshot has it whole. */
function cutLabels(labels: Finding['labels']): Finding['labels'] {
  const cut = (text: string) =>
    text.length > LABEL_KEPT ? `${text.slice(0, LABEL_KEPT).toWellFormed()}…` : text;
  return Object.fromEntries(Object.entries(labels).map(([name, value]) => [cut(name), cut(value)]));
}

/** The link a claim shows behind an evidence: its permalink, else the message that supplied it; requests have none. */
export function linkOf(note: { readonly reproduction: Reproduction }): string | undefined {
  const { reproduction } = note;
  if (reproduction.kind === 'permalink') return reproduction.url;
  return reproduction.kind === 'supplied' ? reproduction.permalink : undefined;
}

/** The answer as far as the timeline keeps it: enough to draw its card again after a restart. */
export function answerOf(note: EvidenceNote): Omit<Answer, 'snapshot'> & { readonly id: string } {
  const { findings, count: _count, empty: _empty, partial, excerpt, unit, askedBy: _by, ...same } = note;
  const series = findings.map(({ labels, last, max, min }) => {
    const samples = [min, max, last]
      .filter((one) => one !== undefined)
      .map((one) => ({ at: one.at, value: Number(one.value) }));
    return { labels, samples: samples.toSorted((a, b) => a.at - b.at) };
  });
  return {
    ...same,
    result: excerpt ?? { kind: 'series', series, ...(unit !== undefined && { unit }) },
    completeness: partial === undefined ? { kind: 'complete' } : { kind: 'partial', why: partial },
  };
}
