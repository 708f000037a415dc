import type { Window } from '../domain/time.ts';

/** One pane of Grafana's Explore. */
export interface Pane {
  readonly source: { readonly type: string; readonly uid: string };
  /** The query in the data source's own model, without `refId` and `datasource`. */
  readonly model: Readonly<Record<string, unknown>>;
  readonly window: Window;
}

/** Three characters with a letter among them: others are made anew by Explore. */
const PANE = 'ste';

/**
 * The address of Grafana's Explore with one pane over absolute times, which Explore wants as strings of milliseconds:
 * https://grafana.com/docs/grafana/latest/explore/get-started-with-explore/#generate-explore-urls-from-external-tools
 * Without `orgId` it opens in the organisation that the reader is in. User-info, query and fragment of `base` are dropped.
 */
export function exploreLink(base: string, { source, model, window }: Pane, orgId?: string): string {
  const { type, uid } = source;
  const panes = {
    [PANE]: {
      datasource: uid,
      queries: [{ refId: 'A', ...model, datasource: { type, uid } }],
      range: { from: String(window.from), to: String(window.to) },
    },
  };
  const org = orgId === undefined ? '' : `&orgId=${encodeURIComponent(orgId)}`;
  return `${pageOf(base, '/explore')}?schemaVersion=1${org}&panes=${encodeURIComponent(JSON.stringify(panes))}`;
}

/** Reads the first pane of an Explore link back; undefined where its times are not absolute. */
export function parseExploreLink(link: string): Pane | undefined {
  const url = URL.parse(link);
  if (!url?.pathname.endsWith('/explore')) return undefined;
  const [pane] = Object.values(record(parsed(url.searchParams.get('panes'))));
  const { datasource, queries, range } = record(pane);
  const { refId: _, datasource: own, ...model } = record(Array.isArray(queries) ? queries[0] : undefined);
  const { from, to } = record(range);
  if (typeof datasource !== 'string' || !absolute(from) || !absolute(to)) return undefined;
  return {
    source: { type: String(record(own).type ?? ''), uid: datasource },
    model,
    window: { from: Number(from), to: Number(to) },
  };
}

/** A page below an address, which loses its user-info, query and fragment. */
export function pageOf(base: string, page: string): string {
  const root = new URL(base);
  return `${root.origin}${root.pathname.replace(/\/+$/, '')}${page}`;
}

function absolute(time: unknown): time is string {
  return typeof time === 'string' && /^\d{1,16}$/.test(time);
}

function parsed(text: string | null): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
