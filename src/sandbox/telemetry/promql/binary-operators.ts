import {
  dropLabels,
  dropName,
  keepLabels,
  type Labels,
  labelKey,
  labelOf,
  NAME,
  sayLabels,
  withLabel,
} from '../labels.ts';
import { COMPARISONS } from './check-types.ts';
import type { Binary, Matching } from './expression.ts';
import { QueryError } from './query-error.ts';
import { type Sample, type Series, SeriesBuilder, vectorAt } from './series.ts';

const COMPARE: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  '==': (a, b) => a === b,
  '!=': (a, b) => a !== b,
  '>': (a, b) => a > b,
  '<': (a, b) => a < b,
  '>=': (a, b) => a >= b,
  '<=': (a, b) => a <= b,
};
const COMPUTE: Readonly<Record<string, (a: number, b: number) => number>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  '%': (a, b) => a % b,
  '^': (a, b) => power(a, b),
};
const NO_MATCHING: Matching = { on: false, labels: [], many: 'one', include: [] };

/** Go's power: 1 to anything is 1, also where JavaScript says NaN. */
function power(a: number, b: number): number {
  if (a === 1 || (a === -1 && Math.abs(b) === Number.POSITIVE_INFINITY)) return 1;
  return a ** b;
}

/** Scalar with scalar; a comparison yields 0 or 1 (it always has `bool` here). */
export function scalarOperation(op: string, left: number, right: number): number {
  const compare = COMPARE[op];
  return compare === undefined ? (COMPUTE[op]?.(left, right) ?? Number.NaN) : Number(compare(left, right));
}

/** The resulting value, or undefined where a comparison filters it out. */
function operate(op: string, left: number, right: number, bool: boolean): number | undefined {
  const compare = COMPARE[op];
  if (compare === undefined) return COMPUTE[op]?.(left, right) ?? Number.NaN;
  const holds = compare(left, right);
  return bool ? Number(holds) : holds ? left : undefined;
}

/** A vector and a scalar, on either side. A comparison without `bool` keeps the vector's value. */
export function vectorWithScalar(
  node: Binary,
  series: readonly Series[],
  scalar: readonly number[],
  scalarIsLeft: boolean,
  steps: number,
): Series[] {
  const keepsName = COMPARISONS.has(node.op) && !node.bool;
  const builder = new SeriesBuilder(steps);
  for (const one of series) {
    const labels = keepsName ? one.labels : dropName(one.labels);
    for (const [step, value] of one.values.entries()) {
      if (value === undefined) continue;
      const other = scalar[step] ?? Number.NaN;
      const result = scalarIsLeft
        ? operate(node.op, other, value, node.bool)
        : operate(node.op, value, other, node.bool);
      if (result !== undefined) builder.add(step, { labels, value: keepsName ? value : result });
    }
  }
  return builder.build();
}

/** and, or, unless. */
export function setOperation(
  node: Binary,
  left: readonly Series[],
  right: readonly Series[],
  steps: number,
): Series[] {
  const signature = signatureOf(node.matching ?? NO_MATCHING);
  const builder = new SeriesBuilder(steps);
  for (let step = 0; step < steps; step++) {
    const [ours, theirs] = [vectorAt(left, step), vectorAt(right, step)];
    const there = new Set((node.op === 'or' ? ours : theirs).map((one) => signature(one.labels)));
    if (node.op === 'or') {
      for (const one of ours) builder.add(step, one);
      for (const one of theirs) if (!there.has(signature(one.labels))) builder.add(step, one);
    } else {
      const wanted = node.op === 'and';
      for (const one of ours) if (there.has(signature(one.labels)) === wanted) builder.add(step, one);
    }
  }
  return builder.build();
}

/** Vector with vector, one to one or with `group_left` / `group_right`. Many on both sides is an execution error. */
export function vectorWithVector(
  node: Binary,
  left: readonly Series[],
  right: readonly Series[],
  steps: number,
): Series[] {
  const matching = node.matching ?? NO_MATCHING;
  const swapped = matching.many === 'right';
  const [many, one] = swapped ? [right, left] : [left, right];
  const signature = signatureOf(matching);
  const builder = new SeriesBuilder(steps);
  for (let step = 0; step < steps; step++) {
    const [manySamples, oneSamples] = [vectorAt(many, step), vectorAt(one, step)];
    if (manySamples.length === 0 || oneSamples.length === 0) continue;
    const ones = indexOnes(oneSamples, matching, signature, swapped ? 'left' : 'right');
    const taken = new Map<string, Set<string>>();
    for (const sample of manySamples) {
      const group = signature(sample.labels);
      const other = ones.get(group);
      if (other === undefined) continue;
      const value = swapped
        ? operate(node.op, other.value, sample.value, node.bool)
        : operate(node.op, sample.value, other.value, node.bool);
      if (value === undefined) continue;
      const labels = resultLabels(node, matching, sample.labels, other.labels);
      refuseTwice(taken, group, labels, matching);
      builder.add(step, { labels, value });
    }
  }
  return builder.build();
}

function indexOnes(
  vector: readonly Sample[],
  matching: Matching,
  signature: (labels: Labels) => string,
  side: string,
): Map<string, Sample> {
  const ones = new Map<string, Sample>();
  for (const sample of vector) {
    const group = signature(sample.labels);
    const before = ones.get(group);
    if (before !== undefined)
      throw new QueryError(
        'execution',
        `found duplicate series for the match group ${sayLabels(matchLabels(matching, sample.labels))} on the ${side} ` +
          `hand-side of the operation: [${sayLabels(sample.labels)}, ${sayLabels(before.labels)}]` +
          ';many-to-many matching not allowed: matching labels must be unique on one side',
      );
    ones.set(group, sample);
  }
  return ones;
}

function refuseTwice(
  taken: Map<string, Set<string>>,
  group: string,
  labels: Labels,
  matching: Matching,
): void {
  const before = taken.get(group);
  if (before !== undefined && matching.many === 'one')
    throw new QueryError(
      'execution',
      'multiple matches for labels: many-to-one matching must be explicit (group_left/group_right)',
    );
  const key = labelKey(labels);
  if (before?.has(key))
    throw new QueryError(
      'execution',
      'multiple matches for labels: grouping labels must ensure unique matches',
    );
  taken.set(group, (before ?? new Set()).add(key));
}

function matchLabels(matching: Matching, labels: Labels): Labels {
  return matching.on ? keepLabels(labels, matching.labels) : dropLabels(labels, [...matching.labels, NAME]);
}

function signatureOf(matching: Matching): (labels: Labels) => string {
  const known = new Map<Labels, string>();
  return (labels) => {
    let key = known.get(labels);
    if (key === undefined) {
      key = labelKey(matchLabels(matching, labels));
      known.set(labels, key);
    }
    return key;
  };
}

function resultLabels(node: Binary, matching: Matching, many: Labels, one: Labels): Labels {
  let labels = COMPARISONS.has(node.op) && !node.bool ? many : dropName(many);
  if (matching.many === 'one')
    labels = matching.on ? keepLabels(labels, matching.labels) : dropLabels(labels, matching.labels);
  for (const name of matching.include) labels = withLabel(labels, name, labelOf(one, name));
  return labels;
}
