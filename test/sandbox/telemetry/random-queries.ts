import { chance } from '../../../src/sandbox/telemetry/noise.ts';

const SELECTORS = [
  'http_requests_total',
  'up',
  'process_resident_memory_bytes',
  'upstream_requests_total{service="checkout"}',
  'build_info',
  'db_pool_connections{state!="waiting"}',
  'http_requests_total{code=~"5..|429"}',
  'payments_rate_limit_per_second',
];
const OVER_TIME = ['rate', 'irate', 'increase', 'delta', 'avg_over_time', 'min_over_time', 'max_over_time'];
const MORE_OVER_TIME = ['sum_over_time', 'count_over_time', 'last_over_time'];
const LABELS = ['job', 'code', 'service', 'pod', 'instance', 'version', 'region'];

/**
 * Queries put together at random from the supported subset, the same for the same seed. Without topk and bottomk: which of
 * equal values they keep depends in Prometheus on the order of a Go map.
 */
export function randomQueries(seed: number, count: number): readonly string[] {
  let index = 0;
  const below = (limit: number) => Math.floor(chance(seed, index++) * limit);
  const pick = (options: readonly string[]) => options[below(options.length)] ?? '';
  const label = () => pick(LABELS);
  const length = () => pick(['1m', '90s', '5m', '37s', '10m']);
  const modifier = () =>
    pick(['', '', '', ' offset 2m', ' offset -1m', ' @ end()', ' @ 1795183200 offset 1m']);
  const selector = () => pick(SELECTORS) + modifier();

  const scalar = (depth: number): string =>
    pick([
      `${below(10)}`,
      `${below(100) / 10}`,
      `-${below(9)}`,
      'time()',
      '(1 + 2 * 2 ^ 3)',
      `scalar(${vector(depth - 1)})`,
    ]);

  const range = (depth: number): string =>
    below(3) > 0
      ? `${pick(SELECTORS)}[${length()}]${modifier()}`
      : `(${vector(depth)})[${length()}:${pick(['', '15s', '1m', '20s'])}]${pick(['', ' offset 1m'])}`;

  const matching = () => pick(['', '', ` on (${label()})`, ` ignoring (${label()}, ${label()})`]);

  const vector = (depth: number): string => {
    if (depth <= 0) return selector();
    const inner = () => vector(depth - 1);
    const makers: readonly (() => string)[] = [
      selector,
      () =>
        `${pick(['sum', 'avg', 'min', 'max', 'count', 'stddev'])} ${pick(['by', 'without'])} (${label()}, ${label()}) (${inner()})`,
      () => `quantile by (${label()}) (0.${below(10)}, ${inner()})`,
      () => `${pick([...OVER_TIME, ...MORE_OVER_TIME])}(${range(depth - 1)})`,
      () => `${pick(OVER_TIME)}(${range(depth - 1)})`,
      () => `quantile_over_time(0.${below(10)}, ${range(depth - 1)})`,
      () => `${pick(['abs', 'ceil', 'floor', 'round', 'sort', 'absent'])}(${inner()})`,
      () => `clamp_${pick(['min', 'max'])}(${inner()}, ${scalar(depth - 1)})`,
      () => `${inner()} ${pick(['+', '-', '*', '/', '%', '>', '<=', '!=', '> bool'])} ${scalar(depth - 1)}`,
      () => `${scalar(depth - 1)} ${pick(['+', '-', '*', '/', '>', '< bool'])} ${inner()}`,
      () =>
        `${inner()} ${pick(['+', '-', '/', '>', 'and', 'or', 'unless', '== bool'])}${matching()} ${inner()}`,
      () => `${inner()} * on (${label()}) group_left (${label()}) ${inner()}`,
      () => `-(${inner()})`,
      () => `label_replace(${inner()}, "job", "$1", "${label()}", "(.).*")`,
    ];
    return makers[below(makers.length)]?.() ?? '';
  };

  return Array.from({ length: count }, () => vector(1 + below(4)));
}
