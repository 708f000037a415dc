import type { Received, Reply } from '../fake-server.ts';
import { specification, type Violation } from '../specification.ts';

/** The datasets of a small Axiom whose edge is the server itself. */
export const DATASETS = [
  { name: 'checkout-logs', kind: 'otel:logs:v1', retentionDays: 30, mapFields: ['attributes.custom'] },
  { name: 'traces', kind: 'otel:traces:v1', retentionDays: 7 },
  { name: 'shop-metrics', kind: 'otel:metrics:v1', retentionDays: 90 },
] as const;

const dataset = (one: (typeof DATASETS)[number], origin: string) => ({
  id: one.name,
  description: '',
  created: '2026-01-01T00:00:00Z',
  updatedAt: '2026-01-01T00:00:00Z',
  who: 'lea',
  edgeDeployment: 'cloud.eu-central-1.aws',
  edgeDeploymentUrl: origin,
  ...one,
});

/** What that Axiom answers to everything that runs no query. */
export function healthy({ path, headers }: Pick<Received, 'path' | 'headers'>): Reply {
  const origin = `http://${headers.host}`;
  switch (path) {
    case '/v2/datasets':
      return { body: DATASETS.map((one) => dataset(one, origin)) };
    case '/v2/views':
      return { body: [{ id: 'v1', name: 'failed-checkouts', aplQuery: "['checkout-logs']" }] };
    case '/v2/vfields':
      return { body: [{ id: 'f1', dataset: 'traces', name: 'slow', expression: 'duration > 1s' }] };
    case '/v2/apl-starred-queries':
      return {
        body: [{ id: 'q1', name: 'errors by route', kind: 'apl', query: { apl: "['traces'] | count" } }],
      };
    case '/v2/monitors':
      return {
        body: [{ id: 'm1', name: 'Checkout errors', type: 'Threshold', operator: 'Above', threshold: 5 }],
      };
    case '/v1/query/metrics/info/datasets/shop-metrics/metrics':
      return {
        body: {
          'http.requests': { type: 'Counter', temporality: 'Cumulative', unit: '1' },
          'queue.length': { type: 'Gauge', temporality: 'None', unit: null },
        },
      };
    case '/v2/monitors/m1/history':
      return {
        body: [{ checkId: 'c1', name: 'Checkout errors', state: 'open', timestamp: '2026-11-23T13:20:00Z' }],
      };
    case '/v2/annotations':
      return {
        body: [
          {
            id: 'ann_2',
            type: 'feature-flag',
            time: '2026-11-23T13:20:00Z',
            datasets: ['traces'],
            title: 'express on',
          },
          {
            id: 'ann_1',
            type: 'deploy',
            time: '2026-11-23T13:10:00Z',
            datasets: ['traces'],
            title: 'checkout v2.3.45',
          },
        ],
      };
    case '/v1/query/metrics/info/datasets/shop-metrics/metrics/http.requests/tags':
      return { body: ['code', 'service'] };
    case '/v1/query/metrics/info/datasets/shop-metrics/metrics/http.requests/tags/service/values':
      return { body: ['checkout', 'payments'] };
    default:
      return { status: 404, body: { code: 404, message: 'not found' } };
  }
}

/** Every request against the specification of the part of Axiom that it is sent to. */
export async function axiomViolation(): Promise<Violation> {
  const [edge, v1, v2] = await Promise.all([
    specification('axiom-edge', 'Axiom'),
    specification('axiom-v1', 'Axiom'),
    specification('axiom-v2', 'Axiom'),
  ]);
  return async (received) => {
    if (received.path.startsWith('/v2/')) return await v2(received);
    return await (received.path.startsWith('/v1/query/') ? edge : v1)(received);
  };
}

const STATUS = {
  elapsedTime: 260_650,
  blocksExamined: 4,
  cacheStatus: 1,
  isPartial: false,
  numGroups: 0,
  rowsExamined: 48_211,
  rowsMatched: 3,
  minBlockTime: '2026-11-23T13:02:00Z',
  maxBlockTime: '2026-11-23T13:32:00Z',
};

export interface TableOf {
  readonly fields: readonly {
    readonly name: string;
    readonly type: string;
    readonly agg?: { readonly name: string };
  }[];
  readonly groups?: readonly string[];
  readonly bucket?: string;
  readonly columns?: readonly (readonly unknown[])[];
}

/** A tabular answer as Axiom writes it. */
export function tabular(table: TableOf, status: object = {}, more: object = {}): object {
  return {
    format: 'tabular',
    status: { ...STATUS, ...status },
    tables: [
      {
        name: '0',
        sources: [{ name: 'checkout-logs' }],
        fields: table.fields,
        order: [],
        groups: (table.groups ?? []).map((name) => ({ name })),
        range: { field: '_time', start: '2026-11-23T13:02:00Z', end: '2026-11-23T13:32:00Z' },
        ...(table.bucket !== undefined && { buckets: { field: table.bucket, size: 60_000_000_000 } }),
        ...(table.columns && { columns: table.columns }),
      },
    ],
    datasetNames: ['checkout-logs'],
    fieldsMetaMap: {},
    ...more,
  };
}
