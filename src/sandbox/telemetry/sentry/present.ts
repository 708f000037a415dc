import type { Instant, Window } from '../../../domain/time.ts';
import { eventsWithin, type PlayedEvent, seen, usersOf } from './played-events.ts';
import { type PlayedException, type PlayedIssue, titleOf } from './played-issue.ts';
import { ORGANIZATION, type PlayedRelease, PROJECTS, type SentrySource } from './sentry-source.ts';

/** What tells when an issue was seen, over its whole life. */
export function lifeOf(
  issue: PlayedIssue,
  { scenario, now }: SentrySource,
): { readonly first: Instant; readonly last: Instant } | undefined {
  const last = seen(issue, 'last', scenario.dataFrom, now());
  const first = issue.since ?? seen(issue, 'first', scenario.dataFrom, now());
  return first === undefined || last === undefined ? undefined : { first, last };
}

/** An issue as the API has it; with a window its counts are of that alone. */
export function presentIssue(
  issue: PlayedIssue,
  source: SentrySource,
  origin: string,
  window?: Window,
): object {
  const { scenario, now } = source;
  const whole = { from: scenario.dataFrom, to: now() };
  const within = (over: Window) => issue.sources.reduce((sum, one) => sum + eventsWithin(one, over), 0);
  const all = issue.earlier + within(whole);
  const count = window ? within(window) : all;
  const life = lifeOf(issue, source);
  const times = { firstSeen: iso(life?.first ?? now()), lastSeen: iso(life?.last ?? now()) };
  const { type, value } = issue.exceptions.at(-1) ?? issue.exceptions[0];
  return {
    id: issue.id,
    shareId: null,
    shortId: issue.shortId,
    title: titleOf(issue),
    culprit: issue.culprit,
    permalink: `${origin}/organizations/${ORGANIZATION}/issues/${issue.id}/`,
    logger: null,
    level: issue.level,
    status: issue.status,
    substatus: issue.substatus,
    statusDetails: {},
    priority: issue.priority,
    isPublic: false,
    platform: 'node',
    project: project(issue.project),
    type: 'error',
    metadata: { type, value },
    numComments: 0,
    assignedTo: null,
    count: String(count),
    userCount: usersOf(count),
    ...times,
    ...(window
      ? { lifetime: { count: String(all), userCount: usersOf(all), ...times } }
      : {
          firstRelease: { version: issue.firstRelease },
          lastRelease: { version: lastRelease(issue, whole) },
        }),
  };
}

function lastRelease({ sources, firstRelease }: PlayedIssue, whole: Window): string {
  const seenIn = sources.filter((one) => eventsWithin(one, whole) > 0).map((one) => one.tags.release ?? '');
  return seenIn.sort().at(-1) ?? firstRelease;
}

export function project(slug: string): object {
  return { id: PROJECTS[slug], slug, name: slug, platform: 'node' };
}

/** An event with its stack trace. */
export function presentEvent({ issue, source, at, id }: PlayedEvent): object {
  const { type, value } = issue.exceptions.at(-1) ?? issue.exceptions[0];
  return {
    id,
    eventID: id,
    groupID: issue.id,
    projectID: PROJECTS[issue.project],
    title: titleOf(issue),
    message: '',
    platform: 'node',
    type: 'error',
    culprit: issue.culprit,
    dateCreated: iso(at),
    dateReceived: iso(at),
    metadata: { type, value },
    user: null,
    tags: Object.entries({ ...source.tags, level: issue.level }).map(([key, text]) => ({ key, value: text })),
    entries: [{ type: 'exception', data: { values: issue.exceptions.map(exception) } }],
  };
}

function exception({ type, value, frames }: PlayedException): object {
  return {
    type,
    value,
    module: null,
    stacktrace: {
      frames: frames.map(({ code, ...frame }) => ({
        ...frame,
        module: null,
        context: code === undefined ? [] : [[frame.lineNo, `    ${code}`]],
      })),
    },
  };
}

export function presentRelease(
  { version, project: slug, created, finished, started }: PlayedRelease,
  newGroups: number,
): object {
  return {
    version,
    shortVersion: version,
    versionInfo: {
      package: slug,
      version: { raw: version.split('@')[1] },
      description: version.split('@')[1],
      buildHash: null,
    },
    ref: null,
    url: null,
    dateCreated: iso(created),
    dateReleased: finished === undefined ? null : iso(finished),
    newGroups,
    commitCount: 3,
    deployCount: finished === undefined ? 0 : 1,
    lastDeploy: finished === undefined ? null : deploy(started, finished),
    projects: [project(slug)],
    status: 'open',
  };
}

export function deploy(started: Instant, finished: Instant): object {
  return {
    id: String(Math.floor(started / 1_000)),
    environment: 'production',
    dateStarted: iso(started),
    dateFinished: iso(finished),
    name: null,
    url: null,
  };
}

export function iso(at: Instant): string {
  return new Date(at).toISOString();
}
