/**
 * What may be read with `api axiom GET …`: nothing that holds secrets, such as tokens and notifiers, and nobody's account.
 * https://axiom.co/docs/restapi/introduction
 */
export const READABLE: readonly string[] = [
  '/v2/datasets',
  '/v2/datasets/*',
  '/v2/datasets/*/fields',
  '/v2/datasets/*/mapfields',
  '/v2/vfields',
  '/v2/views',
  '/v2/views/*',
  '/v2/dashboards',
  '/v2/dashboards/uid/*',
  '/v2/monitors',
  '/v2/monitors/*',
  '/v2/monitors/*/history',
  '/v2/annotations',
  '/v2/annotations/*',
  '/v2/apl-starred-queries',
  '/v2/apl-starred-queries/*',
  '/v1/query/metrics/info/datasets/*/metrics',
  '/v1/query/metrics/info/datasets/*/tags',
  '/v1/query/metrics/info/datasets/*/tags/*/values',
  '/v1/query/metrics/info/datasets/*/metrics/*/tags',
  '/v1/query/metrics/info/datasets/*/metrics/*/tags/*/values',
];

/** The names of the times that a path needs, where it needs any. */
export function timesOf(path: string): readonly [from: string, to: string] | undefined {
  if (path.endsWith('/history')) return ['startTime', 'endTime'];
  return path === '/v2/annotations' || path.startsWith('/v1/query/metrics/') ? ['start', 'end'] : undefined;
}
