import { type Answer, answered, type Reproduction } from '../../domain/evidence.ts';
import { SECOND, type Window } from '../../domain/time.ts';
import type { Backend, BackendDeps, Question } from '../backend.ts';
import { discoverParts } from '../discover-parts.ts';
import type { HttpAnswer } from '../http-exchange.ts';
import { readAndKeep } from '../read-and-keep.ts';
import { readApl } from './apl/read-apl.ts';
import { createAxiomClient } from './ask-axiom.ts';
import { askVerb, type VerbAnswer } from './ask-verb.ts';
import { bareSource, type Catalog, type Dataset } from './catalog.ts';
import { collectAxiom } from './collect.ts';
import { describeSource, fieldExpression, type Rows } from './describe.ts';
import { axiomParts, readCatalog } from './discover.ts';
import { limitNote } from './limits.ts';
import { matchAxiom } from './match.ts';
import { isMpl, readMpl } from './mpl/read-mpl.ts';
import { permalink } from './permalink.ts';
import { READABLE } from './readable.ts';
import type { Route } from './routes.ts';
import type { AxiomDeployment } from './settings.ts';
import { readVerb, type Verb } from './verb.ts';

/** Operators after which a query asks for so many rows and no more. */
const LIMITING: ReadonlySet<string> = new Set(['take', 'limit', 'top', 'sample']);

/** Axiom's API: https://axiom.co/docs/restapi/introduction */
export function createAxiom(deployment: AxiomDeployment, deps: BackendDeps): Backend {
  const { now } = deps;
  const client = createAxiomClient(deployment, deps);
  const { title } = client;
  const place = { title, list: `discover axiom env:${deployment.name}` };
  let catalog: Catalog = new Map();

  /** A query in one of the two languages, at the edge that has its datasets. */
  function requestOf(query: string, asked: Window) {
    // A moment is its second: the end of a window is exclusive.
    const window = { from: asked.from, to: Math.max(asked.to, asked.from + SECOND) };
    const times = {
      startTime: new Date(window.from).toISOString(),
      endTime: new Date(window.to).toISOString(),
    };
    if (isMpl(query)) {
      const datasets = (readMpl(query) ?? []).map((one) => one.dataset);
      const route = client.metricsRoute(catalog.get(datasets[0] ?? ''));
      const params = [['format', 'metrics-v1']] as const;
      return { window, route, path: '/v1/query/_mpl', params, json: { mpl: query, ...times }, datasets };
    }
    const names = readApl(query)?.pipelines.flatMap(({ sources }) => sources.map((one) => one.name)) ?? [];
    const route = routeOf(names);
    const path = route.edge ? '/v1/query/_apl' : '/v1/datasets/_apl';
    const params = [['format', 'tabular']] as const;
    return { window, route, path, params, json: { apl: query, ...times }, datasets: names };
  }

  /** One edge answers for all its datasets; where they live on several the classic address is asked, which reaches every edge. */
  function routeOf(names: readonly string[]): Route {
    const homes = names.map((name) => catalog.get(name)).filter((one): one is Dataset => one !== undefined);
    const routes = homes.map((home) => client.queryRoute(home));
    const [first] = routes;
    if (!first) return client.queryRoute(undefined);
    return routes.every((one) => one.url === first.url) ? first : client.management;
  }

  /** One edge answers one query, so that what lives elsewhere may be missing. https://axiom.co/docs/reference/edge-deployments */
  function edgeNotes(names: readonly string[]): readonly string[] {
    const edges = new Set(names.flatMap((name) => catalog.get(name)?.edgeDeployment ?? []));
    return [
      ...(edges.size > 1
        ? ['These datasets live on several edges, and Axiom asks one: what lives on another may be missing.']
        : []),
      ...(names.some((name) => name.includes('*'))
        ? ['A pattern of datasets is looked for on the default edge only.']
        : []),
    ];
  }

  async function run(query: string, asked: Window, byHand: boolean, signal: AbortSignal) {
    const askedAt = now();
    const { route, path, params, json, window, datasets } = requestOf(query, asked);
    const needs = `query of ${datasets.slice(0, 3).join(', ') || 'the dataset'}`;
    const answer = await client.ask(route, { path, params, json, needs, byHand }, signal);
    const limited = readApl(query)?.main.stages.some(({ operator }) => LIMITING.has(operator)) ?? false;
    const pieces = (body: HttpAnswer) => client.pieces(body, isMpl(query) ? 'mpl' : 'apl', signal);
    const { found, snapshot, bytes } = await readAndKeep(answer, () =>
      collectAxiom(pieces(answer), limited, client.quote),
    );
    const request: Reproduction = {
      kind: 'request',
      method: 'POST',
      url: client.address(route, path, params),
      body: JSON.stringify(json),
    };
    const scarce = limitNote(answer.headers, now());
    const notes = [...edgeNotes(datasets), ...found.warnings, ...(scarce === undefined ? [] : [scarce])];
    return { askedAt, window, found, notes, bytes, snapshot, request };
  }

  async function ask(
    query: string,
    asked: Window,
    hints: readonly string[],
    byHand: boolean,
    signal: AbortSignal,
  ) {
    const { askedAt, window, found, notes, bytes, snapshot, request } = await run(
      query,
      asked,
      byHand,
      signal,
    );
    return answered({
      tool: 'axiom',
      deployment: deployment.name,
      source: title,
      query,
      window,
      askedAt,
      result: found.result,
      completeness: found.completeness,
      cost: { took: now() - askedAt, bytes, ...found.cost },
      warnings: [...hints, ...notes],
      reproduction: reproduction({ query, window }, request),
      snapshot,
    });
  }

  /** A link into the console names the organisation; without one the request has to do. */
  function reproduction(view: Parameters<typeof permalink>[2], request: Reproduction): Reproduction {
    const { orgId } = deployment;
    return orgId === undefined ? request : { kind: 'permalink', url: permalink(deployment, orgId, view) };
  }

  async function about<Verbal extends Verb>(
    query: string,
    verb: Verbal | string,
    window: Window,
    signal: AbortSignal,
  ): Promise<VerbAnswer> {
    return await askVerb({ client, catalog, deployment, query, now }, verb, window, signal);
  }

  const rows: Rows = async (apl, window, signal) => {
    const { result } = (await run(apl, window, true, signal)).found;
    if (result.kind !== 'rows') return [];
    return result.rows.map((row) =>
      Object.fromEntries(result.columns.map((name, index) => [name, row[index]])),
    );
  };

  async function known(signal: AbortSignal): Promise<Catalog> {
    if (catalog.size === 0) catalog = await readCatalog(client, signal);
    return catalog;
  }

  return {
    tool: 'axiom',
    deployment: deployment.name,
    title,

    discover: (window, signal, options = {}) =>
      discoverParts(
        axiomParts(client, window, (read) => {
          catalog = read;
        }),
        { ...options, now, signal },
      ),

    match: (query, discovery) => matchAxiom(query, discovery, place),

    async query({ matched, window }: Question, signal): Promise<Answer> {
      const { query, hints = [], unchecked } = matched;
      const verb = readVerb(query) ?? /^GET (\/.*)$/.exec(query)?.[1];
      if (verb !== undefined) return (await about(query, verb, window, signal)).answer;
      return await ask(query, window, hints, unchecked === undefined, signal);
    },

    async probe(signal) {
      const datasets = await readCatalog(client, signal);
      return `Axiom, with ${datasets.size.toLocaleString('en')} datasets`;
    },

    async schema(named, window, signal) {
      const at = now();
      const source = bareSource(named);
      return { at, ...(await describeSource(client, await known(signal), rows, source, window, signal)) };
    },

    async values(named, field, window, signal) {
      const source = bareSource(named);
      const metric = readVerb(`values ${source} ${field}`);
      const dataset = (await known(signal)).get(source);
      if (!dataset && metric?.verb === 'values' && catalog.has(metric.dataset))
        return (await about(`values ${source} ${field}`, metric, window, signal)).answer;
      const answer = await ask(valuesQuery(source, field, dataset), window, [], true, signal);
      const { result } = answer;
      return result.kind === 'rows'
        ? {
            ...answer,
            result: { ...result, columns: result.columns.map((_, index) => ['value', 'count'][index] ?? '') },
          }
        : answer;
    },

    async changes(window, signal) {
      const { answer, changes = [] } = await about(
        'annotations',
        { verb: 'annotations', dataset: '' },
        window,
        signal,
      );
      return { answer, found: changes };
    },

    async firing(signal) {
      const at = now();
      const asked = { verb: 'monitors', part: '' } as const;
      const { answer, firing = [] } = await about('monitors', asked, { from: at, to: at }, signal);
      return { answer, found: firing };
    },

    readable: READABLE,

    get: async (path, window, signal) => (await about(`GET ${path}`, path, window, signal)).answer,

    close: () => client.close(),
  };
}

/** The most frequent values of a field; those of a path into a map get a name of their own. */
function valuesQuery(source: string, field: string, dataset: Dataset | undefined): string {
  const name = fieldExpression(field, dataset);
  const path = name.includes('][');
  return [
    fieldExpression(source, undefined),
    ...(path ? [`extend value = tostring(${name})`] : []),
    `summarize count() by ${path ? 'value' : name}`,
    'top 50 by count_',
  ].join(' | ');
}
