import type { Window } from '../../../domain/time.ts';
import { decodeIssues } from '../decode.ts';
import { times } from '../discover.ts';
import { permalink } from '../permalink.ts';
import type { SentryQuestion } from '../question.ts';
import type { Params } from '../reach.ts';
import { issueRows } from '../rows.ts';
import type { Asking, Found } from './found.ts';

/** Pages of 100 that are read: what is beyond them nobody looks at in a channel. */
const PAGES = 3;

/** Issues that had events in the window; `new` only those that were never seen before it. */
export async function askIssues(
  question: Extract<SentryQuestion, { verb: 'issues' | 'new' }>,
  asking: Asking,
): Promise<Found> {
  const { reach, window, signal, matched, web } = asking;
  const { terms, at } = question.search;
  const search =
    question.verb === 'new' ? firstSeenWithin(question.search.text, window) : question.search.text;
  const sort = question.verb === 'new' ? 'new' : question.sort;
  const project = terms?.some(({ key }) => /^project(?:\.name)?$/.test(key)) ? undefined : asking.project;
  const params: Params = [
    ['query', search],
    ['sort', sort],
    ['limit', '100'],
    ...(project === undefined ? [] : [['project', project] as const]),
    ...times(window),
  ];
  const listed = await reach.list('issues/', params, [decodeIssues, 'decodeIssues'], signal, {
    pages: PAGES,
    byHand: matched.unchecked === undefined,
    at,
  });
  const first = listed.all.length.toLocaleString('en');
  return {
    result: issueRows(listed.all),
    parts: listed.pages.map((bytes) => ({ of: 'issues', bytes })),
    bytes: listed.bytes,
    partial: [
      ...listed.partial,
      ...(listed.more ? [`these are the first ${first} issues, and there are more`] : []),
    ],
    notes: listed.more
      ? ['Narrow the search, as in `is:unresolved level:fatal`, or ask for a shorter time.']
      : [],
    url: permalink(web, { page: 'issues', search, sort, project, window }),
  };
}

/** Sentry has no order or filter "new in this time" but this: https://docs.sentry.io/concepts/search/searchable-properties/issues/ */
function firstSeenWithin(search: string, { from, to }: Window): string {
  const seconds = (at: number) => `${new Date(at).toISOString().slice(0, 19)}Z`;
  return `${search} firstSeen:>=${seconds(from)} firstSeen:<${seconds(to)}`.trimStart();
}
