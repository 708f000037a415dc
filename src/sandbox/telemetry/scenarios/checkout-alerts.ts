import { HOUR, type Instant, MINUTE } from '../../../domain/time.ts';
import type { ScenarioAlert } from '../scenario.ts';
import { DEPLOYED_VERSION } from './checkout-story.ts';

/** One that wakes somebody, one that it inhibits, and one that was silenced long before. */
export function checkoutAlerts(causeAt: Instant): readonly ScenarioAlert[] {
  return [
    {
      name: 'CheckoutErrorRateHigh',
      labels: { severity: 'page', service: 'checkout', team: 'shop' },
      annotations: {
        summary: 'More than 5 % of checkouts fail',
        description: `checkout answers 500; last deploy ${DEPLOYED_VERSION}`,
        runbook_url: 'https://runbooks.example.com/checkout-errors',
      },
      query: failing('checkout', '500', 0.05),
      activeAt: causeAt + 3 * MINUTE,
    },
    {
      name: 'WebErrorRateHigh',
      labels: { severity: 'ticket', service: 'web', team: 'shop' },
      annotations: { summary: 'More than 3 % of pages fail' },
      query: failing('web', '502', 0.03),
      activeAt: causeAt + 4 * MINUTE,
      suppressed: { by: 'alert', name: 'CheckoutErrorRateHigh' },
    },
    {
      name: 'CartMemoryHigh',
      labels: { severity: 'ticket', service: 'cart', team: 'shop' },
      annotations: { summary: 'cart uses more than 250 MB' },
      query: 'max(container_memory_working_set_bytes{container="cart"}) > 250 * 1024 * 1024',
      activeAt: causeAt - 5 * HOUR,
      suppressed: {
        by: 'silence',
        createdBy: 'kai',
        comment: 'limit is being raised, SHOP-311',
        until: causeAt + 20 * HOUR,
      },
    },
  ];
}

function failing(service: string, code: string, more: number): string {
  const rate = (matchers: string) => `sum(rate(http_requests_total{${matchers}}[5m]))`;
  return `${rate(`service="${service}",code="${code}"`)} / ${rate(`service="${service}"`)} > ${more}`;
}
