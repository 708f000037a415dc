import type { Result } from '../../domain/evidence.ts';
import type { Instant, Window } from '../../domain/time.ts';
import type { Deploy, EventRow, Issue, Release } from './decode.ts';

type Rows = Extract<Result, { kind: 'rows' }>;

/** Issues as rows, in the order of the server. Columns that would be empty are left out. */
export function issueRows(issues: readonly Issue[]): Rows {
  return filled(
    ['issue', 'events', 'users', 'title', 'culprit', 'first seen', 'last seen', 'status', 'level', 'project'],
    issues.map((one) => [
      one.shortId ?? one.id,
      one.count,
      one.userCount,
      one.title,
      one.culprit ?? '',
      iso(one.lifetime?.firstSeen ?? one.firstSeen),
      iso(one.lastSeen),
      sayStatus(one),
      one.level ?? '',
      one.project?.slug ?? '',
    ]),
  );
}

/** `unresolved (new)`: what was decided of it, and what Sentry makes of it. */
export function sayStatus({ status, substatus }: Pick<Issue, 'status' | 'substatus'>): string {
  return [status, substatus && `(${substatus.replaceAll('_', ' ')})`].filter(Boolean).join(' ');
}

/** Events with the fields that were asked for, in their order. */
export function eventRows(events: readonly EventRow[], fields: readonly string[]): Rows {
  return {
    kind: 'rows',
    columns: fields,
    rows: events.map((one) => fields.map((field) => (Object.hasOwn(one, field) ? (one[field] ?? '') : ''))),
  };
}

/** A release with all its deploys that are known. */
export interface Released {
  readonly release: Release;
  readonly deploys: readonly Deploy[];
}

/** One time that a release went somewhere, or came into being without a deploy. */
export interface Arrival {
  readonly at: Instant;
  readonly until?: Instant;
  readonly what: 'deployed' | 'released' | 'created';
  readonly release: Release;
  readonly deploy?: Deploy;
}

/** All arrivals of the releases, newest first. */
export function arrivals(releases: readonly Released[]): readonly Arrival[] {
  return releases
    .flatMap(({ release, deploys }): Arrival[] => {
      if (deploys.length > 0) return deploys.map((deploy) => deployed(release, deploy));
      const at = release.dateReleased ?? release.dateCreated;
      return at ? [{ at: Date.parse(at), what: release.dateReleased ? 'released' : 'created', release }] : [];
    })
    .toSorted((a, b) => b.at - a.at);
}

function deployed(release: Release, deploy: Deploy): Arrival {
  const end = Date.parse(deploy.dateFinished);
  const start = deploy.dateStarted ? Date.parse(deploy.dateStarted) : end;
  return { at: start, ...(end > start && { until: end }), what: 'deployed', release, deploy };
}

export function isWithin(window: Window, { at, until = at }: Pick<Arrival, 'at' | 'until'>): boolean {
  return at < window.to && until >= window.from;
}

export function releaseRows(found: readonly Arrival[]): Rows {
  return filled(
    ['at', 'until', 'what', 'release', 'environment', 'project', 'new issues', 'commits'],
    found.map(({ at, until, what, release, deploy }) => [
      iso(at),
      until === undefined ? '' : iso(until),
      what,
      release.version,
      deploy?.environment ?? '',
      (release.projects ?? []).map((one) => one.slug).join(', '),
      release.newGroups ?? '',
      release.commitCount ?? '',
    ]),
  );
}

function iso(time: string | Instant | null | undefined): string {
  return time === null || time === undefined ? '' : new Date(time).toISOString();
}

function filled(columns: readonly string[], rows: readonly (readonly unknown[])[]): Rows {
  const kept = columns.flatMap((_, index) =>
    rows.length === 0 || rows.some((row) => row[index] !== '') ? [index] : [],
  );
  return {
    kind: 'rows',
    columns: kept.map((index) => columns[index] ?? ''),
    rows: rows.map((row) => kept.map((index) => row[index])),
  };
}
