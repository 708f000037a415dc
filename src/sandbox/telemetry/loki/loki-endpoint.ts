import { type Endpoint, type EndpointAnswer, json, text } from '../endpoint.ts';
import { QueryError } from '../promql/query-error.ts';
import { type LogSources, lokiAnswer } from './loki-answers.ts';
import { LokiError } from './loki-error.ts';

const ROOT = '/loki/api/v1/';
/** Paths of the API that also take a form. */
const POSTABLE = /^\/loki\/api\/v1\/(?:query|query_range|labels|series|detected_fields)$/;

/**
 * Answers as Loki 3's HTTP API over the scenario's lines: the paths of `loki-answers.ts` and `/ready`; everything else is 404,
 * and every refusal plain text. API: https://grafana.com/docs/loki/latest/reference/loki-http-api/
 */
export function lokiEndpoint(source: LogSources): Endpoint {
  return ({ method, url, body }) => {
    const { pathname, searchParams } = new URL(url, 'http://127.0.0.1');
    if (method !== 'GET' && !(method === 'POST' && POSTABLE.test(pathname)))
      return { ...text(405, ''), headers: { allow: 'GET' } };
    if (pathname === '/ready') return text(200, 'ready\n');
    if (!pathname.startsWith(ROOT)) return text(404, '404 page not found\n');
    const parameters = new URLSearchParams([...new URLSearchParams(body), ...searchParams]);
    return answer(pathname.slice(ROOT.length), parameters, source);
  };
}

function answer(path: string, parameters: URLSearchParams, source: LogSources): EndpointAnswer {
  try {
    const found = lokiAnswer(path, parameters, source);
    return found === undefined
      ? text(404, '404 page not found\n')
      : { ...json(200, found), contentType: 'application/json; charset=UTF-8' };
  } catch (error) {
    if (error instanceof LokiError) return text(error.status, `${error.message}\n`);
    if (error instanceof QueryError) return text(400, `${error.message}\n`);
    throw error;
  }
}
