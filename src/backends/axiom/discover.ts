import type { Duration, Window } from '../../domain/time.ts';
import type { Names } from '../backend.ts';
import type { Part } from '../discover-parts.ts';
import { safeText } from '../safe-text.ts';
import type { AxiomClient } from './ask-axiom.ts';
import { type Catalog, catalogOf, type Dataset, datasetNames, holdsMetrics, metricName } from './catalog.ts';
import {
  datasetsAnswer,
  metricsAnswer,
  monitorsAnswer,
  savedAnswer,
  vfieldsAnswer,
  viewsAnswer,
} from './schema.ts';

/** Datasets that are asked for their virtual fields, and metrics datasets for their metrics. */
const DATASETS_ASKED = 40;
const METRICS_LISTED = 20_000;

/** The datasets, and what is known of each. */
export async function readCatalog(
  client: AxiomClient,
  signal: AbortSignal,
  limit?: Duration,
): Promise<Catalog> {
  const asked = {
    path: '/v2/datasets',
    needs: 'the capability to read datasets',
    ...(limit !== undefined && { limit }),
  };
  return catalogOf(await client.read(client.management, asked, datasetsAnswer, signal));
}

/** The metrics of one dataset over a window, with what each is. */
export async function readMetrics(
  client: AxiomClient,
  dataset: Dataset,
  window: Window,
  signal: AbortSignal,
  limit?: Duration,
) {
  const path = `/v1/query/metrics/info/datasets/${encodeURIComponent(dataset.name)}/metrics`;
  const asked = {
    path,
    params: within(window),
    needs: `query of ${dataset.name}`,
    ...(limit !== undefined && { limit }),
  };
  return await client.read(client.metricsRoute(dataset), asked, metricsAnswer, signal);
}

/** The virtual fields of one dataset: https://axiom.co/docs/query-data/virtual-fields */
export async function readVirtual(
  client: AxiomClient,
  dataset: string,
  signal: AbortSignal,
  limit?: Duration,
) {
  const asked = {
    path: '/v2/vfields',
    params: [['dataset', dataset]] as const,
    needs: `the capability to read virtual fields of ${dataset}`,
    ...(limit !== undefined && { limit }),
  };
  return await client.read(client.management, asked, vfieldsAnswer, signal);
}

/**
 * What an Axiom has. For one discovery: the datasets are read once for all lists that need them, and `found` hears of them. Each list
 * needs a capability of its own, so that one that is not granted leaves the others.
 */
export function axiomParts(
  client: AxiomClient,
  window: Window,
  found: (catalog: Catalog) => void,
): readonly Part[] {
  let once: Promise<Catalog> | undefined;
  const catalog = (signal: AbortSignal, limit: Duration) => {
    once ??= readCatalog(client, signal, limit).then((read) => {
      found(read);
      return read;
    });
    return once;
  };
  const management = client.management;
  return [
    { kind: 'datasets', read: async (signal, limit) => datasetNames(await catalog(signal, limit)) },
    {
      kind: 'views',
      async read(signal, limit) {
        const asked = { path: '/v2/views', needs: 'the capability to read views', limit };
        const views = await client.read(management, asked, viewsAnswer, signal);
        return { names: views.map((one) => one.name).sort() };
      },
    },
    {
      kind: 'metrics',
      async read(signal, limit): Promise<Omit<Names, 'kind'>> {
        const asked = [...(await catalog(signal, limit)).values()].filter(holdsMetrics);
        const lists = await Promise.all(
          asked.slice(0, DATASETS_ASKED).map(async (dataset) => {
            const metrics = await readMetrics(client, dataset, window, signal, limit);
            return Object.entries(metrics).map(([metric, { type, unit }]) => ({
              name: metricName(dataset.name, metric),
              about: safeText([type, unit].filter(Boolean).join(', '), 60),
            }));
          }),
        );
        return listOf(lists.flat(), METRICS_LISTED, asked.length > DATASETS_ASKED);
      },
    },
    {
      kind: 'virtual-fields',
      async read(signal, limit) {
        const asked = [...(await catalog(signal, limit)).values()].filter((one) => !holdsMetrics(one));
        const lists = await Promise.all(
          asked.slice(0, DATASETS_ASKED).map(({ name }) => readVirtual(client, name, signal, limit)),
        );
        const fields = lists.flat().map(({ dataset, name, expression }) => ({
          name: `${dataset}: ${name}`,
          about: safeText(expression ?? '', 80),
        }));
        return listOf(fields, METRICS_LISTED, asked.length > DATASETS_ASKED);
      },
    },
    {
      kind: 'saved-queries',
      async read(signal, limit) {
        const asked = {
          path: '/v2/apl-starred-queries',
          params: [
            ['who', 'all'],
            ['limit', '1000'],
          ] as const,
          needs: 'the capability to read starred queries',
          limit,
        };
        const saved = await client.read(management, asked, savedAnswer, signal);
        const named = saved.map(({ name, query }) => ({ name, about: safeText(query?.apl ?? '', 80) }));
        return listOf(named, 1_000, saved.length >= 1_000);
      },
    },
    {
      kind: 'monitors',
      async read(signal, limit) {
        const asked = { path: '/v2/monitors', needs: 'the capability to read monitors', limit };
        const monitors = await client.read(management, asked, monitorsAnswer, signal);
        return listOf(
          monitors.map(({ name, type, disabled }) => ({
            name,
            about: [safeText(type ?? '', 40), disabled ? 'disabled' : ''].filter(Boolean).join(', '),
          })),
          10_000,
          false,
        );
      },
    },
  ];
}

/** RFC 3339, as everything in Axiom takes times. */
export function within(window: Window): readonly (readonly [string, string])[] {
  return [
    ['start', new Date(window.from).toISOString()],
    ['end', new Date(window.to).toISOString()],
  ];
}

function listOf(
  all: readonly { readonly name: string; readonly about: string }[],
  most: number,
  more: boolean,
): Omit<Names, 'kind'> {
  const listed = all.toSorted((a, b) => (a.name < b.name ? -1 : 1)).slice(0, most);
  const about = Object.fromEntries(
    listed.filter((one) => one.about !== '').map((one) => [one.name, one.about]),
  );
  return {
    names: listed.map((one) => one.name),
    ...((more || all.length > most) && { truncated: true }),
    ...(Object.keys(about).length > 0 && { about }),
  };
}
