type Labels = Readonly<Record<string, string>>;

/** The labels that tell one series from the others, in their order; all of them where it is alone. */
export function tellingLabels(
  labels: Labels,
  all: readonly Labels[],
): readonly (readonly [string, string])[] {
  const entries = Object.entries(labels);
  const telling = entries.filter(([key, value]) => all.some((one) => one[key] !== value));
  return telling.length > 0 ? telling : entries;
}

/** A series in one line: `code 500`, or `code=500 pod=checkout-1`; `value` where it has no labels. */
export function nameSeries(labels: Labels, all: readonly Labels[]): string {
  const [only, ...others] = tellingLabels(labels, all);
  if (!only) return 'value';
  if (others.length === 0) return `${only[0]} ${only[1] || '""'}`;
  return [only, ...others].map(([key, value]) => `${key}=${value}`).join(' ');
}
