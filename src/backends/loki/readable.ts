/** What `api loki GET` may read; deletions and the ruler's settings are left out. https://grafana.com/docs/loki/latest/reference/loki-http-api/ */
export const LOKI_READABLE: readonly string[] = [
  '/loki/api/v1/labels',
  '/loki/api/v1/label/*/values',
  '/loki/api/v1/series',
  '/loki/api/v1/query',
  '/loki/api/v1/query_range',
  '/loki/api/v1/index/stats',
  '/loki/api/v1/index/volume',
  '/loki/api/v1/index/volume_range',
  '/loki/api/v1/patterns',
  '/loki/api/v1/detected_fields',
  '/loki/api/v1/detected_field/*/values',
  '/loki/api/v1/detected_labels',
  '/loki/api/v1/format_query',
  '/loki/api/v1/status/buildinfo',
];
