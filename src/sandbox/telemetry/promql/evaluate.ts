import { type Duration, type Instant, MINUTE } from '../../../domain/time.ts';
import { dropName, type Labels } from '../labels.ts';
import type { SampleStore, StoredSeries } from '../sample-store.ts';
import { aggregate } from './aggregate.ts';
import { scalarOperation, setOperation, vectorWithScalar, vectorWithVector } from './binary-operators.ts';
import { Budget, type Limits } from './budget.ts';
import { SET_OPERATORS, typeOf } from './check-types.ts';
import {
  type Binary,
  type Call,
  type Expression,
  type MatrixSelector,
  type Pin,
  type Subquery,
  unwrapParens,
  type VectorSelector,
} from './expression.ts';
import { INSTANT_FUNCTIONS } from './instant-functions.ts';
import { QueryError } from './query-error.ts';
import { RANGE_FUNCTIONS } from './range-functions.ts';
import { relabel, type Sample, type Series, SeriesBuilder, type Value, vectorAt } from './series.ts';

/** A sample this old still counts as the current value. Prometheus' default. */
export const LOOKBACK: Duration = 5 * MINUTE;
/** The step of a subquery that names none: the default evaluation interval. */
export const DEFAULT_SUBQUERY_STEP: Duration = MINUTE;

/** The steps of an evaluation, both ends included; an instant is one step. */
export interface Steps {
  readonly start: Instant;
  readonly end: Instant;
  /** Milliseconds, above 0. */
  readonly step: Duration;
}

/** Samples of a range vector at one instant. */
export interface RawSeries {
  readonly labels: Labels;
  readonly points: readonly (readonly [Instant, number])[];
}

/** Evaluates a checked expression over steps. Throws QueryError (`execution`, `timeout`). */
export function evaluate(expression: Expression, store: SampleStore, steps: Steps, limits: Limits): Value {
  return new Evaluation(store, steps, { query: steps, budget: new Budget(limits) }).value(expression);
}

/** Evaluates a range vector at one instant: the samples themselves. */
export function evaluateRange(
  expression: Expression,
  store: SampleStore,
  at: Instant,
  limits: Limits,
): RawSeries[] {
  const steps = { start: at, end: at, step: 1 };
  const range = unwrapParens(expression);
  if (range.kind !== 'matrix' && range.kind !== 'subquery')
    throw new QueryError('execution', 'not a range vector');
  return new Evaluation(store, steps, { query: steps, budget: new Budget(limits) }).raw(range);
}

interface Shared {
  /** The whole query's steps: what `start()` and `end()` mean. */
  readonly query: Steps;
  readonly budget: Budget;
}

class Evaluation {
  readonly #store: SampleStore;
  readonly #steps: Steps;
  readonly #shared: Shared;
  readonly #count: number;

  constructor(store: SampleStore, steps: Steps, shared: Shared) {
    this.#store = store;
    this.#steps = steps;
    this.#shared = shared;
    this.#count = Math.max(0, Math.floor((steps.end - steps.start) / steps.step) + 1);
    shared.budget.use(this.#count);
  }

  value(node: Expression): Value {
    this.#shared.budget.check();
    switch (node.kind) {
      case 'number':
        return this.#scalar(() => node.value);
      case 'string':
        return { kind: 'string', value: node.value };
      case 'paren':
        return this.value(node.inner);
      case 'negation':
        return this.#negate(this.value(node.inner), node.negative);
      case 'vector':
        return this.#vector(this.#select(node));
      case 'aggregation': {
        const parameter = node.parameter === undefined ? [] : this.#scalars(node.parameter);
        return this.#vector(aggregate(node, this.#series(node.inner), parameter, this.#count));
      }
      case 'call':
        return this.#call(node);
      case 'binary':
        return this.#binary(node);
      default:
        throw new QueryError('execution', 'cannot do range evaluation of a range vector');
    }
  }

  raw(node: MatrixSelector | Subquery): RawSeries[] {
    const at = this.#reference(node.kind === 'matrix' ? node.vector : node, 0);
    return this.#ranges(node)
      .map(({ labels, times, values }) => ({
        labels,
        points: times
          .map((time, index) => [time, values[index] ?? Number.NaN] as const)
          .filter(([time]) => time >= at - node.range && time <= at),
      }))
      .filter(({ points }) => points.length > 0);
  }

  #vector(series: readonly Series[]): Value {
    this.#shared.budget.use(series.length * this.#count);
    return { kind: 'vector', series };
  }

  #scalar(at: (step: number) => number): Value {
    return { kind: 'scalar', values: Array.from({ length: this.#count }, (_, step) => at(step)) };
  }

  #series(node: Expression): readonly Series[] {
    const value = this.value(node);
    return value.kind === 'vector' ? value.series : [];
  }

  #scalars(node: Expression): readonly number[] {
    const value = this.value(node);
    return value.kind === 'scalar' ? value.values : [];
  }

  #time(step: number): Instant {
    return this.#steps.start + step * this.#steps.step;
  }

  /** The instant a selector looks back from at a step, after `@` and `offset`. */
  #reference(selector: { readonly offset: Duration; readonly pin?: Pin }, step: number): Instant {
    return (selector.pin === undefined ? this.#time(step) : this.#pinned(selector.pin)) - selector.offset;
  }

  #pinned(pin: Pin): Instant {
    return pin.kind === 'fixed' ? pin.at : this.#shared.query[pin.kind];
  }

  #read(node: VectorSelector, from: Instant, to: Instant): readonly StoredSeries[] {
    return this.#store.select(node.matchers, from, to, (samples) => this.#shared.budget.use(samples));
  }

  #select(node: VectorSelector): Series[] {
    const [first, last] = [this.#reference(node, 0), this.#reference(node, this.#count - 1)];
    const found: Series[] = [];
    for (const stored of this.#read(node, first - LOOKBACK, last)) {
      const values = new Array<number | undefined>(this.#count).fill(undefined);
      let index = -1;
      for (let step = 0; step < this.#count; step++) {
        const at = this.#reference(node, step);
        while ((stored.times[index + 1] ?? Number.POSITIVE_INFINITY) <= at) index++;
        const sampledAt = stored.times[index];
        const stale = stored.staleAt !== undefined && stored.staleAt <= at;
        if (sampledAt !== undefined && sampledAt >= at - LOOKBACK && !stale)
          values[step] = stored.values[index];
      }
      if (values.some((value) => value !== undefined)) found.push({ labels: stored.labels, values });
    }
    return found;
  }

  /** All samples that the range vector needs over all steps. */
  #ranges(node: MatrixSelector | Subquery): readonly StoredSeries[] {
    const selector = node.kind === 'matrix' ? node.vector : node;
    const from = this.#reference(selector, 0) - node.range;
    const to = this.#reference(selector, this.#count - 1);
    return node.kind === 'matrix' ? this.#read(node.vector, from, to) : this.#inner(node, from, to);
  }

  /** A subquery's own evaluation; its steps are multiples of its interval since the epoch. */
  #inner(node: Subquery, from: Instant, to: Instant): StoredSeries[] {
    const step = node.step ?? DEFAULT_SUBQUERY_STEP;
    const steps = { start: Math.ceil(from / step) * step, end: to, step };
    if (steps.start > to) return [];
    const inner = new Evaluation(this.#store, steps, this.#shared);
    return inner.#series(node.inner).map(({ labels, values }) => {
      const kept = values.flatMap((value, index) =>
        value === undefined ? [] : [[inner.#time(index), value] as const],
      );
      return { labels, times: kept.map(([time]) => time), values: kept.map(([, value]) => value) };
    });
  }

  #negate(value: Value, negative: boolean): Value {
    if (!negative || value.kind === 'string') return value;
    if (value.kind === 'scalar') return { kind: 'scalar', values: value.values.map((one) => -one) };
    const negated = value.series.map(({ labels, values }) => ({
      labels,
      values: values.map((one) => (one === undefined ? undefined : -one)),
    }));
    return this.#vector(relabel(negated, dropName));
  }

  #call(node: Call): Value {
    const [first] = node.args;
    if (node.name === 'time') return this.#scalar((step) => this.#time(step) / 1000);
    if (node.name === 'vector' && first !== undefined)
      return this.#vector([{ labels: [], values: this.#scalars(first) }]);
    if (node.name === 'scalar' && first !== undefined) {
      const series = this.#series(first);
      return this.#scalar((step) => {
        const [only, second] = vectorAt(series, step);
        return only === undefined || second !== undefined ? Number.NaN : only.value;
      });
    }
    return this.#vector(
      RANGE_FUNCTIONS[node.name] === undefined ? this.#overInstants(node) : this.#overRanges(node),
    );
  }

  #overRanges(node: Call): Series[] {
    const compute = RANGE_FUNCTIONS[node.name];
    const range = node.args.map(unwrapParens).find((one) => one.kind === 'matrix' || one.kind === 'subquery');
    const scalar = node.args.find((one) => typeOf(one) === 'scalar');
    if (compute === undefined || range === undefined)
      throw new QueryError('execution', `cannot call ${node.name}`);
    const parameter = scalar === undefined ? [] : this.#scalars(scalar);
    const selector = range.kind === 'matrix' ? range.vector : range;
    const found: Series[] = [];
    for (const { labels, times, values } of this.#ranges(range)) {
      const results = new Array<number | undefined>(this.#count).fill(undefined);
      let [low, high] = [0, 0];
      for (let step = 0; step < this.#count; step++) {
        const to = this.#reference(selector, step);
        const from = to - range.range;
        while ((times[high] ?? Number.POSITIVE_INFINITY) <= to) high++;
        while ((times[low] ?? Number.POSITIVE_INFINITY) < from) low++;
        if (low >= high) continue;
        this.#shared.budget.work(high - low);
        const window = { times: times.slice(low, high), values: values.slice(low, high), from, to };
        results[step] = compute(window, parameter[step] ?? Number.NaN);
      }
      if (results.some((value) => value !== undefined)) found.push({ labels, values: results });
    }
    return node.name === 'last_over_time' ? found : relabel(found, dropName);
  }

  #overInstants(node: Call): Series[] {
    const compute = INSTANT_FUNCTIONS[node.name];
    if (compute === undefined) throw new QueryError('execution', `cannot call ${node.name}`);
    const vector = node.args.find((one) => typeOf(one) === 'instant vector');
    const series = vector === undefined ? [] : this.#series(vector);
    const scalars = node.args.filter((one) => typeOf(one) === 'scalar').map((one) => this.#scalars(one));
    const strings = node.args.map(unwrapParens).flatMap((one) => (one.kind === 'string' ? [one.value] : []));
    const builder = new SeriesBuilder(this.#count);
    for (let step = 0; step < this.#count; step++) {
      const at = { scalars: scalars.map((one) => one[step] ?? Number.NaN), strings, vector };
      for (const sample of compute(vectorAt(series, step), at)) builder.add(step, sample);
    }
    return builder.build();
  }

  #binary(node: Binary): Value {
    const [left, right] = [this.value(node.left), this.value(node.right)];
    if (left.kind === 'scalar' && right.kind === 'scalar')
      return this.#scalar((step) =>
        scalarOperation(node.op, left.values[step] ?? Number.NaN, right.values[step] ?? Number.NaN),
      );
    if (left.kind === 'vector' && right.kind === 'scalar')
      return this.#vector(vectorWithScalar(node, left.series, right.values, false, this.#count));
    if (left.kind === 'scalar' && right.kind === 'vector')
      return this.#vector(vectorWithScalar(node, right.series, left.values, true, this.#count));
    if (left.kind !== 'vector' || right.kind !== 'vector')
      throw new QueryError(
        'execution',
        'binary expression must contain only scalar and instant vector types',
      );
    const combine = SET_OPERATORS.has(node.op) ? setOperation : vectorWithVector;
    return this.#vector(combine(node, left.series, right.series, this.#count));
  }
}

/** The instant vector of a one-step evaluation, in its order. */
export function instantVector(value: Value): Sample[] {
  return value.kind === 'vector' ? vectorAt(value.series, 0) : [];
}
