import { BackendError } from '../../../domain/errors.ts';
import { suggest } from '../../suggest.ts';
import { decodeEvent, decodeEvents, decodeIssue, decodeIssues, type EventRow } from '../decode.ts';
import { times } from '../discover.ts';
import { type Happened, issueText } from '../issue-text.ts';
import { ADDITIONAL } from '../parts.ts';
import { permalink } from '../permalink.ts';
import type { SentryQuestion } from '../question.ts';
import type { Listed, Params } from '../reach.ts';
import { issueSearch } from '../search.ts';
import type { Asking, Found } from './found.ts';

/** Issues looked through for one with a name like the one that is not there. */
const NEAREST_AMONG = 100;

/** One issue: its numbers, how often it happened within the window, and its latest event with the stack trace. */
export async function askIssue(
  { issue: id }: Extract<SentryQuestion, { verb: 'issue' }>,
  asking: Asking,
): Promise<Found> {
  const { reach, signal, own, web } = asking;
  const below = `issues/${encodeURIComponent(id)}/`;
  const params: Params = [
    ['dataset', 'errors'],
    ['field', 'count()'],
    ['field', 'count_unique(user)'],
    ['query', issueSearch(id)],
    ['per_page', '1'],
    ...times(asking.window),
  ];
  const missing: string[] = [];
  /** The issue stands without what could not be read beside it. */
  const beside = async <One>(
    what: string,
    listed: Promise<Listed<One>>,
  ): Promise<Listed<One> | undefined> => {
    try {
      return await listed;
    } catch (error) {
      if (!(error instanceof BackendError) || signal.aborted) throw error;
      missing.push(`${what} could not be read: ${error.message.replace(/\.$/, '')}`);
      return undefined;
    }
  };
  const [issues, events, counts] = await Promise.all([
    reach.list(below, [], [decodeIssue, 'decodeIssue'], signal, { absent: () => noSuchIssue(id, asking) }),
    beside(
      'its latest event',
      reach.list(`${below}events/latest/`, [], [decodeEvent, 'decodeEvent'], signal),
    ),
    beside(
      'how often it happened in this time',
      reach.list('events/', params, [decodeEvents, 'decodeEvents'], signal, { limit: ADDITIONAL }),
    ),
  ]);
  const [issue] = issues.all;
  if (!issue) throw new TypeError('An issue was decoded to nothing');
  const parts = [
    ['issue', issues],
    ['event', events],
    ['counts', counts],
  ] as const;
  return {
    result: { kind: 'text', text: issueText(issue, happened(counts?.all), events?.all[0]) },
    parts: parts.flatMap(([of, listed]) => (listed?.pages ?? []).map((bytes) => ({ of, bytes }))),
    bytes: parts.reduce((sum, [, listed]) => sum + (listed?.bytes ?? 0), 0),
    partial: missing,
    notes: [],
    url: own(issue.permalink) ?? permalink(web, { page: 'issue', id: issue.id }),
  };
}

/** The only row of a count; undefined where there is none. */
export function happened(rows: readonly EventRow[] | undefined): Happened | undefined {
  const row = rows?.[0];
  const [events, users] = [row?.['count()'], row?.['count_unique(user)']];
  return typeof events === 'number' && typeof users === 'number' ? { events, users } : undefined;
}

/** Sentry answers 404 for an issue that is not there and for one that the token may not see. */
async function noSuchIssue(id: string, asking: Asking): Promise<BackendError> {
  const { reach, window, signal, title } = asking;
  const params: Params = [
    ['query', ''],
    ['sort', 'date'],
    ['limit', String(NEAREST_AMONG)],
    ...times(window),
  ];
  const names = await reach
    .list('issues/', params, [decodeIssues, 'decodeIssues'], signal, { limit: ADDITIONAL })
    .then(({ all }) => all.map((one) => one.shortId ?? one.id))
    .catch((error: unknown) => {
      if (error instanceof BackendError) return [];
      throw error;
    });
  const nearest = [...new Set([...suggest(id, names, 3), ...names])].slice(0, 3);
  return new BackendError('unknown-source', `${title} has no issue \`${id}\`, or its token may not see it.`, {
    asked: title,
    nearest,
    nextStep:
      nearest.length > 0
        ? 'Take one of the nearest, or list all with `sentry issues`.'
        : 'List all with `sentry issues`.',
  });
}
