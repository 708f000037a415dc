import { BackendError } from '../../domain/errors.ts';
import { type Answer, answered } from '../../domain/evidence.ts';
import { type Duration, SECOND } from '../../domain/time.ts';
import type { ApiWay, Ran } from '../api-way.ts';
import type { Backend, BackendDeps, Question } from '../backend.ts';
import { DISCOVERY_TIMEOUT } from '../discover-parts.ts';
import { exploreLink } from '../explore-link.ts';
import { getAnswer } from '../get-answer.ts';
import { handCommand } from '../hand-command.ts';
import { createHttpClient, DEFAULT_TIMEOUT } from '../http-client.ts';
import { withQuery } from '../request-parts.ts';
import { createDirectory } from './directory.ts';
import { retold } from './failure.ts';
import type { GrafanaQuery } from './grafana-query.ts';
import type { Around, Inside } from './inside.ts';
import { createLinks } from './links.ts';
import { matchGrafana } from './match.ts';
import { createOwnApi } from './own-api.ts';
import { createOwnQuestions } from './own-questions.ts';
import { partOf } from './part-of.ts';
import { GRAFANA_READABLE } from './readable.ts';
import type { GrafanaDeployment } from './settings.ts';
import { asTyped } from './sources.ts';

const SETTINGS_TIMEOUT: Duration = 2 * SECOND;
/** Dashboards told for a word. */
const DASHBOARDS = 20;

/** Grafana, and through it whatever its data sources lead to. */
export function createGrafana(deployment: GrafanaDeployment, deps: BackendDeps): Backend {
  const { now, decoder } = deps;
  const { orgId } = deployment;
  const title = `Grafana ${deployment.name}`;
  const section = `[grafana.deployments.${deployment.name}]`;
  const list = `discover grafana env:${deployment.name}`;
  const headers = orgId === undefined ? {} : { 'x-grafana-org-id': orgId };
  const client = createHttpClient(deployment, {
    title,
    now,
    headers,
    ...(deps.retryAfter !== undefined && { retryAfter: deps.retryAfter }),
  });
  const timeout = deployment.timeout ?? DEFAULT_TIMEOUT;
  const around: Around = { deployment, client, headers, title, section, decoder, now, timeout };
  const byHand: ApiWay['byHand'] = (path, params) =>
    handCommand(deployment, client.address(path), params, headers);
  const own = createOwnApi({ ...around, list, byHand });
  const links = createLinks(deployment, client);
  const directory = createDirectory(own, around);
  const questions = createOwnQuestions(own, directory, links, around);
  let settingsAsked = false;

  function learnLinks(limit: Duration, signal: AbortSignal): Promise<void> {
    settingsAsked = true;
    return links.learn(AbortSignal.any([signal, AbortSignal.timeout(limit)]));
  }

  async function askSource(
    { source: word, expression, at }: Extract<GrafanaQuery, { kind: 'source' }>,
    question: Question,
    signal: AbortSignal,
  ): Promise<Answer> {
    const inside = await insideOf(word, signal);
    if (!inside) throw unread(title);
    const learning = settingsAsked ? undefined : learnLinks(SETTINGS_TIMEOUT, signal);
    const { sent: _, ...ran } = await inside.run(expression, question, signal).catch((error: unknown) => {
      throw error instanceof BackendError ? retold(error, title, at) : error;
    });
    await learning;
    return evidenced(question.matched.query, expression, inside, ran);
  }

  /** What is not known may never have been looked for by this process. */
  async function insideOf(word: string, signal: AbortSignal): Promise<Inside | undefined> {
    if (!directory.find(word)) await directory.refresh(signal);
    return directory.find(word);
  }

  function evidenced(
    query: string,
    expression: string,
    { source, model }: Inside,
    ran: Omit<Ran, 'sent'>,
  ): Answer {
    const pane = { source, model: model(expression, ran), window: ran.window };
    return answered({
      tool: 'grafana',
      deployment: deployment.name,
      source: title,
      query,
      ...ran,
      reproduction: {
        kind: 'permalink',
        url: exploreLink(links.base(), pane, orgId ?? source.orgId?.toString()),
      },
    });
  }

  return {
    tool: 'grafana',
    deployment: deployment.name,
    title,
    fronts: true,
    behind: (_promql, front) => directory.speaking('prometheus').map((inside) => partOf(front, inside)),
    readable: GRAFANA_READABLE,

    async discover(window, signal, options = {}) {
      const learning = learnLinks(options.timeout ?? DISCOVERY_TIMEOUT, signal);
      const found = await directory.discover(window, signal, options);
      await learning;
      return found;
    },

    match: (query, discovery) =>
      matchGrafana(query, discovery, directory, {
        title,
        list,
        section,
        vouched: deployment.vouchedSources ?? [],
      }),

    needs: directory.needs,

    reach(query) {
      const question = directory.read(query);
      if (question?.kind !== 'source') return 0;
      return directory.find(question.source)?.reach(question.expression) ?? 0;
    },

    async query(question, signal) {
      const read = directory.read(question.matched.query);
      if (!read) throw unread(title);
      if (read.kind === 'alerts') return await questions.alerts(read, question, signal);
      if (read.kind === 'annotations') return await questions.annotations(read, question, signal);
      return await askSource(read, question, signal);
    },

    async schema(source, window, signal) {
      const { inside, inner } = await within(source, signal);
      if (!inside.schema) throw nothingInside(source);
      return { ...(await inside.schema(inner, window, signal)), source };
    },

    async values(source, field, window, signal) {
      const { inside, inner } = await within(source, signal);
      if (!inside.values) throw nothingInside(source);
      const { sent, query, ...ran } = await inside.values(inner, field, window, signal);
      if (query !== undefined) return evidenced(`${asTyped(inside.source)} ${query}`, query, inside, ran);
      const path = inside.path(sent.path);
      return answered({
        tool: 'grafana',
        deployment: deployment.name,
        source: title,
        query: `GET ${withQuery(path, sent.params)}`,
        ...ran,
        reproduction: { kind: 'request', method: 'GET', url: client.address(path, sent.params) },
      });
    },

    changes: questions.changes,
    firing: questions.firing,
    get: (path, _window, signal) =>
      getAnswer(
        {
          tool: 'grafana',
          deployment: deployment.name,
          readable: GRAFANA_READABLE,
          client,
          reader: own.reader,
          now,
          failure: own.failure,
        },
        path,
        signal,
      ),

    async dashboards(words, window, signal) {
      const found = await own.dashboards(words.trim(), signal);
      return found.slice(0, DASHBOARDS).map((one) => ({
        title: one.title,
        ...(one.folderTitle !== undefined && { folder: one.folderTitle }),
        tags: one.tags ?? [],
        url: links.dashboard(one.uid, window),
      }));
    },

    async probe(signal) {
      const [sources, version] = await Promise.all([own.sources(signal), own.version(signal)]);
      return `Grafana ${version === undefined ? '' : `${version} `}with ${sources.length} data sources`;
    },

    close: () => client.close(),
  };

  /** `Prometheus http_requests_total`: a data source, and what is meant inside it. */
  async function within(source: string, signal: AbortSignal) {
    const read = directory.read(source);
    if (read?.kind !== 'source') throw nothingInside(source);
    const inside = await insideOf(read.source, signal);
    if (!inside) throw nothingInside(source);
    return { inside, inner: read.expression };
  }

  function nothingInside(source: string): BackendError {
    return new BackendError(
      'unknown-source',
      `${title} can tell the fields of a metric of a Prometheus or Loki only, and \`${source.replaceAll('`', "'")}\` names none.`,
      { asked: title, nextStep: `Write the data source and then the metric; \`${list}\` lists both.` },
    );
  }
}

/** Reached where a query that could not be read is sent all the same. */
function unread(title: string): BackendError {
  return new BackendError('bad-query', `${title} needs a data source and what to ask of it.`, {
    asked: title,
    nextStep: 'Write both, as in `grafana Prometheus up`; names with blanks go in double quotes.',
  });
}
