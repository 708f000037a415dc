import type { Matcher } from './signal.ts';

/** What sets the bad apart from the good, as a person typed it. */
export type Condition =
  | { readonly kind: 'labels'; readonly matchers: readonly Matcher[] }
  | { readonly kind: 'threshold'; readonly op: '>' | '>=' | '<' | '<='; readonly value: number };

/** A metric with the conditions that narrow it, and what followed. */
export interface Named {
  readonly metric: string;
  readonly matchers: readonly Matcher[];
  readonly rest: string;
}

const SOURCE =
  /^([a-zA-Z_:][\w:.]*)\s*(?:\{((?:[^"'}]|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')*)\})?\s*([\s\S]*)$/;
const MATCHER =
  /^\s*(?:,|and\b)?\s*([a-zA-Z_][\w.]*)\s*(=~|!~|!=|==?)\s*("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[^\s,"'{}]+)/i;
const THRESHOLD = /^(>=|<=|>|<)\s*(-?\d+(?:\.\d+)?(?:e[-+]?\d+)?)\s*(ms|s|%)?$/i;

/** Reads `http_requests_total{service="checkout"} code="500"` up to the condition; undefined where no metric begins it. */
export function readSource(text: string): Named | undefined {
  const [, metric, braces = '', rest = ''] = SOURCE.exec(text.trim()) ?? [];
  if (metric === undefined) return undefined;
  const matchers = readMatchers(braces);
  return matchers && { metric, matchers, rest: rest.trim() };
}

/** Reads `code="500"`, `code=500 and region="eu"`, `> 0.5`; undefined for anything else. */
export function readCondition(text: string): Condition | undefined {
  const limit = THRESHOLD.exec(text.trim());
  if (limit) {
    const [, op = '>', value = '', unit = ''] = limit;
    const scale = unit.toLowerCase() === 'ms' ? 0.001 : unit === '%' ? 0.01 : 1;
    return { kind: 'threshold', op: op as '>', value: Number(value) * scale };
  }
  const matchers = readMatchers(text);
  return matchers && matchers.length > 0 ? { kind: 'labels', matchers } : undefined;
}

function readMatchers(text: string): readonly Matcher[] | undefined {
  const matchers: Matcher[] = [];
  for (let rest = text; rest.replace(/[\s,]+$/, '') !== ''; ) {
    const found = MATCHER.exec(rest);
    if (!found) return undefined;
    const [whole, label = '', op = '=', value = ''] = found;
    matchers.push({ label, op: op === '==' ? '=' : (op as Matcher['op']), value: unquoted(value) });
    rest = rest.slice(whole.length);
  }
  return matchers;
}

function unquoted(value: string): string {
  if (!/^["']/.test(value)) return value;
  return value.slice(1, -1).replace(/\\(["'\\])/g, '$1');
}
