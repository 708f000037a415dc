import type { Instant } from '../../domain/time.ts';
import { NAME } from './labels.ts';
import type { Limits } from './promql/budget.ts';
import { evaluate, instantVector } from './promql/evaluate.ts';
import { parsePromql } from './promql/parse.ts';
import type { SampleStore } from './sample-store.ts';
import type { Scenario, ScenarioAlert } from './scenario.ts';

export interface FiringAlert {
  readonly rule: ScenarioAlert;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** The alerts whose rule has a value at an instant, one for each of its series. */
export function firingAlerts(
  scenario: Scenario,
  store: SampleStore,
  at: Instant,
  limits: Limits,
): readonly FiringAlert[] {
  return scenario.alerts
    .filter(({ activeAt }) => at >= activeAt)
    .flatMap((rule) => {
      const value = evaluate(parsePromql(rule.query), store, { start: at, end: at, step: 1 }, limits);
      return instantVector(value).map((sample) => ({
        rule,
        labels: {
          alertname: rule.name,
          ...rule.labels,
          ...Object.fromEntries(sample.labels.filter(([key]) => key !== NAME)),
        },
        value: sample.value,
      }));
    });
}
