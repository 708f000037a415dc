import { datasetName, fieldName, literal } from './apl.ts';
import type { EventOutcome } from './event-fields.ts';
import { TOP_ERRORS } from './failures.ts';
import { QUANTILES, sayQuantile } from './latency.ts';
import type { Unit } from './signal.ts';

/** How the events of one dataset tell the signals of a service. */
export interface EventPlan {
  readonly dataset: string;
  readonly service: { readonly field: string; readonly value: string };
  /** The field and value that count a request once, where it was served. */
  readonly served?: { readonly field: string; readonly value: string };
  readonly duration?: { readonly field: string; readonly unit: Unit };
  readonly outcome?: EventOutcome;
  readonly endpoint?: string;
}

/** All numbers of a service in one row: `requests`, `failed`, `refused`, `p50`, `p95`, `p99`. */
export function numbersApl(plan: EventPlan): string {
  const { duration, outcome } = plan;
  const asked = [
    'requests = count()',
    ...(outcome ? [`failed = countif(${outcome.failed})`] : []),
    ...(outcome?.refused === undefined ? [] : [`refused = countif(${outcome.refused})`]),
    ...(duration
      ? QUANTILES.map((q) => `${sayQuantile(q)} = percentile(${fieldName(duration.field)}, ${q * 100})`)
      : []),
  ];
  return `${eventsOf(plan)} | summarize ${asked.join(', ')}`;
}

/** The most frequent errors by service, endpoint and outcome. */
export function topErrorsApl(plan: EventPlan & { readonly outcome: EventOutcome }): string {
  const { outcome, service, endpoint } = plan;
  const wrong =
    outcome.refused === undefined ? outcome.failed : `(${outcome.failed}) or (${outcome.refused})`;
  const by = [service.field, ...(endpoint === undefined ? [] : [endpoint]), outcome.field].map(fieldName);
  return `${eventsOf(plan)} | where ${wrong} | summarize errors = count() by ${by.join(', ')} | top ${TOP_ERRORS} by errors`;
}

function eventsOf({ dataset, service, served }: EventPlan): string {
  const own = [service, ...(served ? [served] : [])];
  const conditions = own.map(({ field, value }) => `${fieldName(field)} == ${literal(value)}`);
  return `${datasetName(dataset)} | where ${conditions.join(' and ')}`;
}
