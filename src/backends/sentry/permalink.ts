import type { Window } from '../../domain/time.ts';
import type { IssueSort } from './question.ts';
import type { SentryDeployment } from './settings.ts';

/** What a page of Sentry shows. Times are whole seconds, as its pages take them. */
export type SentryView =
  | {
      readonly page: 'issues';
      readonly search: string;
      readonly sort: IssueSort;
      readonly project?: string | undefined;
      readonly window: Window;
    }
  | { readonly page: 'issue'; readonly id: string }
  | {
      readonly page: 'releases';
      readonly part: string;
      readonly project?: string | undefined;
      readonly window: Window;
    }
  | {
      readonly page: 'events';
      readonly search: string;
      readonly fields: readonly string[];
      readonly sort: string;
      readonly project?: string | undefined;
      readonly window: Window;
    };

/**
 * Where the pages of the organization are: on sentry.io its own subdomain, whatever region host answers the API; elsewhere below
 * `/organizations/`. User-info, query and fragment are dropped. https://docs.sentry.io/organization/data-storage-location/
 */
export function webRoot({
  url,
  linkUrl,
  organization,
}: Pick<SentryDeployment, 'url' | 'linkUrl' | 'organization'>): string {
  const root = new URL(linkUrl ?? url);
  if (onSaas(root.hostname)) return `https://${organization}.sentry.io`;
  return `${root.origin}${root.pathname.replace(/\/+$/, '')}/organizations/${encodeURIComponent(organization)}`;
}

function onSaas(hostname: string): boolean {
  return hostname === 'sentry.io' || hostname.endsWith('.sentry.io');
}

/** The address that Sentry itself gives for an issue, where it is on the host of our pages; undefined elsewhere. */
export function ownPermalink(
  given: string | null | undefined,
  deployment: Pick<SentryDeployment, 'url' | 'linkUrl' | 'organization'>,
): string | undefined {
  const url = URL.parse(given ?? '');
  const web = new URL(webRoot(deployment));
  if (!url || url.protocol !== web.protocol || !url.pathname.includes('/issues/')) return undefined;
  const ours = url.host === web.host || (onSaas(web.hostname) && url.host === 'sentry.io');
  return ours ? `${url.origin}${url.pathname}` : undefined;
}

/** The page of a view. Shapes: https://docs.sentry.io/product/ */
export function permalink(base: string, view: SentryView): string {
  if (view.page === 'issue') return `${base}/issues/${encodeURIComponent(view.id)}/`;
  const project: Params = view.project === undefined ? [] : [['project', view.project]];
  if (view.page === 'issues')
    return address(`${base}/issues/`, [
      ['query', view.search],
      ['sort', view.sort],
      ...project,
      ...times(view.window),
    ]);
  if (view.page === 'releases')
    return address(`${base}/releases/`, [
      ...(view.part === '' ? [] : [['query', view.part] as const]),
      ...project,
      ...times(view.window),
    ]);
  return address(`${base}/explore/discover/homepage/`, [
    ['dataset', 'errors'],
    ['queryDataset', 'error-events'],
    ['query', view.search],
    ...view.fields.map((field) => ['field', field] as const),
    ['sort', view.sort],
    ['yAxis', 'count()'],
    ...project,
    ...times(view.window),
  ]);
}

type Params = readonly (readonly [string, string])[];

function times({ from, to }: Window): Params {
  return [
    ['start', seconds(from)],
    ['end', seconds(to)],
    ['utc', 'true'],
  ];
}

function seconds(at: number): string {
  return new Date(at).toISOString().slice(0, 19);
}

function address(base: string, params: Params): string {
  return `${base}?${params.map(([key, value]) => `${key}=${encodeURIComponent(value)}`).join('&')}`;
}

/** Reads a link to a page back as the question that it answers; undefined for other pages and for times that move. */
export function parsePermalink(
  link: string,
): { readonly query: string; readonly window?: Window } | undefined {
  const url = URL.parse(link);
  if (!url) return undefined;
  const issue = /\/issues\/([\w-]+)\/?$/.exec(url.pathname)?.[1];
  if (issue !== undefined) return { query: `issue ${issue}` };
  const window = windowOf(url.searchParams);
  if (!window) return undefined;
  const search = url.searchParams.get('query') ?? '';
  const sort = url.searchParams.get('sort') ?? '';
  if (/\/issues\/?$/.test(url.pathname)) return { query: issuesQuery(search, sort), window };
  if (/\/releases\/?$/.test(url.pathname))
    return { query: ['releases', search].filter(Boolean).join(' '), window };
  if (!/\/discover\//.test(url.pathname)) return undefined;
  const fields = url.searchParams.getAll('field');
  return { query: eventsQuery(search, fields, sort), window };
}

function windowOf(params: URLSearchParams): Window | undefined {
  const [from = Number.NaN, to = Number.NaN] = ['start', 'end'].map((key) => {
    const time = params.get(key) ?? '';
    return Date.parse(/(?:Z|[+-]\d\d:\d\d)$/.test(time) ? time : `${time}Z`);
  });
  return from <= to && !params.has('statsPeriod') ? { from, to } : undefined;
}

function issuesQuery(search: string, sort: string): string {
  const fresh = / ?firstSeen:>=\S+ firstSeen:<\S+$/.exec(search);
  if (sort === 'new' && fresh) return ['new', search.slice(0, fresh.index)].filter(Boolean).join(' ');
  return ['issues', search, sort === '' || sort === 'date' ? '' : `sort:${sort}`].filter(Boolean).join(' ');
}

function eventsQuery(search: string, fields: readonly string[], sort: string): string {
  const [key = '', count] = fields;
  const issue = /^issue(?:\.id)?:(\S+)$/.exec(search)?.[1];
  if (issue !== undefined && fields.length === 2 && count === 'count()') return `tags ${issue} ${key}`;
  return ['events', search, `fields:${fields.join(',')}`, sort === '' ? '' : `sort:${sort}`]
    .filter(Boolean)
    .join(' ');
}
