import { BackendError } from '../../domain/errors.ts';
import { type Answer, answered } from '../../domain/evidence.ts';
import type { Instant, Window } from '../../domain/time.ts';
import type { Change, Firing } from '../backend.ts';
import { documentText } from '../document-text.ts';
import { readAndKeep } from '../read-and-keep.ts';
import { readablePath } from '../readable-path.ts';
import { compressed } from '../snapshot.ts';
import { annotationRows, changesOf } from './annotations.ts';
import type { AxiomClient } from './ask-axiom.ts';
import type { Catalog } from './catalog.ts';
import { within } from './discover.ts';
import { keepMonitors } from './kept-monitors.ts';
import { firingOf, lookBack, monitorRows, sayMonitors, type Watched } from './monitors.ts';
import { READABLE, timesOf } from './readable.ts';
import type { Asked, Route } from './routes.ts';
import { annotationsAnswer, historyAnswer, monitorsAnswer, namesAnswer } from './schema.ts';
import type { AxiomDeployment } from './settings.ts';
import type { Verb } from './verb.ts';

export interface VerbAnswer {
  readonly answer: Answer;
  readonly changes?: readonly Change[];
  readonly firing?: readonly Firing[];
}

interface Asking {
  readonly client: AxiomClient;
  readonly catalog: Catalog;
  readonly deployment: AxiomDeployment;
  /** As the card shows it. */
  readonly query: string;
  readonly now: () => Instant;
}

/** Monitors whose history is asked; one request each. */
const MONITORS_ASKED = 100;

/** Answers what no query language covers; a text is a path to be read. */
export async function askVerb(
  asking: Asking,
  verb: Verb | string,
  window: Window,
  signal: AbortSignal,
): Promise<VerbAnswer> {
  if (typeof verb === 'string') return { answer: await readPath(asking, verb, window, signal) };
  if (verb.verb === 'monitors') return await monitors(asking, verb.part, window, signal);
  if (verb.verb === 'annotations') return await annotations(asking, verb.dataset, window, signal);
  return { answer: await tagValues(asking, verb, window, signal) };
}

/** The parts of an answer that are the same for all: whose it is, and the request that gives it again. */
function envelope({ client, deployment, query, now }: Asking, askedAt: Instant, route: Route, asked: Asked) {
  return {
    tool: 'axiom',
    deployment: deployment.name,
    source: client.title,
    query,
    askedAt,
    cost: { took: now() - askedAt },
    reproduction: {
      kind: 'request',
      method: 'GET',
      url: client.address(route, asked.path, asked.params),
    },
  } as const;
}

/** Monitors have no state of their own: each has its newest change in its history. https://axiom.co/docs/restapi/endpoints/getMonitorHistory */
async function monitors(
  asking: Asking,
  part: string,
  window: Window,
  signal: AbortSignal,
): Promise<VerbAnswer> {
  const { client, now } = asking;
  const at = now();
  const asked = { path: '/v2/monitors', needs: 'the capability to read monitors' };
  const all = await client.read(client.management, asked, monitorsAnswer, signal);
  const wanted = all.filter(({ name }) => name.toLowerCase().includes(part.toLowerCase()));
  const times = lookBack(at);
  const watched = await Promise.all(
    wanted.map(async (monitor, index): Promise<Watched> => {
      if (monitor.disabled || index >= MONITORS_ASKED) return { monitor };
      const history = await readHistory(client, monitor.id, times, signal);
      return { monitor, ...(history && { history }) };
    }),
  );
  const { said, missing } = sayMonitors(watched, at);
  const past = at - window.to > 60_000 ? ['This is so now, not at the time asked for.'] : [];
  const answer = answered({
    ...envelope(asking, at, client.management, asked),
    window: { from: at, to: at },
    result: { kind: 'rows', ...monitorRows(watched, at) },
    completeness: missing.length === 0 ? { kind: 'complete' } : { kind: 'partial', why: missing.join('; ') },
    warnings: [said, ...past],
    snapshot: await compressed([keepMonitors(watched, at)]),
  });
  return { answer, firing: firingOf(watched, at) };
}

/** Undefined where it could not be read: then the state is not known, and that is said. */
async function readHistory(client: AxiomClient, id: string, { from, to }: Window, signal: AbortSignal) {
  const asked: Asked = {
    path: `/v2/monitors/${encodeURIComponent(id)}/history`,
    params: [
      ['startTime', new Date(from).toISOString()],
      ['endTime', new Date(to).toISOString()],
    ],
    needs: 'the capability to read monitors',
  };
  try {
    return await client.read(client.management, asked, historyAnswer, signal);
  } catch (error) {
    if (error instanceof BackendError) return undefined;
    throw error;
  }
}

async function annotations(
  asking: Asking,
  dataset: string,
  window: Window,
  signal: AbortSignal,
): Promise<VerbAnswer> {
  const { client, now } = asking;
  const at = now();
  const asked: Asked = {
    path: '/v2/annotations',
    params: [...within(window), ...(dataset === '' ? [] : [['datasets', dataset] as const])],
    needs: 'the capability to read annotations',
  };
  const answer = await client.ask(client.management, asked, signal);
  const {
    found: document,
    snapshot,
    bytes,
  } = await readAndKeep(answer, () => client.document(answer, signal));
  const found = client.checked(answer, document, annotationsAnswer);
  const { cost, ...same } = envelope(asking, at, client.management, asked);
  return {
    answer: answered({
      ...same,
      window,
      result: { kind: 'rows', ...annotationRows(found) },
      completeness: { kind: 'complete' },
      cost: { ...cost, bytes },
      warnings: [],
      snapshot,
    }),
    changes: changesOf(found),
  };
}

async function tagValues(
  asking: Asking,
  { dataset, metric, tag }: Extract<Verb, { verb: 'values' }>,
  window: Window,
  signal: AbortSignal,
): Promise<Answer> {
  const { client, catalog, now } = asking;
  const at = now();
  const route = client.metricsRoute(catalog.get(dataset));
  const parts = ['datasets', dataset, 'metrics', metric, 'tags', tag, 'values'];
  const asked: Asked = {
    path: `/v1/query/metrics/info/${parts.map(encodeURIComponent).join('/')}`,
    params: within(window),
    needs: `query of ${dataset}`,
  };
  const answer = await client.ask(route, asked, signal);
  const {
    found: document,
    snapshot,
    bytes,
  } = await readAndKeep(answer, () => client.document(answer, signal));
  const values = client.checked(answer, document, namesAnswer);
  const { cost, ...same } = envelope(asking, at, route, asked);
  return answered({
    ...same,
    window,
    result: { kind: 'rows', columns: ['value'], rows: values.map((value) => [value]) },
    completeness: { kind: 'complete' },
    cost: { ...cost, bytes },
    warnings: ['Axiom does not count the values of a tag.'],
    snapshot,
  });
}

/** Times that the path needs and that were not given are those of the window. */
async function readPath(asking: Asking, typed: string, window: Window, signal: AbortSignal): Promise<Answer> {
  const { client, catalog, now } = asking;
  const at = now();
  const { path, query } = readablePath(typed, READABLE, client.title);
  const [from, to] = timesOf(path) ?? [];
  const times = within(window).flatMap(([, time], index) => {
    const name = index === 0 ? from : to;
    return name === undefined || query.some(([key]) => key === name) ? [] : [[name, time] as const];
  });
  const edge = /^\/v1\/query\/metrics\/info\/datasets\/([^/]+)/.exec(path)?.[1];
  const route =
    edge === undefined ? client.management : client.metricsRoute(catalog.get(decodeURIComponent(edge)));
  const asked = { path, params: [...query, ...times], needs: 'the right to read it' };
  const answer = await client.ask(route, asked, signal);
  const {
    found: document,
    snapshot,
    bytes,
  } = await readAndKeep(answer, () => client.document(answer, signal));
  const { cost, ...same } = envelope(asking, at, route, asked);
  return answered({
    ...same,
    window,
    result: { kind: 'text', text: documentText(Buffer.from(JSON.stringify(document))) },
    completeness: { kind: 'complete' },
    cost: { ...cost, bytes },
    warnings: [],
    snapshot,
  });
}
