import {
  dropLabels,
  dropName,
  type Labels,
  labelKey,
  labelOf,
  labelsOf,
  NAME,
  withLabel,
} from '../labels.ts';
import { type Expression, unwrapParens } from './expression.ts';
import { readNumber } from './literals.ts';
import { type Bucket, bucketQuantile, nanFirst } from './quantile.ts';
import { QueryError } from './query-error.ts';
import { compileRe2 } from './re2.ts';
import type { Sample } from './series.ts';

/** The scalar and string arguments at one step, in their order. */
export interface Arguments {
  readonly scalars: readonly number[];
  readonly strings: readonly string[];
  /** The vector argument as written, for `absent`. */
  readonly vector: Expression | undefined;
}

export type InstantFunction = (vector: readonly Sample[], args: Arguments) => readonly Sample[];

/** Every function from an instant vector to an instant vector that the sandbox evaluates. */
export const INSTANT_FUNCTIONS: Readonly<Record<string, InstantFunction>> = {
  abs: each(Math.abs),
  ceil: each(Math.ceil),
  floor: each(Math.floor),
  round: each((value, [nearest = 1]) => Math.floor(value * (1 / nearest) + 0.5) / (1 / nearest)),
  clamp: (vector, args) => {
    const [least = Number.NaN, most = Number.NaN] = args.scalars;
    return most < least ? [] : each((value) => highest(least, lowest(most, value)))(vector, args);
  },
  clamp_min: each((value, [least = Number.NaN]) => highest(least, value)),
  clamp_max: each((value, [most = Number.NaN]) => lowest(most, value)),
  sort: (vector) => [...vector].sort(nanLast((a, b) => a - b)),
  sort_desc: (vector) => [...vector].sort(nanLast((a, b) => b - a)),
  absent: (vector, { vector: written }) =>
    vector.length > 0 ? [] : [{ labels: labelsOfAbsent(written), value: 1 }],
  histogram_quantile: histogramQuantile,
  label_replace: labelReplace,
};

/** Go's extremes: an infinity wins over NaN. */
function lowest(a: number, b: number): number {
  return [a, b].includes(Number.NEGATIVE_INFINITY) ? Number.NEGATIVE_INFINITY : Math.min(a, b);
}

function highest(a: number, b: number): number {
  return [a, b].includes(Number.POSITIVE_INFINITY) ? Number.POSITIVE_INFINITY : Math.max(a, b);
}

function each(change: (value: number, scalars: readonly number[]) => number): InstantFunction {
  return (vector, { scalars }) =>
    vector.map(({ labels, value }) => ({ labels: dropName(labels), value: change(value, scalars) }));
}

function nanLast(order: (a: number, b: number) => number): (a: Sample, b: Sample) => number {
  return (a, b) =>
    Number.isNaN(a.value) || Number.isNaN(b.value) ? -nanFirst(a.value, b.value) : order(a.value, b.value);
}

/** What is missing is described by the selector's equalities, each label once. */
function labelsOfAbsent(written: Expression | undefined): Labels {
  const selector = written === undefined ? undefined : unwrapParens(written);
  if (selector?.kind !== 'vector') return [];
  const seen = new Map<string, string>();
  for (const { name, op, value } of selector.matchers)
    if (name !== NAME) seen.set(name, op === '=' && !seen.has(name) ? value : '');
  return labelsOf(Object.fromEntries(seen));
}

function histogramQuantile(vector: readonly Sample[], { scalars }: Arguments): Sample[] {
  const q = scalars[0] ?? Number.NaN;
  const histograms = new Map<string, { readonly labels: Labels; readonly buckets: Bucket[] }>();
  for (const { labels, value } of vector) {
    const upperBound = readNumber(labelOf(labels, 'le'));
    if (upperBound === undefined) continue;
    const key = labelKey(dropLabels(labels, ['le']));
    const histogram = histograms.get(key) ?? { labels: dropLabels(labels, ['le', NAME]), buckets: [] };
    histogram.buckets.push({ upperBound, count: value });
    histograms.set(key, histogram);
  }
  return [...histograms.values()].map(({ labels, buckets }) => ({
    labels,
    value: bucketQuantile(q, buckets),
  }));
}

function labelReplace(vector: readonly Sample[], { strings }: Arguments): Sample[] {
  const [target = '', replacement = '', source = '', pattern = ''] = strings;
  let regex: RegExp;
  try {
    regex = compileRe2(pattern);
  } catch {
    throw new QueryError('execution', `invalid regular expression in label_replace(): ${pattern}`);
  }
  if (!/^[a-zA-Z_][a-zA-Z0-9_]*$/.test(target))
    throw new QueryError('execution', `invalid destination label name in label_replace(): ${target}`);
  return vector.map(({ labels, value }) => {
    const match = regex.exec(labelOf(labels, source));
    return { value, labels: match === null ? labels : withLabel(labels, target, expand(replacement, match)) };
  });
}

/** Go's template: `$1`, `${1}`, `$name`, `${name}`, `$$`; an unknown group is empty. */
function expand(template: string, match: RegExpExecArray): string {
  return template.replace(/\$(?:\$|(\w+)|\{(\w+)\})/g, (whole, plain?: string, braced?: string) => {
    if (whole === '$$') return '$';
    const name = plain ?? braced ?? '';
    return /^\d+$/.test(name) ? (match[Number(name)] ?? '') : (match.groups?.[name] ?? '');
  });
}
