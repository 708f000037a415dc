import { promisify } from 'node:util';
import { deflate, type ZlibOptions } from 'node:zlib';
import { BackendError } from '../../domain/errors.ts';
import { type Answer, answered } from '../../domain/evidence.ts';
import { type Duration, type Instant, SECOND, type Window } from '../../domain/time.ts';
import type { Backend, Discovery, Names, Question } from '../backend.ts';
import type { Body } from '../body.ts';
import type { Decode, Decoder } from '../decoder.ts';
import { handCommand } from '../hand-command.ts';
import { createHttpClient, DEFAULT_TIMEOUT, type HttpAnswer } from '../http-client.ts';
import { collect } from './collect.ts';
import { decodeNames, decodeQuery, type NamesPiece, type QueryPiece } from './decode.ts';
import { notReadable, prometheusFailure, readError } from './failure.ts';
import { matchPromql } from './match.ts';
import { permalink } from './permalink.ts';
import { plan } from './plan.ts';
import { readPromql } from './promql.ts';
import { buildinfoAnswer } from './schema.ts';
import type { PrometheusDeployment } from './settings.ts';

/** What an adapter needs from outside. */
export interface PrometheusDeps {
  readonly now: () => Instant;
  readonly decoder: Decoder;
  /** Pause before the one retry of a request; default 250 ms. */
  readonly retryAfter?: Duration;
}

type Params = readonly (readonly [string, string])[];

/** The lists that `discover` makes, and where each comes from. */
const PARTS: readonly { readonly kind: string; readonly path: string }[] = [
  { kind: 'jobs', path: '/api/v1/label/job/values' },
  { kind: 'metrics', path: '/api/v1/label/__name__/values' },
  { kind: 'labels', path: '/api/v1/labels' },
];

const DISCOVERY_TIMEOUT: Duration = 10 * SECOND;
const VERSION_TIMEOUT: Duration = 2 * SECOND;
const SNAPSHOT_LIMIT = 1_000_000;
const compress = promisify(deflate) as (bytes: Uint8Array, options: ZlibOptions) => Promise<Buffer>;
// The person waits for it, and the difference in size is small.
const FAST: ZlibOptions = { level: 1 };
const DECODE_MODULE = new URL('./decode.ts', import.meta.url).href;

/** Prometheus' HTTP API v1: https://prometheus.io/docs/prometheus/latest/querying/api/ */
export function createPrometheus(deployment: PrometheusDeployment, deps: PrometheusDeps): Backend {
  const { now, decoder } = deps;
  const title = `Prometheus ${deployment.name}`;
  const section = `[prometheus.deployments.${deployment.name}]`;
  const timeout = deployment.timeout ?? DEFAULT_TIMEOUT;
  const client = createHttpClient(deployment, {
    title,
    now,
    ...(deps.retryAfter !== undefined && { retryAfter: deps.retryAfter }),
  });
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

  /** The pieces of an answer; an answer that is not what it should be becomes a BackendError. */
  async function* pieces<Piece>(
    answer: HttpAnswer,
    decode: Decode<Piece>,
    name: string,
    signal: AbortSignal,
  ) {
    const either = AbortSignal.any([signal, AbortSignal.timeout(timeout)]);
    const module = { href: DECODE_MODULE, name };
    try {
      yield* decoder.decode<Piece, undefined>(decode, module, answer.body, undefined, either);
    } catch (error) {
      if (error instanceof BackendError) throw error;
      if (either.aborted)
        throw new BackendError('timeout', `The answer of ${title} could not be read in time.`, {
          asked: title,
        });
      throw notReadable(answer, title, section);
    }
  }

  async function learnVersion(signal: AbortSignal): Promise<string> {
    versionAsked = true;
    const answer = await ask('/api/v1/status/buildinfo', [], signal, Math.min(timeout, DISCOVERY_TIMEOUT));
    const found = buildinfoAnswer.safeParse(parseSmall(answer.body));
    if (!found.success) throw notReadable(answer, title, section);
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
    const within = AbortSignal.any([signal, AbortSignal.timeout(limit)]);
    const answer = await ask(path, params, within, limit);
    const names: string[] = [];
    for await (const some of pieces<NamesPiece>(answer, decodeNames, 'decodeNames', within))
      names.push(...some);
    return names;
  }

  return {
    tool: 'prometheus',
    deployment: deployment.name,
    title,

    async discover(window, signal, options = {}): Promise<Discovery> {
      const at = now();
      const wanted = PARTS.filter(({ kind }) => options.only?.includes(kind) ?? true);
      const limit = options.timeout ?? DISCOVERY_TIMEOUT;
      const lists: Names[] = [];
      const missing: { kind: string; why: string }[] = [];
      const learning = learnVersion(AbortSignal.any([signal, AbortSignal.timeout(limit)])).catch(
        () => undefined,
      );
      await Promise.all(
        wanted.map(async ({ kind, path }) => {
          try {
            lists.push({ kind, names: await readPart(path, window, signal, limit) });
          } catch (error) {
            if (!(error instanceof BackendError)) throw error;
            missing.push({ kind, why: error.message });
          }
        }),
      );
      await learning;
      const order = (one: { readonly kind: string }) => PARTS.findIndex(({ kind }) => kind === one.kind);
      return {
        at,
        took: now() - at,
        lists: lists.sort((a, b) => order(a) - order(b)),
        missing: missing.sort((a, b) => order(a) - order(b)),
      };
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
      // The snapshot's bytes are copied first, because decoding takes the body.
      const [kept, found] = await Promise.all([
        compress(answer.body.head(SNAPSHOT_LIMIT), FAST),
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
        snapshot: new Uint8Array(kept),
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
