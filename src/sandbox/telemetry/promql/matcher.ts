import { type Labels, labelOf } from '../labels.ts';
import { compileRe2 } from './re2.ts';

export type MatchOp = '=' | '!=' | '=~' | '!~';

/** One condition of a selector. An absent label counts as the empty string, as in Prometheus. */
export interface Matcher {
  readonly name: string;
  readonly op: MatchOp;
  readonly value: string;
  accepts(value: string): boolean;
}

/** Throws an Error worded like RE2's where a regular expression cannot be read. */
export function matcher(name: string, op: MatchOp, value: string): Matcher {
  if (op === '=') return { name, op, value, accepts: (other) => other === value };
  if (op === '!=') return { name, op, value, accepts: (other) => other !== value };
  const pattern = compileRe2(value);
  const wanted = op === '=~';
  return { name, op, value, accepts: (other) => pattern.test(other) === wanted };
}

export function matchesAll(labels: Labels, matchers: readonly Matcher[]): boolean {
  return matchers.every((one) => one.accepts(labelOf(labels, one.name)));
}
