import type { Instant } from '../../domain/time.ts';
import { safeText } from '../safe-text.ts';
import type { Event, Issue } from './decode.ts';
import { sayStatus } from './rows.ts';
import { stackTrace } from './stack-trace.ts';

/** What came of one issue within the time that was asked about. */
export interface Happened {
  readonly events: number;
  readonly users: number;
}

/** Tags of the latest event that are shown, and characters of each. */
const TAGS = 12;
const TAG = 60;
/** Tags that repeat what is said elsewhere, or say who a person is. */
const UNTOLD: ReadonlySet<string> = new Set([
  'user',
  'level',
  'release',
  'environment',
  'mechanism',
  'handled',
]);

/** One issue as a person reads it, numbers first: how often, for whom, since when, where, and the latest stack trace. */
export function issueText(issue: Issue, happened: Happened | undefined, event: Event | undefined): string {
  const title = safeText(issue.title, 300);
  const lines = [
    `${issue.shortId ?? issue.id} · ${title}`,
    ...(happened ? [`in this time: ${sayCount(happened.events, happened.users)}`] : []),
    // Both were asked for at once, and one may be a moment newer.
    `in all: ${sayCount(Math.max(issue.count, happened?.events ?? 0), Math.max(issue.userCount, happened?.users ?? 0))}`,
    `first seen: ${say(issue.firstSeen)}${inRelease(issue.firstRelease)}`,
    `last seen: ${say(issue.lastSeen)}${inRelease(issue.lastRelease)}`,
    `status: ${[sayStatus(issue), issue.level, issue.priority && `priority ${issue.priority}`].filter(Boolean).join(', ')}`,
    ...(issue.culprit ? [`culprit: ${safeText(issue.culprit, 200)}`] : []),
    ...(issue.project ? [`project: ${safeText(issue.project.slug, 100)}`] : []),
  ];
  if (!event) return lines.join('\n');
  const trace = stackTrace(event);
  return [
    ...lines,
    '',
    `latest event: ${say(event.dateCreated)}${where(event)} (${safeText(event.eventID, 40)})`,
    ...(trace.length > 0 ? trace : ['It has no stack trace.']),
    ...tags(event),
  ].join('\n');
}

function sayCount(events: number, users: number): string {
  return `${events.toLocaleString('en')} ${events === 1 ? 'event' : 'events'}, ${users.toLocaleString('en')} ${users === 1 ? 'user' : 'users'}`;
}

function say(time: string | Instant | null | undefined): string {
  return time === null || time === undefined ? 'not known' : `${new Date(time).toISOString().slice(0, 19)}Z`;
}

function inRelease(release: Issue['firstRelease']): string {
  return release ? ` in ${safeText(release.version, 120)}` : '';
}

function tagOf({ tags }: Event, key: string): string | undefined {
  return tags?.find((one) => one.key === key)?.value ?? undefined;
}

function where(event: Event): string {
  const [release, environment] = [tagOf(event, 'release'), tagOf(event, 'environment')];
  return `${release ? ` of ${safeText(release, 120)}` : ''}${environment ? ` in ${safeText(environment, 80)}` : ''}`;
}

function tags(event: Event): string[] {
  const told = (event.tags ?? []).flatMap(({ key, value }) =>
    key && value && !UNTOLD.has(key) ? [`${safeText(key, TAG)}=${safeText(value, TAG)}`] : [],
  );
  if (told.length === 0) return [];
  const left = told.length - TAGS;
  return ['', `tags: ${told.slice(0, TAGS).join(', ')}${left > 0 ? ` and ${left} more` : ''}`];
}
