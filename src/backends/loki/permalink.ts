import { type Duration, formatDuration, parseDuration, type Window } from '../../domain/time.ts';
import { exploreLink, parseExploreLink } from '../explore-link.ts';

/** A query as Grafana's Explore shows it. */
export interface LokiView {
  readonly query: string;
  readonly window: Window;
  readonly step?: Duration;
}

/** A query as Grafana's data source for Loki writes it. */
export function lokiModel({ query, window, step }: LokiView): Readonly<Record<string, unknown>> {
  return {
    expr: query,
    queryType: window.from === window.to ? 'instant' : 'range',
    ...(step !== undefined && { step: formatDuration(step) }),
  };
}

/** The address of Grafana's Explore, in the organisation that the reader is in. */
export function permalink(base: string, uid: string, view: LokiView): string {
  const { window } = view;
  return exploreLink(base, { source: { type: 'loki', uid }, model: lokiModel(view), window });
}

/** Reads the first query of an Explore link back; undefined where its times are not absolute. */
export function parsePermalink(link: string): LokiView | undefined {
  const pane = parseExploreLink(link);
  if (typeof pane?.model.expr !== 'string') return undefined;
  const { expr, step } = pane.model;
  const length = typeof step === 'string' ? parseDuration(step) : undefined;
  return { query: expr, window: pane.window, ...(length !== undefined && { step: length }) };
}
