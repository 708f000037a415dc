import { BackendError } from '../../domain/errors.ts';
import type { Result } from '../../domain/evidence.ts';
import { type Duration, SECOND, type Window } from '../../domain/time.ts';
import type { ApiWay, Params, Ran } from '../api-way.ts';
import { type Discovery, type Matched, matched, type Question, type Schema } from '../backend.ts';
import type { Part } from '../discover-parts.ts';
import type { HttpAnswer } from '../http-exchange.ts';
import type { NamesPiece } from '../prometheus/decode.ts';
import { plan } from '../prometheus/plan.ts';
import { readAndKeep } from '../read-and-keep.ts';
import { type Reader, readPieces } from '../read-pieces.ts';
import { safeText } from '../safe-text.ts';
import { ticked } from '../unknown-names.ts';
import { unreadable } from '../unreadable.ts';
import { collectLoki } from './collect.ts';
import { decodeLoki, decodeNames, type LokiPiece } from './decode.ts';
import { lokiParts, nanoseconds, within } from './discover.ts';
import { lokiFailure } from './failure.ts';
import { countingQuery, fieldsOf, selectorOf } from './fields.ts';
import { givesLines } from './logql.ts';
import { matchLogql } from './match.ts';
import { buildinfoAnswer, type DetectedField, detectedFieldsAnswer } from './schema.ts';

/** Lines asked for; Loki's own default limit is 5,000, and a card shows few. */
const LINES = 1_000;
const DECODE_MODULE = new URL('./decode.ts', import.meta.url).href;

/** Loki's HTTP API: https://grafana.com/docs/loki/latest/reference/loki-http-api/ */
export interface LokiApi {
  /** The lists of one discovery over a window. */
  parts(window: Window): readonly Part[];
  /** See `Backend.match`. */
  match(query: string, discovery: Discovery): Matched;
  /** Runs a query; its hints and whether it was checked come from the question. */
  run(query: string, question: Question, signal: AbortSignal): Promise<Ran>;
  /** The labels of the streams that a selector finds, and the fields that Loki finds in their lines. */
  schema(source: string, window: Window, signal: AbortSignal): Promise<Schema>;
  /** How often each value of a label or field was written; `query` counts them. */
  values(
    source: string,
    field: string,
    window: Window,
    signal: AbortSignal,
  ): Promise<Ran & { readonly query: string }>;
  /** How its answers are read and its refusals worded, for a request that no command covers. */
  readonly reader: Reader;
  failure(answer: HttpAnswer, path: string, params: Params): BackendError;
  /** `Loki 3.4.1`, or `Loki, with 12 labels` where the version may not be read. */
  tell(signal: AbortSignal): Promise<string>;
}

export function createLokiApi(way: ApiWay): LokiApi {
  const { title, section, client, decoder, now, timeout } = way;
  const reader: Reader = {
    decoder,
    title,
    timeout,
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

  function failure(answer: HttpAnswer, path: string, params: Params | undefined) {
    const command = params && way.byHand(path, params);
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

  /** Undefined where this Loki is older than the list: then the fields of lines are simply not known. */
  async function detected(
    selector: string,
    window: Window,
    signal: AbortSignal,
  ): Promise<readonly DetectedField[] | undefined> {
    const path = '/loki/api/v1/detected_fields';
    const params: Params = [['query', selector], ...within(window)];
    const answer = await client.request({ method: 'GET', path, query: params }, signal);
    if (answer.status === 404) return undefined;
    if (answer.status !== 200) throw failure(answer, path, params);
    const found = detectedFieldsAnswer.safeParse(parseSmall(answer));
    if (!found.success) throw reader.unreadable(answer);
    return found.data.fields ?? [];
  }

  const api: LokiApi = {
    parts: (window) => lokiParts((path, within_, limit) => readNames(path, within(window), within_, limit)),

    match: (query, discovery) => matchLogql(query, discovery, { title, list: way.list }),

    async run(query, { matched: { hints, unchecked }, window: asked, step: wanted }, signal) {
      const askedAt = now();
      const { path, params, window, step, note } = request(query, asked, wanted);
      const answer = await ask(path, params, signal, { byHand: unchecked === undefined });
      const module = { href: DECODE_MODULE, name: 'decodeLoki' };
      const { found, snapshot, bytes } = await readAndKeep(answer, () =>
        collectLoki(readPieces<LokiPiece>(reader, answer, decodeLoki, module, signal), LINES, client.quote),
      );
      return {
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
        warnings: [...(hints ?? []), ...(note === undefined ? [] : [note]), ...found.warnings],
        snapshot,
        sent: { path, params },
      };
    },

    async schema(source, window, signal) {
      const at = now();
      const selector = selectorOf(source);
      const [labels, fields] = await Promise.all([
        readNames('/loki/api/v1/labels', [['query', selector], ...within(window)], signal),
        detected(selector, window, signal),
      ]);
      if (labels.length === 0 && !fields?.length) throw noStreams(title, selector, way.list);
      return {
        source: selector,
        at,
        fields: fieldsOf(labels, fields ?? []).map((one) => ({ ...one, name: safeText(one.name) })),
        note: fields ? 'the fields are those of the newest lines' : 'this Loki lists no fields of lines',
      };
    },

    async values(source, field, window, signal) {
      const selector = selectorOf(source);
      if (!/^[A-Za-z_]\w*$/.test(field)) throw noField(title, selector, field, way.list);
      const found = (await detected(selector, window, signal))?.find(({ label }) => label === field);
      const query = countingQuery(selector, field, window, found?.parsers?.[0]);
      const at = { from: window.to, to: window.to };
      const { result, ...ran } = await api.run(query, { matched: matched(query), window: at }, signal);
      return { ...ran, query, result: counted(result, field) };
    },

    reader,
    failure,

    async tell(signal) {
      const path = '/loki/api/v1/status/buildinfo';
      const answer = await client.request({ method: 'GET', path }, signal);
      // Gateways often let nothing through but what Grafana asks for.
      if (answer.status === 404 || answer.status === 403)
        return `Loki, with ${(await readNames('/loki/api/v1/labels', [], signal)).length} labels`;
      if (answer.status !== 200) throw failure(answer, path, []);
      const version = versionOf(answer);
      if (version === undefined) throw reader.unreadable(answer);
      return `Loki ${client.quote(version)}`;
    },
  };
  return api;
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
  return buildinfoAnswer.safeParse(parseSmall(answer)).data?.version;
}

function parseSmall(answer: HttpAnswer): unknown {
  try {
    return JSON.parse(answer.body.text(512 * 1024));
  } catch {
    return undefined;
  }
}

/** The most frequent first. */
function counted(result: Result, field: string): Result {
  if (result.kind !== 'series') return result;
  const rows = result.series.map(
    ({ labels, samples }) => [labels[field] ?? '', samples.at(-1)?.value ?? 0] as const,
  );
  return { kind: 'rows', columns: ['value', 'count'], rows: rows.toSorted((a, b) => b[1] - a[1]) };
}

function noStreams(title: string, selector: string, list: string): BackendError {
  return new BackendError('unknown-source', `${title} has no stream ${ticked(selector)} in this time.`, {
    asked: title,
    nextStep: `\`${list}\` lists what there is.`,
  });
}

function noField(title: string, selector: string, field: string, list: string): BackendError {
  return new BackendError('bad-query', `${ticked(field)} is no name of a field of ${title}.`, {
    asked: title,
    nextStep: `\`schema ${selector}\` lists its fields, \`${list}\` what there is.`,
  });
}
