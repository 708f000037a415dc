import { type Answer, answered } from '../../domain/evidence.ts';
import { type Duration, SECOND } from '../../domain/time.ts';
import type { Backend, BackendDeps, Discovery, Firing, Found, Question } from '../backend.ts';
import { DISCOVERY_TIMEOUT, discoverParts } from '../discover-parts.ts';
import { getAnswer } from '../get-answer.ts';
import { handCommand } from '../hand-command.ts';
import { createHttpClient, DEFAULT_TIMEOUT } from '../http-client.ts';
import { withQuery } from '../request-parts.ts';
import { alertsPage, permalink } from './permalink.ts';
import { createPrometheusApi } from './prometheus-api.ts';
import { readPromql } from './promql.ts';
import { PROMETHEUS_READABLE } from './readable.ts';
import type { PrometheusDeployment } from './settings.ts';

const VERSION_TIMEOUT: Duration = 2 * SECOND;

/** Prometheus, asked directly. */
export function createPrometheus(deployment: PrometheusDeployment, deps: BackendDeps): Backend {
  const { now, decoder } = deps;
  const title = `Prometheus ${deployment.name}`;
  const timeout = deployment.timeout ?? DEFAULT_TIMEOUT;
  const client = createHttpClient(deployment, {
    title,
    now,
    ...(deps.retryAfter !== undefined && { retryAfter: deps.retryAfter }),
  });
  const api = createPrometheusApi({
    title,
    section: `[prometheus.deployments.${deployment.name}]`,
    list: `discover prom env:${deployment.name}`,
    client,
    byHand: (path, params) => handCommand(deployment, client.address(path), params),
    decoder,
    now,
    timeout,
  });
  let version: string | undefined;
  let versionAsked = false;

  async function learnVersion(signal: AbortSignal): Promise<string> {
    versionAsked = true;
    version = await api.version(signal, Math.min(timeout, DISCOVERY_TIMEOUT));
    return version;
  }

  /** Links need it, answers do not: that it cannot be had is nobody's trouble. */
  const learnWithin = (limit: Duration, signal: AbortSignal) =>
    learnVersion(AbortSignal.any([signal, AbortSignal.timeout(limit)])).catch(() => undefined);

  async function firing(signal: AbortSignal): Promise<Found<Firing>> {
    const { sent, found, ...ran } = await api.alerts(signal);
    const url = alertsPage(deployment.linkUrl ?? deployment.url);
    const answer = answered({
      tool: 'prometheus',
      deployment: deployment.name,
      source: title,
      query: `GET ${sent.path}`,
      ...ran,
      reproduction: { kind: 'permalink', url },
    });
    return { answer, found };
  }

  return {
    tool: 'prometheus',
    deployment: deployment.name,
    title,

    async discover(window, signal, options = {}): Promise<Discovery> {
      const learning = learnWithin(options.timeout ?? DISCOVERY_TIMEOUT, signal);
      const found = await discoverParts(api.parts(window), { ...options, now, signal });
      await learning;
      return found;
    },

    match: api.match,

    reach: (query) => readPromql(query)?.reach ?? 0,

    async query(question: Question, signal): Promise<Answer> {
      const { query } = question.matched;
      const learning = versionAsked ? undefined : learnWithin(VERSION_TIMEOUT, signal);
      const { sent: _, ...ran } = await api.run(query, question, signal);
      await learning;
      const { window, step } = ran;
      return answered({
        tool: 'prometheus',
        deployment: deployment.name,
        source: title,
        query,
        ...ran,
        reproduction: {
          kind: 'permalink',
          url: permalink(
            deployment.linkUrl ?? deployment.url,
            { query, window, ...(step !== undefined && { step }) },
            version,
          ),
        },
      });
    },

    schema: api.schema,

    async values(source, field, window, signal): Promise<Answer> {
      const { sent, ...ran } = await api.values(source, field, window, signal);
      return answered({
        tool: 'prometheus',
        deployment: deployment.name,
        source: title,
        query: `GET ${withQuery(sent.path, sent.params)}`,
        ...ran,
        reproduction: { kind: 'request', method: 'GET', url: client.address(sent.path, sent.params) },
      });
    },

    firing,

    readable: PROMETHEUS_READABLE,

    get: async (path, _window, signal) =>
      path.trim() === '/api/v1/alerts'
        ? (await firing(signal)).answer
        : await getAnswer(
            {
              tool: 'prometheus',
              deployment: deployment.name,
              readable: PROMETHEUS_READABLE,
              client,
              reader: api.reader,
              now,
              failure: api.failure,
            },
            path,
            signal,
          ),

    async probe(signal) {
      return `Prometheus ${await learnVersion(signal)}`;
    },

    close: () => client.close(),
  };
}
