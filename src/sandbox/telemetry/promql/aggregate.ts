import { dropLabels, keepLabels, type Labels, labelKey, NAME } from '../labels.ts';
import { bestSamples } from './best-samples.ts';
import type { Aggregation } from './expression.ts';
import { quantile } from './quantile.ts';
import { QueryError } from './query-error.ts';
import { type Sample, type Series, SeriesBuilder } from './series.ts';

/** Aggregates step by step. `parameter` is k or φ per step, NaN where the operator takes none. */
export function aggregate(
  node: Aggregation,
  series: readonly Series[],
  parameter: readonly number[],
  steps: number,
): Series[] {
  const groups = groupSeries(node, series);
  const builder = new SeriesBuilder(steps);
  for (let step = 0; step < steps; step++) {
    const argument = parameter[step] ?? Number.NaN;
    for (const group of inOrder(groups, step)) {
      const samples: Sample[] = [];
      for (const one of group.members) {
        const value = one.values[step];
        if (value !== undefined) samples.push({ labels: one.labels, value });
      }
      if (samples.length === 0) continue;
      if (node.op === 'topk' || node.op === 'bottomk')
        for (const sample of best(node.op, argument, samples)) builder.add(step, sample);
      else
        builder.add(step, {
          labels: group.labels,
          value: reduce(
            node.op,
            samples.map((one) => one.value),
            argument,
          ),
        });
    }
  }
  return builder.build();
}

interface Group {
  readonly labels: Labels;
  readonly members: Series[];
}

function groupSeries(node: Aggregation, series: readonly Series[]): Group[] {
  const groups = new Map<string, Group>();
  for (const one of series) {
    const labels = node.without
      ? dropLabels(one.labels, [...node.grouping, NAME])
      : keepLabels(one.labels, node.grouping);
    const key = labelKey(labels);
    const group = groups.get(key) ?? { labels, members: [] };
    group.members.push(one);
    groups.set(key, group);
  }
  return [...groups.values()];
}

/** Groups come in the order of their first sample at this step. */
function inOrder(groups: readonly Group[], step: number): readonly Group[] {
  return groups.filter((group) => group.members.some((one) => one.values[step] !== undefined));
}

function best(op: string, argument: number, samples: readonly Sample[]): readonly Sample[] {
  if (!(Math.abs(argument) < 2 ** 63))
    throw new QueryError('execution', `Scalar value ${argument} overflows int64`);
  const count = Math.trunc(argument);
  if (count < 1) return [];
  return bestSamples(samples, count, op === 'topk');
}

function reduce(op: string, values: readonly number[], argument: number): number {
  switch (op) {
    case 'sum':
      return values.reduce((total, value) => total + value, 0);
    case 'count':
      return values.length;
    case 'min':
      return values.reduce((least, value) => (least > value || Number.isNaN(least) ? value : least));
    case 'max':
      return values.reduce((most, value) => (most < value || Number.isNaN(most) ? value : most));
    case 'avg':
      return runningMean(values);
    case 'stddev':
      return deviation(values);
    case 'quantile':
      return quantile(argument, values);
    default:
      throw new QueryError('execution', `expected aggregation operator but got "${op}"`);
  }
}

function runningMean(values: readonly number[]): number {
  let mean = 0;
  for (const [index, value] of values.entries()) {
    const count = index + 1;
    const infinite = Math.abs(mean) === Number.POSITIVE_INFINITY;
    const otherInfinite = Math.abs(value) === Number.POSITIVE_INFINITY && mean > 0 !== value > 0;
    if (infinite && !Number.isNaN(value) && !otherInfinite) continue;
    mean = index === 0 ? value : mean + (value / count - mean / count);
  }
  return mean;
}

/** Welford's method, population deviation. */
function deviation(values: readonly number[]): number {
  let mean = values[0] ?? Number.NaN;
  let squares = 0;
  for (const [index, value] of values.slice(1).entries()) {
    const away = value - mean;
    mean += away / (index + 2);
    squares += away * (value - mean);
  }
  return Math.sqrt(squares / values.length);
}
