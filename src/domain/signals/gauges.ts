/** How two metrics of one resource belong together: what is used, and what there is at most. */
export interface Pair {
  readonly used: string;
  readonly limit: string;
}

/** What is used, and the endings that its limit may have in place of that. */
const USED_AND_LIMIT: readonly (readonly [used: RegExp, limits: readonly string[]])[] = [
  [/_connections_active$/, ['_connections_max']],
  [/_connections_usage$/, ['_connections_max', '_connections_limit']],
  [/_connection_count$/, ['_connection_max']],
  [/_in_use_connections$/, ['_max_open_connections']],
  [/_threads_busy_threads$/, ['_threads_config_max_threads']],
  [/_active_threads$/, ['_pool_max_threads', '_max_threads']],
  [/_memory_working_set_bytes$/, ['_spec_memory_limit_bytes']],
  [/_open_fds$/, ['_max_fds']],
  [/_memory_used_bytes$/, ['_memory_max_bytes', '_memory_limit_bytes']],
  [/_used_bytes$/, ['_max_bytes', '_limit_bytes', '_size_bytes', '_capacity_bytes', '_total_bytes']],
  [/_in_use$/, ['_max', '_size', '_capacity', '_limit']],
  [/_active$/, ['_max', '_size', '_capacity', '_limit']],
  [/_used$/, ['_max', '_size', '_capacity', '_limit', '_total']],
  [/_usage$/, ['_max', '_limit', '_capacity']],
];

/** Metrics whose limit is there as well. */
export function pairsAmong(names: readonly string[]): readonly Pair[] {
  const known = new Set(names);
  return names.flatMap((used) => {
    const ways = USED_AND_LIMIT.filter(([pattern]) => pattern.test(used));
    const limits = ways.flatMap(([pattern, endings]) =>
      endings.map((ending) => used.replace(pattern, ending)),
    );
    const limit = limits.find((one) => known.has(one));
    return limit === undefined ? [] : [{ used, limit }];
  });
}

const RATIO_ONLY = /_(?:utili[sz]ation|saturation)(?:_ratio|_percent)?$|_(?:usage|used)_(?:ratio|percent)$/;

export function isRatio(name: string): boolean {
  return RATIO_ONLY.test(name);
}

/** Something that waits because there is not enough: a gauge. */
export function isWaiting(name: string): boolean {
  return /(?:^|_)(?:queue|queued|backlog|pending|waiting|lag|pending_requests)(?:_(?:length|depth|size|messages|requests|connections|threads|count))?$/.test(
    name,
  );
}

/** Periods in which a container was held back, and all of them. https://github.com/google/cadvisor/blob/master/docs/storage/prometheus.md */
export const THROTTLED: Pair = {
  used: 'container_cpu_cfs_throttled_periods_total',
  limit: 'container_cpu_cfs_periods_total',
};

/** CPU seconds and memory without a limit: how much, but not of how much. */
export const CPU_SECONDS = /^(?:container_cpu_usage|process_cpu|process_cpu_time)_seconds_total$/;
export const MEMORY_BYTES =
  /^(?:container_memory_working_set|process_resident_memory|process_memory_usage|go_memstats_sys)_bytes$/;

/** Values of a `state` label. */
export const IN_USE = /^(?:in_?use|used|active|busy|running)$/i;
export const FREE = /^(?:idle|free|available|ready)$/i;
export const WAITING = /^(?:waiting|pending|queued|blocked)$/i;
