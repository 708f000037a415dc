import type { Matcher } from './signal.ts';

/** How far back a rate looks: several scrapes at any usual interval. */
export const RATE_OVER = '5m';

/** `http_requests_total{service="checkout"}`, every value escaped. Syntax: https://prometheus.io/docs/prometheus/latest/querying/basics/ */
export function select(metric: string | undefined, matchers: readonly Matcher[]): string {
  const plain = metric === undefined || /^[a-zA-Z_:][a-zA-Z0-9_:]*$/.test(metric);
  const conditions = [
    ...(plain ? [] : [literal(metric ?? '')]),
    ...matchers.map(({ label, op, value }) => `${labelName(label)}${op}${literal(value)}`),
  ];
  const braces = conditions.length === 0 ? '' : `{${conditions.join(',')}}`;
  return plain ? `${metric ?? ''}${braces}` : braces;
}

/** A label as a query names it; one that is no plain word is quoted, which Prometheus reads from 3.0 on. */
export function labelName(label: string): string {
  return /^[a-zA-Z_][a-zA-Z0-9_]*$/.test(label) ? label : literal(label);
}

/** A string of Go's, which JSON's is as well once no half surrogate is in it. */
function literal(text: string): string {
  return JSON.stringify(text.toWellFormed());
}

/** A text as a part of a regular expression (RE2) that matches it alone. */
export function exactly(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}

export function sumBy(labels: readonly string[], of: string): string {
  return labels.length === 0 ? `sum(${of})` : `sum by (${labels.map(labelName).join(', ')}) (${of})`;
}

export function rateOf(metric: string, matchers: readonly Matcher[]): string {
  return `rate(${select(metric, matchers)}[${RATE_OVER}])`;
}

/** Several answers as one, each under a value of `label`. Each must have at most one series. */
export function together(label: string, parts: readonly (readonly [value: string, query: string])[]): string {
  return parts
    .map(([value, query]) => `label_replace(${query}, ${literal(label)}, ${literal(value)}, "", "")`)
    .join(' or ');
}
