import type { Instant } from '../../../domain/time.ts';
import type { EndpointAnswer } from '../endpoint.ts';
import { escapeHtml } from '../escape-html.ts';
import { panelOf, STYLE } from '../graph-page.ts';
import { DASHBOARDS, type GrafanaSource } from './grafana-source.ts';

interface Range {
  readonly from: Instant;
  readonly to: Instant;
}

/** The page behind a link to a dashboard: its queries over the link's window. Undefined where there is no such dashboard. */
export function dashboardPage(
  uid: string,
  parameters: URLSearchParams,
  source: GrafanaSource,
): EndpointAnswer | undefined {
  const found = DASHBOARDS.find((one) => one.uid === uid);
  if (!found) return undefined;
  const now = source.now();
  const range = {
    from: Number(parameters.get('from')) || now - 3_600_000,
    to: Number(parameters.get('to')) || now,
  };
  return page(found.title, found.queries.map((query) => metrics(query, range, source)).join('\n'));
}

/** The page behind a link to Explore: the query of its first pane, and what it returns. */
export function explorePage(parameters: URLSearchParams, source: GrafanaSource): EndpointAnswer {
  const { uid, query, range } = readPane(parameters.get('panes') ?? '');
  if (uid === 'prometheus') return page('Explore', metrics(query, range, source));
  if (uid === 'loki') return page('Explore', logs(query, range, source));
  return page('Explore', '<p>This link names no data source of the sandbox.</p>');
}

function metrics(query: string, { from, to }: Range, source: GrafanaSource): string {
  const instant = from === to;
  const step = Math.max(15_000, Math.ceil((to - from) / 250 / 1_000) * 1_000);
  return panelOf({ query, mode: instant ? 'table' : 'graph', end: to, range: to - from, step }, source);
}

function logs(query: string, { from, to }: Range, { loki }: GrafanaSource): string {
  const params = new URLSearchParams({ query, start: `${from}000000`, end: `${to}000000`, limit: '200' });
  const { status, body } = loki({
    method: 'GET',
    url: `/loki/api/v1/query_range?${params}`,
    headers: {},
    body: '',
  });
  const head = `<h2><code>${escapeHtml(query)}</code></h2>`;
  if (status !== 200) return `${head}<p class="bad">${escapeHtml(body)}</p>`;
  const { data } = JSON.parse(body) as {
    data: { resultType: string; result: { values: [string, string][] }[] };
  };
  if (data.resultType !== 'streams')
    return `${head}<pre>${escapeHtml(JSON.stringify(data.result, null, 1))}</pre>`;
  const lines = data.result
    .flatMap(({ values }) => values)
    .sort(([a], [b]) => (a < b ? 1 : -1))
    .map(([ns, line]) => `${new Date(Number(ns.slice(0, -6))).toISOString()}  ${line}`);
  return `${head}<pre>${escapeHtml(lines.join('\n') || 'No lines.')}</pre>`;
}

function readPane(panes: string): { readonly uid: string; readonly query: string; readonly range: Range } {
  try {
    const [pane] = Object.values(JSON.parse(panes) as Record<string, Record<string, never>>);
    const { datasource, queries, range } = pane as unknown as {
      datasource: string;
      queries: { expr: string }[];
      range: { from: string; to: string };
    };
    return {
      uid: datasource,
      query: String(queries[0]?.expr ?? ''),
      range: { from: Number(range.from), to: Number(range.to) },
    };
  } catch {
    return { uid: '', query: '', range: { from: 0, to: 0 } };
  }
}

function page(title: string, body: string): EndpointAnswer {
  return {
    status: 200,
    contentType: 'text/html; charset=utf-8',
    body: `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)} · Grafana (sandbox)</title><style>${STYLE} pre{overflow-x:auto}</style></head>
<body><h1>${escapeHtml(title)} <small>Grafana of the sandbox</small></h1>
<p>A scripted incident. Times are UTC.</p>
${body}
</body></html>
`,
    headers: { 'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'" },
  };
}
