import { ENDPOINT_LABELS, ONE_SIDE, SERVICE_LABELS } from './conventions.ts';
import { exactly } from './promql.ts';
import type { Matcher } from './signal.ts';

/** Where a service was found: under a label, with the metrics that it reports there. */
export interface ServiceFound {
  readonly matcher: Matcher;
  readonly metrics: readonly string[];
}

/** The labels worth looking for a service under, surest first, of those that there are. */
export function serviceLabelsAmong(labels: readonly string[]): readonly string[] {
  const known = new Set(labels);
  return SERVICE_LABELS.filter((one) => known.has(one));
}

/** The service by its exact name. */
export function exactMatcher(label: string, service: string): Matcher {
  return { label, op: '=', value: service };
}

/** The service by any case, with what is put before and after a name: `shop/checkout`, `checkout.shop.svc.cluster.local`. */
export function looseMatcher(label: string, service: string): Matcher {
  return { label, op: '=~', value: `(?i:(?:.*[/.])?${exactly(service)}(?:\\..*)?)` };
}

/** The condition under which a metric is this service's: the surest label that it was found under. */
export function matcherOf(metric: string, found: readonly ServiceFound[]): Matcher | undefined {
  return found.find(({ metrics }) => metrics.includes(metric))?.matcher;
}

/** Every metric of the service, once, those under the surest label first. */
export function metricsFound(found: readonly ServiceFound[]): readonly string[] {
  return [...new Set(found.flatMap(({ metrics }) => metrics))];
}

export function endpointAmong(labels: readonly string[]): string | undefined {
  return ENDPOINT_LABELS.find((one) => labels.includes(one));
}

/** A condition that keeps a request from being counted twice, where a label shows that it would be. */
export function oneSide(
  label: string,
  values: readonly string[],
): { readonly matcher: Matcher; readonly why: string } | undefined {
  const rule = ONE_SIDE.find((one) => one.label === label);
  const served = rule && values.find((one) => rule.served.test(one));
  if (!rule || served === undefined || values.length < 2) return undefined;
  return {
    matcher: { label, op: '=', value: served },
    why: `only \`${label}="${served}"\`, because ${rule.why}`,
  };
}

/** The names most like a wanted one: those that share most neighbouring letters. */
export function nearestNames(wanted: string, names: readonly string[], most: number): readonly string[] {
  const pairs = (text: string) => {
    const plain = text.toLowerCase();
    return new Set(Array.from({ length: Math.max(plain.length - 1, 1) }, (_, i) => plain.slice(i, i + 2)));
  };
  const mine = pairs(wanted);
  return [...new Set(names)]
    .map((name) => {
      const theirs = pairs(name);
      const shared = [...mine].filter((one) => theirs.has(one)).length;
      return { name, alike: (2 * shared) / (mine.size + theirs.size) };
    })
    .filter(({ alike }) => alike > 0.3)
    .toSorted((a, b) => b.alike - a.alike)
    .slice(0, most)
    .map(({ name }) => name);
}
