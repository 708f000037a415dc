import PQueue from 'p-queue';
import { BackendError } from '../domain/errors.ts';
import { type Duration, type Instant, SECOND, sayDuration } from '../domain/time.ts';
import { createCommandTransport } from './command-transport.ts';
import type { Connection } from './connection.ts';
import { credentials } from './credentials.ts';
import type { HttpAnswer, HttpRequest } from './http-exchange.ts';
import { createPoolTransport } from './pool-transport.ts';
import { pathOf } from './request-parts.ts';
import { safeText } from './safe-text.ts';
import type { TransportOptions } from './transport.ts';

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

export const DEFAULT_TIMEOUT: Duration = 30 * SECOND;

class DeadlinePassed extends Error {}

export function createHttpClient(connection: Connection, options: HttpClientOptions): HttpClient {
  const { title } = options;
  const base = new URL(connection.url);
  const { headers: proofs, scrub } = credentials(connection, title);
  const timeout = connection.timeout ?? DEFAULT_TIMEOUT;
  const concurrency = connection.concurrency ?? 4;
  const queue = new PQueue({ concurrency });
  const underWay = new Set<AbortController>();
  const way: TransportOptions = {
    title,
    base,
    headers: options.headers ?? {},
    maxBytes: connection.maxBytes ?? 50_000_000,
  };
  const transport = connection.accessCommand
    ? createCommandTransport(connection.accessCommand, way)
    : createPoolTransport({
        ...way,
        credentials: proofs,
        connectTimeout: connection.connectTimeout ?? 10 * SECOND,
        connections: concurrency,
        ...(connection.ca !== undefined && { ca: connection.ca }),
        scrub,
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
      throw transport.failure(error);
    } finally {
      clearTimeout(timer);
      underWay.delete(deadline);
    }
  }

  async function attempt(asked: HttpRequest, signal: AbortSignal): Promise<HttpAnswer> {
    const mayRepeat = asked.method === 'GET' || asked.readOnly === true;
    try {
      const answer = await transport.exchange(asked, signal);
      const again = mayRepeat && answer.status === 503 && (asked.worthRetrying?.(answer) ?? true);
      if (!again) return answer;
    } catch (error) {
      if (!mayRepeat || signal.aborted || error instanceof BackendError) throw error;
    }
    await pause(options.retryAfter ?? 250, signal);
    return await transport.exchange(asked, signal);
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

  return {
    request,
    address: (path, query) => base.origin + pathOf(base, path, query),
    quote: (text) => safeText(scrub(text)),
    async close() {
      for (const one of underWay) one.abort(new Error('closed'));
      await transport.close();
    },
  };
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
