import { BackendError } from '../../domain/errors.ts';
import { SECOND, type Window } from '../../domain/time.ts';
import type { ApiWay, Ran } from '../api-way.ts';
import type { Question } from '../backend.ts';
import type { HttpAnswer } from '../http-exchange.ts';
import { plan } from '../prometheus/plan.ts';
import { readAndKeep } from '../read-and-keep.ts';
import { type Reader, readPieces } from '../read-pieces.ts';
import { unreadable } from '../unreadable.ts';
import { type CollectedFrames, collectFrames } from './collect-frames.ts';
import { decodeFrames, type FramesPiece } from './decode-frames.ts';
import { grafanaFailure, refusedQuery } from './failure.ts';
import { modelOf } from './model.ts';
import type { DataSource } from './sources.ts';

const PATH = '/api/ds/query';
const MODULE = { href: new URL('./decode-frames.ts', import.meta.url).href, name: 'decodeFrames' };

/**
 * One data source through Grafana's own query API, which answers with frames:
 * https://grafana.com/docs/grafana/latest/developers/http_api/data_source/#query-a-data-source
 */
export interface FramesApi {
  run(expression: string, question: Question, signal: AbortSignal): Promise<Ran>;
  model(expression: string): Readonly<Record<string, unknown>>;
}

export function createFramesApi(way: ApiWay, { uid, type }: DataSource): FramesApi {
  const { title, section, client, decoder, now, timeout } = way;
  const reader: Reader = {
    decoder,
    title,
    timeout,
    unreadable: (answer) => unreadable(answer, { title, product: 'Grafana', section }),
  };

  function model(expression: string): Readonly<Record<string, unknown>> {
    const read = modelOf(type, expression);
    if (read) return read;
    throw new BackendError(
      'bad-query',
      `${title} is a \`${type}\`, which Steady can ask only with the query as JSON.`,
      {
        asked: title,
        nextStep:
          'Take it from *Inspect → Query* of a panel, as in `{"namespace":"AWS/RDS","metricName":"CPUUtilization"}`.',
      },
    );
  }

  /** Some failures of a query come with frames of its other parts, under 207 or 400: they are an answer, too. */
  async function read(answer: HttpAnswer, signal: AbortSignal): Promise<CollectedFrames> {
    const { status } = answer;
    const failure = () =>
      grafanaFailure(answer, client.quote, { title, section, list: way.list, now: now() });
    if (status !== 200 && status !== 207 && status !== 400) throw failure();
    const refusal = status === 400 ? failure() : undefined;
    const pieces = readPieces<FramesPiece>(reader, answer, decodeFrames, MODULE, signal);
    try {
      return await collectFrames(pieces, client.quote);
    } catch (error) {
      throw refusal ?? error;
    }
  }

  return {
    model,

    async run(expression, { matched, window: asked, step: wanted }, signal) {
      const askedAt = now();
      const { window, step, note } = plan(asked, wanted, 'Grafana');
      const query = {
        ...model(expression),
        refId: 'A',
        datasource: { uid, type },
        intervalMs: step ?? SECOND,
        maxDataPoints: pointsOf(window, step ?? SECOND),
      };
      const json = { queries: [query], from: String(window.from), to: String(window.to) };
      const answer = await client.request({ method: 'POST', path: PATH, json, readOnly: true }, signal);
      const { found, snapshot, bytes } = await readAndKeep(answer, () => read(answer, signal));
      const nothing = found.result.kind === 'rows' ? found.result.rows.length === 0 : found.series === 0;
      if (found.error !== undefined && nothing) throw refusedQuery(found.error, title);
      return {
        window,
        ...(step !== undefined && { step }),
        askedAt,
        result: found.result,
        completeness: found.completeness,
        cost: {
          took: now() - askedAt,
          ...(found.series !== undefined && { series: found.series, samples: found.samples ?? 0 }),
          bytes,
        },
        warnings: [...(matched.hints ?? []), ...(note === undefined ? [] : [note]), ...found.warnings],
        snapshot,
        sent: { path: PATH, params: [] },
      };
    },
  };
}

function pointsOf({ from, to }: Window, step: number): number {
  return Math.max(1, Math.ceil((to - from) / step) + 1);
}
