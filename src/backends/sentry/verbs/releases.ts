import { BackendError } from '../../../domain/errors.ts';
import type { Window } from '../../../domain/time.ts';
import { type Deploy, decodeDeploys, decodeReleases, type Release } from '../decode.ts';
import type { Part } from '../parts.ts';
import { permalink } from '../permalink.ts';
import type { SentryQuestion } from '../question.ts';
import type { Params } from '../reach.ts';
import { type Arrival, arrivals, isWithin, type Released, releaseRows } from '../rows.ts';
import type { Asking, Found } from './found.ts';

/** Pages of 100 releases that are read, newest first: one that is older may have been deployed again. */
const PAGES = 3;
/** Releases of which more than the last deploy is read. */
const DEPLOYS_READ = 20;
/** Projects and environments of which it is told what was there before. */
const PLACES = 4;

/** Releases that were deployed, or came into being, within the window; the one before it is told as well. */
export async function askReleases(
  { part }: Extract<SentryQuestion, { verb: 'releases' }>,
  asking: Asking,
): Promise<Found & { readonly found: readonly Arrival[] }> {
  const { reach, window, signal, project, web } = asking;
  const params: Params = [
    ...(part === '' ? [] : [['query', part] as const]),
    ['per_page', '100'],
    ...(project === undefined ? [] : [['project', project] as const]),
  ];
  const listed = await reach.list('releases/', params, [decodeReleases, 'decodeReleases'], signal, {
    pages: PAGES,
  });
  const { released, parts, bytes, partial } = await withDeploys(listed.all, asking);
  const all = arrivals(released);
  const found = all.filter((one) => isWithin(window, one));
  return {
    result: releaseRows(found),
    found,
    parts: [...listed.pages.map((page) => ({ of: 'releases', bytes: page })), ...parts],
    bytes: listed.bytes + bytes,
    partial: [
      ...listed.partial,
      ...partial,
      ...(listed.more ? [`only the newest ${listed.all.length} releases were looked through`] : []),
    ],
    notes: beforeThem(found, all, window).map((one) => reach.client.quote(sayBefore(one))),
    url: permalink(web, { page: 'releases', part, project, window }),
  };
}

/** The list has the last deploy of each; where there were several and the last is not before the window, all are read. */
async function withDeploys(releases: readonly Release[], asking: Asking) {
  const wanted = releases.filter((one) => needsDeploys(one, asking.window));
  const read = wanted.slice(0, DEPLOYS_READ);
  const parts: Part[] = [];
  const partial =
    wanted.length > read.length
      ? [`of ${wanted.length - read.length} releases only the last deploy was read`]
      : [];
  const deploys = new Map<Release, readonly Deploy[]>();
  let bytes = 0;
  await Promise.all(
    read.map(async (release) => {
      const below = `releases/${encodeURIComponent(release.version)}/deploys/`;
      try {
        const listed = await asking.reach.list(below, [], [decodeDeploys, 'decodeDeploys'], asking.signal);
        deploys.set(release, listed.all);
        bytes += listed.bytes;
        parts.push(...listed.pages.map((page) => ({ of: deploysOf(release), bytes: page })));
        partial.push(...listed.partial);
      } catch (error) {
        if (!(error instanceof BackendError) || asking.signal.aborted) throw error;
        partial.push(`the deploys of a release could not be read: ${error.message.replace(/\.$/, '')}`);
      }
    }),
  );
  const released = releases.map(
    (release): Released => ({ release, deploys: deploys.get(release) ?? lastOf(release) }),
  );
  return { released, parts, bytes, partial };
}

function needsDeploys({ deployCount, lastDeploy }: Release, window: Window): boolean {
  return (deployCount ?? 0) > 1 && lastDeploy != null && Date.parse(lastDeploy.dateFinished) >= window.from;
}

export function lastOf({ lastDeploy }: Release): readonly Deploy[] {
  return lastDeploy ? [lastDeploy] : [];
}

/** The name of the part that holds the deploys of a release. */
export function deploysOf({ version }: Pick<Release, 'version'>): string {
  return `deploys of ${version}`;
}

/** What was there before: of each project and environment that got something new, else the last of all. */
function beforeThem(found: readonly Arrival[], all: readonly Arrival[], window: Window): readonly Arrival[] {
  const earlier = all.filter(({ at, until = at }) => until < window.from);
  if (found.length === 0) return earlier.slice(0, 1);
  const places = new Set(found.map(placeOf));
  return [...places].flatMap((place) => earlier.find((one) => placeOf(one) === place) ?? []).slice(0, PLACES);
}

function placeOf({ release, deploy }: Arrival): string {
  return JSON.stringify([release.projects?.[0]?.slug, deploy?.environment]);
}

function sayBefore({ at, what, release, deploy }: Arrival): string {
  const where = deploy ? ` to ${deploy.environment}` : '';
  return `Before this time, ${release.version} was the last to be ${what}${where}, at ${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC.`;
}
