import type { Change } from '../backend.ts';
import type { Arrival } from './rows.ts';

/** Releases and deploys as changes, oldest first; a release that only came into being is no deploy. */
export function changesOf(found: readonly Arrival[], web: string): readonly Change[] {
  return found.toReversed().map(({ at, until, what, release, deploy }) => {
    const service = release.versionInfo?.package ?? release.projects?.[0]?.slug;
    return {
      at,
      ...(until !== undefined && { until }),
      kind: what === 'created' ? ('other' as const) : ('deploy' as const),
      title: `${release.version} ${what}${deploy ? ` to ${deploy.environment}` : ''}`,
      ...(service && { service }),
      version: release.version,
      url: `${web}/releases/${encodeURIComponent(release.version)}/`,
    };
  });
}
