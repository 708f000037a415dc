import { rootCertificates } from 'node:tls';
import { type Dispatcher, Pool } from 'undici';
import { BackendError } from '../domain/errors.ts';
import type { Duration } from '../domain/time.ts';
import { Body } from './body.ts';
import { connectionFailure } from './connection-failure.ts';
import type { HttpAnswer, HttpRequest } from './http-exchange.ts';
import { bodyOf, pathOf } from './request-parts.ts';
import { safeText } from './safe-text.ts';
import { tooLarge } from './too-large.ts';
import type { Transport, TransportOptions } from './transport.ts';

export interface PoolOptions extends TransportOptions {
  /** What proves who we are; it wins over headers of the same name. */
  readonly credentials: Readonly<Record<string, string>>;
  readonly connectTimeout: Duration;
  readonly connections: number;
  /** PEM certificates trusted besides the public ones. */
  readonly ca?: string;
  /** Takes our secrets out of a text of the server. */
  readonly scrub: (text: string) => string;
}

const MAX_REDIRECTS = 3;

/** HTTP/1.1 over kept connections. Redirects are followed to the same place only, three at most. */
export function createPoolTransport(options: PoolOptions): Transport {
  const { title, base, connectTimeout, maxBytes, scrub } = options;
  const pool = new Pool(base.origin, {
    connections: options.connections,
    // The client's deadline covers all of it; undici's own limits would only add a second wording.
    headersTimeout: 0,
    bodyTimeout: 0,
    allowH2: false,
    connect: {
      timeout: connectTimeout,
      rejectUnauthorized: true,
      ...(options.ca !== undefined && { ca: [...rootCertificates, options.ca] }),
    },
  });

  async function exchange(asked: HttpRequest, signal: AbortSignal): Promise<HttpAnswer> {
    let path = pathOf(base, asked.path, asked.query);
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
          ...options.credentials,
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
      if (announced > maxBytes) throw tooLarge(title, maxBytes);
      for await (const chunk of got.body as AsyncIterable<Uint8Array>) {
        if (body.length + chunk.length > maxBytes) throw tooLarge(title, maxBytes);
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

  return {
    exchange,
    failure: (error) => connectionFailure(error, { title, host: base.host, connectTimeout }),
    close: () => pool.destroy(),
  };
}

function flat(headers: Dispatcher.ResponseData['headers']): Record<string, string> {
  const out: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    const first = Array.isArray(value) ? value[0] : value;
    if (first !== undefined) out[name.toLowerCase()] = first;
  }
  return out;
}
