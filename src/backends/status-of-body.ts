import type { Body } from './body.ts';

/** Longer than any document that says what went wrong. */
const LONGEST = 64 * 1024;

/** https://connectrpc.com/docs/protocol#error-codes */
const CONNECT: Readonly<Record<string, number>> = {
  invalid_argument: 400,
  failed_precondition: 400,
  out_of_range: 400,
  unauthenticated: 401,
  permission_denied: 403,
  not_found: 404,
  unimplemented: 404,
  deadline_exceeded: 504,
  canceled: 504,
  resource_exhausted: 429,
  unavailable: 503,
  internal: 500,
  unknown: 500,
};

/** https://prometheus.io/docs/prometheus/latest/querying/api/#format-overview */
const PROMETHEUS: Readonly<Record<string, number>> = {
  bad_data: 400,
  not_found: 404,
  execution: 422,
  internal: 500,
  timeout: 503,
  canceled: 503,
  unavailable: 503,
};

/**
 * The status that an answer had, told from its body alone: of the documents with which Grafana, Prometheus, Loki and
 * Connect servers say what went wrong. Anything else counts as 200.
 */
export function statusOfBody(body: Body): number {
  if (body.length > LONGEST) return 200;
  const text = body.text(LONGEST).trim();
  if (/^(?:parse|pipeline|syntax) error\b/.test(text)) return 400;
  const numbered = /^([45]\d\d) [a-z ]{3,40}$/i.exec(text);
  if (numbered) return Number(numbered[1]);
  if (!text.startsWith('{')) return 200;
  const { status, statusCode, errorType, code, message, results, data } = record(text);
  if (typeof statusCode === 'number' && statusCode >= 400 && statusCode <= 599) return statusCode;
  if (status === 'error') return PROMETHEUS[String(errorType)] ?? 500;
  if (typeof message !== 'string' || results !== undefined || data !== undefined) return 200;
  if (typeof code === 'string' && Object.hasOwn(CONNECT, code)) return CONNECT[code] ?? 500;
  if (/\bunauthori[sz]ed\b|\binvalid (?:username|api key|token)|\bexpired\b/i.test(message)) return 401;
  if (/\bpermission|\baccess denied|\bforbidden\b/i.test(message)) return 403;
  return /\bnot found\b/i.test(message) ? 404 : 500;
}

/** What a body shows of the headers that it had: a page is no answer of an API. */
export function headersOfBody(body: Body): Readonly<Record<string, string>> {
  const start = body.text(64).trimStart();
  if (start.startsWith('<')) return { 'content-type': 'text/html' };
  return /^[[{"\d-]|^(?:true|false|null)\b/.test(start) || start === ''
    ? {}
    : { 'content-type': 'text/plain' };
}

function record(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}
