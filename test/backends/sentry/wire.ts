import { specification, type Violation } from '../specification.ts';

/** Below this path of the API is everything of the organization that the tests ask. */
export const ORGANIZATION = '/api/0/organizations/acme/';

/** An issue as the documentation's example has it, where the test says nothing else. */
export function issue(more: object): object {
  return {
    id: '11',
    shortId: 'CHECKOUT-4F',
    title: 'UpstreamRateLimited: payments answered 429',
    culprit: 'POST /api/checkout',
    permalink: 'https://acme.sentry.io/issues/11/',
    level: 'error',
    status: 'unresolved',
    substatus: 'new',
    priority: 'high',
    count: '2831',
    userCount: 1_904,
    firstSeen: '2026-11-23T13:24:02.000Z',
    lastSeen: '2026-11-23T13:31:58.123Z',
    project: { id: '3', name: 'Checkout', slug: 'checkout' },
    ...more,
  };
}

/** Checks requests; the slash at the end, without which Sentry redirects, is looked at here. */
export async function sentrySpecification(): Promise<Violation> {
  const violation = await specification('sentry', 'Sentry', (path) => path.replace(/\/$/, ''));
  return async (received) =>
    received.path.endsWith('/') ? await violation(received) : 'no slash at the end of the path';
}
