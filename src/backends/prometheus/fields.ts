import { BackendError } from '../../domain/errors.ts';
import type { Field } from '../backend.ts';

/** A source as `match[]` takes it: a selector as it is, a metric by its name. */
export function selectorOf(source: string): string {
  const plain = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/.test(source.trim());
  return plain || source.includes('{') ? source : `{${JSON.stringify(source.toWellFormed())}}`;
}

/** The family that metadata knows a metric by: a histogram's or a summary's name without what its parts add. */
export function familiesOf(source: string): readonly string[] {
  const name = /^[a-zA-Z_:][a-zA-Z0-9_:]*/.exec(source.trim())?.[0];
  if (name === undefined) return [];
  const family = name.replace(/_(?:bucket|sum|count)$/, '');
  return family === name ? [name] : [name, family];
}

/**
 * Where a label's values are listed. A label that is no plain word is spelled out as Prometheus 3 wants it in paths.
 * https://prometheus.io/docs/prometheus/latest/querying/api/#querying-label-values
 */
export function valuesPath(label: string): string {
  const spelled = /^[a-zA-Z_][a-zA-Z0-9_]*$/.test(label)
    ? label
    : `U__${[...label].map((sign) => (sign === '_' ? '__' : /[a-zA-Z0-9]/.test(sign) ? sign : `_${(sign.codePointAt(0) ?? 0).toString(16)}_`)).join('')}`;
  return `/api/v1/label/${spelled}/values`;
}

export function labelFields(labels: readonly string[]): readonly Field[] {
  return labels.filter((name) => name !== '__name__').map((name) => ({ name, type: 'label' }));
}

/** A source that nothing has: the server itself answers an empty list for it. */
export function noSuchSource(title: string, source: string, list: string): BackendError {
  return new BackendError(
    'unknown-source',
    `${title} has nothing for \`${source.replaceAll('`', "'")}\` in this time.`,
    {
      asked: title,
      nextStep: `\`${list}\` lists what there is.`,
    },
  );
}
