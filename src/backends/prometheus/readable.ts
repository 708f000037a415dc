/**
 * What `api prom GET` may read. Left out: `status/config` and `status/flags`, which may hold credentials, and everything under
 * `admin`. https://prometheus.io/docs/prometheus/latest/querying/api/
 */
export const PROMETHEUS_READABLE: readonly string[] = [
  '/api/v1/targets',
  '/api/v1/rules',
  '/api/v1/alerts',
  '/api/v1/alertmanagers',
  '/api/v1/metadata',
  '/api/v1/targets/metadata',
  '/api/v1/series',
  '/api/v1/labels',
  '/api/v1/label/*/values',
  '/api/v1/query',
  '/api/v1/query_range',
  '/api/v1/query_exemplars',
  '/api/v1/format_query',
  '/api/v1/scrape_pools',
  '/api/v1/status/buildinfo',
  '/api/v1/status/runtimeinfo',
  '/api/v1/status/tsdb',
];
