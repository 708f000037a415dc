import { rateOf, sumBy } from './promql.ts';
import type { Matcher, SignalQuery } from './signal.ts';

/** Counters of what went wrong with a resource. */
export function resourceErrors(names: readonly string[]): readonly string[] {
  return names.filter(
    (name) =>
      /(?:^|_)(?:errors?|failures?|failed|failcnt|oom|oom_events|timeouts?|dropped|drops|rejected|exhausted)(?:_|$)/.test(
        name,
      ) && /_(?:total|failcnt)$/.test(name),
  );
}

export function resourceErrorQuery(
  metric: string,
  matchers: readonly Matcher[],
  by: readonly string[],
): SignalQuery {
  return { text: sumBy(by, rateOf(metric, matchers)), unit: 'per second' };
}

/** What is said of a part of USE that a resource does not report. */
export function sayNotReported(part: 'utilization' | 'saturation' | 'errors', among: number): string {
  const looked = {
    utilization:
      'a `…_utilization`, a value with its `…_max` or `…_limit`, a pool by `state`, CPU seconds, memory in bytes',
    saturation: 'what waits: `…_queue_length`, `…_pending`, a `state` that is waiting, periods held back',
    errors: 'a counter named like `…_errors_total`, `…_timeouts_total`, `…_rejected_total`',
  }[part];
  const where = among === 1 ? 'the one metric about it has none' : `not among the ${among} metrics about it`;
  return `Missing: ${where}. Looked for ${looked}.`;
}
