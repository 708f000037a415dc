import { type EndpointAnswer, text } from '../endpoint.ts';
import { escapeHtml } from '../escape-html.ts';
import { newestEvents } from './played-events.ts';
import { type PlayedIssue, titleOf } from './played-issue.ts';
import { iso, lifeOf } from './present.ts';
import { ORGANIZATION, releasesOf, type SentrySource } from './sentry-source.ts';

const STYLE = `body{font:15px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:60rem;padding:0 1rem;color-scheme:light dark}
table{border-collapse:collapse;width:100%}td,th{border-bottom:1px solid #8886;padding:.3rem .6rem;text-align:left;vertical-align:top}
pre,code{font:14px ui-monospace,monospace;overflow-wrap:anywhere;white-space:pre-wrap}.scroll{overflow-x:auto}`;

/** The pages behind links to Sentry: issues, one issue, releases. Everything is escaped; there is no script. */
export function sentryPage(
  pathname: string,
  parameters: URLSearchParams,
  source: SentrySource,
): EndpointAnswer {
  const below = /^\/organizations\/([^/]+)\/(.*)$/.exec(pathname);
  if (below?.[1] !== ORGANIZATION) return text(404, 'Page Not Found\n');
  const [, , rest = ''] = below;
  const id = /^issues\/([\w-]+)\/$/.exec(rest)?.[1];
  const issue = source.issues().find((one) => one.id === id || one.shortId === id);
  if (issue) return page(issue.shortId, issueDetails(issue, source));
  if (rest.startsWith('releases/'))
    return page(
      'Releases',
      table(
        ['release', 'deployed from', 'until'],
        releasesOf(source).map((one) => [
          one.version,
          iso(one.started),
          one.finished === undefined ? '' : iso(one.finished),
        ]),
      ),
    );
  if (!/^(?:issues|explore\/discover\/homepage)\/$/.test(rest)) return text(404, 'Page Not Found\n');
  const asked = ['query', 'field', 'start', 'end'].flatMap((key) =>
    parameters.getAll(key).map((value) => `${key}=${value}`),
  );
  return page(
    'Issues',
    `<p><code>${escapeHtml(asked.join(' '))}</code></p><p>All issues of the sandbox:</p>${issuesTable(source)}`,
  );
}

function issuesTable(source: SentrySource): string {
  return table(
    ['issue', 'title', 'status', 'first seen', 'last seen'],
    source.issues().flatMap((one) => {
      const life = lifeOf(one, source);
      return life ? [[one.shortId, titleOf(one), one.status, iso(life.first), iso(life.last)]] : [];
    }),
  );
}

function issueDetails(issue: PlayedIssue, source: SentrySource): string {
  const whole = { from: source.scenario.dataFrom, to: source.now() };
  const newest = newestEvents(
    issue.sources.map((one) => ({ issue, source: one })),
    whole,
    20,
  );
  const trace = issue.exceptions
    .toReversed()
    .map(({ type, value, frames }) =>
      [
        `${type}: ${value}`,
        ...frames.toReversed().map((one) => `  at ${one.function} (${one.filename}:${one.lineNo})`),
      ].join('\n'),
    )
    .join('\n');
  return `<h2>${escapeHtml(titleOf(issue))}</h2><pre>${escapeHtml(trace)}</pre>${table(
    ['time', 'event', 'release', 'region'],
    newest.map((one) => [iso(one.at), one.id, one.source.tags.release ?? '', one.source.tags.region ?? '']),
  )}`;
}

function page(title: string, body: string): EndpointAnswer {
  return {
    status: 200,
    contentType: 'text/html; charset=utf-8',
    body: `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)} · Sentry (sandbox)</title><style>${STYLE}</style></head>
<body><h1>${escapeHtml(title)} <small>Sentry of the sandbox</small></h1>
<p>A scripted incident. Times are UTC.</p>${body}
</body></html>
`,
    headers: { 'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'" },
  };
}

function table(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  const cells = (tag: string, row: readonly string[]) =>
    `<tr>${row.map((cell) => `<${tag}>${escapeHtml(cell)}</${tag}>`).join('')}</tr>`;
  if (rows.length === 0) return '<p>None.</p>';
  return `<div class="scroll"><table>${cells('th', columns)}${rows.map((row) => cells('td', row)).join('')}</table></div>`;
}
