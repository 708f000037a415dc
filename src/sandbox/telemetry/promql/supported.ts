import type { ValueType } from './expression.ts';

/** What a function takes and yields. */
export interface Signature {
  readonly args: readonly ValueType[];
  /** How many of the last arguments may be left out. */
  readonly optional?: number;
  readonly returns: ValueType;
}

const V: ValueType = 'instant vector';
const R: ValueType = 'range vector';
const N: ValueType = 'scalar';
const S: ValueType = 'string';
const overRange: Signature = { args: [R], returns: V };
const overVector: Signature = { args: [V], returns: V };

/** Every function the sandbox evaluates. Semantics: https://prometheus.io/docs/prometheus/latest/querying/functions/ */
export const FUNCTIONS: ReadonlyMap<string, Signature> = new Map(
  Object.entries<Signature>({
    abs: overVector,
    absent: overVector,
    avg_over_time: overRange,
    ceil: overVector,
    clamp: { args: [V, N, N], returns: V },
    clamp_max: { args: [V, N], returns: V },
    clamp_min: { args: [V, N], returns: V },
    count_over_time: overRange,
    delta: overRange,
    floor: overVector,
    histogram_quantile: { args: [N, V], returns: V },
    increase: overRange,
    irate: overRange,
    label_replace: { args: [V, S, S, S, S], returns: V },
    last_over_time: overRange,
    max_over_time: overRange,
    min_over_time: overRange,
    quantile_over_time: { args: [N, R], returns: V },
    rate: overRange,
    round: { args: [V, N], optional: 1, returns: V },
    scalar: { args: [V], returns: N },
    sort: overVector,
    sort_desc: overVector,
    sum_over_time: overRange,
    time: { args: [], returns: N },
    vector: { args: [N], returns: V },
  }),
);

/** Every aggregation the sandbox evaluates; the value says whether it takes a parameter first. */
export const AGGREGATORS: ReadonlyMap<string, boolean> = new Map([
  ['sum', false],
  ['avg', false],
  ['min', false],
  ['max', false],
  ['count', false],
  ['stddev', false],
  ['topk', true],
  ['bottomk', true],
  ['quantile', true],
]);

/** What Prometheus has beyond that, so that a refusal can tell "not here" from "nowhere". */
export const KNOWN_ELSEWHERE: ReadonlySet<string> = new Set(
  `absent_over_time acos acosh asin asinh atan atanh changes cos cosh days_in_month day_of_month day_of_week
  day_of_year deg deriv exp first_over_time histogram_avg histogram_count histogram_fraction histogram_quantiles
  histogram_stddev histogram_stdvar histogram_sum double_exponential_smoothing holt_winters hour idelta info label_join
  ln log10 log2 mad_over_time minute month pi predict_linear present_over_time rad resets sgn sin sinh sort_by_label
  sort_by_label_desc sqrt stddev_over_time stdvar_over_time tan tanh timestamp ts_of_first_over_time
  ts_of_last_over_time ts_of_max_over_time ts_of_min_over_time year count_values group limitk limit_ratio stdvar
  start end step range start_timestamp`.split(/\s+/),
);

/** The whole subset in one sentence, for refusals. */
export const SUPPORTED = [
  `the functions ${[...FUNCTIONS.keys()].join(', ')}`,
  `the aggregations ${[...AGGREGATORS.keys()].join(', ')} with by and without`,
  'arithmetic, comparison and set operators with on, ignoring, group_left and group_right',
  'offset, @, range selectors and subqueries',
].join('; ');
