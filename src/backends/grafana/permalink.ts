import type { Window } from '../../domain/time.ts';
import { parseExploreLink } from '../explore-link.ts';

/** Reads an Explore link back as a query of this backend; undefined where its times are not absolute. */
export function parsePermalink(
  link: string,
): { readonly query: string; readonly window: Window } | undefined {
  const pane = parseExploreLink(link);
  if (!pane) return undefined;
  const { model, source, window } = pane;
  const expression = typeof model.expr === 'string' ? model.expr : JSON.stringify(model);
  return { query: `${source.uid} ${expression}`, window };
}
