import type { Instant } from '../../../domain/time.ts';
import { type Endpoint, type EndpointAnswer, json } from '../endpoint.ts';
import { labelOf, NAME } from '../labels.ts';
import type { LogSource } from '../loki/log-source.ts';
import type { Scenario } from '../scenario.ts';
import { AplError } from './apl/apl-error.ts';
import { runApl } from './apl/run-apl.ts';
import { eventDatasets } from './event-datasets.ts';
import { managementAnswer } from './management.ts';
import { MplError, runMpl } from './mpl.ts';
import { type PageAnswer, queryPage, readQueryLink, type Shown } from './query-page.ts';
import { tabularAnswer } from './tabular-answer.ts';

export interface AxiomSource {
  readonly scenario: Scenario;
  readonly now: () => Instant;
  /** The lines that its events are made of. */
  readonly lines: () => readonly LogSource[];
}

const INFO =
  /^\/v1\/query\/metrics\/info\/datasets\/shop-metrics\/metrics(?:\/([^/]+)\/tags(?:\/([^/]+)\/values)?)?$/;

/**
 * Answers as Axiom's API and one of its edges in one place: management as far as it lists and tells, queries of events in a part of APL,
 * of metrics in a part of MPL. Refusals have Axiom's shape, with line and column. https://axiom.co/docs/restapi/introduction
 */
export function axiomEndpoint({ scenario, now, lines }: AxiomSource): Endpoint {
  const datasets = eventDatasets(lines);
  return ({ method, url, headers, body }) => {
    const { pathname, searchParams } = new URL(url, 'http://127.0.0.1');
    const limits = {
      'x-ratelimit-scope': 'user',
      'x-ratelimit-limit': '1000',
      'x-ratelimit-remaining': '999',
    };
    const answered = (answer: EndpointAnswer): EndpointAnswer => ({
      ...answer,
      headers: { ...limits, 'x-axiom-trace-id': 'sandbox' },
    });
    if (method === 'GET' && pathname === '/sandbox/query') return page(searchParams);
    if (!/^Bearer \S/.test(headers.authorization ?? '')) return answered(refused(403, 'forbidden'));
    if (method === 'POST') return answered(queried(pathname, searchParams, body));
    const origin = `http://${headers.host}`;
    const found = pathname.startsWith('/v2/')
      ? managementAnswer(pathname, searchParams, { scenario, now, datasets, origin })
      : metricsInfo(pathname);
    return answered(found === undefined ? refused(404, 'not found') : json(200, found));
  };

  function queried(path: string, parameters: URLSearchParams, body: string): EndpointAnswer {
    const asked = documentOf(body);
    const frame = {
      now: now(),
      from: Date.parse(asked.startTime ?? ''),
      to: Date.parse(asked.endTime ?? ''),
    };
    if (Number.isNaN(frame.from) || Number.isNaN(frame.to))
      return refused(400, 'startTime and endTime must be RFC 3339 here');
    try {
      if (path === '/v1/query/_mpl' && asked.mpl !== undefined) {
        const within = { from: Math.max(frame.from, scenario.dataFrom), to: Math.min(frame.to, now()) };
        return json(200, runMpl(asked.mpl, scenario.series(), within));
      }
      const apl = path === '/v1/query/_apl' || path === '/v1/datasets/_apl';
      if (!apl || asked.apl === undefined) return refused(404, 'not found');
      if (parameters.get('format') !== 'tabular') return refused(400, 'format must be tabular here');
      const ran = runApl(asked.apl, (name) => datasets.find((one) => one.name === name), frame);
      return json(200, tabularAnswer(ran, frame));
    } catch (error) {
      if (error instanceof MplError) return json(400, { error: error.message, message: error.message });
      if (!(error instanceof AplError)) throw error;
      const { line, column, message } = error;
      return json(400, {
        code: 400,
        message,
        detail: { line, column, errorType: 1, compileErrorCode: 16, message },
      });
    }
  }

  /** The page that links lead to, for people: it asks for no token. */
  function page(parameters: URLSearchParams): EndpointAnswer {
    const shown = readQueryLink(parameters);
    if (!shown) return refused(400, 'the link has no absolute times');
    return {
      status: 200,
      contentType: 'text/html; charset=utf-8',
      body: queryPage(shown, pageAnswer(shown)),
      headers: { 'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'" },
    };
  }

  function pageAnswer({ query, from, to }: Shown): PageAnswer {
    try {
      if (/^[`(]|^[\w-]+\s*:/.test(query)) {
        const series = runMpl(query, scenario.series(), { from, to: Math.min(to, now()) });
        return { columns: ['series'], rows: series.map((one) => [one]), total: series.length };
      }
      const frame = { now: now(), from, to };
      const { fields, rows } = runApl(query, (name) => datasets.find((one) => one.name === name), frame);
      const columns = fields.map((one) => one.name);
      return { columns, rows: rows.map((row) => columns.map((name) => row[name])), total: rows.length };
    } catch (error) {
      if (error instanceof MplError || error instanceof AplError) return { refused: error.message };
      throw error;
    }
  }

  /** The metrics of the scenario, their tags and the values of one. */
  function metricsInfo(path: string): object | undefined {
    const [found, metric, tag] = INFO.exec(path) ?? [];
    if (found === undefined) return undefined;
    if (metric === undefined)
      return Object.fromEntries(
        scenario.metrics.map(({ name, type }) => [
          name,
          { type, temporality: 'Cumulative', unit: unitOf(name) },
        ]),
      );
    const series = scenario
      .series()
      .filter(({ labels }) => labelOf(labels, NAME) === decodeURIComponent(metric));
    const names = new Set(
      series.flatMap(({ labels }) => labels.map(([name]) => name)).filter((name) => name !== NAME),
    );
    if (tag === undefined) return [...names].sort();
    const values = series
      .map(({ labels }) => labelOf(labels, decodeURIComponent(tag)))
      .filter((value) => value !== '');
    return [...new Set(values)].sort();
  }
}

function refused(status: number, message: string): EndpointAnswer {
  return json(status, { code: status, message });
}

function unitOf(metric: string): string {
  return /_seconds/.test(metric) ? 's' : /_bytes/.test(metric) ? 'By' : '1';
}

interface Asked {
  readonly apl?: string;
  readonly mpl?: string;
  readonly startTime?: string;
  readonly endTime?: string;
}

function documentOf(body: string): Asked {
  try {
    const read: unknown = JSON.parse(body);
    const texts = Object.entries(read ?? {}).filter(([, value]) => typeof value === 'string');
    return Object.fromEntries(texts);
  } catch {
    return {};
  }
}
