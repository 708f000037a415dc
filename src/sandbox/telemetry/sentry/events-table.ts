import type { Window } from '../../../domain/time.ts';
import { DetailedError } from './detailed-error.ts';
import { eventsWithin, newestEvents, type PlayedEvent, usersOf } from './played-events.ts';
import { type EventSource, type PlayedIssue, titleOf } from './played-issue.ts';
import { iso } from './present.ts';
import { PROJECTS } from './sentry-source.ts';

interface From {
  readonly issue: PlayedIssue;
  readonly source: EventSource;
}

/** Newest events that can be paged through. */
const NEWEST = 500;
const COUNTS = new Set(['count()', 'count_unique(user)']);
const OF_ONE = new Set(['timestamp', 'id']);

/** Rows of the events API for the fields and functions that the sandbox plays. Throws DetailedError. */
export function eventsTable(
  found: readonly From[],
  fields: readonly string[],
  sort: string,
  window: Window,
): readonly Readonly<Record<string, unknown>>[] {
  for (const field of fields)
    if (!known(field)) throw new DetailedError(400, `The sandbox does not play the field "${field}".`);
  const counted = fields.some((field) => COUNTS.has(field));
  if (counted && fields.some((field) => OF_ONE.has(field)))
    throw new DetailedError(400, 'The sandbox does not count by timestamp or id.');
  const rows = counted
    ? groups(found, fields, window)
    : newestEvents(found, window, NEWEST).map((one) =>
        Object.fromEntries(fields.map((field) => [field, ofEvent(one, field)])),
      );
  const by = sort.replace(/^-/, '');
  const sign = sort.startsWith('-') ? -1 : 1;
  return rows.toSorted((a, b) => {
    const [x, y] = [a[by], b[by]] as [string | number, string | number];
    return x === y ? 0 : x < y ? -sign : sign;
  });
}

function groups(
  found: readonly From[],
  fields: readonly string[],
  window: Window,
): Record<string, unknown>[] {
  const keys = fields.filter((field) => !COUNTS.has(field));
  const all = new Map<string, { row: Record<string, unknown>; count: number }>();
  for (const one of found) {
    const count = eventsWithin(one.source, window);
    if (count === 0) continue;
    const row = Object.fromEntries(keys.map((key) => [key, ofSource(one, key)]));
    const id = JSON.stringify(row);
    all.set(id, { row, count: (all.get(id)?.count ?? 0) + count });
  }
  // Counted over nothing, the answer is still one row.
  if (all.size === 0 && keys.length === 0) all.set('', { row: {}, count: 0 });
  return [...all.values()].map(({ row, count }) => ({
    ...row,
    ...(fields.includes('count()') && { 'count()': count }),
    ...(fields.includes('count_unique(user)') && { 'count_unique(user)': usersOf(count) }),
  }));
}

const OF_ISSUE: Readonly<Record<string, (issue: PlayedIssue) => string>> = {
  title: titleOf,
  issue: ({ shortId }) => shortId,
  'issue.id': ({ id }) => id,
  project: ({ project }) => project,
  'project.name': ({ project }) => project,
  'project.id': ({ project }) => PROJECTS[project] ?? '',
  level: ({ level }) => level,
  culprit: ({ culprit }) => culprit,
};
const TAGS = new Set(['release', 'environment', 'region', 'server_name', 'transaction']);

function known(field: string): boolean {
  return COUNTS.has(field) || OF_ONE.has(field) || TAGS.has(field) || Object.hasOwn(OF_ISSUE, field);
}

function ofSource({ issue, source }: From, field: string): string {
  return OF_ISSUE[field]?.(issue) ?? source.tags[field] ?? '';
}

function ofEvent(event: PlayedEvent, field: string): string {
  if (field === 'timestamp') return `${iso(event.at).slice(0, 19)}+00:00`;
  return field === 'id' ? event.id : ofSource(event, field);
}
