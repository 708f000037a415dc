import type { BackendError } from '../../domain/errors.ts';
import { type Duration, SECOND, type Window } from '../../domain/time.ts';
import type { ApiWay, Params, Ran } from '../api-way.ts';
import type { Discovery, Firing, Matched, Question, Schema } from '../backend.ts';
import type { Body } from '../body.ts';
import type { Decode } from '../decoder.ts';
import type { Part } from '../discover-parts.ts';
import type { HttpAnswer } from '../http-exchange.ts';
import { readAndKeep } from '../read-and-keep.ts';
import { type Reader, readPieces } from '../read-pieces.ts';
import { unreadable } from '../unreadable.ts';
import { alertTable, decodeRuleAlerts, firingOf, type RuleAlert, sayPending } from './alerts.ts';
import { collect } from './collect.ts';
import { decodeNames, decodeQuery, type NamesPiece, type QueryPiece } from './decode.ts';
import { prometheusFailure, readError } from './failure.ts';
import { familiesOf, labelFields, noSuchSource, selectorOf, valuesPath } from './fields.ts';
import { matchPromql } from './match.ts';
import { plan } from './plan.ts';
import { buildinfoAnswer, metadataAnswer } from './schema.ts';

/** The lists that a discovery makes, and where each comes from. */
const LISTS: readonly { readonly kind: string; readonly path: string }[] = [
  { kind: 'jobs', path: '/api/v1/label/job/values' },
  { kind: 'metrics', path: '/api/v1/label/__name__/values' },
  { kind: 'labels', path: '/api/v1/labels' },
];

const ALERTS = '/api/v1/alerts';
const ALERTS_MODULE = new URL('./alerts.ts', import.meta.url).href;
const DECODE_MODULE = new URL('./decode.ts', import.meta.url).href;

/** Prometheus' HTTP API v1: https://prometheus.io/docs/prometheus/latest/querying/api/ */
export interface PrometheusApi {
  /** The lists of a discovery over a window. */
  parts(window: Window): readonly Part[];
  /** See `Backend.match`. */
  match(query: string, discovery: Discovery): Matched;
  /** Runs a query; its hints and whether it was checked come from the question. */
  run(query: string, question: Question, signal: AbortSignal): Promise<Ran>;
  /** The labels of a metric or selector. Throws `unknown-source` where nothing has any in this time. */
  schema(source: string, window: Window, signal: AbortSignal): Promise<Schema>;
  /** The values of one label of a metric or selector; Prometheus counts none. */
  values(source: string, field: string, window: Window, signal: AbortSignal): Promise<Ran>;
  /** What alerts now, and what is about to: rules that hold for less than their `for`. */
  alerts(signal: AbortSignal): Promise<AlertsRan>;
  /** How its answers are read and its refusals worded, for a request that no command covers. */
  readonly reader: Reader;
  failure(answer: HttpAnswer, path: string, params: Params): BackendError;
  /** The server's version, within the limit. */
  version(signal: AbortSignal, limit: Duration): Promise<string>;
}

export interface AlertsRan extends Ran {
  readonly found: readonly Firing[];
}

export interface PrometheusWay extends ApiWay {
  /** True where a POST is known to be refused. Else it is found out. */
  readonly getOnly?: boolean;
}

export function createPrometheusApi(way: PrometheusWay): PrometheusApi {
  const { title, section, client, decoder, now, timeout } = way;
  const reader: Reader = {
    decoder,
    title,
    timeout,
    unreadable: (answer) => unreadable(answer, { title, product: 'Prometheus', section }),
  };
  const sets = new WeakMap<readonly string[], ReadonlySet<string>>();
  let getOnly = way.getOnly ?? false;

  async function ask(
    path: string,
    params: Params,
    signal: AbortSignal,
    limit?: Duration,
  ): Promise<HttpAnswer> {
    const answer = await client.request(
      {
        method: 'GET',
        path,
        query: params,
        worthRetrying: notGivenUp,
        ...(limit !== undefined && { timeout: limit }),
      },
      signal,
    );
    if (answer.status !== 200) throw failure(answer, path, params);
    return answer;
  }

  /** POST carries queries of any length; where a proxy forbids it, GET from then on. */
  async function askQuery(
    path: string,
    params: Params,
    signal: AbortSignal,
    byHand: boolean,
  ): Promise<HttpAnswer> {
    if (!getOnly) {
      const answer = await client.request(
        { method: 'POST', path, form: params, readOnly: true, worthRetrying: notGivenUp },
        signal,
      );
      if (answer.status === 200) return answer;
      if (answer.status !== 405 && answer.status !== 403)
        throw failure(answer, path, byHand ? params : undefined);
    }
    const answer = await client.request(
      { method: 'GET', path, query: params, worthRetrying: notGivenUp },
      signal,
    );
    if (answer.status !== 200) throw failure(answer, path, byHand ? params : undefined);
    getOnly = true;
    return answer;
  }

  function failure(answer: HttpAnswer, path: string, params: Params | undefined): BackendError {
    const command = params && way.byHand(path, params);
    return prometheusFailure(answer, client.quote, { title, section, command, now: now() });
  }

  const pieces = <Piece>(answer: HttpAnswer, decode: Decode<Piece>, name: string, signal: AbortSignal) =>
    readPieces(reader, answer, decode, { href: DECODE_MODULE, name }, signal);

  async function readNames(
    path: string,
    params: Params,
    signal: AbortSignal,
    limit?: Duration,
  ): Promise<readonly string[]> {
    return await namesIn(await ask(path, params, signal, limit), signal);
  }

  async function namesIn(answer: HttpAnswer, signal: AbortSignal): Promise<readonly string[]> {
    const names: string[] = [];
    for await (const some of pieces<NamesPiece>(answer, decodeNames, 'decodeNames', signal))
      names.push(...some);
    return names;
  }

  async function alertsIn(answer: HttpAnswer, signal: AbortSignal): Promise<readonly RuleAlert[]> {
    const alerts: RuleAlert[] = [];
    const module = { href: ALERTS_MODULE, name: 'decodeRuleAlerts' };
    for await (const some of readPieces(reader, answer, decodeRuleAlerts, module, signal))
      alerts.push(...some);
    return alerts;
  }

  /** `counter: Requests answered, by status code.` Not every server keeps it, and nothing depends on it. */
  async function described(source: string, signal: AbortSignal): Promise<string | undefined> {
    for (const metric of familiesOf(source)) {
      const answer = await ask('/api/v1/metadata', [['metric', metric]], signal).catch(() => undefined);
      const found = answer && metadataAnswer.safeParse(parseSmall(answer.body)).data?.data[metric]?.[0];
      if (found) return client.quote([found.type, found.help].filter(Boolean).join(': '));
    }
    return undefined;
  }

  return {
    parts: (window) =>
      LISTS.map(({ kind, path }) => ({
        kind,
        read: async (within, limit) => ({
          names: await readNames(path, wholeSeconds(window), within, limit),
        }),
      })),

    match(query, discovery) {
      return matchPromql(query, discovery, { title, list: way.list }, (names, name) => {
        const set = sets.get(names) ?? new Set(names);
        sets.set(names, set);
        return set.has(name);
      });
    },

    async run(query, { matched, window: asked, step: wanted }, signal) {
      const askedAt = now();
      const { window, step, note } = plan(asked, wanted);
      const times: Params =
        step === undefined
          ? [['time', seconds(window.to)]]
          : [
              ['start', seconds(window.from)],
              ['end', seconds(window.to)],
              ['step', seconds(step)],
            ];
      const params: Params = [
        ['query', query],
        ...times,
        ['timeout', String(Math.max(1, Math.floor(timeout / SECOND)))],
      ];
      const path = step === undefined ? '/api/v1/query' : '/api/v1/query_range';
      const answer = await askQuery(path, params, signal, matched.unchecked === undefined);
      const { found, snapshot, bytes } = await readAndKeep(answer, () =>
        collect(pieces<QueryPiece>(answer, decodeQuery, 'decodeQuery', signal), client.quote),
      );
      return {
        window,
        ...(step !== undefined && { step }),
        askedAt,
        result: found.result,
        completeness: found.completeness,
        cost: { took: now() - askedAt, series: found.series, samples: found.samples, bytes },
        warnings: [...(matched.hints ?? []), ...(note === undefined ? [] : [note]), ...found.warnings],
        snapshot,
        sent: { path, params },
      };
    },

    async schema(source, window, signal) {
      const at = now();
      const [labels, note] = await Promise.all([
        readNames('/api/v1/labels', [['match[]', selectorOf(source)], ...wholeSeconds(window)], signal),
        described(source, signal),
      ]);
      if (labels.length === 0) throw noSuchSource(title, source, way.list);
      return { source, at, fields: labelFields(labels), ...(note !== undefined && { note }) };
    },

    async values(source, field, window, signal) {
      const askedAt = now();
      const path = valuesPath(field);
      const params: Params = [['match[]', selectorOf(source)], ...wholeSeconds(window)];
      const answer = await ask(path, params, signal);
      const { found, snapshot, bytes } = await readAndKeep(answer, () => namesIn(answer, signal));
      return {
        window,
        askedAt,
        result: { kind: 'rows', columns: ['value'], rows: found.map((name) => [name]) },
        completeness: { kind: 'complete' },
        cost: { took: now() - askedAt, bytes },
        warnings: [],
        snapshot,
        sent: { path, params },
      };
    },

    async alerts(signal) {
      const askedAt = now();
      const answer = await ask(ALERTS, [], signal);
      const { found, snapshot, bytes } = await readAndKeep(answer, () => alertsIn(answer, signal));
      return {
        window: { from: askedAt, to: askedAt },
        askedAt,
        result: alertTable(found),
        completeness: { kind: 'complete' },
        cost: { took: now() - askedAt, bytes },
        warnings: [...sayPending(found), 'Prometheus does not know which alerts are silenced.'],
        snapshot,
        sent: { path: ALERTS, params: [] },
        found: firingOf(found),
      };
    },

    reader,
    failure,

    async version(signal, limit) {
      const answer = await ask('/api/v1/status/buildinfo', [], signal, limit);
      const found = buildinfoAnswer.safeParse(parseSmall(answer.body));
      if (!found.success) throw reader.unreadable(answer);
      return client.quote(found.data.data.version);
    },
  };
}

/** A 503 that says the query itself took too long would only take as long again. */
function notGivenUp(answer: HttpAnswer): boolean {
  const type = readError(answer)?.type;
  return type !== 'timeout' && type !== 'canceled';
}

function parseSmall(body: Body): unknown {
  try {
    return JSON.parse(body.text(64 * 1024));
  } catch {
    return undefined;
  }
}

function wholeSeconds({ from, to }: Window): Params {
  return [
    ['start', seconds(Math.floor(from / SECOND) * SECOND)],
    ['end', seconds(Math.ceil(to / SECOND) * SECOND)],
  ];
}

/** Unix seconds, as Prometheus takes times and steps. */
function seconds(length: Duration): string {
  return String(length / SECOND);
}
