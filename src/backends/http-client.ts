import { rootCertificates } from 'node:tls';
import PQueue from 'p-queue';
import { type Dispatcher, Pool } from 'undici';
import { BackendError } from '../domain/errors.ts';
import { type Duration, type Instant, SECOND, sayDuration } from '../domain/time.ts';
import { Body } from './body.ts';
import type { Connection } from './connection.ts';
import { connectionFailure } from './connection-failure.ts';
import { credentials } from './credentials.ts';
import { safeText } from './safe-text.ts';

export interface HttpRequest {
  readonly method: 'GET' | 'POST';
  /** Appended to the deployment's address, with its leading slash: `/api/v1/query`. */
  readonly path: string;
  readonly query?: readonly (readonly [string, string])[];
  /** Sent as application/x-www-form-urlencoded. */
  readonly form?: readonly (readonly [string, string])[];
  /** Sent as application/json; a request has this or `form`. */
  readonly json?: unknown;
  /** Sent with this request besides the deployment's; names in lower case, nothing secret. */
  readonly headers?: Readonly<Record<string, string>>;
  /** True for a POST that changes nothing, so that it may be sent twice like a GET. */
  readonly readOnly?: boolean;
  /** Shortens the deployment's limit for this request. */
  readonly timeout?: Duration;
  /** Says of a 503 whether asking again makes sense; default yes. */
  readonly worthRetrying?: (answer: HttpAnswer) => boolean;
}

/** A whole answer, whatever its status. */
export interface HttpAnswer {
  readonly status: number;
  /** Lower-case names; of repeated headers the first. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Body;
}

/** One deployment's way out. Throws only BackendError. */
export interface HttpClient {
  request(request: HttpRequest, signal: AbortSignal): Promise<HttpAnswer>;
  /** The exact address of a request, without any secret. */
  address(path: string, query?: HttpRequest['query']): string;
  /** Text of the server, safe to show: capped, without control characters and without our secrets. */
  quote(text: string): string;
  /** Withdraws what is under way or waiting, and gives the connections back. */
  close(): Promise<void>;
}

export interface HttpClientOptions {
  /** As people name the deployment: `Prometheus prod`. */
  readonly title: string;
  readonly now: () => Instant;
  /** Sent with every request besides the credentials, names in lower case; nothing secret. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Pause before the one retry; default 250 ms. */
  readonly retryAfter?: Duration;
}

const MAX_REDIRECTS = 3;

export const DEFAULT_TIMEOUT: Duration = 30 * SECOND;

class DeadlinePassed extends Error {}

export function createHttpClient(connection: Connection, options: HttpClientOptions): HttpClient {
  const { title } = options;
  const base = new URL(connection.url);
  const { headers, scrub } = credentials(connection, title);
  const timeout = connection.timeout ?? DEFAULT_TIMEOUT;
  const connectTimeout = connection.connectTimeout ?? 10 * SECOND;
  const maxBytes = connection.maxBytes ?? 50_000_000;
  const concurrency = connection.concurrency ?? 4;
  const queue = new PQueue({ concurrency });
  const underWay = new Set<AbortController>();
  const pool = new Pool(base.origin, {
    connections: concurrency,
    // The deadline below covers all of it; undici's own limits would only add a second wording.
    headersTimeout: 0,
    bodyTimeout: 0,
    allowH2: false,
    connect: {
      timeout: connectTimeout,
      rejectUnauthorized: true,
      ...(connection.ca !== undefined && { ca: [...rootCertificates, connection.ca] }),
    },
  });

  async function request(asked: HttpRequest, signal: AbortSignal): Promise<HttpAnswer> {
    const limit = Math.min(asked.timeout ?? timeout, timeout);
    const deadline = new AbortController();
    const timer = setTimeout(() => deadline.abort(new DeadlinePassed()), limit);
    underWay.add(deadline);
    const either = AbortSignal.any([signal, deadline.signal]);
    let started = false;
    try {
      return await queue.add(
        () => {
          started = true;
          return attempt(asked, either);
        },
        { signal: either },
      );
    } catch (error) {
      if (error instanceof BackendError) throw error;
      if (either.aborted) throw stopped(either.reason, limit, started);
      throw connectionFailure(error, { title, host: base.host, connectTimeout });
    } finally {
      clearTimeout(timer);
      underWay.delete(deadline);
    }
  }

  async function attempt(asked: HttpRequest, signal: AbortSignal): Promise<HttpAnswer> {
    const mayRepeat = asked.method === 'GET' || asked.readOnly === true;
    try {
      const answer = await exchange(asked, signal);
      const again = mayRepeat && answer.status === 503 && (asked.worthRetrying?.(answer) ?? true);
      if (!again) return answer;
    } catch (error) {
      if (!mayRepeat || signal.aborted || error instanceof BackendError) throw error;
    }
    await pause(options.retryAfter ?? 250, signal);
    return await exchange(asked, signal);
  }

  async function exchange(asked: HttpRequest, signal: AbortSignal): Promise<HttpAnswer> {
    let path = pathOf(asked.path, asked.query);
    const { method } = asked;
    const sent = bodyOf(asked);
    for (let hops = 0; ; hops++) {
      const got = await pool.request({
        method,
        path,
        signal,
        headers: {
          accept: 'application/json',
          'accept-encoding': 'identity',
          'user-agent': 'steady',
          ...(sent && { 'content-type': sent.type }),
          ...options.headers,
          ...asked.headers,
          ...headers,
        },
        ...(sent && { body: sent.text }),
      });
      const location = got.headers.location;
      if (got.statusCode < 300 || got.statusCode > 399 || typeof location !== 'string')
        return await read(got, signal);
      await got.body.dump();
      path = followable(location, path, hops);
      // 307 and 308 keep the method; the others turn a POST into a GET, whose form would be lost.
      if (method === 'POST' && got.statusCode < 307)
        throw misdirected('answers with a redirect that drops the query');
    }
  }

  async function read(got: Dispatcher.ResponseData, signal: AbortSignal): Promise<HttpAnswer> {
    const answerHeaders = flat(got.headers);
    const body = new Body();
    const announced = Number(answerHeaders['content-length'] ?? 0);
    try {
      if (announced > maxBytes) throw tooLarge();
      for await (const chunk of got.body as AsyncIterable<Uint8Array>) {
        if (body.length + chunk.length > maxBytes) throw tooLarge();
        body.append(chunk);
      }
    } catch (error) {
      // Destroying closes the connection, so nothing more of it is received.
      got.body.on('error', () => undefined).destroy();
      if (error instanceof BackendError || signal.aborted) throw error;
      throw connectionFailure(error, { title, host: base.host, connectTimeout, received: body.length });
    }
    if (!/^(?:identity)?$/i.test(answerHeaders['content-encoding'] ?? ''))
      throw misdirected('compresses its answers although that was declined');
    return { status: got.statusCode, headers: answerHeaders, body };
  }

  function followable(location: string, from: string, hops: number): string {
    const target = URL.parse(location, new URL(from, base.origin));
    if (!target || hops >= MAX_REDIRECTS) throw misdirected('redirects in a circle or to nowhere');
    if (target.origin !== base.origin)
      throw misdirected(`redirects to ${safeText(scrub(target.origin), 120)}, which is refused`);
    return target.pathname + target.search;
  }

  function misdirected(what: string): BackendError {
    return new BackendError('unavailable', `${title} at ${base.host} ${what}.`, {
      asked: title,
      nextStep: 'Set `url` to the address that answers itself, and give the credentials that it wants.',
    });
  }

  function tooLarge(): BackendError {
    return new BackendError(
      'too-large',
      `${title} answers with more than ${Math.round(maxBytes / 100_000) / 10} MB.`,
      {
        asked: title,
        nextStep: 'Ask for less: a shorter window, a larger step, or an aggregation such as sum or topk.',
      },
    );
  }

  function stopped(reason: unknown, limit: Duration, started: boolean): BackendError {
    const late =
      reason instanceof DeadlinePassed || (reason instanceof Error && reason.name === 'TimeoutError');
    if (!late)
      return new BackendError('unavailable', `The question to ${title} was withdrawn.`, { asked: title });
    const within =
      reason instanceof DeadlinePassed
        ? ` within ${limit < SECOND ? `${limit} ms` : sayDuration(limit)}`
        : ' in time';
    return started
      ? new BackendError('timeout', `${title} did not answer${within}.`, {
          asked: title,
          nextStep: 'Ask for a shorter window or a larger step, or ask again.',
        })
      : new BackendError('timeout', `${title} was too busy with earlier questions to be asked${within}.`, {
          asked: title,
          nextStep: 'Ask again in a moment.',
        });
  }

  function pathOf(path: string, query: HttpRequest['query']): string {
    const search = query && query.length > 0 ? `?${encode(query)}` : '';
    return `${base.pathname.replace(/\/+$/, '')}${path}${search}`;
  }

  return {
    request,
    address: (path, query) => base.origin + pathOf(path, query),
    quote: (text) => safeText(scrub(text)),
    async close() {
      for (const one of underWay) one.abort(new Error('closed'));
      await pool.destroy();
    },
  };
}

function bodyOf({ form, json }: HttpRequest): { readonly type: string; readonly text: string } | undefined {
  if (form) return { type: 'application/x-www-form-urlencoded', text: encode(form) };
  return json === undefined ? undefined : { type: 'application/json', text: JSON.stringify(json) };
}

/** Percent-encoded throughout: a `+` for a blank is read differently by different servers. */
function encode(pairs: readonly (readonly [string, string])[]): string {
  return pairs.map(([key, value]) => `${encodeURIComponent(key)}=${encodeURIComponent(value)}`).join('&');
}

function flat(headers: Dispatcher.ResponseData['headers']): Record<string, string> {
  const out: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    const first = Array.isArray(value) ? value[0] : value;
    if (first !== undefined) out[name.toLowerCase()] = first;
  }
  return out;
}

function pause(length: Duration, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop);
      resolve();
    }, length);
    function stop() {
      clearTimeout(timer);
      reject(signal.reason);
    }
    signal.addEventListener('abort', stop, { once: true });
  });
}
