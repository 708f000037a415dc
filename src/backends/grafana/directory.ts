import { BackendError } from '../../domain/errors.ts';
import type { Window } from '../../domain/time.ts';
import type { DiscoverOptions, Discovery, Missing } from '../backend.ts';
import { DISCOVERY_TIMEOUT, discoverParts, type Part } from '../discover-parts.ts';
import { safeText } from '../safe-text.ts';
import { type GrafanaQuery, readGrafanaQuery } from './grafana-query.ts';
import { type Around, createInside, type Inside } from './inside.ts';
import { MOST_DASHBOARDS, type OwnApi } from './own-api.ts';
import { asTyped, type DataSource, findSource, mayAsk, type Speaks, speaks } from './sources.ts';

/** So many data sources have their names listed by every discovery, the default first; others when they are asked. */
const ALWAYS = 5;

/** The data sources of one Grafana, and what is known to be inside them. */
export interface Directory {
  /** As last read. */
  sources(): readonly DataSource[];
  /** Reads them again. */
  refresh(signal: AbortSignal): Promise<unknown>;
  read(query: string): GrafanaQuery | undefined;
  /** What a data source can be asked; undefined where there is none of this uid or name. */
  find(word: string): Inside | undefined;
  /** The data sources that speak it, the default first. */
  speaking(what: Speaks): readonly Inside[];
  /** The lists that a query is checked against. From now on every discovery makes them. */
  needs(query: string): readonly string[];
  discover(window: Window, signal: AbortSignal, options: DiscoverOptions): Promise<Discovery>;
}

export function createDirectory(own: OwnApi, around: Around): Directory {
  const { now } = around;
  const asked = new Set<string>();
  const insides = new Map<string, { readonly of: DataSource; readonly inside: Inside }>();
  let sources: readonly DataSource[] = [];

  async function readSources(signal: AbortSignal, limit?: number): Promise<readonly DataSource[]> {
    sources = await own.sources(signal, limit);
    return sources;
  }

  function insideOf(source: DataSource): Inside {
    const known = insides.get(source.uid);
    if (known && JSON.stringify(known.of) === JSON.stringify(source)) return known.inside;
    const inside = createInside(source, around);
    insides.set(source.uid, { of: source, inside });
    return inside;
  }

  /** Those whose names a discovery lists. */
  function inView(): readonly Inside[] {
    const listing = sources.filter((one) => /^(?:prometheus|loki)$/.test(speaks(one)));
    return listing.filter(({ uid }, index) => index < ALWAYS || asked.has(uid)).map(insideOf);
  }

  const read = (query: string) =>
    readGrafanaQuery(
      query,
      sources.flatMap(({ name, uid }) => [name, uid]),
    );

  function find(word: string): Inside | undefined {
    const source = findSource(word, sources);
    return source && insideOf(source);
  }

  const kindOf = (source: DataSource) =>
    `${safeText(source.type, 60)}${mayAsk(source, around.deployment.vouchedSources ?? []) ? '' : ', not vouched for'}`;

  const first: readonly Part[] = [
    {
      kind: 'sources',
      async read(signal, limit) {
        const all = await readSources(signal, limit);
        return {
          names: all.map(asTyped),
          about: Object.fromEntries(all.map((one) => [asTyped(one), kindOf(one)])),
        };
      },
    },
    {
      kind: 'dashboards',
      async read(signal, limit) {
        const names = (await own.dashboards('', signal, limit)).map(({ title }) => title);
        return { names, ...(names.length >= MOST_DASHBOARDS && { truncated: true }) };
      },
    },
  ];

  return {
    sources: () => sources,
    refresh: (signal) => readSources(signal),
    read,
    find,
    speaking: (what) => sources.filter((one) => speaks(one) === what).map(insideOf),

    needs(query) {
      const question = read(query);
      const inside = question?.kind === 'source' ? find(question.source) : undefined;
      if (!inside) return [];
      asked.add(inside.source.uid);
      return inside.kinds;
    },

    async discover(window, signal, options) {
      const { only } = options;
      const outer = await discoverParts(first, { ...options, now, signal });
      const inner = only?.filter((kind) => first.every((part) => part.kind !== kind));
      // Only what is inside is wanted, and what there is was never read.
      if (inner?.length && sources.length === 0) {
        const why = await unreadable(readSources(signal, options.timeout ?? DISCOVERY_TIMEOUT));
        if (why) return { ...outer, missing: inner.map((kind) => ({ kind, ...why })) };
      }
      const parts = inView().flatMap((inside) => inside.parts(window));
      const found = await discoverParts(parts, { ...options, now, signal });
      return {
        at: outer.at,
        took: now() - outer.at,
        lists: [...outer.lists, ...found.lists],
        missing: [...outer.missing, ...found.missing],
      };
    },
  };
}

async function unreadable(reading: Promise<unknown>): Promise<Omit<Missing, 'kind'> | undefined> {
  try {
    await reading;
    return undefined;
  } catch (error) {
    if (!(error instanceof BackendError)) throw error;
    return { why: error.message };
  }
}
