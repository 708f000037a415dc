import { escapeHtml } from '../escape-html.ts';

/** What a link into the console asks for. */
export interface Shown {
  readonly query: string;
  readonly from: number;
  readonly to: number;
}

/** A query's answer, as far as a page shows it; or why there is none. */
export type PageAnswer =
  | {
      readonly columns: readonly string[];
      readonly rows: readonly (readonly unknown[])[];
      readonly total: number;
    }
  | { readonly refused: string };

const ROWS = 200;
const STYLE = `body{font:15px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:72rem;padding:0 1rem;color-scheme:light dark}
code{font:14px ui-monospace,monospace;overflow-wrap:anywhere}.scroll{overflow-x:auto}table{border-collapse:collapse}
td,th{border-bottom:1px solid #8886;padding:.2rem .6rem;text-align:left;white-space:nowrap}.bad{border-left:4px solid #c33;padding-left:.8rem}`;

/** Reads a link of the console; undefined where its times are not absolute. */
export function readQueryLink(parameters: URLSearchParams): Shown | undefined {
  try {
    const form = JSON.parse(parameters.get('initForm') ?? '') as {
      apl?: unknown;
      queryOptions?: { startTime?: string; endTime?: string };
    };
    const from = Date.parse(form.queryOptions?.startTime ?? '');
    const to = Date.parse(form.queryOptions?.endTime ?? '');
    return typeof form.apl === 'string' && from <= to ? { query: form.apl, from, to } : undefined;
  } catch {
    return undefined;
  }
}

/** The page behind a link: the query, its absolute window, and what it returns. Everything is escaped; it has no script. */
export function queryPage({ query, from, to }: Shown, answer: PageAnswer): string {
  const time = (at: number) => new Date(at).toISOString();
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(query.slice(0, 80))} · Axiom (sandbox)</title><style>${STYLE}</style></head>
<body><h1>Axiom <small>of the sandbox</small></h1>
<p><code>${escapeHtml(query)}</code></p><p>from ${time(from)} to ${time(to)}</p>
${'refused' in answer ? `<p class="bad">${escapeHtml(answer.refused)}</p>` : tableOf(answer)}
</body></html>
`;
}

function tableOf({ columns, rows, total }: Exclude<PageAnswer, { readonly refused: string }>): string {
  const cell = (value: unknown) =>
    typeof value === 'string' ? value : value == null ? '' : (JSON.stringify(value) ?? '');
  const head = columns.map((name) => `<th>${escapeHtml(name)}</th>`).join('');
  const body = rows
    .slice(0, ROWS)
    .map((row) => `<tr>${row.map((value) => `<td>${escapeHtml(cell(value))}</td>`).join('')}</tr>`)
    .join('\n');
  const rest = total > ROWS ? `<p>The first ${ROWS} of ${total} rows.</p>` : `<p>${total} rows.</p>`;
  return `${rest}<div class="scroll"><table><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table></div>`;
}
