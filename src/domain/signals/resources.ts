/** A kind of resource: the words that name it in metrics, and how a person calls it. */
export interface Resource {
  readonly says: string;
  /** Words a person may ask for it by, besides `says`. */
  readonly also: readonly string[];
  /** Tested against metric names. */
  readonly named: RegExp;
}

/** What services run out of, as far as conventions name it; anything else is found by the word itself. */
export const RESOURCES: readonly Resource[] = [
  { says: 'memory', also: ['mem', 'ram', 'heap'], named: /(?:^|_)(?:memory|mem|rss|heap)(?:_|$)/ },
  { says: 'CPU', also: ['cpu', 'cores', 'processor'], named: /(?:^|_)cpu(?:_|$)/ },
  {
    says: 'database pool',
    also: ['pool', 'db pool', 'connections', 'db connections'],
    named:
      /(?:^|_)(?:db|sql|database|hikaricp|pgbouncer|pool)(?:_\w+)?_(?:pool|connections?|conns?)(?:_|$)|(?:^|_)(?:connection_pool|db_pool|go_sql)(?:_|$)|^hikaricp_connections/,
  },
  {
    says: 'threads',
    also: ['workers', 'thread pool', 'executor'],
    named: /(?:^|_)(?:threads?|workers?|executor|goroutines)(?:_|$)/,
  },
  {
    says: 'queue',
    also: ['queues', 'backlog', 'lag'],
    named: /(?:^|_)(?:queue|queued|backlog|lag|in_?flight)(?:_|$)/,
  },
  { says: 'file descriptors', also: ['fds', 'files'], named: /(?:^|_)(?:open_)?fds(?:_|$)/ },
  {
    says: 'disk',
    also: ['filesystem', 'volume', 'disks'],
    named: /(?:^|_)(?:disk|filesystem|volume)(?:_|$)/,
  },
  { says: 'network', also: ['net', 'nic'], named: /(?:^|_)network(?:_|$)/ },
];

/** The resource that a metric is about, as a person says it; undefined where no convention names it. */
export function resourceOf(metric: string): string | undefined {
  return RESOURCES.find(({ named }) => named.test(metric))?.says;
}

/** The metrics that a person's word is about: by the conventions of the resource it names, else by the word itself. */
export function metricsOf(word: string, names: readonly string[]): readonly string[] {
  const typed = word.toLowerCase().trim();
  const parts = typed.split(/[\s_-]+/).filter(Boolean);
  if (parts.length === 0) return [];
  const literal = names.filter((name) => `_${name.toLowerCase()}_`.includes(`_${parts.join('_')}_`));
  const known = RESOURCES.find(
    ({ says, also }) => says.toLowerCase() === typed || also.includes(parts.join(' ')),
  );
  const found = known ? names.filter((name) => known.named.test(name)) : [];
  return [...new Set([...literal, ...found])];
}
