import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';

/** A body larger than this is refused. */
const MAX_BODY = 1024 * 1024;
const HOSTS: ReadonlySet<string> = new Set(['127.0.0.1', 'localhost', '[::1]']);

/** A request as an endpoint sees it. */
export interface EndpointRequest {
  readonly method: string;
  /** Path and query string. */
  readonly url: string;
  /** Lower-case names. */
  readonly headers: IncomingHttpHeaders;
  /** The form or document of a POST. */
  readonly body: string;
}

export interface EndpointAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A system that the sandbox plays, as a function of its requests. */
export type Endpoint = (request: EndpointRequest) => EndpointAnswer;

export function json(status: number, body: unknown): EndpointAnswer {
  return { status, contentType: 'application/json', body: JSON.stringify(body) };
}

export function text(status: number, body: string): EndpointAnswer {
  return { status, contentType: 'text/plain; charset=utf-8', body };
}

/**
 * The endpoint as a listener for node:http. Only requests addressed to this machine by a loopback name are answered: a page
 * elsewhere whose name was made to point here gets 403.
 */
export function telemetryListener(
  endpoint: Endpoint,
): (request: IncomingMessage, response: ServerResponse) => void {
  const respond = (response: ServerResponse, answer: EndpointAnswer) => {
    response.writeHead(answer.status, {
      'content-type': answer.contentType,
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
      ...answer.headers,
    });
    response.end(answer.body);
  };
  return (request, response) => {
    const host = (request.headers.host ?? '').replace(/:\d+$/, '');
    if (!HOSTS.has(host)) {
      request.resume();
      respond(response, text(403, 'this sandbox answers to loopback names only\n'));
      return;
    }
    readBody(request).then(
      (body) => {
        const { method = 'GET', url = '/', headers } = request;
        try {
          respond(
            response,
            body === undefined ? text(413, 'request too large\n') : endpoint({ method, url, headers, body }),
          );
        } catch {
          respond(response, json(500, { status: 'error', errorType: 'internal', error: 'internal error' }));
        }
      },
      () => response.destroy(),
    );
  };
}

async function readBody(request: IncomingMessage): Promise<string | undefined> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    size += part.length;
    if (size <= MAX_BODY) parts.push(part);
  }
  return size > MAX_BODY ? undefined : Buffer.concat(parts).toString('utf8');
}
