import type { Result } from '../../domain/evidence.ts';
import type { Field, Firing } from '../backend.ts';
import type { Alert } from './decode.ts';
import { stateOf } from './rows.ts';

/** A source as matchers: `alerts` is every alert. */
export function queryOf(source: string): string {
  return /^\s*(?:alerts)?\s*$/i.test(source) ? '' : source;
}

/** The labels of alerts with how many carry each, then their annotations. */
export function alertFields(alerts: readonly Alert[]): readonly Field[] {
  const counted = (of: (one: Alert) => Readonly<Record<string, string>>) => {
    const counts = new Map<string, number>();
    for (const one of alerts)
      for (const name of Object.keys(of(one))) counts.set(name, (counts.get(name) ?? 0) + 1);
    return [...counts].sort(([a], [b]) => (a < b ? -1 : 1));
  };
  const all = alerts.length.toLocaleString('en');
  return [
    ...counted((one) => one.labels).map(([name, count]) => ({
      name,
      type: 'label',
      description: `on ${count.toLocaleString('en')} of ${all} alerts`,
    })),
    ...counted((one) => one.annotations).map(([name]) => ({ name, type: 'annotation' })),
  ];
}

/** The values of one label, the most frequent first. */
export function countLabel(alerts: readonly Alert[], label: string): Result {
  const counts = new Map<string, number>();
  for (const { labels } of alerts) {
    const value = Object.hasOwn(labels, label) ? labels[label] : undefined;
    if (value !== undefined) counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  const rows = [...counts].sort(([a, one], [b, other]) => other - one || (a < b ? -1 : 1));
  return { kind: 'rows', columns: ['value', 'count'], rows };
}

/** Those that would wake somebody: neither silenced nor inhibited nor muted. */
export function firingOf(alerts: readonly Alert[]): readonly Firing[] {
  return alerts
    .filter((one) => stateOf(one) === 'firing')
    .map(({ labels, annotations, startsAt }) => {
      const summary = annotations.summary ?? annotations.description ?? annotations.message;
      return {
        name: labels.alertname ?? '',
        since: Date.parse(startsAt),
        labels,
        ...(summary !== undefined && { summary }),
      };
    });
}
