import type { z } from 'zod';
import type { Names } from '../backend.ts';
import { safeText } from '../safe-text.ts';
import type { datasetsAnswer } from './schema.ts';

export type Dataset = z.output<typeof datasetsAnswer>[number];

/** What is known of the datasets of one deployment, by name; the newest discovery replaces it. */
export type Catalog = ReadonlyMap<string, Dataset>;

export function catalogOf(datasets: readonly Dataset[]): Catalog {
  return new Map(datasets.map((one) => [one.name, one]));
}

/** Metrics are asked in MPL, everything else in APL: https://axiom.co/docs/reference/datasets */
export function holdsMetrics({ kind }: Dataset): boolean {
  return kind === 'otel:metrics:v1';
}

/** The datasets as discovery lists them, each with its kind and how long it keeps events. */
export function datasetNames(catalog: Catalog): Omit<Names, 'kind'> {
  const about = [...catalog.values()].map(({ name, kind, retentionDays }) => {
    const kept = retentionDays == null || retentionDays <= 0 ? [] : [`kept ${retentionDays} d`];
    return [name, [safeText(kind ?? '', 40), ...kept].filter(Boolean).join(', ')] as const;
  });
  return { names: [...catalog.keys()].sort(), about: Object.fromEntries(about) };
}

/** A dataset as people name it, also where they quote it as a query does. */
export function bareSource(source: string): string {
  return /^\[\s*(['"])(.*)\1\s*\]$/.exec(source.trim())?.[2] ?? source.trim();
}

/** As discovery and `schema` name a metric: `dataset:metric`. A dataset's name has no colon. */
export function metricName(dataset: string, metric: string): string {
  return `${dataset}:${metric}`;
}

export function readMetricName(
  source: string,
): { readonly dataset: string; readonly metric: string } | undefined {
  const at = source.indexOf(':');
  return at < 1 ? undefined : { dataset: source.slice(0, at), metric: source.slice(at + 1) };
}
