import type { Window } from '../../domain/time.ts';
import { consoleAddress } from './hosts.ts';
import { isMpl, readMpl } from './mpl/read-mpl.ts';

/** A query as the console shows it. */
export interface AxiomView {
  readonly query: string;
  readonly window: Window;
}

/**
 * The address of the console's query page over absolute times. A query of metrics needs its dataset named beside it. User-info,
 * query and fragment of the base are dropped. Shape: the links of https://axiom.co/docs/mpl/introduction
 */
export function permalink(
  { url, linkUrl }: { readonly url: string; readonly linkUrl?: string | undefined },
  orgId: string,
  { query, window }: AxiomView,
): string {
  const form = {
    apl: query,
    ...(isMpl(query) && { metricsDataset: readMpl(query)?.[0]?.dataset ?? '' }),
    queryOptions: {
      startTime: new Date(window.from).toISOString(),
      endTime: new Date(window.to).toISOString(),
    },
  };
  const root = new URL(linkUrl ?? consoleAddress(url));
  const path = root.pathname.replace(/\/+$/, '');
  return `${root.origin}${path}/${encodeURIComponent(orgId)}/query?initForm=${encodeURIComponent(JSON.stringify(form))}`;
}

/** Reads a link of the console back; undefined where its times are not absolute. */
export function parsePermalink(link: string): AxiomView | undefined {
  const url = URL.parse(link);
  if (!url?.pathname.endsWith('/query')) return undefined;
  const { apl, queryOptions } = record(parsed(url.searchParams.get('initForm')));
  const { startTime, endTime } = record(queryOptions);
  const window = { from: Date.parse(String(startTime)), to: Date.parse(String(endTime)) };
  return typeof apl === 'string' && window.from <= window.to ? { query: apl, window } : undefined;
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
