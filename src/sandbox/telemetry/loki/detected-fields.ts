import type { LogQuery } from './log-query.ts';
import type { LogSource } from './log-source.ts';
import { jsonFields, logfmtFields, passLine } from './pipeline.ts';
import { readLines, type Stretch } from './read-lines.ts';

/** Lines looked at, the newest: `line_limit` of the real one. */
const SAMPLED = 1_000;

/** What fields the newest lines have, as Loki samples them: https://grafana.com/docs/loki/latest/reference/loki-http-api/ */
export function detectedFields(
  query: LogQuery,
  sources: readonly LogSource[],
  stretch: Stretch,
): readonly unknown[] {
  const fields = new Map<string, { readonly values: Set<string>; readonly parsers: Set<string> }>();
  let looked = 0;
  readLines(sources, stretch, 'backward', ({ source, text }) => {
    if (passLine(query.stages, text, source.labels) === undefined) return true;
    const json = jsonFields(text);
    const parser = json === undefined ? 'logfmt' : 'json';
    const taken = new Set(source.labels.map(([name]) => name));
    for (const [name, value] of Object.entries(json ?? logfmtFields(text) ?? {})) {
      const shown = taken.has(name) ? `${name}_extracted` : name;
      const field = fields.get(shown) ?? { values: new Set(), parsers: new Set() };
      field.values.add(value);
      field.parsers.add(parser);
      fields.set(shown, field);
    }
    return ++looked < SAMPLED;
  });
  return [...fields].map(([label, { values, parsers }]) => ({
    label,
    type: typeOf([...values]),
    cardinality: values.size,
    parsers: [...parsers],
    ...(parsers.has('json') && { jsonPath: [label.replace(/_extracted$/, '')] }),
  }));
}

function typeOf(values: readonly string[]): string {
  if (values.every((value) => /^-?\d+$/.test(value))) return 'int';
  if (values.every((value) => /^-?\d+(?:\.\d+)?$/.test(value))) return 'float';
  if (values.every((value) => /^(?:true|false)$/.test(value))) return 'boolean';
  return values.every((value) => /^\d+(?:\.\d+)?(?:ms|s|m|h)$/.test(value)) ? 'duration' : 'string';
}
