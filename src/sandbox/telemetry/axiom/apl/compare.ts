import type { Cell } from './expression.ts';

/** Operators over texts. A term is a run of letters and digits: https://axiom.co/docs/apl/scalar-operators/string-operators */
export const STRING_OPERATORS: Readonly<Record<string, (text: string, part: string) => boolean>> = {
  contains: (text, part) => low(text).includes(low(part)),
  contains_cs: (text, part) => text.includes(part),
  has: (text, part) => hasTerm(low(text), low(part)),
  has_cs: hasTerm,
  startswith: (text, part) => low(text).startsWith(low(part)),
  startswith_cs: (text, part) => text.startsWith(part),
  endswith: (text, part) => low(text).endsWith(low(part)),
  endswith_cs: (text, part) => text.endsWith(part),
};

export function compare(sign: string, a: Cell, b: Cell): boolean {
  if (sign === '=~') return low(String(a)) === low(String(b));
  if (sign === '!~') return low(String(a)) !== low(String(b));
  if (sign === '==') return a === b;
  if (sign === '!=') return a !== b;
  if (a === null || b === null) return false;
  if (sign === '<') return a < b;
  if (sign === '<=') return a <= b;
  return sign === '>' ? a > b : a >= b;
}

function low(text: string): string {
  return text.toLowerCase();
}

function hasTerm(text: string, term: string): boolean {
  for (let at = text.indexOf(term); at !== -1; at = text.indexOf(term, at + 1)) {
    const before = text[at - 1] ?? ' ';
    const after = text[at + term.length] ?? ' ';
    if (!/[\p{L}\p{N}]/u.test(before) && !/[\p{L}\p{N}]/u.test(after)) return true;
  }
  return false;
}
