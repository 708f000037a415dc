import { html } from './html-escape.ts';
import { PAGE_POLICY } from './html-page.ts';
import { PAGE_STYLE } from './page-style.ts';

/** One incident of an archive. `folder` is a generated path. */
export interface ArchivedIncident {
  readonly folder: string;
  readonly id: string;
  readonly title: string;
  readonly severity: string;
  readonly phase: string;
  readonly day: string;
  readonly private: boolean;
}

/** The first page of an archive, in pieces: what comes before the rows, each row, what comes after. */
export const ARCHIVE_INDEX = {
  begin: (made: string) => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${PAGE_POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Incidents</title>
<style>${PAGE_STYLE}</style>
</head>
<body>
<header><h1>Incidents</h1><p class="about">${html(`Exported by Steady ${made}. Each folder has the postmortem as HTML, markdown and JSON, the whole timeline, and the answers of the telemetry as they came. Times are UTC.`)}</p></header>
<main><div class="wide"><table><thead><tr><th>Day</th><th>Incident</th><th>Severity</th><th>State</th></tr></thead><tbody>
`,
  row: (one: ArchivedIncident) =>
    `<tr><td>${html(one.day)}</td><td><a href="${html(one.folder)}/postmortem.html">${html(`${one.id} ${one.title}`)}</a>${one.private ? ' (private)' : ''}</td><td>${html(one.severity)}</td><td>${html(one.phase)}</td></tr>\n`,
  end: (files: readonly string[]) =>
    `</tbody></table></div>${
      files.length === 0
        ? ''
        : `<h2>Knowledge</h2><ul>${files.map((one) => `<li><a href="${html(one)}">${html(one)}</a></li>`).join('')}</ul>`
    }</main>\n</body>\n</html>\n`,
};
