import { type Duration, formatDuration, parseDuration, type Window } from '../../domain/time.ts';

/** A query as Grafana's Explore shows it. */
export interface LokiView {
  readonly query: string;
  readonly window: Window;
  readonly step?: Duration;
}

/**
 * The address of Grafana's Explore with one pane over absolute times, which Explore wants as strings of milliseconds:
 * https://grafana.com/docs/grafana/latest/explore/get-started-with-explore/#generate-explore-urls-from-external-tools
 * It opens in the organisation that the reader is in. User-info, query and fragment of `base` are dropped.
 */
export function permalink(base: string, uid: string, { query, window, step }: LokiView): string {
  const datasource = { type: 'loki', uid };
  const panes = {
    lok: {
      datasource: uid,
      queries: [
        {
          refId: 'A',
          expr: query,
          queryType: window.from === window.to ? 'instant' : 'range',
          ...(step !== undefined && { step: formatDuration(step) }),
          datasource,
        },
      ],
      range: { from: String(window.from), to: String(window.to) },
    },
  };
  const root = new URL(base);
  const path = root.pathname.replace(/\/+$/, '');
  return `${root.origin}${path}/explore?schemaVersion=1&panes=${encodeURIComponent(JSON.stringify(panes))}`;
}

/** Reads the first query of an Explore link back; undefined where its times are not absolute. */
export function parsePermalink(link: string): LokiView | undefined {
  const url = URL.parse(link);
  if (!url?.pathname.endsWith('/explore')) return undefined;
  const [pane] = Object.values(record(parsed(url.searchParams.get('panes'))));
  const { queries, range } = record(pane);
  const { expr, step } = record(Array.isArray(queries) ? queries[0] : undefined);
  const { from, to } = record(range);
  if (typeof expr !== 'string' || !absolute(from) || !absolute(to)) return undefined;
  const length = typeof step === 'string' ? parseDuration(step) : undefined;
  return {
    query: expr,
    window: { from: Number(from), to: Number(to) },
    ...(length !== undefined && { step: length }),
  };
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
