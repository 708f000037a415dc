import type { Window } from '../../domain/time.ts';
import { exploreLink, pageOf, parseExploreLink } from '../explore-link.ts';
import { onlyService, type ProfileQuestion, readQuestion, writeQuestion } from './question.ts';

/** A question as a page shows it. */
export interface ProfileView {
  /** With its type in full. */
  readonly question: ProfileQuestion;
  readonly window: Window;
}

/** Where Grafana has this Pyroscope. */
export interface GrafanaPlace {
  readonly base: string;
  readonly uid: string;
}

const SOURCE = 'grafana-pyroscope-datasource';
const DRILLDOWN = '/a/grafana-pyroscope-app/explore';

/**
 * The page of Grafana that shows a question: Profiles Drilldown for one service, the Explore for any other selector. Undefined
 * for a comparison of more than one service, which no page shows. https://grafana.com/docs/grafana/latest/explore/simplified-exploration/profiles/
 */
export function grafanaLink(
  { base, uid }: GrafanaPlace,
  { question, window }: ProfileView,
): string | undefined {
  const { type, selector, earlier } = question;
  const service = onlyService(question);
  if (service === undefined) {
    if (earlier) return undefined;
    const model = { queryType: 'profile', profileTypeId: type, labelSelector: selector, groupBy: [] };
    return exploreLink(base, { source: { type: SOURCE, uid }, model, window });
  }
  const span = earlier
    ? { from: Math.min(window.from, earlier.from), to: Math.max(window.to, earlier.to) }
    : window;
  return address(pageOf(base, DRILLDOWN), [
    ['explorationType', earlier ? 'diff-flame-graph' : 'flame-graph'],
    ['var-dataSource', uid],
    ['var-serviceName', service],
    ['var-profileMetricId', type],
    ['from', String(span.from)],
    ['to', String(span.to)],
    ...(earlier ? comparison(earlier, window) : []),
  ]);
}

/** Times of the two panels, and the stretch marked in each, which is all of it. */
function comparison(earlier: Window, window: Window): Params {
  return [
    ['from-2', String(earlier.from)],
    ['to-2', String(earlier.to)],
    ['from-3', String(window.from)],
    ['to-3', String(window.to)],
    ['diffFrom', String(earlier.from)],
    ['diffTo', String(earlier.to)],
    ['diffFrom-2', String(window.from)],
    ['diffTo-2', String(window.to)],
  ];
}

/**
 * The page of Pyroscope itself, as far as its version has one that an address can open: up to 1.14 a page for each, up to 1.19 the
 * single view, none later and none where the version is not known. Times are seconds.
 */
export function ownLink(
  base: string,
  version: string | undefined,
  { question, window }: ProfileView,
): string | undefined {
  const [major = 0, minor = 0] =
    /^v?(\d+)\.(\d+)/
      .exec(version ?? '')
      ?.slice(1)
      .map(Number) ?? [];
  const { type, selector, earlier } = question;
  if (version === undefined || major !== 1 || minor > 19 || (earlier && minor > 14)) return undefined;
  const query = `${type}${selector}`;
  const seconds = (at: number) => String(Math.round(at / 1_000));
  if (!earlier)
    return address(pageOf(base, '/'), [
      ['query', query],
      ['from', seconds(window.from)],
      ['until', seconds(window.to)],
    ]);
  return address(pageOf(base, '/comparison-diff'), [
    ['query', query],
    ['from', seconds(Math.min(window.from, earlier.from))],
    ['until', seconds(Math.max(window.to, earlier.to))],
    ['leftQuery', query],
    ['leftFrom', seconds(earlier.from)],
    ['leftUntil', seconds(earlier.to)],
    ['rightQuery', query],
    ['rightFrom', seconds(window.from)],
    ['rightUntil', seconds(window.to)],
  ]);
}

type Params = readonly (readonly [string, string])[];

function address(page: string, params: Params): string {
  return `${page}?${params.map(([key, value]) => `${key}=${encodeURIComponent(value)}`).join('&')}`;
}

/** Reads a link of Grafana's or of Pyroscope's back; undefined for other pages and for times that move. */
export function parsePermalink(
  link: string,
): { readonly query: string; readonly window: Window } | undefined {
  const url = URL.parse(link);
  if (!url) return undefined;
  if (url.pathname.endsWith(DRILLDOWN)) return drilldown(url.searchParams);
  if (url.pathname.endsWith('/explore')) {
    const pane = parseExploreLink(link);
    const { profileTypeId: type, labelSelector: selector } = pane?.model ?? {};
    return pane && typeof type === 'string' && typeof selector === 'string'
      ? { query: writeQuestion({ selector }, type), window: pane.window }
      : undefined;
  }
  const { searchParams: params } = url;
  if (url.pathname.endsWith('/comparison-diff'))
    return asked(
      params.get('rightQuery'),
      times(params, 'rightFrom', 'rightUntil', 1_000),
      times(params, 'leftFrom', 'leftUntil', 1_000),
    );
  return asked(params.get('query'), times(params, 'from', 'until', 1_000), undefined);
}

function drilldown(params: URLSearchParams) {
  const query = `${params.get('var-profileMetricId')}{service_name=${JSON.stringify(params.get('var-serviceName') ?? '')}}`;
  return params.get('explorationType') === 'diff-flame-graph'
    ? asked(query, times(params, 'from-3', 'to-3', 1), times(params, 'from-2', 'to-2', 1))
    : asked(query, times(params, 'from', 'to', 1), undefined);
}

function asked(profile: string | null, window: Window | undefined, earlier: Window | undefined) {
  const question = profile === null ? undefined : readQuestion(profile);
  if (!question || 'why' in question || !window) return undefined;
  return { query: writeQuestion({ ...question, ...(earlier && { earlier }) }, question.type), window };
}

function times(params: URLSearchParams, from: string, to: string, unit: number): Window | undefined {
  const [start, end] = [params.get(from) ?? '', params.get(to) ?? ''];
  return /^\d{1,16}$/.test(start) && /^\d{1,16}$/.test(end)
    ? { from: Number(start) * unit, to: Number(end) * unit }
    : undefined;
}
