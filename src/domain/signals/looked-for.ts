import { OUTCOME_LABELS } from './conventions.ts';
import type { Signal } from './signal.ts';

const LOOKED_FOR: Readonly<Record<Signal, string>> = {
  latency:
    'a histogram (`…_bucket`), a summary (`quantile`) or a `…_sum` with its `…_count` named like `http_server_request_duration_…`, `…_request_duration_…` or `…_latency_…`',
  traffic: 'a counter named like `http_requests_total`, `…_requests_total` or `…_request_duration_…_count`',
  errors: `a counter of requests with one of \`${OUTCOME_LABELS.slice(0, 8).join('`, `')}\`, or one named like \`…_errors_total\` or \`…_failures_total\``,
  saturation:
    'a part of a limit (`…_utilization`, a value with its `…_max` or `…_limit`, a pool by `state`), a queue (`…_queue_length`, `…_pending`), CPU seconds or memory',
};

/** What is said of a signal that a service does not report. `among` is how many metrics were looked at. */
export function sayMissing(signal: Signal, among: number): string {
  const where =
    among === 1
      ? 'the one metric of this service does not show it'
      : `not among the ${among} metrics of this service`;
  return `Missing: ${where}. Looked for ${LOOKED_FOR[signal]}.`;
}
