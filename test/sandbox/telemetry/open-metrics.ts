import { labelOf, NAME } from '../../../src/sandbox/telemetry/labels.ts';
import { formatValue } from '../../../src/sandbox/telemetry/promql/format-value.ts';
import type { StoredSeries } from '../../../src/sandbox/telemetry/sample-store.ts';
import type { MetricMetadata } from '../../../src/sandbox/telemetry/scenario.ts';

/** Writes samples as `promtool tsdb create-blocks-from openmetrics` takes them: grouped by family, ending in `# EOF`. */
export function openMetrics(series: readonly StoredSeries[], metrics: readonly MetricMetadata[]): string {
  const lines: string[] = [];
  for (const { name, type, help } of metrics) {
    const family = type === 'counter' ? name.replace(/_total$/, '') : name;
    lines.push(`# HELP ${family} ${help}`, `# TYPE ${family} ${type}`);
    for (const one of series.filter(({ labels }) => isOf(labelOf(labels, NAME), name, type)))
      lines.push(...samplesOf(one));
  }
  return `${lines.join('\n')}\n# EOF\n`;
}

function isOf(name: string, family: string, type: MetricMetadata['type']): boolean {
  if (type !== 'histogram') return name === family;
  return ['_bucket', '_sum', '_count'].some((ending) => name === `${family}${ending}`);
}

function samplesOf({ labels, times, values }: StoredSeries): string[] {
  const rest = labels
    .filter(([name]) => name !== NAME)
    .map(([name, value]) => `${name}=${JSON.stringify(value)}`);
  const head = `${labelOf(labels, NAME)}{${rest.join(',')}}`;
  return times.map((time, index) => `${head} ${formatValue(values[index] ?? 0)} ${time / 1000}`);
}
