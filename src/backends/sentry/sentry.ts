import { type Answer, answered } from '../../domain/evidence.ts';
import { SECOND, type Window } from '../../domain/time.ts';
import type { Backend, BackendDeps, Question } from '../backend.ts';
import { discoverParts } from '../discover-parts.ts';
import { getAnswer } from '../get-answer.ts';
import { withQuery } from '../request-parts.ts';
import { changesOf } from './changes.ts';
import { decodeTags } from './decode.ts';
import { organizationOf, sentryParts, times } from './discover.ts';
import { matchSentry } from './match.ts';
import { keep } from './parts.ts';
import { ownPermalink, webRoot } from './permalink.ts';
import { isIssue, readQuestion, type SentryQuestion } from './question.ts';
import { createReach, type Params } from './reach.ts';
import { readablePaths, readableRequest } from './readable.ts';
import { issueSearch } from './search.ts';
import type { SentryDeployment } from './settings.ts';
import { askEvents, askTags, selectEvents } from './verbs/events.ts';
import type { Asking, Found } from './verbs/found.ts';
import { askIssue } from './verbs/issue.ts';
import { askIssues } from './verbs/issues.ts';
import { askReleases } from './verbs/releases.ts';

/** Sentry's web API, version 0: https://docs.sentry.io/api/ */
export function createSentry(deployment: SentryDeployment, deps: BackendDeps): Backend {
  const { now } = deps;
  const { organization } = deployment;
  const title = `Sentry ${deployment.name}`;
  const reach = createReach(deployment, deps, title);
  const web = webRoot(deployment);
  /** Older versions take a project by its number only; discovery has told them. */
  const numbers = new Map<string, string>();
  const numberOf = (slug: string) => numbers.get(slug) ?? slug;

  function askingOf(matched: Asking['matched'], asked: Window, signal: AbortSignal): Asking {
    const { project } = deployment;
    return {
      reach,
      title,
      signal,
      window: wholeSeconds(asked),
      matched,
      project: project === undefined ? undefined : numberOf(project),
      web,
      own: (given) => ownPermalink(given, deployment),
    };
  }

  async function answerOf(found: Found, { matched, window }: Asking, askedAt: number): Promise<Answer> {
    return answered({
      tool: 'sentry',
      deployment: deployment.name,
      source: title,
      query: matched.query,
      window,
      askedAt,
      result: found.result,
      completeness:
        found.partial.length === 0
          ? { kind: 'complete' }
          : { kind: 'partial', why: reach.client.quote(found.partial.join('; ')) },
      cost: { took: now() - askedAt, bytes: found.bytes },
      warnings: [...(matched.hints ?? []), ...found.notes, ...found.partial.map(reach.client.quote)],
      reproduction: { kind: 'permalink', url: found.url },
      snapshot: await keep(found.parts),
    });
  }

  return {
    tool: 'sentry',
    deployment: deployment.name,
    title,
    readable: readablePaths(organization),

    async discover(window, signal, options = {}) {
      const parts = sentryParts(reach, window, ({ slug, id }) => void numbers.set(slug, id));
      return await discoverParts(parts, { ...options, now, signal });
    },

    match: (query, discovery) =>
      matchSentry(query, discovery, { title, list: `discover sentry env:${deployment.name}` }, deployment),

    async query({ matched, window }: Question, signal) {
      const askedAt = now();
      const asking = askingOf(matched, window, signal);
      return await answerOf(await ask(readQuestion(matched.query), asking), asking, askedAt);
    },

    async schema(source, window, signal) {
      const at = now();
      const params: Params = [...projectOf(source), ...times(wholeSeconds(window))];
      const { all, more, partial } = await reach.list('tags/', params, [decodeTags, 'decodeTags'], signal);
      return {
        source,
        at,
        fields: all.map(({ key, totalValues }) => ({
          name: key,
          type: 'tag',
          ...(totalValues != null && { description: `on ${totalValues.toLocaleString('en')} events` }),
        })),
        ...((more || partial.length > 0) && { truncated: true }),
      };
    },

    async values(source, field, window, signal) {
      const askedAt = now();
      const inProject = !isIssue(source);
      const search = inProject ? '' : issueSearch(source);
      const query = inProject
        ? `events ${source === organization ? '' : `project:${source} `}fields:${field},count() sort:-count()`
        : `tags ${source} ${field}`;
      const asking = askingOf({ query }, window, signal);
      const project = inProject ? projectOf(source)[0]?.[1] : undefined;
      const found = await selectEvents(
        { search, fields: [field, 'count()'], sort: '-count()', project },
        asking,
      );
      const { result } = found;
      const named = result.kind === 'rows' ? { ...result, columns: ['value', 'count'] } : result;
      return await answerOf({ ...found, result: named }, asking, askedAt);
    },

    async changes(window, signal) {
      const askedAt = now();
      const asking = askingOf({ query: 'releases' }, window, signal);
      const found = await askReleases({ verb: 'releases', part: '' }, asking);
      return { answer: await answerOf(found, asking, askedAt), found: changesOf(found.found, web) };
    },

    async get(typed, window, signal) {
      const over = wholeSeconds(window);
      const { path, query } = readableRequest(typed, over, { organization, title });
      const answer = await getAnswer(
        {
          tool: 'sentry',
          deployment: deployment.name,
          readable: readablePaths(organization),
          client: reach.client,
          reader: reach.reader,
          now,
          failure: reach.failure,
        },
        withQuery(path, query),
        signal,
      );
      return query.some(([key]) => key === 'start') ? { ...answer, window: over } : answer;
    },

    async probe(signal) {
      const answer = await reach.get('', [['detailed', '0']], signal);
      const found = organizationOf(answer.body.text(1_000_000));
      if (found === undefined) throw reach.reader.unreadable(answer);
      // The list of issues needs a permission of its own, which tokens often lack.
      await reach.get(
        'issues/',
        [['query', ''], ['limit', '1'], ...times({ from: now() - SECOND, to: now() })],
        signal,
      );
      const projects = await reach.get('projects/', [['per_page', '100']], signal);
      return `Sentry, organization ${reach.client.quote(found)}, ${sayProjects(projects.body.text(5_000_000))}`;
    },

    close: () => reach.client.close(),
  };

  function projectOf(source: string): Params {
    return source === organization ? [] : [['project', numberOf(source)]];
  }
}

function ask(question: ReturnType<typeof readQuestion>, asking: Asking): Promise<Found> {
  if (!('verb' in question)) throw new TypeError('A question that cannot be read was matched');
  return askVerb(question, asking);
}

function askVerb(question: SentryQuestion, asking: Asking): Promise<Found> {
  switch (question.verb) {
    case 'issues':
    case 'new':
      return askIssues(question, asking);
    case 'issue':
      return askIssue(question, asking);
    case 'releases':
      return askReleases(question, asking);
    case 'tags':
      return askTags(question, asking);
    case 'events':
      return askEvents(question, asking);
  }
}

/** Widened outwards, because pages take whole seconds; one instant is its second. */
function wholeSeconds({ from, to }: Window): Window {
  const start = Math.floor(from / SECOND) * SECOND;
  return { from: start, to: Math.max(Math.ceil(to / SECOND) * SECOND, start + SECOND) };
}

function sayProjects(body: string): string {
  try {
    const all: unknown = JSON.parse(body);
    const count = Array.isArray(all) ? all.length : 0;
    return `${count === 100 ? 'at least 100' : count} ${count === 1 ? 'project' : 'projects'}`;
  } catch {
    return 'projects not readable';
  }
}
