import { type Endpoint, json, text } from '../endpoint.ts';
import { ConnectError } from './connect-error.ts';
import { type ProfileAnswerSource, profileAnswer } from './profile-answers.ts';
import { profilePage } from './profile-page.ts';

const QUERIER = '/querier.v1.QuerierService/';
/** The last version whose own pages an address can open. */
const VERSION = '1.14.1';

/**
 * Answers as Pyroscope's querier over Connect with JSON: `ProfileTypes`, `LabelNames`, `LabelValues`, `SelectMergeStacktraces` and
 * `Diff` of CPU profiles, and the pages for one profile and for two. Everything else is refused in Connect's words.
 * API: https://grafana.com/docs/pyroscope/latest/reference-server-api/
 */
export function pyroscopeEndpoint(source: ProfileAnswerSource): Endpoint {
  return ({ method, url, headers, body }) => {
    const { pathname, searchParams } = new URL(url, 'http://127.0.0.1');
    if (pathname === '/ready') return text(200, 'ready\n');
    if (pathname === '/api/v1/status/buildinfo')
      return json(200, { status: 'success', data: { application: 'Grafana Pyroscope', version: VERSION } });
    if (method === 'GET' && (pathname === '/' || pathname === '/comparison-diff'))
      return profilePage(pathname, searchParams, source);
    if (!pathname.startsWith(QUERIER)) return text(404, '404 page not found\n');
    if (method !== 'POST') return { ...text(405, ''), headers: { allow: 'POST' } };
    if (!/^application\/json\b/.test(headers['content-type'] ?? '')) return text(415, '');
    try {
      return json(200, profileAnswer(pathname.slice(QUERIER.length), messageOf(body), source));
    } catch (error) {
      if (error instanceof ConnectError)
        return json(error.status, { code: error.code, message: error.message });
      throw error;
    }
  };
}

function messageOf(body: string): Readonly<Record<string, unknown>> {
  try {
    const message: unknown = JSON.parse(body === '' ? '{}' : body);
    if (typeof message === 'object' && message !== null) return { ...message };
  } catch {
    // Said below, as for JSON that is no object.
  }
  throw new ConnectError('invalid_argument', 'unmarshal message: the body is no JSON object');
}
