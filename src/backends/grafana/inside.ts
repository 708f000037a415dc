import type { Duration, Instant, Window } from '../../domain/time.ts';
import type { ApiWay, Ran } from '../api-way.ts';
import { type Discovery, type Matched, matched, type Question, type Schema } from '../backend.ts';
import type { Decoder } from '../decoder.ts';
import type { Part } from '../discover-parts.ts';
import { handCommand } from '../hand-command.ts';
import type { HttpClient } from '../http-client.ts';
import { readLogql } from '../loki/logql.ts';
import { createLokiApi } from '../loki/loki-api.ts';
import { lokiModel } from '../loki/permalink.ts';
import { createPrometheusApi } from '../prometheus/prometheus-api.ts';
import { readPromql } from '../prometheus/promql.ts';
import { safeText } from '../safe-text.ts';
import { createFramesApi } from './frames-api.ts';
import { prometheusModel } from './prometheus-model.ts';
import type { GrafanaDeployment } from './settings.ts';
import { asTyped, type DataSource, speaks, wordFor } from './sources.ts';
import { createWayThrough } from './way-through.ts';

/** What a data source can be asked, in its own language. */
export interface Inside {
  readonly source: DataSource;
  /** The lists of names inside it: `Prometheus/metrics`. Empty where nothing inside is discovered. */
  readonly kinds: readonly string[];
  parts(window: Window): readonly Part[];
  match(expression: string, discovery: Discovery): Matched;
  /** What of the Grafana's discovery is inside. */
  seen(discovery: Discovery): Discovery;
  reach(expression: string): Duration;
  run(expression: string, question: Question, signal: AbortSignal): Promise<Ran>;
  /** The query as Explore's pane for this data source writes it. */
  model(expression: string, ran: Pick<Ran, 'window' | 'step'>): Readonly<Record<string, unknown>>;
  schema?(source: string, window: Window, signal: AbortSignal): Promise<Schema>;
  /** `query` is what counts them, where a query does; else they are what the request gave. */
  values?(
    source: string,
    field: string,
    window: Window,
    signal: AbortSignal,
  ): Promise<Ran & { readonly query?: string }>;
  /** Where a path of the data source is, below Grafana's own address. */
  path(below: string): string;
}

/** The Grafana that a data source is asked through. */
export interface Around {
  readonly deployment: GrafanaDeployment;
  readonly client: HttpClient;
  /** Those that hold no secret. */
  readonly headers: Readonly<Record<string, string>>;
  readonly title: string;
  readonly section: string;
  readonly decoder: Decoder;
  readonly now: () => Instant;
  readonly timeout: Duration;
}

/** The way to what is behind a data source: its own API where Grafana lets that through, else Grafana's. */
export function createInside(source: DataSource, around: Around): Inside {
  const { deployment, client, headers } = around;
  const word = wordFor(source);
  const through = createWayThrough(client, source.uid);
  const way: ApiWay = {
    ...around,
    title: `${safeText(source.name, 80)} of ${around.title}`,
    list: `discover grafana ${word}/ env:${deployment.name}`,
    client: { request: through.request, quote: client.quote },
    byHand: (path, params) => handCommand(deployment, client.address(through.path(path)), params, headers),
  };
  const kind = speaks(source);
  if (kind === 'prometheus') {
    const list = `discover grafana ${word}/metrics env:${deployment.name}`;
    const getOnly = source.jsonData?.httpMethod?.toUpperCase() === 'GET';
    const api = createPrometheusApi({ ...way, list, getOnly });
    return {
      ...named(source, api),
      reach: (expression) => readPromql(expression)?.reach ?? 0,
      run: api.run,
      model: prometheusModel,
      schema: api.schema,
      values: api.values,
      path: through.path,
    };
  }
  if (kind === 'loki') {
    const list = `discover grafana ${word}/labels env:${deployment.name}`;
    const api = createLokiApi({ ...way, list });
    return {
      ...named(source, api),
      reach: (expression) => readLogql(expression)?.reach ?? 0,
      run: api.run,
      model: (query, { window, step }) => lokiModel({ query, window, ...(step !== undefined && { step }) }),
      schema: api.schema,
      values: api.values,
      path: through.path,
    };
  }
  const api = createFramesApi({ ...way, client }, source);
  return {
    source,
    kinds: [],
    parts: () => [],
    match: (expression) =>
      matched(expression, `what is inside ${safeText(source.name, 80)} is not discovered`),
    seen: (discovery) => ({ ...discovery, lists: [], missing: [] }),
    reach: () => 0,
    run: api.run,
    model: api.model,
    path: (below) => below,
  };
}

const NEVER: Window = { from: 0, to: 0 };

/** Lists of one data source carry its name, so that those of several can stand in one discovery. */
function named(
  source: DataSource,
  api: Pick<Inside, 'parts' | 'match'>,
): Pick<Inside, 'source' | 'kinds' | 'parts' | 'match' | 'seen'> {
  const prefix = `${wordFor(source)}/`;
  const own = <One extends { readonly kind: string }>(all: readonly One[]) =>
    all
      .filter(({ kind }) => kind.startsWith(prefix))
      .map((one) => ({ ...one, kind: one.kind.slice(prefix.length) }));
  const views = new WeakMap<Discovery, Discovery>();
  const seen = (discovery: Discovery) => {
    const view = views.get(discovery) ?? {
      ...discovery,
      lists: own(discovery.lists),
      missing: own(discovery.missing),
    };
    views.set(discovery, view);
    return view;
  };
  return {
    source,
    kinds: api.parts(NEVER).map(({ kind }) => prefix + kind),
    parts: (window) => api.parts(window).map((part) => ({ ...part, kind: prefix + part.kind })),
    seen,
    match(expression, discovery) {
      const { unchecked, hints, sources } = api.match(expression, seen(discovery));
      return matched(
        expression,
        unchecked,
        hints,
        sources?.map((one) => ({ ...one, source: `${asTyped(source)} ${one.source}` })),
      );
    },
  };
}
