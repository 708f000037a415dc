import type { BackendError } from '../../domain/errors.ts';
import type { Duration, Window } from '../../domain/time.ts';
import type { BackendDeps } from '../backend.ts';
import type { Decode } from '../decoder.ts';
import { handCommand } from '../hand-command.ts';
import { createHttpClient, DEFAULT_TIMEOUT, type HttpClient } from '../http-client.ts';
import type { HttpAnswer } from '../http-exchange.ts';
import { type Reader, readPieces } from '../read-pieces.ts';
import { unreadable } from '../unreadable.ts';
import { decodeNames, decodeTypes } from './decode.ts';
import { pyroscopeFailure } from './failure.ts';
import type { ProfileQuestion } from './question.ts';
import { buildinfoAnswer } from './schema.ts';
import type { PyroscopeDeployment } from './settings.ts';

type Method = 'ProfileTypes' | 'LabelNames' | 'LabelValues' | 'SelectMergeStacktraces' | 'Diff';

/** Nodes asked for: twice the server's own default, so that little is left to `other`. */
export const NODES = 16_384;
const BUILDINFO = '/api/v1/status/buildinfo';
const DECODE_MODULE = new URL('./decode.ts', import.meta.url).href;

/** How a request is made, where it differs. */
interface CallOptions {
  readonly limit?: Duration;
  /** False for a query that could not be checked: no command is offered for copying then. */
  readonly byHand?: boolean;
  readonly at?: number | undefined;
}

/** The querier of one Pyroscope, over Connect with JSON: https://grafana.com/docs/pyroscope/latest/reference-server-api/ */
export interface PyroscopeApi {
  readonly client: HttpClient;
  readonly reader: Reader;
  /** The whole answer; throws BackendError for anything but success. */
  call(method: Method, message: object, signal: AbortSignal, options?: CallOptions): Promise<HttpAnswer>;
  pieces<Piece>(
    answer: HttpAnswer,
    decode: Decode<Piece>,
    name: string,
    signal: AbortSignal,
  ): AsyncIterable<Piece>;
  types(window: Window, signal: AbortSignal, limit?: Duration): Promise<readonly string[]>;
  labels(
    window: Window,
    selector: string | undefined,
    signal: AbortSignal,
    limit?: Duration,
  ): Promise<readonly string[]>;
  values(
    name: string,
    window: Window,
    selector: string | undefined,
    signal: AbortSignal,
    limit?: Duration,
  ): Promise<readonly string[]>;
  /** Of the server; undefined where it is not told. */
  version(signal: AbortSignal): Promise<string | undefined>;
  failure(answer: HttpAnswer, path: string, params?: readonly (readonly [string, string])[]): BackendError;
}

export function pathOf(method: Method): string {
  return `/querier.v1.QuerierService/${method}`;
}

/** The message that merges the profiles of a window. */
export function mergeMessage({ type, selector }: ProfileQuestion, window: Window): object {
  return {
    profileTypeID: type,
    labelSelector: selector,
    start: window.from,
    end: window.to,
    maxNodes: NODES,
    format: 'PROFILE_FORMAT_FLAMEGRAPH',
  };
}

export function createPyroscopeApi(
  deployment: PyroscopeDeployment,
  deps: BackendDeps,
  title: string,
): PyroscopeApi {
  const { now, decoder } = deps;
  const section = `[pyroscope.deployments.${deployment.name}]`;
  const headers = deployment.orgId === undefined ? {} : { 'x-scope-orgid': deployment.orgId };
  const client = createHttpClient(deployment, {
    title,
    now,
    headers,
    ...(deps.retryAfter !== undefined && { retryAfter: deps.retryAfter }),
  });
  const reader: Reader = {
    decoder,
    title,
    timeout: deployment.timeout ?? DEFAULT_TIMEOUT,
    unreadable: (answer) => unreadable(answer, { title, product: 'Pyroscope', section }),
  };

  function failed(answer: HttpAnswer, command: string | undefined, at?: number): BackendError {
    return pyroscopeFailure(answer, client.quote, { title, section, command, now: now(), at });
  }

  async function call(
    method: Method,
    message: object,
    signal: AbortSignal,
    { limit, byHand, at }: CallOptions = {},
  ): Promise<HttpAnswer> {
    const path = pathOf(method);
    const answer = await client.request(
      {
        method: 'POST',
        path,
        json: message,
        headers: { 'connect-protocol-version': '1' },
        readOnly: true,
        ...(limit !== undefined && { timeout: limit }),
      },
      signal,
    );
    if (answer.status === 200) return answer;
    const document = JSON.stringify(message);
    throw failed(
      answer,
      byHand === false ? undefined : handCommand(deployment, client.address(path), [], headers, document),
      at,
    );
  }

  const pieces = <Piece>(answer: HttpAnswer, decode: Decode<Piece>, name: string, signal: AbortSignal) =>
    readPieces(reader, answer, decode, { href: DECODE_MODULE, name }, signal);

  async function names(
    method: Method,
    message: object,
    [decode, name]: readonly [Decode<readonly string[]>, string],
    signal: AbortSignal,
    limit: Duration | undefined,
  ): Promise<readonly string[]> {
    const answer = await call(method, message, signal, limit === undefined ? {} : { limit });
    const all: string[] = [];
    for await (const some of pieces(answer, decode, name, signal)) all.push(...some);
    return all;
  }

  const over = ({ from, to }: Window) => ({ start: from, end: to });
  // Everything is asked for without a matcher: not every version takes an empty one.
  const matching = (selector: string | undefined) =>
    selector === undefined || selector === '{}' ? {} : { matchers: [selector] };

  return {
    client,
    reader,
    call,
    pieces,
    types: (window, signal, limit) =>
      names('ProfileTypes', over(window), [decodeTypes, 'decodeTypes'], signal, limit),
    labels: (window, selector, signal, limit) =>
      names(
        'LabelNames',
        { ...matching(selector), ...over(window) },
        [decodeNames, 'decodeNames'],
        signal,
        limit,
      ),
    values: (name, window, selector, signal, limit) =>
      names(
        'LabelValues',
        { name, ...matching(selector), ...over(window) },
        [decodeNames, 'decodeNames'],
        signal,
        limit,
      ),

    async version(signal) {
      const answer = await client.request({ method: 'GET', path: BUILDINFO }, signal);
      // Gateways often let nothing through but what Grafana asks for.
      if (answer.status === 404 || answer.status === 403) return undefined;
      if (answer.status !== 200)
        throw failed(answer, handCommand(deployment, client.address(BUILDINFO), [], headers));
      const version = versionOf(answer);
      if (version === undefined) throw reader.unreadable(answer);
      return version;
    },

    failure: (answer, path, params = []) =>
      failed(answer, handCommand(deployment, client.address(path), params, headers)),
  };
}

function versionOf(answer: HttpAnswer): string | undefined {
  try {
    return buildinfoAnswer.safeParse(JSON.parse(answer.body.text(64 * 1024))).data?.version;
  } catch {
    return undefined;
  }
}
