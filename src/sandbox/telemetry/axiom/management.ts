import { DAY, type Instant, MINUTE } from '../../../domain/time.ts';
import { firingAlerts } from '../firing-alerts.ts';
import { queryLimits } from '../prometheus-answers.ts';
import { type Scenario, scenarioStore } from '../scenario.ts';
import { DEPLOYED_VERSION } from '../scenarios/checkout-story.ts';
import type { EventDataset } from './event-datasets.ts';

/** What the management answers are made from. */
export interface Management {
  readonly scenario: Scenario;
  readonly now: () => Instant;
  readonly datasets: readonly EventDataset[];
  /** Where it listens itself: its datasets live there. */
  readonly origin: string;
}

const CREATED = '2026-01-05T09:00:00Z';
const QUERY = "['checkout-logs'] | where status == 500 | summarize count() by bin_auto(_time)";

const MONITORS = [
  {
    id: 'mon_checkout_errors',
    name: 'Checkout errors',
    type: 'Threshold',
    description: 'More than 100 failed checkouts in a minute',
    aplQuery: QUERY,
    operator: 'Above',
    threshold: 100,
    rangeMinutes: 1,
    intervalMinutes: 1,
  },
  {
    id: 'mon_payments_refusals',
    name: 'Payments refusals',
    type: 'MatchEvent',
    description: 'payments refuses a client',
    aplQuery: "['payments-logs'] | where status == 429",
    intervalMinutes: 5,
  },
  { id: 'mon_disk', name: 'Disk space', type: 'Threshold', operator: 'Below', threshold: 10, disabled: true },
];

/** `GET` of `/v2/…`, undefined where there is nothing. */
export function managementAnswer(
  path: string,
  parameters: URLSearchParams,
  from: Management,
): object | undefined {
  const { datasets, origin } = from;
  const [, id, part] = /^\/v2\/datasets\/([^/]+)\/(fields|mapfields)$/.exec(path) ?? [];
  const dataset = datasets.find((one) => one.name === id);
  if (part === 'mapfields') return dataset?.mapFields;
  if (part === 'fields') return dataset?.fields.map(({ name, type }) => ({ name, type, ...meaning(name) }));
  const monitor = /^\/v2\/monitors\/([^/]+)\/history$/.exec(path)?.[1];
  if (monitor !== undefined) return historyOf(monitor, parameters, from);
  switch (path) {
    case '/v2/datasets':
      return [
        ...datasets.map(({ name, kind, description, retentionDays, mapFields }) => ({
          ...listed(name, kind, description, retentionDays, origin),
          mapFields,
        })),
        listed('shop-metrics', 'otel:metrics:v1', 'Metrics of the shop', 90, origin),
      ];
    case '/v2/views':
      return [{ id: 'failed-checkouts', name: 'failed-checkouts', aplQuery: QUERY }];
    case '/v2/vfields':
      return parameters.get('dataset') === 'shop-traces'
        ? [{ id: 'vf1', dataset: 'shop-traces', name: 'slow', expression: 'duration > 1s' }]
        : [];
    case '/v2/apl-starred-queries':
      return [
        {
          id: 'sq1',
          name: 'checkout errors by pod',
          kind: 'apl',
          who: 'lea',
          metadata: {},
          query: { apl: QUERY },
        },
      ];
    case '/v2/monitors':
      return MONITORS;
    case '/v2/annotations':
      return annotations(parameters, from);
    default:
      return undefined;
  }
}

function listed(name: string, kind: string, description: string, retentionDays: number, origin: string) {
  return {
    id: name,
    name,
    kind,
    description,
    retentionDays,
    useRetentionPeriod: true,
    created: CREATED,
    updatedAt: CREATED,
    who: 'lea',
    edgeDeployment: 'cloud.eu-central-1.aws',
    edgeDeploymentUrl: origin,
  };
}

function meaning(name: string): object {
  if (name === 'duration') return { unit: 'ns', description: 'How long it took' };
  return name === 'duration_ms' ? { unit: 'ms', description: 'How long it took' } : {};
}

/** Open from when its alert fires, closed once somebody mitigated; both as seen at the time of asking. */
function historyOf(id: string, parameters: URLSearchParams, { scenario, now }: Management): object {
  const monitor = MONITORS.find((one) => one.id === id);
  const [from, to] = [
    Date.parse(parameters.get('startTime') ?? ''),
    Date.parse(parameters.get('endTime') ?? ''),
  ];
  if (!monitor) return [];
  const opened = id === 'mon_checkout_errors' ? scenario.causeAt + 3 * MINUTE : scenario.causeAt + MINUTE;
  const store = scenarioStore(scenario, { now });
  const limits = queryLimits(new URLSearchParams(), now);
  const firing = firingAlerts(scenario, store, now(), limits).some(
    ({ rule }) => rule.name === 'CheckoutErrorRateHigh',
  );
  const changes = [
    { state: 'closed', at: scenario.causeAt - 2 * DAY },
    ...(now() >= opened ? [{ state: 'open', at: opened }] : []),
    ...(scenario.mitigatedAt !== undefined && !firing
      ? [{ state: 'closed', at: Math.min(now(), scenario.mitigatedAt + 5 * MINUTE) }]
      : []),
  ];
  return changes
    .filter(({ at }) => at >= from && at < to)
    .map(({ state, at }, index) => ({
      checkId: `${id}-${index}`,
      name: monitor.name,
      state,
      timestamp: new Date(at).toISOString(),
    }));
}

/** The deploy that looks guilty, announced one minute before the cause, and what payments switched. */
function annotations(parameters: URLSearchParams, { scenario }: Management): object {
  const from = Date.parse(parameters.get('start') ?? '') || 0;
  const to = Date.parse(parameters.get('end') ?? '') || Number.POSITIVE_INFINITY;
  const one = (id: string, at: Instant, type: string, title: string, datasets: readonly string[]) => ({
    id: `ann_${id}`,
    time: new Date(at).toISOString(),
    type,
    title,
    datasets,
    at,
  });
  return [
    one('checkout', scenario.causeAt - MINUTE, 'production-deployment', `checkout ${DEPLOYED_VERSION}`, [
      'checkout-logs',
    ]),
    one('web', scenario.causeAt - DAY, 'production-deployment', 'web v5.12.0', ['shop-traces']),
    one('flag', scenario.causeAt - 3 * DAY, 'feature-flag', 'express-pay on for 10 %', ['checkout-logs']),
  ]
    .filter(({ at }) => at >= from && at < to)
    .map(({ at: _at, ...annotation }) => annotation);
}
