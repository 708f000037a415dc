import type { IncomingMessage, ServerResponse } from 'node:http';
import { graphPage } from './graph-page.ts';
import { type AnswerSource, answerTo } from './prometheus-answers.ts';
import { QueryError, type QueryErrorType } from './promql/query-error.ts';

/** A form larger than this is refused. */
const MAX_BODY = 1024 * 1024;
const STATUS: Readonly<Record<QueryErrorType, number>> = { bad_data: 400, execution: 422, timeout: 503 };
/** Paths of the API that also take a form. */
const POSTABLE = /^\/api\/v1\/(?:query|query_range|labels|series)$/;
const HOSTS: ReadonlySet<string> = new Set(['127.0.0.1', 'localhost', '[::1]']);

/** A request as the endpoint sees it. */
export interface EndpointRequest {
  readonly method: string;
  /** Path and query string. */
  readonly url: string;
  /** The form of a POST. */
  readonly body: string;
}

export interface EndpointAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * Answers as Prometheus 2.42's HTTP API over a scenario's samples: the paths of `prometheus-answers.ts`, `/graph`, `/query`
 * and the health checks; everything else is 404 in plain text. API: https://prometheus.io/docs/prometheus/latest/querying/api/
 */
export function prometheusEndpoint(source: AnswerSource): (request: EndpointRequest) => EndpointAnswer {
  return ({ method, url, body }) => {
    const { pathname, searchParams } = new URL(url, 'http://127.0.0.1');
    if (method !== 'GET' && !(method === 'POST' && POSTABLE.test(pathname)))
      return method === 'HEAD'
        ? text(200, '')
        : { ...text(405, 'Method Not Allowed\n'), headers: { allow: 'GET' } };
    if (pathname === '/') return { ...text(302, ''), headers: { location: '/graph' } };
    if (pathname === '/graph' || pathname === '/query') return page(graphPage(searchParams, source));
    if (pathname === '/-/healthy') return text(200, 'Prometheus Server is Healthy.\n');
    if (pathname === '/-/ready') return text(200, 'Prometheus Server is Ready.\n');
    if (!pathname.startsWith('/api/v1/')) return text(404, '404 page not found\n');
    const parameters = new URLSearchParams([...new URLSearchParams(body), ...searchParams]);
    return api(pathname.slice('/api/v1/'.length), parameters, source);
  };
}

function api(path: string, parameters: URLSearchParams, source: AnswerSource): EndpointAnswer {
  try {
    const answer = answerTo(path, parameters, source);
    return answer === undefined
      ? text(404, '404 page not found\n')
      : json(200, { status: 'success', data: answer });
  } catch (error) {
    if (error instanceof QueryError)
      return json(STATUS[error.type], { status: 'error', errorType: error.type, error: error.message });
    if (error instanceof URIError) return text(400, 'Bad Request\n');
    throw error;
  }
}

function json(status: number, body: unknown): EndpointAnswer {
  return { status, contentType: 'application/json', body: JSON.stringify(body) };
}

function text(status: number, body: string): EndpointAnswer {
  return { status, contentType: 'text/plain; charset=utf-8', body };
}

function page(body: string): EndpointAnswer {
  return {
    status: 200,
    contentType: 'text/html; charset=utf-8',
    body,
    headers: {
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'",
    },
  };
}

/**
 * The endpoint as a listener for node:http. Only requests addressed to this machine by a loopback name are answered: a page
 * elsewhere whose name was made to point here gets 403.
 */
export function telemetryListener(
  endpoint: (request: EndpointRequest) => EndpointAnswer,
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
        const { method = 'GET', url = '/' } = request;
        try {
          respond(
            response,
            body === undefined ? text(413, 'request too large\n') : endpoint({ method, url, body }),
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
