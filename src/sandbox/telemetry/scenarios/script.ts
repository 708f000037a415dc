import { type Duration, HOUR, type Instant, MINUTE } from '../../../domain/time.ts';
import type { MetricMetadata, Scenario, ScenarioAlert, ScenarioSeries } from '../scenario.ts';
import type { Pod } from './pod.ts';

export interface ScenarioOptions {
  /** When the sandbox started. */
  readonly startedAt: Instant;
  /** How long before that the cause set in, less than the history; each scenario has its own default. */
  readonly causeBefore?: Duration;
  /** How much history there is before the start; six hours by default. */
  readonly history?: Duration;
}

/** What differs from one scripted incident to the next; everything is told from when its cause set in. */
export interface Script<Service extends string> {
  /** How long before the start the cause set in, where nobody says otherwise. */
  readonly causeBefore: Duration;
  readonly metrics: readonly MetricMetadata[];
  alerts(causeAt: Instant): readonly ScenarioAlert[];
  fleet(causeAt: Instant): readonly Pod<Service>[];
  series(
    fleet: readonly Pod<Service>[],
    causeAt: Instant,
    mitigatedAt: Instant | undefined,
  ): readonly ScenarioSeries[];
}

/** How long everything takes to recover once somebody fixed it. */
export const RECOVERY: Duration = 3 * MINUTE;

/** A scenario from its script. Same options, same numbers, on every machine. Throws RangeError where the cause would lie before the history. */
export function playScript<Service extends string>(
  script: Script<Service>,
  options: ScenarioOptions,
): Scenario {
  const causeBefore = options.causeBefore ?? script.causeBefore;
  const history = options.history ?? 6 * HOUR;
  if (causeBefore >= history) throw new RangeError('the cause must lie within the history');
  const causeAt = options.startedAt - causeBefore;
  const fleet = script.fleet(causeAt);
  let mitigatedAt: Instant | undefined;
  let series: readonly ScenarioSeries[] | undefined;
  return {
    dataFrom: options.startedAt - history,
    causeAt,
    metrics: script.metrics,
    alerts: script.alerts(causeAt),
    targets: () => fleet.map(targetOf),
    series: () => {
      series ??= script.series(fleet, causeAt, mitigatedAt);
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
