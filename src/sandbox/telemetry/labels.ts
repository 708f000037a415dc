/** The labels of one series, sorted by name, empty values left out; the metric's name is the label `__name__`. */
export type Labels = readonly (readonly [name: string, value: string])[];

export const NAME = '__name__';

/** Makes labels from a record: sorted, without empty values (an empty label is an absent one). */
export function labelsOf(record: Readonly<Record<string, string>>): Labels {
  return Object.entries(record)
    .filter(([, value]) => value !== '')
    .sort(([a], [b]) => (a < b ? -1 : 1));
}

/** The value of a label; empty where it is absent. */
export function labelOf(labels: Labels, name: string): string {
  for (const [key, value] of labels) if (key === name) return value;
  return '';
}

export function keepLabels(labels: Labels, names: readonly string[]): Labels {
  return labels.filter(([name]) => names.includes(name));
}

export function dropLabels(labels: Labels, names: readonly string[]): Labels {
  return labels.filter(([name]) => !names.includes(name));
}

export function dropName(labels: Labels): Labels {
  return labels.some(([name]) => name === NAME) ? dropLabels(labels, [NAME]) : labels;
}

/** A copy with one label set, or removed where the value is empty. */
export function withLabel(labels: Labels, name: string, value: string): Labels {
  return labelsOf({ ...Object.fromEntries(labels), [name]: value });
}

/** One string per label set, for maps. */
export function labelKey(labels: Labels): string {
  return labels.map(([name, value]) => `${name}\u0001${value}`).join('\u0002');
}

/** The order in which Prometheus lists series: label by label, name before value, the shorter first. */
export function compareLabels(a: Labels, b: Labels): number {
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    const [nameA, valueA] = a[i] ?? ['', ''];
    const [nameB, valueB] = b[i] ?? ['', ''];
    if (nameA !== nameB) return nameA < nameB ? -1 : 1;
    if (valueA !== valueB) return valueA < valueB ? -1 : 1;
  }
  return a.length - b.length;
}

/** As Prometheus writes labels in its messages: `{code="500", job="cart"}`. */
export function sayLabels(labels: Labels): string {
  return `{${labels.map(([name, value]) => `${name}=${JSON.stringify(value)}`).join(', ')}}`;
}
