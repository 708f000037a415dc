import { type EndpointAnswer, text } from '../endpoint.ts';
import { escapeHtml } from '../escape-html.ts';
import { type CallTree, totalOf } from './call-tree.ts';
import { ConnectError } from './connect-error.ts';
import { merge, type ProfileAnswerSource } from './profile-answers.ts';

const STYLE = `body{font:15px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:60rem;padding:0 1rem;color-scheme:light dark}
code,li{font:14px/1.6 ui-monospace,monospace;overflow-wrap:anywhere}ul{padding-left:1.2rem;list-style:none}small{color:gray}`;

/** The pages behind links to Pyroscope: one call tree, or two with what changed. Everything is escaped; there is no script. */
export function profilePage(
  pathname: string,
  parameters: URLSearchParams,
  source: ProfileAnswerSource,
): EndpointAnswer {
  const read = (query: string, from: string, until: string) => {
    const [, profileTypeID, labelSelector] = /^([^{]+)(\{.*\})?$/s.exec(parameters.get(query) ?? '') ?? [];
    const [start, end] = [from, until].map((key) => Number(parameters.get(key)) * 1_000);
    return merge({ profileTypeID, labelSelector, start, end }, source);
  };
  try {
    const compared = pathname === '/comparison-diff';
    const tree = compared ? read('rightQuery', 'rightFrom', 'rightUntil') : read('query', 'from', 'until');
    const earlier = compared ? read('leftQuery', 'leftFrom', 'leftUntil') : undefined;
    const query = parameters.get(compared ? 'rightQuery' : 'query') ?? '';
    return page(
      `<p><code>${escapeHtml(query)}</code></p><ul>${branch(tree, earlier, totalOf(tree), earlier && totalOf(earlier))}</ul>`,
    );
  } catch (error) {
    if (error instanceof ConnectError) return text(400, `${error.message}\n`);
    throw error;
  }
}

function branch(
  tree: CallTree,
  earlier: CallTree | undefined,
  whole: number,
  wholeBefore: number | undefined,
): string {
  const share = (one: CallTree | undefined, all: number) =>
    `${(all === 0 || !one ? 0 : (100 * totalOf(one)) / all).toFixed(1)} %`;
  const before = wholeBefore === undefined ? '' : ` <small>before ${share(earlier, wholeBefore)}</small>`;
  const calls = tree.calls
    .toSorted((a, b) => totalOf(b) - totalOf(a))
    .map((one) =>
      branch(
        one,
        earlier?.calls.find(({ name }) => name === one.name),
        whole,
        wholeBefore,
      ),
    )
    .join('');
  return `<li>${share(tree, whole)}${before} ${escapeHtml(tree.name)}${calls === '' ? '' : `<ul>${calls}</ul>`}</li>`;
}

function page(body: string): EndpointAnswer {
  return {
    status: 200,
    contentType: 'text/html; charset=utf-8',
    body: `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Profile · Pyroscope (sandbox)</title><style>${STYLE}</style></head>
<body><h1>Profile <small>Pyroscope of the sandbox</small></h1><p>A scripted incident.</p>${body}
</body></html>
`,
    headers: { 'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'" },
  };
}
