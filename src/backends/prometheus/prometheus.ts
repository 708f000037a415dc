import type { BackendError } from '../../domain/errors.ts';
import { type Answer, answered } from '../../domain/evidence.ts';
import { type Duration, SECOND, type Window } from '../../domain/time.ts';
import type { Backend, BackendDeps, Discovery, Question } from '../backend.ts';
import type { Body } from '../body.ts';
import type { Decode } from '../decoder.ts';
import { DISCOVERY_TIMEOUT, discoverParts } from '../discover-parts.ts';
import { handCommand } from '../hand-command.ts';
import { createHttpClient, DEFAULT_TIMEOUT, type HttpAnswer } from '../http-client.ts';
import { type Reader, readPieces } from '../read-pieces.ts';
import { snapshotOf } from '../snapshot.ts';
import { unreadable } from '../unreadable.ts';
import { collect } from './collect.ts';
import { decodeNames, decodeQuery, type NamesPiece, type QueryPiece } from './decode.ts';
import { prometheusFailure, readError } from './failure.ts';
import { matchPromql } from './match.ts';
import { permalink } from './permalink.ts';
import { plan } from './plan.ts';
import { readPromql } from './promql.ts';
import { buildinfoAnswer } from './schema.ts';
import type { PrometheusDeployment } from './settings.ts';

type Params = readonly (readonly [string, string])[];

/** The lists that `discover` makes, and where each comes from. */
const PARTS: readonly { readonly kind: string; readonly path: string }[] = [
  { kind: 'jobs', path: '/api/v1/label/job/values' },
  { kind: 'metrics', path: '/api/v1/label/__name__/values' },
  { kind: 'labels', path: '/api/v1/labels' },
];

const VERSION_TIMEOUT: Duration = 2 * SECOND;
const DECODE_MODULE = new URL('./decode.ts', import.meta.url).href;

/** Prometheus' HTTP API v1: https://prometheus.io/docs/prometheus/latest/querying/api/ */
export function createPrometheus(deployment: PrometheusDeployment, deps: BackendDeps): Backend {
  const { now, decoder } = deps;
  const title = `Prometheus ${deployment.name}`;
  const section = `[prometheus.deployments.${deployment.name}]`;
  const timeout = deployment.timeout ?? DEFAULT_TIMEOUT;
  const client = createHttpClient(deployment, {
    title,
    now,
    ...(deps.retryAfter !== undefined && { retryAfter: deps.retryAfter }),
  });
  const reader: Reader = {
    decoder,
    title,
    timeout,
    unreadable: (answer) => unreadable(answer, { title, product: 'Prometheus', section }),
  };
  const sets = new WeakMap<readonly string[], ReadonlySet<string>>();
  let version: string | undefined;
  let versionAsked = false;
  let getOnly = false;

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
    const command = params && handCommand(deployment, client.address(path), params);
    return prometheusFailure(answer, client.quote, { title, section, command, now: now() });
  }

  const pieces = <Piece>(answer: HttpAnswer, decode: Decode<Piece>, name: string, signal: AbortSignal) =>
    readPieces(reader, answer, decode, { href: DECODE_MODULE, name }, signal);

  async function learnVersion(signal: AbortSignal): Promise<string> {
    versionAsked = true;
    const answer = await ask('/api/v1/status/buildinfo', [], signal, Math.min(timeout, DISCOVERY_TIMEOUT));
    const found = buildinfoAnswer.safeParse(parseSmall(answer.body));
    if (!found.success) throw reader.unreadable(answer);
    version = client.quote(found.data.data.version);
    return version;
  }

  async function readPart(
    path: string,
    window: Window,
    signal: AbortSignal,
    limit: Duration,
  ): Promise<readonly string[]> {
    const params: Params = [
      ['start', seconds(Math.floor(window.from / SECOND) * SECOND)],
      ['end', seconds(Math.ceil(window.to / SECOND) * SECOND)],
    ];
    const answer = await ask(path, params, signal, limit);
    const names: string[] = [];
    for await (const some of pieces<NamesPiece>(answer, decodeNames, 'decodeNames', signal))
      names.push(...some);
    return names;
  }

  return {
    tool: 'prometheus',
    deployment: deployment.name,
    title,

    async discover(window, signal, options = {}): Promise<Discovery> {
      const limit = options.timeout ?? DISCOVERY_TIMEOUT;
      const learning = learnVersion(AbortSignal.any([signal, AbortSignal.timeout(limit)])).catch(
        () => undefined,
      );
      const found = await discoverParts(
        PARTS.map(({ kind, path }) => ({
          kind,
          read: async (within, most) => ({ names: await readPart(path, window, within, most) }),
        })),
        { ...options, now, signal },
      );
      await learning;
      return found;
    },

    match(query, discovery) {
      return matchPromql(
        query,
        discovery,
        { title, list: `discover prom env:${deployment.name}` },
        (names, name) => {
          const set = sets.get(names) ?? new Set(names);
          sets.set(names, set);
          return set.has(name);
        },
      );
    },

    reach: (query) => readPromql(query)?.reach ?? 0,

    async query({ matched, window: asked, step: wanted }: Question, signal): Promise<Answer> {
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
        ['query', matched.query],
        ...times,
        ['timeout', String(Math.max(1, Math.floor(timeout / SECOND)))],
      ];
      const learning = versionAsked
        ? undefined
        : learnVersion(AbortSignal.any([signal, AbortSignal.timeout(VERSION_TIMEOUT)])).catch(
            () => undefined,
          );
      const path = step === undefined ? '/api/v1/query' : '/api/v1/query_range';
      const answer = await askQuery(path, params, signal, matched.unchecked === undefined);
      const bytes = answer.body.length;
      // The snapshot looks at the bytes first, because decoding takes the body.
      const [kept, found] = await Promise.all([
        snapshotOf(answer.body),
        collect(pieces<QueryPiece>(answer, decodeQuery, 'decodeQuery', signal), client.quote),
      ]);
      await learning;
      return answered({
        tool: 'prometheus',
        deployment: deployment.name,
        source: title,
        query: matched.query,
        window,
        ...(step !== undefined && { step }),
        askedAt,
        result: found.result,
        completeness: found.completeness,
        cost: { took: now() - askedAt, series: found.series, samples: found.samples, bytes },
        warnings: [...(matched.hints ?? []), ...(note === undefined ? [] : [note]), ...found.warnings],
        reproduction: {
          kind: 'permalink',
          url: permalink(
            deployment.linkUrl ?? deployment.url,
            { query: matched.query, window, ...(step !== undefined && { step }) },
            version,
          ),
        },
        snapshot: kept,
      });
    },

    async probe(signal) {
      return `Prometheus ${await learnVersion(signal)}`;
    },

    close: () => client.close(),
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

/** Unix seconds, as Prometheus takes times and steps. */
function seconds(length: Duration): string {
  return String(length / SECOND);
}
