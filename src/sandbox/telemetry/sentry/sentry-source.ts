import type { Instant } from '../../../domain/time.ts';
import { labelOf, NAME } from '../labels.ts';
import type { Scenario } from '../scenario.ts';
import type { PlayedIssue } from './played-issue.ts';

/** What the sandbox's Sentry answers from. */
export interface SentrySource {
  readonly scenario: Scenario;
  readonly issues: () => readonly PlayedIssue[];
  readonly now: () => Instant;
}

export interface PlayedRelease {
  readonly version: string;
  readonly project: string;
  readonly created: Instant;
  readonly started: Instant;
  /** When its deploy ended; undefined while it is under way. */
  readonly finished?: Instant;
}

/** Numbers of the projects, as Sentry gives them. */
export const PROJECTS: Readonly<Record<string, string>> = {
  checkout: '1',
  payments: '2',
  cart: '3',
  web: '4',
};
export const ORGANIZATION = 'shop';

/** A release is made so long before its deploy begins, and a deploy of which nothing is known takes so long. */
const MADE_BEFORE = 4 * 60_000;
const DEPLOY_TAKES = 6 * 60_000;
/** A pod is drained this long after its successor began. */
const DRAIN = 20_000;

/** The releases up to now, newest first: those whose deploys the metrics know. */
export function releasesOf({ scenario, now }: SentrySource): readonly PlayedRelease[] {
  const series = scenario.series();
  const births = new Map<string, Instant>();
  for (const { labels, born } of series) {
    if (labelOf(labels, NAME) !== 'build_info') continue;
    const key = `${labelOf(labels, 'service')} ${labelOf(labels, 'version')}`;
    births.set(key, Math.max(births.get(key) ?? 0, born));
  }
  return series
    .filter(({ labels }) => labelOf(labels, NAME) === 'deploy_timestamp_seconds')
    .map(({ labels, valueAt }) => {
      const [project, version] = [labelOf(labels, 'service'), labelOf(labels, 'version')];
      const started = valueAt(now()) * 1_000;
      const last = births.get(`${project} ${version}`);
      const finished = last !== undefined && last > started ? last + DRAIN : started + DEPLOY_TAKES;
      return {
        version: `${project}@${version.replace(/^v/, '')}`,
        project,
        created: started - MADE_BEFORE,
        started,
        ...(finished <= now() && { finished }),
      };
    })
    .filter(({ created }) => created <= now())
    .sort((a, b) => b.created - a.created);
}
