import { type Duration, formatDuration, parseDuration, SECOND, type Window } from '../../domain/time.ts';

/** A query as Prometheus' own page shows it. */
export interface PrometheusView {
  readonly query: string;
  /** Whole seconds; `from` equals `to` for an instant query. */
  readonly window: Window;
  readonly step?: Duration;
}

/**
 * The address of the expression browser. `/graph` is the page of Prometheus 1 and 2 (3 redirects from it); `/query` that of 3:
 * https://github.com/prometheus/prometheus/blob/main/web/ui/mantine-ui/src/pages/query/urlStateEncoding.ts
 * User-info, query and fragment of `base` are dropped.
 */
export function permalink(base: string, view: PrometheusView, version: string | undefined): string {
  const { query, window, step } = view;
  const instant = window.from === window.to;
  const end = sayUtc(window.to);
  const range = formatDuration(instant ? 3_600 * SECOND : window.to - window.from);
  const newer = Number(/^v?(\d+)\./.exec(version ?? '')?.[1] ?? 0) >= 3;
  const params: [string, string][] = [['g0.expr', query]];
  if (newer) params.push(['g0.show_tree', '0'], ['g0.tab', instant ? 'table' : 'graph']);
  else params.push(['g0.tab', instant ? '1' : '0']);
  params.push(['g0.range_input', range], ['g0.end_input', end]);
  if (instant) params.push(['g0.moment_input', end]);
  else if (step !== undefined) {
    const seconds = String(step / SECOND);
    if (newer) params.push(['g0.res_type', 'custom'], ['g0.res_step', seconds], ['g0.display_mode', 'lines']);
    else params.push(['g0.step_input', seconds]);
  }
  const root = new URL(base);
  const path = root.pathname.replace(/\/+$/, '');
  // Blanks as %20: the older page does not read `+` as one.
  const search = params.map(([key, value]) => `${key}=${encodeURIComponent(value)}`).join('&');
  return `${root.origin}${path}${newer ? '/query' : '/graph'}?${search}`;
}

/** The page that lists alerts, the same in every version. User-info, query and fragment of `base` are dropped. */
export function alertsPage(base: string): string {
  const { origin, pathname } = new URL(base);
  return `${origin}${pathname.replace(/\/+$/, '')}/alerts`;
}

/** Reads a link of either page back; undefined where it has no first expression with an absolute end. */
export function parsePermalink(link: string): PrometheusView | undefined {
  const url = URL.parse(link);
  if (!url || !/\/(?:graph|query)$/.test(url.pathname)) return undefined;
  const value = (name: string) => url.searchParams.get(`g0.${name}`) ?? undefined;
  const query = value('expr');
  const tab = value('tab') ?? '1';
  const instant = tab === '1' || tab === 'table';
  const to = readUtc((instant ? value('moment_input') : undefined) ?? value('end_input') ?? '');
  if (query === undefined || query === '' || to === undefined) return undefined;
  if (instant) return { query, window: { from: to, to } };
  const range = parseDuration(value('range_input') ?? '1h');
  if (range === undefined) return undefined;
  const seconds = Number(value('res_step') ?? value('step_input'));
  return {
    query,
    window: { from: to - range, to },
    ...(seconds > 0 && { step: Math.round(seconds * SECOND) }),
  };
}

/** `2026-11-23 14:32:00`, the form both pages read as UTC. */
function sayUtc(at: number): string {
  return new Date(at).toISOString().slice(0, 19).replace('T', ' ');
}

function readUtc(text: string): number | undefined {
  const parts = /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d)(:\d\d)?(?:\.\d+)?Z?$/.exec(text.trim());
  if (!parts) return undefined;
  const at = Date.parse(`${parts[1]}T${parts[2]}${parts[3] ?? ':00'}Z`);
  return Number.isNaN(at) ? undefined : at;
}
