import { METHODS, type Method, parseHypothesisId, STRATEGIES, type Strategy } from './hypothesis.ts';

/** What was typed after `hypothesis`; what is missing is asked for. */
export interface TypedHypothesis {
  readonly statement: string;
  readonly disproof: string;
  readonly parent?: string;
  readonly strategy?: Strategy;
  readonly method?: Method;
}

const MARK = /(?:^|\s)(disproof|disproved by|wrong if|strategy|method|under)\s*:\s*/gi;

/**
 * Reads `payments limits us disproof: 429s stay level strategy:bisection method:RED under:H2`, the parts in any order. A strategy,
 * method or parent that there is none of stays part of the words around it.
 */
export function readHypothesis(text: string): TypedHypothesis {
  const marks = [...text.matchAll(MARK)];
  const parts = { statement: text.slice(0, marks[0]?.index ?? text.length), disproof: '' };
  let named: Omit<TypedHypothesis, 'statement' | 'disproof'> = {};
  let last: keyof typeof parts = 'statement';
  marks.forEach((mark, index) => {
    const from = (mark.index ?? 0) + mark[0].length;
    const value = text.slice(from, marks[index + 1]?.index ?? text.length);
    const name = (mark[1] ?? '').toLowerCase();
    if (name === 'disproof' || name === 'disproved by' || name === 'wrong if') {
      parts.disproof = join(parts.disproof, value);
      last = 'disproof';
      return;
    }
    const [word = '', ...rest] = value.trim().split(/\s+/);
    const option = optionOf(name, word);
    named = { ...named, ...option };
    parts[last] = join(parts[last], option ? rest.join(' ') : `${mark[0]}${value}`);
  });
  return { statement: unquoted(parts.statement), disproof: unquoted(parts.disproof), ...named };
}

function optionOf(name: string, word: string): Omit<TypedHypothesis, 'statement' | 'disproof'> | undefined {
  if (name === 'under') {
    const parent = parseHypothesisId(word);
    return parent === undefined ? undefined : { parent };
  }
  const folded = word.toLowerCase().replace('_', '-');
  if (name === 'strategy') {
    const strategy = STRATEGIES.find((one) => one === folded);
    return strategy && { strategy };
  }
  const method = METHODS.find((one) => one === folded || (one === 'golden-signals' && folded === 'golden'));
  return method && { method };
}

function join(before: string, more: string): string {
  return `${before} ${more.trim()}`.trim();
}

function unquoted(text: string): string {
  const trimmed = text.trim();
  return /^["“”](.*)["“”]$/s.exec(trimmed)?.[1]?.trim() ?? trimmed;
}

/** A query typed after `H2 test`, and what it is expected to show. */
export interface TypedTest {
  readonly query: string;
  readonly expected: string;
}

const EXPECT = /(?:^|\s)expect(?:ed|s)?:\s*(?:["“”]([^"“”]*)["“”]|([^"“”][\s\S]*))\s*$/i;
const EXPECT_FIRST = /^expect(?:ed|s)?:\s*["“”]([^"“”]*)["“”]\s+/i;

/** `prom up expect:"it falls to 0"`: the expected result last, quoted or not, or first in quotes. */
export function readTest(text: string): TypedTest {
  const whole = text.trim();
  const first = EXPECT_FIRST.exec(whole);
  if (first) return { query: whole.slice(first[0].length).trim(), expected: (first[1] ?? '').trim() };
  const last = EXPECT.exec(whole);
  if (!last) return { query: whole, expected: '' };
  return { query: whole.slice(0, last.index).trim(), expected: (last[1] ?? last[2] ?? '').trim() };
}
