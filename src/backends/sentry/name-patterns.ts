import type { NamePattern } from '../../domain/name-links.ts';
import { webRoot } from './permalink.ts';
import type { SentryDeployment } from './settings.ts';

type Named = Pick<SentryDeployment, 'url' | 'linkUrl' | 'organization' | 'project'>;

/**
 * How ids of Sentry look in a text, and their pages. A short id alone is one only where it begins with the project of a
 * deployment (`CHECKOUT-4K`); others, and the ids of events and traces, which look like any other number, say what they are:
 * `Sentry API-4K`, `event 9f…`, `trace 4b…`; those lead to the first deployment. https://docs.sentry.io/product/issues/
 */
export function sentryNames(deployments: readonly Named[]): readonly NamePattern[] {
  const [first] = deployments;
  const own = deployments.flatMap((one) =>
    one.project === undefined
      ? []
      : [
          {
            pattern: `${literal(one.project.toUpperCase())}-[0-9A-Z]{1,10}`,
            url: `${webRoot(one)}/issues/$0/`,
          },
        ],
  );
  if (!first) return own;
  const root = webRoot(first);
  return [
    ...own,
    {
      pattern: '[Ss]entry (?:issue )?([A-Z][0-9A-Z_-]{0,60}-[0-9A-Z]{1,10}|\\d{5,15})',
      url: `${root}/issues/$1/`,
    },
    { pattern: '[Ee]vent (?:id |ID )?([0-9a-f]{32})', url: `${root}/issues/?query=$1` },
    {
      pattern: '[Tt]race(?: |_|-)?(?:id|ID|Id)?[ :=]{1,2}([0-9a-f]{32})',
      url: `${root}/explore/traces/trace/$1/`,
    },
  ];
}

function literal(text: string): string {
  return text.replace(/[^\p{L}\p{N}_]/gu, (one) =>
    one === '-' ? '-' : `\\u{${one.codePointAt(0)?.toString(16)}}`,
  );
}
