import type { EndpointAnswer } from '../endpoint.ts';
import { escapeHtml } from '../escape-html.ts';
import type { HeldAlert, HeldSilence } from './held-alerts.ts';

const STYLE = `body{font:15px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:60rem;padding:0 1rem;color-scheme:light dark}
table{border-collapse:collapse;width:100%}td,th{border-bottom:1px solid #8886;padding:.3rem .6rem;text-align:left;vertical-align:top}
code{font:14px ui-monospace,monospace;overflow-wrap:anywhere}.scroll{overflow-x:auto}`;

/** The page behind a link to Alertmanager: every alert it holds and every silence. Everything is escaped; it has no script. */
export function alertsPage(alerts: readonly HeldAlert[], silences: readonly HeldSilence[]): EndpointAnswer {
  const body = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Alerts · Alertmanager (sandbox)</title><style>${STYLE}</style></head>
<body><h1>Alertmanager <small>of the sandbox</small></h1>
<p>A scripted incident. Times are UTC.</p>
<h2>Alerts</h2>${table(['state', 'alert', 'since', 'summary'], alerts.map(alertRow))}
<h2>Silences</h2>${table(['by', 'until', 'alert', 'comment'], silences.map(silenceRow))}
</body></html>
`;
  return {
    status: 200,
    contentType: 'text/html; charset=utf-8',
    body,
    headers: { 'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'" },
  };
}

function alertRow({ labels, annotations, startsAt, status }: HeldAlert): readonly string[] {
  const { alertname = '', ...others } = labels;
  const said = Object.entries(others).map(([name, value]) => `${name}=${value}`);
  return [status.state, `${alertname} ${said.join(' ')}`, startsAt, annotations.summary ?? ''];
}

function silenceRow({ createdBy, endsAt, matchers, comment }: HeldSilence): readonly string[] {
  return [createdBy, endsAt, matchers.map(({ value }) => value).join(', '), comment];
}

function table(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  const cells = (tag: string, row: readonly string[]) =>
    `<tr>${row.map((cell) => `<${tag}>${escapeHtml(cell)}</${tag}>`).join('')}</tr>`;
  if (rows.length === 0) return '<p>None.</p>';
  return `<div class="scroll"><table>${cells('th', columns)}${rows.map((row) => cells('td', row)).join('')}</table></div>`;
}
