import { BackendError } from '../../domain/errors.ts';
import type { Window } from '../../domain/time.ts';
import { type ReadablePath, readablePath } from '../readable-path.ts';
import { times } from './discover.ts';

/** Below `/api/0/organizations/<slug>/`; none of them says who a person is. */
const BELOW = [
  '',
  'environments/',
  'events/',
  'events-timeseries/',
  'issues/',
  'issues/*/',
  'issues/*/events/',
  'issues/*/events/*/',
  'issues/*/hashes/',
  'issues/*/tags/*/',
  'monitors/',
  'monitors/*/checkins/',
  'projects/',
  'releases/',
  'releases/*/',
  'releases/*/commits/',
  'releases/*/deploys/',
  'stats_v2/',
  'tags/',
];

/** Those that take a time. */
const TIMED = /\/(?:events|events-timeseries|issues|issues\/[^/]+\/events|stats_v2|tags)\/$/;

/** What `Backend.get` may read of an organization. */
export function readablePaths(organization: string): readonly string[] {
  return BELOW.map((one) => `/api/0/organizations/${organization}/${one}`);
}

/** The request for a typed path: with the slash that Sentry's paths end in, and over absolute times where it takes any. */
export function readableRequest(
  typed: string,
  window: Window,
  { organization, title }: { readonly organization: string; readonly title: string },
): ReadablePath {
  const slashed = typed.trim().replace(/^([^?#]*[^?#/])(?=[?#]|$)/, '$1/');
  const { path, query } = readablePath(slashed, readablePaths(organization), title);
  if (query.some(([key]) => key === 'statsPeriod'))
    throw new BackendError(
      'bad-query',
      '`statsPeriod` moves with the clock, so the answer could not be had again.',
      {
        asked: title,
        nextStep: 'Leave it out and say the time with `since:` or with `from:` and `to:`.',
      },
    );
  const timed = TIMED.test(path) && !query.some(([key]) => key === 'start' || key === 'end');
  return { path, query: timed ? [...query, ...times(window)] : query };
}
