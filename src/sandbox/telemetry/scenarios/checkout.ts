import { type Duration, HOUR, type Instant, MINUTE, SECOND } from '../../../domain/time.ts';
import type { Scenario, ScenarioSeries } from '../scenario.ts';
import { checkoutAlerts } from './checkout-alerts.ts';
import { checkoutFleet, type Pod } from './checkout-fleet.ts';
import { CHECKOUT_METRICS, checkoutSeries } from './checkout-metrics.ts';
import { checkoutStory } from './checkout-story.ts';

export interface CheckoutScenarioOptions {
  /** When the sandbox started. */
  readonly startedAt: Instant;
  /** How long before that the cause set in; nine minutes by default, less than the history. */
  readonly causeBefore?: Duration;
  /** How much history there is before the start; six hours by default. */
  readonly history?: Duration;
}

/** How long before the cause the innocent deploy was announced, and how long after it the first pod ran it. */
const DEPLOY_BEFORE: Duration = MINUTE;
const FIRST_POD_AFTER: Duration = 150 * SECOND;

/**
 * The scripted incident of the sandbox. `payments` lowers its limit for `checkout` to 200 calls a second; what it answers
 * with 429 `checkout` tries up to four times, so that 492 calls a second arrive and 61 % are refused; from a minute later
 * on 23 % of checkouts end in a 500. A deploy of checkout, announced one minute before the cause, looks guilty and is
 * not: errors began before any pod ran it. Same options, same numbers, on every machine. Throws RangeError where the cause would lie before the history.
 */
export function checkoutScenario(options: CheckoutScenarioOptions): Scenario {
  const causeBefore = options.causeBefore ?? 9 * MINUTE;
  const history = options.history ?? 6 * HOUR;
  if (causeBefore >= history) throw new RangeError('the cause must lie within the history');
  const causeAt = options.startedAt - causeBefore;
  const deployAt = causeAt - DEPLOY_BEFORE;
  const dataFrom = options.startedAt - history;
  const fleet = checkoutFleet(causeAt, causeAt + FIRST_POD_AFTER);
  let mitigatedAt: Instant | undefined;
  let series: readonly ScenarioSeries[] | undefined;
  return {
    dataFrom,
    causeAt,
    metrics: CHECKOUT_METRICS,
    alerts: checkoutAlerts(causeAt),
    targets: () => fleet.map(targetOf),
    series: () => {
      series ??= checkoutSeries(fleet, checkoutStory(causeAt, mitigatedAt), { causeAt, deployAt });
      return series;
    },
    mitigate: (at) => {
      if (mitigatedAt !== undefined) return;
      mitigatedAt = Math.max(at, causeAt);
      series = undefined;
    },
    get mitigatedAt() {
      return mitigatedAt;
    },
  };
}

function targetOf({ service, instance, phase, born, gone }: Pod) {
  return { job: service, instance, phase, born, ...(gone !== undefined && { gone }) };
}
