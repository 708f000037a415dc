import { parsePermalink } from '../../../src/backends/sentry/permalink.ts';
import type { BackendSubject } from '../../contracts/backend/subject.ts';
import { backendContract } from '../../contracts/backend.ts';
import { issue, ORGANIZATION, sentrySpecification } from './wire.ts';

const NAMES: Readonly<Record<string, unknown>> = {
  '': { id: '2', slug: 'acme', name: 'Acme' },
  'projects/': [
    { id: '3', slug: 'checkout' },
    { id: '4', slug: 'payments' },
  ],
  'environments/': [{ id: '1', name: 'production' }],
  'releases/': [{ id: 1, version: 'checkout@2.3.45', dateCreated: '2026-11-23T13:20:00Z' }],
  'tags/': [{ key: 'region', name: 'Region', totalValues: 7 }],
};
const COUNTED = { data: [{ region: 'eu-west-1', 'count()': 9 }], meta: {} };

const shared = {
  tool: 'sentry',
  settings: (deployment) => ({ sentry: [{ ...deployment, organization: 'acme' }] }),
  discovery: ({ path }) => {
    const below = path.startsWith(ORGANIZATION) ? path.slice(ORGANIZATION.length) : 'elsewhere';
    if (below === 'issues/') return { body: [] };
    if (below === 'events/') return { body: COUNTED };
    return below in NAMES
      ? { body: NAMES[below] as object }
      : { status: 404, body: { detail: 'The requested resource does not exist' } };
  },
  error: (text) => JSON.stringify({ detail: text }),
  parseLink: parsePermalink,
  violation: await sentrySpecification(),
} satisfies Partial<BackendSubject>;

const badSearch = (column: number) =>
  JSON.stringify({
    detail: `Parse error at 'foo:(' (column ${column}). This is commonly caused by unmatched parentheses. Enclose any text in double quotes.`,
  });

backendContract('Sentry (issues)', {
  ...shared,
  query: 'issues is:unresolved project:checkout "timed out"',
  unknown: { query: 'issues project:chekout', nearest: 'checkout' },
  // The probe asks for one; a question for a hundred.
  isQuery: ({ path, params }) => path === `${ORGANIZATION}issues/` && params.get('limit') === '100',
  abilities: {
    schema: { source: 'checkout', field: 'region' },
    values: { source: 'checkout', field: 'region', value: 'eu-west-1' },
    changes: { titles: ['checkout@2.3.45 created'] },
    get: { path: `${ORGANIZATION}projects/` },
  },
  answers: {
    good: JSON.stringify([issue({}), issue({ id: '12', shortId: 'CHECKOUT-2' })]),
    empty: '[]',
    partial: JSON.stringify([issue({}), { id: 7 }]),
    huge: (bytes) =>
      JSON.stringify(
        Array.from({ length: Math.ceil(bytes / 1_500) }, (_, index) =>
          issue({ id: `${index}`, shortId: `CHECKOUT-${index}`, title: 'x'.repeat(1_000) }),
        ),
      ),
    hostile: (text) =>
      JSON.stringify([issue({ title: text, culprit: text, level: text, status: text, substatus: text })]),
  },
  badQuery: { status: 400, body: badSearch(5), line: 1, column: 12 },
});

backendContract('Sentry (events)', {
  ...shared,
  query: 'events level:error region:eu-west-1 fields:timestamp,title,region sort:-timestamp',
  unknown: { query: 'events project:chekout', nearest: 'checkout' },
  isQuery: ({ path }) => path === `${ORGANIZATION}events/`,
  answers: {
    good: JSON.stringify({
      data: [{ timestamp: '2026-11-23T13:20:00+00:00', title: 'a', region: 'eu' }],
      meta: {},
    }),
    empty: JSON.stringify({ data: [], meta: { fields: {} } }),
    partial: JSON.stringify({ data: [{ title: 'a' }], meta: { dataScanned: 'partial' } }),
    huge: (bytes) =>
      JSON.stringify({
        data: Array.from({ length: Math.ceil(bytes / 1_050) }, () => ({ title: 'x'.repeat(1_000) })),
      }),
    hostile: (text) => JSON.stringify({ data: [{ title: text, [text]: text }, text] }),
  },
  badQuery: { status: 400, body: badSearch(5), line: 1, column: 12 },
});
