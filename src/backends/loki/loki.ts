import { type Answer, answered } from '../../domain/evidence.ts';
import type { Ran } from '../api-way.ts';
import type { Backend, BackendDeps, Question } from '../backend.ts';
import { discoverParts } from '../discover-parts.ts';
import { getAnswer } from '../get-answer.ts';
import { handCommand } from '../hand-command.ts';
import { createHttpClient, DEFAULT_TIMEOUT } from '../http-client.ts';
import { readLogql } from './logql.ts';
import { createLokiApi } from './loki-api.ts';
import { permalink } from './permalink.ts';
import { LOKI_READABLE } from './readable.ts';
import type { LokiDeployment } from './settings.ts';

/** Loki, asked directly. */
export function createLoki(deployment: LokiDeployment, deps: BackendDeps): Backend {
  const { now, decoder } = deps;
  const { linkUrl, grafanaUid } = deployment;
  const title = `Loki ${deployment.name}`;
  const headers = deployment.orgId === undefined ? {} : { 'x-scope-orgid': deployment.orgId };
  const client = createHttpClient(deployment, {
    title,
    now,
    headers,
    ...(deps.retryAfter !== undefined && { retryAfter: deps.retryAfter }),
  });
  const api = createLokiApi({
    title,
    section: `[loki.deployments.${deployment.name}]`,
    list: `discover loki env:${deployment.name}`,
    client,
    byHand: (path, params) => handCommand(deployment, client.address(path), params, headers),
    decoder,
    now,
    timeout: deployment.timeout ?? DEFAULT_TIMEOUT,
  });

  function evidenced(query: string, ran: Omit<Ran, 'sent'>, sent: Ran['sent']): Answer {
    const { window, step } = ran;
    const view = { query, window, ...(step !== undefined && { step }) };
    return answered({
      tool: 'loki',
      deployment: deployment.name,
      source: title,
      query,
      ...ran,
      reproduction:
        linkUrl !== undefined && grafanaUid !== undefined
          ? { kind: 'permalink', url: permalink(linkUrl, grafanaUid, view) }
          : { kind: 'request', method: 'GET', url: client.address(sent.path, sent.params) },
    });
  }

  return {
    tool: 'loki',
    deployment: deployment.name,
    title,

    discover: (window, signal, options = {}) => discoverParts(api.parts(window), { ...options, now, signal }),

    match: api.match,

    reach: (query) => readLogql(query)?.reach ?? 0,

    schema: api.schema,

    async values(source, field, window, signal): Promise<Answer> {
      const { sent, query, ...ran } = await api.values(source, field, window, signal);
      return evidenced(query, ran, sent);
    },

    readable: LOKI_READABLE,

    get: (path, _window, signal) =>
      getAnswer(
        {
          tool: 'loki',
          deployment: deployment.name,
          readable: LOKI_READABLE,
          client,
          reader: api.reader,
          now,
          failure: api.failure,
        },
        path,
        signal,
      ),

    async query(question: Question, signal): Promise<Answer> {
      const { query } = question.matched;
      const { sent, ...ran } = await api.run(query, question, signal);
      return evidenced(query, ran, sent);
    },

    probe: api.tell,

    close: () => client.close(),
  };
}
