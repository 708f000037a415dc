import { type Endpoint, type EndpointAnswer, json, text } from './endpoint.ts';
import { graphPage } from './graph-page.ts';
import { type AnswerSource, answerTo } from './prometheus-answers.ts';
import { QueryError, type QueryErrorType } from './promql/query-error.ts';

const STATUS: Readonly<Record<QueryErrorType, number>> = { bad_data: 400, execution: 422, timeout: 503 };
/** Paths of the API that also take a form. */
const POSTABLE = /^\/api\/v1\/(?:query|query_range|labels|series)$/;

/**
 * Answers as Prometheus 2.42's HTTP API over a scenario's samples: the paths of `prometheus-answers.ts`, `/graph`, `/query`
 * and the health checks; everything else is 404 in plain text. API: https://prometheus.io/docs/prometheus/latest/querying/api/
 */
export function prometheusEndpoint(source: AnswerSource): Endpoint {
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
