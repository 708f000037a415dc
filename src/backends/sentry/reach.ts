import { BackendError } from '../../domain/errors.ts';
import type { Duration } from '../../domain/time.ts';
import type { BackendDeps } from '../backend.ts';
import type { Decode } from '../decoder.ts';
import { handCommand } from '../hand-command.ts';
import { createHttpClient, DEFAULT_TIMEOUT, type HttpClient } from '../http-client.ts';
import type { HttpAnswer } from '../http-exchange.ts';
import { type Reader, readPieces } from '../read-pieces.ts';
import { SNAPSHOT_LIMIT } from '../snapshot.ts';
import { unreadable } from '../unreadable.ts';
import type { ListPiece } from './decode.ts';
import { sentryFailure } from './failure.ts';
import { nextCursor } from './pages.ts';
import type { SentryDeployment } from './settings.ts';

export type Params = readonly (readonly [string, string])[];

/** How one request is made, where it differs. */
export interface ReachOptions {
  readonly limit?: Duration;
  /** Pages read at most; 1 where absent. */
  readonly pages?: number;
  /** False for a query that could not be checked: no command is offered for copying then. */
  readonly byHand?: boolean;
  /** Where the search begins in the query; see `SentryContext`. */
  readonly at?: number | undefined;
  /** What a 404 means for this request, where it is no mistake in the address. */
  readonly absent?: () => Promise<BackendError>;
}

/** A list, as far as it was read. */
export interface Listed<One> {
  readonly all: readonly One[];
  /** The bytes of each page, as they came. */
  readonly pages: readonly (readonly Uint8Array[])[];
  /** Bytes received. */
  readonly bytes: number;
  /** Why this is not everything, in words safe to show. */
  readonly partial: readonly string[];
  /** The server has more pages than were read. */
  readonly more: boolean;
}

/** The way to one organization of one Sentry. Throws only BackendError. */
export interface Reach {
  readonly client: HttpClient;
  /** `issues/` becomes `/api/0/organizations/<slug>/issues/`: slashes at the end matter. */
  path(below: string): string;
  get(below: string, params: Params, signal: AbortSignal, options?: ReachOptions): Promise<HttpAnswer>;
  list<One>(
    below: string,
    params: Params,
    decode: NamedDecode<One>,
    signal: AbortSignal,
    options?: ReachOptions,
  ): Promise<Listed<One>>;
  readonly reader: Reader;
  /** What an answer that is not a success means; with `params` a command to ask the same by hand is offered. */
  failure(answer: HttpAnswer, path: string, params?: Params, at?: number): BackendError;
}

/** A decode function of decode.ts with its name, by which the worker finds it. */
export type NamedDecode<One> = readonly [decode: Decode<ListPiece<One>>, name: string];

const DECODE_MODULE = new URL('./decode.ts', import.meta.url).href;

export function createReach(deployment: SentryDeployment, deps: BackendDeps, title: string): Reach {
  const { now, decoder } = deps;
  const { organization } = deployment;
  const section = `[sentry.deployments.${deployment.name}]`;
  const client = createHttpClient(deployment, {
    title,
    now,
    ...(deps.retryAfter !== undefined && { retryAfter: deps.retryAfter }),
  });
  const reader: Reader = {
    decoder,
    title,
    timeout: deployment.timeout ?? DEFAULT_TIMEOUT,
    unreadable: (answer) => unreadable(answer, { title, product: 'Sentry', section }),
  };
  const path = (below: string) => `/api/0/organizations/${encodeURIComponent(organization)}/${below}`;

  function failure(answer: HttpAnswer, whole: string, params?: Params, at?: number): BackendError {
    const command = params && handCommand(deployment, client.address(whole), params);
    return sentryFailure(answer, client.quote, { title, section, organization, command, now: now(), at });
  }

  async function get(
    below: string,
    params: Params,
    signal: AbortSignal,
    { limit, byHand, at, absent }: ReachOptions = {},
  ): Promise<HttpAnswer> {
    const answer = await client.request(
      { method: 'GET', path: path(below), query: params, ...(limit !== undefined && { timeout: limit }) },
      signal,
    );
    if (answer.status === 200) return answer;
    if (answer.status === 404 && absent) throw await absent();
    throw failure(answer, path(below), byHand === false ? undefined : params, at);
  }

  async function list<One>(
    below: string,
    params: Params,
    [decode, name]: NamedDecode<One>,
    signal: AbortSignal,
    options: ReachOptions = {},
  ): Promise<Listed<One>> {
    const all: One[] = [];
    const pages: (readonly Uint8Array[])[] = [];
    const partial: string[] = [];
    let bytes = 0;
    let odd = 0;
    let cursor: string | undefined;
    for (let page = 0; page < (options.pages ?? 1); page++) {
      let answer: HttpAnswer;
      try {
        answer = await get(
          below,
          cursor === undefined ? params : [...params, ['cursor', cursor]],
          signal,
          options,
        );
      } catch (error) {
        // What has been read is worth showing; that there is more is said.
        if (page === 0 || signal.aborted || !(error instanceof BackendError)) throw error;
        partial.push(`the rest could not be read: ${error.message.replace(/\.$/, '')}`);
        break;
      }
      bytes += answer.body.length;
      // Before decoding takes the body.
      pages.push(answer.body.views(SNAPSHOT_LIMIT));
      const module = { href: DECODE_MODULE, name };
      for await (const piece of readPieces<ListPiece<One>>(reader, answer, decode, module, signal)) {
        if (piece.kind === 'some') all.push(...piece.some);
        else if (piece.kind === 'odd') odd += piece.count;
        else partial.push(piece.why);
      }
      cursor = nextCursor(answer.headers.link);
      if (cursor === undefined) break;
    }
    if (odd > 0)
      partial.push(`${odd.toLocaleString('en')} ${odd === 1 ? 'entry' : 'entries'} could not be read`);
    return { all, pages, bytes, partial, more: cursor !== undefined };
  }

  return { client, path, get, list, reader, failure };
}
