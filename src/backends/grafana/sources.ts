import type { z } from 'zod';
import type { sourcesAnswer } from './schema.ts';

export type DataSource = z.output<typeof sourcesAnswer>[number];

/** Which API a data source speaks behind Grafana's proxies; `frames` are asked through Grafana's own. */
export type Speaks = 'prometheus' | 'loki' | 'alertmanager' | 'frames';

const PROMETHEUS: ReadonlySet<string> = new Set([
  'prometheus',
  'grafana-amazonprometheus-datasource',
  'grafana-azureprometheus-datasource',
  'victoriametrics-metrics-datasource',
]);

/** Kinds whose queries can only read, by the `type` of the data source. */
const READ_ONLY: ReadonlySet<string> = new Set([
  'cloudwatch',
  'elasticsearch',
  'grafana-azure-monitor-datasource',
  'grafana-datadog-datasource',
  'grafana-dynatrace-datasource',
  'grafana-newrelic-datasource',
  'grafana-opensearch-datasource',
  'grafana-pyroscope-datasource',
  'grafana-testdata-datasource',
  'grafana-x-ray-datasource',
  'graphite',
  'jaeger',
  'opentsdb',
  'parca',
  'stackdriver',
  'tempo',
  'zipkin',
]);

export function speaks({ type }: Pick<DataSource, 'type'>): Speaks {
  if (PROMETHEUS.has(type)) return 'prometheus';
  return type === 'loki' || type === 'alertmanager' ? type : 'frames';
}

/** Whether a query may be sent: none of its kind changes anything, or the operator vouches for it by uid or name. */
export function mayAsk(source: DataSource, vouched: readonly string[]): boolean {
  if (speaks(source) !== 'frames' || READ_ONLY.has(source.type)) return true;
  return vouched.includes(source.uid) || vouched.includes(source.name);
}

/** By uid, then by name, then by name in whatever case. */
export function findSource(word: string, sources: readonly DataSource[]): DataSource | undefined {
  const lower = word.toLowerCase();
  return (
    sources.find(({ uid }) => uid === word) ??
    sources.find(({ name }) => name === word) ??
    sources.find(({ name }) => name.toLowerCase() === lower)
  );
}

/** One word for a data source: its name, or its uid where the name is several. */
export function wordFor({ name, uid }: DataSource): string {
  return /^[^\s"/]+$/.test(name) ? name : uid;
}

/** A data source as a query begins with it. */
export function asTyped(source: DataSource): string {
  return /^[^\s"]+$/.test(source.name)
    ? source.name
    : source.name.includes('"')
      ? source.uid
      : `"${source.name}"`;
}
