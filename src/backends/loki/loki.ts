import type { BackendError } from '../../domain/errors.ts';
import { type Answer, answered, type Reproduction } from '../../domain/evidence.ts';
import { type Duration, SECOND, type Window } from '../../domain/time.ts';
import type { Backend, BackendDeps, Question } from '../backend.ts';
import { discoverParts } from '../discover-parts.ts';
import { handCommand } from '../hand-command.ts';
import { createHttpClient, DEFAULT_TIMEOUT, type HttpAnswer } from '../http-client.ts';
import type { NamesPiece } from '../prometheus/decode.ts';
import { plan } from '../prometheus/plan.ts';
import { type Reader, readPieces } from '../read-pieces.ts';
import { snapshotOf } from '../snapshot.ts';
import { unreadable } from '../unreadable.ts';
import { collectLoki } from './collect.ts';
import { decodeLoki, decodeNames, type LokiPiece } from './decode.ts';
import { lokiParts, nanoseconds, within } from './discover.ts';
import { lokiFailure } from './failure.ts';
import { givesLines, readLogql } from './logql.ts';
import { matchLogql } from './match.ts';
import { permalink } from './permalink.ts';
import { buildinfoAnswer } from './schema.ts';
import type { LokiDeployment } from './settings.ts';

type Params = readonly (readonly [string, string])[];

/** Lines asked for; Loki's own default limit is 5,000, and a card shows few. */
const LINES = 1_000;
const DECODE_MODULE = new URL('./decode.ts', import.meta.url).href;

/** Loki's HTTP API: https://grafana.com/docs/loki/latest/reference/loki-http-api/ */
export function createLoki(deployment: LokiDeployment, deps: BackendDeps): Backend {
  const { now, decoder } = deps;
  const title = `Loki ${deployment.name}`;
  const section = `[loki.deployments.${deployment.name}]`;
  const headers = deployment.orgId === undefined ? {} : { 'x-scope-orgid': deployment.orgId };
  const client = createHttpClient(deployment, {
    title,
    now,
    headers,
    ...(deps.retryAfter !== undefined && { retryAfter: deps.retryAfter }),
  });
  const reader: Reader = {
    decoder,
    title,
    timeout: deployment.timeout ?? DEFAULT_TIMEOUT,
    unreadable: (answer) => unreadable(answer, { title, product: 'Loki', section }),
  };

  async function ask(
    path: string,
    params: Params,
    signal: AbortSignal,
    more: { readonly limit?: Duration; readonly byHand?: boolean } = {},
  ): Promise<HttpAnswer> {
    const { limit } = more;
    const answer = await client.request(
      { method: 'GET', path, query: params, ...(limit !== undefined && { timeout: limit }) },
      signal,
    );
    if (answer.status === 200) return answer;
    throw failure(answer, path, more.byHand === false ? undefined : params);
  }

  function failure(answer: HttpAnswer, path: string, params: Params | undefined): BackendError {
    const command = params && handCommand(deployment, client.address(path), params, headers);
    return lokiFailure(answer, client.quote, { title, section, command, now: now() });
  }

  async function readNames(
    path: string,
    params: Params,
    signal: AbortSignal,
    limit?: Duration,
  ): Promise<readonly string[]> {
    const answer = await ask(path, params, signal, limit === undefined ? {} : { limit });
    const names: string[] = [];
    const module = { href: DECODE_MODULE, name: 'decodeNames' };
    for await (const some of readPieces<NamesPiece>(reader, answer, decodeNames, module, signal))
      names.push(...some);
    return names;
  }

  function reproduction(path: string, params: Params, view: Parameters<typeof permalink>[2]): Reproduction {
    const { linkUrl, grafanaUid } = deployment;
    return linkUrl !== undefined && grafanaUid !== undefined
      ? { kind: 'permalink', url: permalink(linkUrl, grafanaUid, view) }
      : { kind: 'request', method: 'GET', url: client.address(path, params) };
  }

  return {
    tool: 'loki',
    deployment: deployment.name,
    title,

    async discover(window, signal, options = {}) {
      const parts = lokiParts((path, within_, limit) => readNames(path, within(window), within_, limit));
      return await discoverParts(parts, { ...options, now, signal });
    },

    match: (query, discovery) =>
      matchLogql(query, discovery, { title, list: `discover loki env:${deployment.name}` }),

    reach: (query) => readLogql(query)?.reach ?? 0,

    async query({ matched, window: asked, step: wanted }: Question, signal): Promise<Answer> {
      const askedAt = now();
      const { query, unchecked } = matched;
      const { path, params, window, step, note } = request(query, asked, wanted);
      const answer = await ask(path, params, signal, { byHand: unchecked === undefined });
      const bytes = answer.body.length;
      const module = { href: DECODE_MODULE, name: 'decodeLoki' };
      // The snapshot looks at the bytes first, because decoding takes the body.
      const [snapshot, found] = await Promise.all([
        snapshotOf(answer.body),
        collectLoki(readPieces<LokiPiece>(reader, answer, decodeLoki, module, signal), LINES, client.quote),
      ]);
      return answered({
        tool: 'loki',
        deployment: deployment.name,
        source: title,
        query,
        window,
        ...(step !== undefined && { step }),
        askedAt,
        result: found.result,
        completeness: found.completeness,
        cost: {
          took: now() - askedAt,
          ...(found.lines === undefined && { series: found.series, samples: found.samples }),
          bytes,
        },
        warnings: [...(matched.hints ?? []), ...(note === undefined ? [] : [note]), ...found.warnings],
        reproduction: reproduction(path, params, { query, window, ...(step !== undefined && { step }) }),
        snapshot,
      });
    },

    async probe(signal) {
      const path = '/loki/api/v1/status/buildinfo';
      const answer = await client.request({ method: 'GET', path }, signal);
      // Gateways often let nothing through but what Grafana asks for.
      if (answer.status === 404 || answer.status === 403) {
        const labels = await readNames('/loki/api/v1/labels', [], signal);
        return `Loki, with ${labels.length} labels`;
      }
      if (answer.status !== 200) throw failure(answer, path, []);
      const version = versionOf(answer);
      if (version === undefined) throw reader.unreadable(answer);
      return `Loki ${client.quote(version)}`;
    },

    close: () => client.close(),
  };
}

interface Request {
  readonly path: string;
  readonly params: Params;
  /** Exactly what will be asked. */
  readonly window: Window;
  readonly step?: Duration;
  readonly note?: string;
}

/** Numbers are asked for with a step, at one instant by `query`; lines by `query_range` alone, an instant being its second. */
function request(query: string, asked: Window, wanted: Duration | undefined): Request {
  const range = '/loki/api/v1/query_range';
  if (givesLines(query)) {
    const window = { from: asked.from, to: Math.max(asked.to, asked.from + SECOND) };
    const params: Params = [
      ['query', query],
      ...within(window),
      ['limit', String(LINES)],
      ['direction', 'backward'],
    ];
    return { path: range, params, window };
  }
  const { window, step, note } = plan(asked, wanted, 'Loki');
  if (step === undefined) {
    const params: Params = [
      ['query', query],
      ['time', nanoseconds(window.to)],
    ];
    return { path: '/loki/api/v1/query', params, window };
  }
  const params: Params = [['query', query], ...within(window), ['step', String(step / SECOND)]];
  return { path: range, params, window, step, ...(note !== undefined && { note }) };
}

function versionOf(answer: HttpAnswer): string | undefined {
  try {
    return buildinfoAnswer.safeParse(JSON.parse(answer.body.text(64 * 1024))).data?.version;
  } catch {
    return undefined;
  }
}
