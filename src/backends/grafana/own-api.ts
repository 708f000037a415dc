import type { BackendError } from '../../domain/errors.ts';
import type { Duration, Window } from '../../domain/time.ts';
import type { ApiWay, Params } from '../api-way.ts';
import type { Decode } from '../decoder.ts';
import type { HttpAnswer } from '../http-exchange.ts';
import { type Reader, readPieces } from '../read-pieces.ts';
import { unreadable } from '../unreadable.ts';
import type { Annotation } from './annotations.ts';
import {
  decodeAnnotations,
  decodeDashboards,
  decodeRules,
  decodeSources,
  type FoundDashboard,
  type RuleAlert,
} from './decode.ts';
import { grafanaFailure } from './failure.ts';
import { healthAnswer } from './schema.ts';
import type { DataSource } from './sources.ts';

const DECODE_MODULE = new URL('./decode.ts', import.meta.url).href;

/** Annotations asked for at a time. */
export const MOST_ANNOTATIONS = 1_000;
/** Dashboards listed; Grafana's own limit is 5,000. */
export const MOST_DASHBOARDS = 1_000;

/** What of a list came, and the bytes that it took. */
export interface Listed<One> {
  readonly all: readonly One[];
  readonly bytes: number;
  readonly sent: { readonly path: string; readonly params: Params };
}

/** What a Grafana says of itself: https://grafana.com/docs/grafana/latest/developers/http_api/ */
export interface OwnApi {
  sources(signal: AbortSignal, limit?: Duration): Promise<readonly DataSource[]>;
  /** Dashboards with the words in their title, or with them as a tag; without words all, by title. */
  dashboards(words: string, signal: AbortSignal, limit?: Duration): Promise<readonly FoundDashboard[]>;
  /** Annotations by people and pipelines, not by alerts, that have all the tags. */
  annotations(tags: readonly string[], window: Window, signal: AbortSignal): Promise<Listed<Annotation>>;
  /** The alerts of rules that Grafana evaluates itself, normal ones perhaps included. */
  rules(signal: AbortSignal): Promise<Listed<RuleAlert>>;
  /** Undefined where it does not tell its version. */
  version(signal: AbortSignal): Promise<string | undefined>;
  /** How its answers are read and its refusals worded, for a request that no command covers. */
  readonly reader: Reader;
  failure(answer: HttpAnswer, path: string, params: Params): BackendError;
}

export function createOwnApi(way: ApiWay): OwnApi {
  const { title, section, list, client, decoder, now, timeout } = way;
  const reader: Reader = {
    decoder,
    title,
    timeout,
    unreadable: (answer) => unreadable(answer, { title, product: 'Grafana', section }),
  };

  async function get(
    path: string,
    params: Params,
    signal: AbortSignal,
    limit?: Duration,
  ): Promise<HttpAnswer> {
    const answer = await client.request(
      { method: 'GET', path, query: params, ...(limit !== undefined && { timeout: limit }) },
      signal,
    );
    if (answer.status === 200) return answer;
    throw failure(answer, path, params);
  }

  function failure(answer: HttpAnswer, path: string, params: Params): BackendError {
    const command = way.byHand(path, params);
    return grafanaFailure(answer, client.quote, { title, section, list, command, now: now() });
  }

  async function all<One>(
    path: string,
    params: Params,
    decode: Decode<readonly One[]>,
    name: string,
    signal: AbortSignal,
    limit?: Duration,
  ): Promise<Listed<One>> {
    const answer = await get(path, params, signal, limit);
    const bytes = answer.body.length;
    const found: One[] = [];
    const module = { href: DECODE_MODULE, name };
    for await (const some of readPieces<readonly One[]>(reader, answer, decode, module, signal))
      found.push(...some);
    return { all: found, bytes, sent: { path, params } };
  }

  return {
    reader,
    failure,

    async sources(signal, limit) {
      const found = await all('/api/datasources', [], decodeSources, 'decodeSources', signal, limit);
      // The default first: it is the one that people mean.
      return found.all.toSorted((a, b) => Number(b.isDefault ?? false) - Number(a.isDefault ?? false));
    },

    async dashboards(words, signal, limit) {
      const search = async (more: Params) =>
        await all(
          '/api/search',
          [['type', 'dash-db'], ...more, ['limit', String(MOST_DASHBOARDS)]],
          decodeDashboards,
          'decodeDashboards',
          signal,
          limit,
        );
      if (words === '') return (await search([])).all;
      const found = await Promise.all([search([['query', words]]), search([['tag', words]])]);
      return [...new Map(found.flatMap((one) => one.all).map((one) => [one.uid, one])).values()];
    },

    annotations: (tags, { from, to }, signal) =>
      all(
        '/api/annotations',
        [
          ['from', String(from)],
          ['to', String(to)],
          ['type', 'annotation'],
          ...tags.map((tag) => ['tags', tag] as const),
          ['limit', String(MOST_ANNOTATIONS)],
        ],
        decodeAnnotations,
        'decodeAnnotations',
        signal,
      ),

    rules: (signal) =>
      all(
        '/api/prometheus/grafana/api/v1/rules',
        // Words that every version with these rules knows; one that knows none answers with all.
        ['firing', 'pending', 'nodata', 'error'].map((state) => ['state', state] as const),
        decodeRules,
        'decodeRules',
        signal,
      ),

    async version(signal) {
      const answer = await client.request({ method: 'GET', path: '/api/health' }, signal);
      if (answer.status !== 200) return undefined;
      try {
        const { version } = healthAnswer.parse(JSON.parse(answer.body.text(64 * 1024)));
        return version === undefined ? undefined : client.quote(version);
      } catch {
        return undefined;
      }
    },
  };
}
