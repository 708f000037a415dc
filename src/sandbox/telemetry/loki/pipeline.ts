import { type Labels, labelOf, labelsOf } from '../labels.ts';
import { readDuration } from '../promql/literals.ts';
import type { CompareOp, LabelTest, Stage } from './log-query.ts';

/** Puts a line through the stages: its labels afterwards, or undefined where a filter holds it back. */
export function passLine(stages: readonly Stage[], text: string, labels: Labels): Labels | undefined {
  let own = labels;
  for (const stage of stages) {
    if (stage.kind === 'line') {
      if (!stage.accepts(text)) return undefined;
    } else if (stage.kind === 'label') {
      if (!holds(stage.test, own)) return undefined;
    } else {
      own = withFields(own, stage.kind === 'json' ? jsonFields(text) : logfmtFields(text), stage.kind);
    }
  }
  return own;
}

/** A field named like a label of the stream becomes `<name>_extracted`; a line that is none of the kind says so in `__error__`. */
function withFields(labels: Labels, fields: Fields | undefined, kind: 'json' | 'logfmt'): Labels {
  if (fields === undefined)
    return kind === 'json' ? labelsOf({ ...Object.fromEntries(labels), __error__: 'JSONParserErr' }) : labels;
  const taken = new Set(labels.map(([name]) => name));
  return labelsOf({
    ...Object.fromEntries(labels),
    ...Object.fromEntries(
      Object.entries(fields).map(([name, value]) => [taken.has(name) ? `${name}_extracted` : name, value]),
    ),
  });
}

export type Fields = Readonly<Record<string, string>>;

/** The scalars of a JSON object, nested names joined by `_`; undefined where the line is none. */
export function jsonFields(text: string): Fields | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const fields: Record<string, string> = {};
  const walk = (object: object, prefix: string) => {
    for (const [key, one] of Object.entries(object)) {
      const name = `${prefix}${key.replace(/\W/g, '_')}`;
      if (typeof one === 'object' && one !== null && !Array.isArray(one)) walk(one, `${name}_`);
      else if (!Array.isArray(one)) fields[name] = String(one);
    }
  };
  walk(value, '');
  return fields;
}

/** `key=value key="quoted value"`; undefined where nothing of the line is a pair. */
export function logfmtFields(text: string): Fields | undefined {
  const fields: Record<string, string> = {};
  for (const [, name = '', quoted, bare = ''] of text.matchAll(/([\w.]+)=(?:"((?:[^"\\]|\\.)*)"|(\S*))/g))
    fields[name.replace(/\W/g, '_')] = quoted?.replace(/\\(.)/g, '$1') ?? bare;
  return Object.keys(fields).length > 0 ? fields : undefined;
}

function holds(test: LabelTest, labels: Labels): boolean {
  switch (test.kind) {
    case 'and':
      return holds(test.left, labels) && holds(test.right, labels);
    case 'or':
      return holds(test.left, labels) || holds(test.right, labels);
    case 'text':
      return test.matcher.accepts(labelOf(labels, test.matcher.name));
    case 'number': {
      const text = labelOf(labels, test.name);
      const value = test.duration ? (readDuration(text) ?? Number.NaN) / 1000 : Number(text);
      return text !== '' && COMPARE[test.op]?.(value, test.value) === true;
    }
  }
}

const COMPARE: Readonly<Partial<Record<CompareOp, (a: number, b: number) => boolean>>> = {
  '=': (a, b) => a === b,
  '==': (a, b) => a === b,
  '!=': (a, b) => a !== b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
};
