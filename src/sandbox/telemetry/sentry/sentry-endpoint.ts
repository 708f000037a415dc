import type { Window } from '../../../domain/time.ts';
import { type Endpoint, type EndpointAnswer, type EndpointRequest, json, text } from '../endpoint.ts';
import { DetailedError, notThere } from './detailed-error.ts';
import { eventsTable } from './events-table.ts';
import { eventsWithin, newestEvents } from './played-events.ts';
import type { EventSource, PlayedIssue } from './played-issue.ts';
import { deploy, lifeOf, presentEvent, presentIssue, presentRelease, project } from './present.ts';
import { sentryPage } from './sentry-page.ts';
import { readSearch } from './sentry-search.ts';
import { ORGANIZATION, PROJECTS, releasesOf, type SentrySource } from './sentry-source.ts';

const API = '/api/0/';
const MOST = 100;
const SORTS = ['date', 'new', 'freq', 'user'];

/** One request below the organization. */
interface Asked {
  readonly source: SentrySource;
  readonly parameters: URLSearchParams;
  readonly window: Window;
  readonly origin: string;
}

/**
 * Answers as Sentry's web API over the scenario's errors: the organization, its projects, environments, releases with their deploys,
 * tags, issues, one issue with its latest event, and counts and rows of events. A bearer token must come along, any will do.
 * Everything else is refused in Sentry's own words. API: https://docs.sentry.io/api/
 */
export function sentryEndpoint(source: SentrySource): Endpoint {
  return (request) => {
    const { pathname, searchParams } = new URL(request.url, 'http://127.0.0.1');
    if (!pathname.startsWith(API)) return sentryPage(pathname, searchParams, source);
    try {
      return answer(request, decodeURI(pathname), searchParams, source);
    } catch (error) {
      if (error instanceof DetailedError) return json(error.status, { detail: error.message });
      throw error;
    }
  };
}

function answer(
  { method, headers, url }: EndpointRequest,
  pathname: string,
  parameters: URLSearchParams,
  source: SentrySource,
): EndpointAnswer {
  if (method !== 'GET') throw new DetailedError(405, `Method "${method}" not allowed.`);
  if (!/^Bearer \S/.test(headers.authorization ?? ''))
    throw new DetailedError(401, 'Authentication credentials were not provided.');
  if (!pathname.endsWith('/'))
    return { ...text(301, ''), headers: { location: url.replace(/(?=\?|$)/, '/') } };
  const root = `${API}organizations/${ORGANIZATION}/`;
  if (!pathname.startsWith(root)) throw notThere();
  const asked = {
    source,
    parameters,
    window: windowOf(parameters, source),
    origin: `http://${headers.host}`,
  };
  const names = pathname.slice(root.length).split('/').slice(0, -1).map(decodeURIComponent);
  const found = ROUTES.find(
    ({ path }) => path.length === names.length && path.every((one, at) => one === '*' || one === names[at]),
  );
  if (!found) throw notThere();
  return found.answer(asked, names);
}

type Route = {
  readonly path: readonly string[];
  answer(asked: Asked, names: readonly string[]): EndpointAnswer;
};

const ROUTES: readonly Route[] = [
  {
    path: [],
    answer: () =>
      json(200, { id: '1', slug: ORGANIZATION, name: 'Shop', status: { id: 'active', name: 'active' } }),
  },
  { path: ['projects'], answer: () => json(200, Object.keys(PROJECTS).map(project)) },
  { path: ['environments'], answer: () => json(200, [{ id: '1', name: 'production' }]) },
  { path: ['tags'], answer: tags },
  { path: ['releases'], answer: releases },
  { path: ['releases', '*', 'deploys'], answer: ({ source }, [, version = '']) => deploys(source, version) },
  { path: ['issues'], answer: issues },
  {
    path: ['issues', '*'],
    answer: ({ source, origin }, [, id = '']) => json(200, presentIssue(issueOf(source, id), source, origin)),
  },
  { path: ['issues', '*', 'events', 'latest'], answer: latest },
  { path: ['events'], answer: events },
];

/** Both ends, or a period until now, which wins; the last two weeks where nothing is said. */
function windowOf(parameters: URLSearchParams, { now }: SentrySource): Window {
  const period = /^(\d{1,6})([smhdw])$/.exec(parameters.get('statsPeriod') ?? '');
  const unit = { s: 1, m: 60, h: 3_600, d: 86_400, w: 604_800 }[period?.[2] ?? ''] ?? 0;
  const [start, end] = ['start', 'end'].map((name) => Date.parse(parameters.get(name) ?? ''));
  if (period) return { from: now() - Number(period[1]) * unit * 1_000, to: now() };
  if (start === undefined || end === undefined || Number.isNaN(start) || Number.isNaN(end))
    return { from: now() - 14 * 86_400_000, to: now() };
  if (start >= end) throw new DetailedError(400, 'start must be before end');
  return { from: start, to: Math.min(end, now()) };
}

function issueOf({ issues: all }: SentrySource, id: string): PlayedIssue {
  const found = all().find((one) => one.id === id || one.shortId === id.toUpperCase());
  if (!found) throw notThere();
  return found;
}

/** The sources of events that a search and the parameters `project` and `environment` leave. */
function select(
  { source, parameters, window }: Asked,
  search: string,
): { issue: PlayedIssue; source: EventSource }[] {
  const test = readSearch(search);
  const projects = parameters.getAll('project').filter((one) => one !== '-1');
  const environments = parameters.getAll('environment');
  return source.issues().flatMap((issue) => {
    const life = lifeOf(issue, source);
    const wanted =
      projects.length === 0 ||
      projects.some((one) => one === issue.project || one === PROJECTS[issue.project]);
    if (!life || !wanted) return [];
    const searched = { issue, firstSeen: life.first, lastSeen: life.last };
    return issue.sources
      .filter((one) => environments.length === 0 || environments.includes(one.tags.environment ?? ''))
      .filter((one) => test({ ...searched, source: one }) && eventsWithin(one, window) > 0)
      .map((one) => ({ issue, source: one }));
  });
}

function issues(asked: Asked): EndpointAnswer {
  const { source, parameters, window, origin } = asked;
  const sort = parameters.get('sort') ?? 'date';
  if (!SORTS.includes(sort)) throw new DetailedError(400, `The sandbox does not play the order "${sort}".`);
  const found = [
    ...new Set(select(asked, parameters.get('query') ?? 'is:unresolved').map((one) => one.issue)),
  ];
  const weight = (issue: PlayedIssue) => {
    const life = lifeOf(issue, source);
    if (sort === 'new') return life?.first ?? 0;
    return sort === 'date'
      ? (life?.last ?? 0)
      : issue.sources.reduce((sum, one) => sum + eventsWithin(one, window), 0);
  };
  const sorted = found.toSorted((a, b) => weight(b) - weight(a));
  return page(sorted, parameters, 'limit', (one) => presentIssue(one, source, origin, window));
}

function latest({ source }: Asked, [, id = '']: readonly string[]): EndpointAnswer {
  const issue = issueOf(source, id);
  const whole = { from: source.scenario.dataFrom, to: source.now() };
  const [newest] = newestEvents(
    issue.sources.map((one) => ({ issue, source: one })),
    whole,
    1,
  );
  if (!newest) throw notThere();
  return json(200, presentEvent(newest));
}

function events(asked: Asked): EndpointAnswer {
  const { parameters, window } = asked;
  const fields = parameters.getAll('field');
  if (parameters.get('dataset') !== 'errors')
    throw new DetailedError(400, 'The sandbox plays the dataset "errors" alone.');
  if (fields.length === 0) throw new DetailedError(400, 'No columns selected');
  const sort = parameters.get('sort') ?? `-${fields[0]}`;
  if (!fields.includes(sort.replace(/^-/, '')))
    throw new DetailedError(400, `Cannot sort by a field that is not selected: ${sort}`);
  const rows = eventsTable(select(asked, parameters.get('query') ?? ''), fields, sort, window);
  const paged = page(rows, parameters, 'per_page', (one) => one);
  const meta = {
    fields: Object.fromEntries(fields.map((one) => [one, /\(/.test(one) ? 'integer' : 'string'])),
  };
  return { ...paged, body: JSON.stringify({ data: JSON.parse(paged.body), meta }) };
}

function tags({ source, window }: Asked): EndpointAnswer {
  const all = source.issues().flatMap((one) => one.sources);
  const total = all.reduce((sum, one) => sum + eventsWithin(one, window), 0);
  const keys = total === 0 ? [] : [...new Set(all.flatMap((one) => Object.keys(one.tags))), 'level'].sort();
  return json(
    200,
    keys.map((key) => ({ key, name: key, totalValues: total })),
  );
}

function releases({ source, parameters }: Asked): EndpointAnswer {
  const part = (parameters.get('query') ?? '').toLowerCase();
  const projects = parameters.getAll('project').filter((one) => one !== '-1');
  const found = releasesOf(source).filter(
    ({ version, project: slug }) =>
      version.toLowerCase().includes(part) &&
      (projects.length === 0 || projects.some((one) => one === slug || one === PROJECTS[slug])),
  );
  const fresh = (version: string) =>
    source.issues().filter((one) => one.firstRelease === version && lifeOf(one, source)).length;
  return page(found, parameters, 'per_page', (one) => presentRelease(one, fresh(one.version)));
}

function deploys(source: SentrySource, version: string): EndpointAnswer {
  const found = releasesOf(source).find((one) => one.version === version);
  if (!found) throw notThere();
  return json(200, found.finished === undefined ? [] : [deploy(found.started, found.finished)]);
}

/** One page of a list, with the links to those before and after it. */
function page<One>(
  all: readonly One[],
  parameters: URLSearchParams,
  size: string,
  present: (one: One) => object,
): EndpointAnswer {
  const limit = Math.min(MOST, Math.max(1, Number(parameters.get(size) ?? MOST) || MOST));
  const offset = Number(/^0:(\d{1,6}):[01]$/.exec(parameters.get('cursor') ?? '')?.[1] ?? 0);
  const link = (rel: string, results: boolean, cursor: string) =>
    `<http://sandbox/?cursor=${cursor}>; rel="${rel}"; results="${results}"; cursor="${cursor}"`;
  return {
    ...json(200, all.slice(offset, offset + limit).map(present)),
    headers: {
      link: [
        link('previous', offset > 0, `0:${Math.max(0, offset - limit)}:1`),
        link('next', offset + limit < all.length, `0:${offset + limit}:0`),
      ].join(', '),
    },
  };
}
