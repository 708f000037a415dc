import { DAY, type Instant, MINUTE } from '../../../domain/time.ts';
import type { Endpoint } from '../endpoint.ts';
import type { AnswerSource } from '../prometheus-answers.ts';
import type { ScenarioAlert } from '../scenario.ts';
import { DEPLOYED_VERSION } from '../scenarios/checkout-story.ts';

/** What the played Grafana stands in front of. */
export interface GrafanaSource extends AnswerSource {
  readonly prometheus: Endpoint;
  readonly loki: Endpoint;
}

export const SOURCES = [
  { id: 1, uid: 'prometheus', orgId: 1, name: 'Prometheus', type: 'prometheus', isDefault: true },
  { id: 2, uid: 'loki', orgId: 1, name: 'Loki', type: 'loki', isDefault: false },
] as const;

export interface PlayedDashboard {
  readonly uid: string;
  readonly title: string;
  readonly folderTitle: string;
  readonly tags: readonly string[];
  readonly queries: readonly string[];
}

export const DASHBOARDS: readonly PlayedDashboard[] = [
  {
    uid: 'shop-checkout',
    title: 'Checkout',
    folderTitle: 'Shop',
    tags: ['checkout', 'red'],
    queries: [
      'sum by (code) (rate(http_requests_total{service="checkout"}[5m]))',
      'histogram_quantile(0.95, sum by (le) (rate(http_request_duration_seconds_bucket{service="checkout"}[5m])))',
    ],
  },
  {
    uid: 'shop-payments',
    title: 'Payments upstream',
    folderTitle: 'Shop',
    tags: ['payments', 'checkout'],
    queries: [
      'sum by (code) (rate(http_requests_total{service="payments"}[5m]))',
      'payments_rate_limit_per_second',
    ],
  },
];

/** What people and pipelines marked: the deploy that looks guilty, and what was long before. */
export function annotationsOf(causeAt: Instant): readonly object[] {
  return [
    {
      id: 4,
      time: causeAt - MINUTE,
      timeEnd: causeAt + 5 * MINUTE,
      text: `checkout ${DEPLOYED_VERSION} rolled out`,
      tags: ['deploy', 'service:checkout', `version:${DEPLOYED_VERSION}`],
      dashboardUID: 'shop-checkout',
      login: 'pipeline',
    },
    {
      id: 3,
      time: causeAt - 95 * MINUTE,
      text: 'game day is moved to Thursday',
      tags: ['note'],
      login: 'mara',
    },
    {
      id: 2,
      time: causeAt - DAY,
      text: 'web v5.12.0 rolled out',
      tags: ['deploy', 'service:web', 'version:v5.12.0'],
      login: 'pipeline',
    },
    {
      id: 1,
      time: causeAt - 3 * DAY,
      text: 'express-pay on for 10 %',
      tags: ['feature-flag', 'service:checkout'],
      login: 'flags',
    },
  ];
}

/** A rule that this Grafana evaluates itself; it fires once its query has had a value for this long. */
export type GrafanaRule = ScenarioAlert & { readonly pendingFor: number };

/** One that fires and one that is about to: neither is known to the Alertmanager beside it. */
export function rulesOf(causeAt: Instant): readonly GrafanaRule[] {
  return [
    {
      name: 'CheckoutSlow',
      labels: { severity: 'page', service: 'checkout', team: 'shop', grafana_folder: 'Shop' },
      annotations: { summary: 'One of twenty checkouts takes more than a second' },
      query: `${DASHBOARDS[0]?.queries[1]} > 1`,
      activeAt: causeAt + 2 * MINUTE,
      pendingFor: 2 * MINUTE,
    },
    {
      name: 'PaymentsRefuses',
      labels: { severity: 'ticket', service: 'payments', team: 'payments', grafana_folder: 'Shop' },
      annotations: { summary: 'payments answers 429 to more than half of all calls' },
      query:
        'sum(rate(http_requests_total{service="payments",code="429"}[5m])) / sum(rate(http_requests_total{service="payments"}[5m])) > 0.5',
      activeAt: causeAt + 6 * MINUTE,
      pendingFor: 30 * MINUTE,
    },
  ];
}
