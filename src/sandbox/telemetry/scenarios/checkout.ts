import { type Duration, MINUTE, SECOND } from '../../../domain/time.ts';
import type { Scenario } from '../scenario.ts';
import { checkoutAlerts } from './checkout-alerts.ts';
import { checkoutFleet, type Service } from './checkout-fleet.ts';
import { CHECKOUT_METRICS, checkoutSeries } from './checkout-metrics.ts';
import { checkoutStory } from './checkout-story.ts';
import { playScript, type ScenarioOptions, type Script } from './script.ts';

/** How long before the cause the innocent deploy was announced, and how long after it the first pod ran it. */
const DEPLOY_BEFORE: Duration = MINUTE;
const FIRST_POD_AFTER: Duration = 150 * SECOND;

const SCRIPT: Script<Service> = {
  causeBefore: 9 * MINUTE,
  metrics: CHECKOUT_METRICS,
  alerts: checkoutAlerts,
  fleet: (causeAt) => checkoutFleet(causeAt, causeAt + FIRST_POD_AFTER),
  series: (fleet, causeAt, mitigatedAt) =>
    checkoutSeries(fleet, checkoutStory(causeAt, mitigatedAt), {
      causeAt,
      deployAt: causeAt - DEPLOY_BEFORE,
    }),
};

/**
 * The scripted incident of the sandbox. `payments` lowers its limit for `checkout` to 200 calls a second; what it answers
 * with 429 `checkout` tries up to four times, so that 492 calls a second arrive and 61 % are refused; from a minute later
 * on 23 % of checkouts end in a 500. A deploy of checkout, announced one minute before the cause, looks guilty and is
 * not: errors began before any pod ran it. The cause sets in nine minutes before the start by default.
 */
export function checkoutScenario(options: ScenarioOptions): Scenario {
  return playScript(SCRIPT, options);
}
