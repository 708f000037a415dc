import { formatDuration, SECOND, type Window } from '../../domain/time.ts';
import type { Field } from '../backend.ts';
import { readLogql } from './logql.ts';
import type { DetectedField } from './schema.ts';

/** Values counted, the most frequent. */
const MOST = 100;

/** A source as a selector: a selector as it is, a stream as discovery names it, else a service by its name. */
export function selectorOf(source: string): string {
  const trimmed = source.trim();
  if (trimmed.startsWith('{')) return trimmed;
  return /^[A-Za-z_]\w*\s*(?:=~|!~|!=|=)\s*["`]/.test(trimmed)
    ? `{${trimmed}}`
    : `{service_name=${JSON.stringify(trimmed)}}`;
}

/** Labels of the streams, then what Loki found in their lines. */
export function fieldsOf(labels: readonly string[], detected: readonly DetectedField[]): readonly Field[] {
  const known = new Set(labels);
  return [
    ...labels.map((name) => ({ name, type: 'label' })),
    ...detected
      .filter(({ label }) => !known.has(label))
      .map(({ label, type, parsers }) => ({
        name: label,
        ...(type !== undefined && { type }),
        ...(parsers?.[0] !== undefined && { description: `after | ${parsers[0]}` }),
      })),
  ];
}

/** How often each value of a field was written within the window, as a query for its last instant. */
export function countingQuery(
  selector: string,
  field: string,
  window: Window,
  parser: string | undefined,
): string {
  const seconds = Math.max(1, Math.ceil((window.to - window.from) / SECOND));
  const parsed = parser === undefined ? '' : ` | ${parser} | ${field}!=""`;
  return `topk(${MOST}, sum by (${field}) (count_over_time(${selector}${parsed} [${formatDuration(seconds * SECOND)}])))`;
}

/** What makes fields that no schema can know. */
const MAKES_FIELDS =
  /\|\s*(?:label_format|line_format|regexp|pattern|unpack|keep|drop)\b|\|\s*(?:json|logfmt)\s+\w+\s*=/;
const TEST = /([A-Za-z_]\w*)\s*(?:=~|!~|!=|==|>=|<=|=|>|<)\s*(?:""|[\d.])/g;

/** The selectors of a query, each with the fields that its filters, groupings and `unwrap` name; none where that is not certain. */
export function namedFields(
  query: string,
): readonly { readonly source: string; readonly fields: readonly string[] }[] {
  const reading = readLogql(query);
  if (!reading) return [];
  const sources = reading.selectors.map(
    (matchers) =>
      `{${matchers.map(({ label, op, value }) => `${label}${op}${JSON.stringify(value)}`).join(', ')}}`,
  );
  const [only, ...others] = [...new Set(sources)];
  if (only === undefined) return [];
  const bare = query.replace(/"(?:[^"\\\n]|\\.)*"|`[^`]*`/g, '""').replace(/\{[^}]*\}/g, '{}');
  if (others.length > 0 || MAKES_FIELDS.test(bare))
    return [...new Set(sources)].map((source) => ({ source, fields: [] }));
  const fields = new Set<string>();
  for (const [, stage = ''] of bare.matchAll(/\|(?![=~])([^|]*)/g))
    for (const [, name = ''] of stage.matchAll(TEST)) fields.add(name);
  for (const [, names = ''] of bare.matchAll(/\b(?:by|without)\s*\(([^)]*)\)/g))
    for (const name of names.split(',')) if (name.trim() !== '') fields.add(name.trim());
  for (const [, name = ''] of bare.matchAll(/\|\s*unwrap\s+(?:\w+\s*\(\s*)?([A-Za-z_]\w*)/g))
    fields.add(name);
  return [{ source: only, fields: [...fields] }];
}
