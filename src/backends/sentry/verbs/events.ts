import { decodeEvents } from '../decode.ts';
import { times } from '../discover.ts';
import { permalink } from '../permalink.ts';
import type { SentryQuestion } from '../question.ts';
import type { Params } from '../reach.ts';
import { eventRows } from '../rows.ts';
import { issueSearch } from '../search.ts';
import type { Asking, Found } from './found.ts';

/** Pages of 100 that are read. */
const PAGES = 3;

/** What is asked of the events of the window. */
export interface Selection {
  readonly search: string;
  readonly fields: readonly string[];
  /** One of the fields, with `-` for the largest first. */
  readonly sort: string;
  readonly project: string | undefined;
  readonly at?: number | undefined;
}

export async function askEvents(
  question: Extract<SentryQuestion, { verb: 'events' }>,
  asking: Asking,
): Promise<Found> {
  const { text, terms, at } = question.search;
  const named = terms?.some(({ key }) => /^project(?:\.name)?$/.test(key)) ?? false;
  const project = named ? undefined : asking.project;
  return await selectEvents(
    { search: text, fields: question.fields, sort: question.sort, project, at },
    asking,
  );
}

/** How the events of one issue spread over the values of a tag, within the window. */
export async function askTags(
  { issue, key }: Extract<SentryQuestion, { verb: 'tags' }>,
  asking: Asking,
): Promise<Found> {
  const selection = {
    search: issueSearch(issue),
    fields: [key, 'count()'],
    sort: '-count()',
    project: undefined,
  };
  return await selectEvents(selection, asking);
}

/** https://docs.sentry.io/api/explore/query-explore-events-in-table-format/ */
export async function selectEvents(selection: Selection, asking: Asking): Promise<Found> {
  const { search, fields, sort, project, at } = selection;
  const { reach, window, signal, matched, web } = asking;
  const params: Params = [
    ['dataset', 'errors'],
    ...fields.map((field) => ['field', field] as const),
    ['query', search],
    ['sort', sort],
    ['per_page', '100'],
    ...(project === undefined ? [] : [['project', project] as const]),
    ...times(window),
  ];
  const listed = await reach.list('events/', params, [decodeEvents, 'decodeEvents'], signal, {
    pages: PAGES,
    byHand: matched.unchecked === undefined,
    at,
  });
  const first = listed.all.length.toLocaleString('en');
  return {
    result: eventRows(listed.all, fields),
    parts: listed.pages.map((bytes) => ({ of: 'events', bytes })),
    bytes: listed.bytes,
    partial: [
      ...listed.partial,
      ...(listed.more ? [`these are the first ${first} rows, and there are more`] : []),
    ],
    notes: listed.more ? ['Narrow the search, or count with `fields:release,count()`.'] : [],
    url: permalink(web, { page: 'events', search, fields, sort, project, window }),
  };
}
