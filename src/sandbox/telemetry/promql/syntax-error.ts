import { parseError, type QueryError } from './query-error.ts';
import { AGGREGATORS, FUNCTIONS, KNOWN_ELSEWHERE, SUPPORTED } from './supported.ts';

const KEYWORDS = /^(?:by|without|on|ignoring|group_left|group_right|bool|offset|and|or|unless|atan2)$/i;
const CLOSES: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };
const NAMES: Readonly<Record<string, string>> = { '(': 'parenthesis', '[': 'bracket', '{': 'brace' };

interface Trouble {
  readonly at: number;
  readonly message: string;
  /** Where it is noticed, where that is before the place that is reported. */
  readonly seen?: number;
}

/**
 * Words a syntax error as Prometheus' parser does, from the query and the first place where the grammar did not fit.
 * Brackets and quotes that never close come before what follows from them.
 */
export function syntaxError(query: string, at: number): QueryError {
  if (query.trim() === '' || /^\s*(?:#[^\n]*\s*)*$/.test(query))
    return parseError(query, query.length, 'no expression found in input');
  const called = calledName(query, at);
  if (called !== undefined) return parseError(query, called.at, called.message);
  const unclosed = bracketTrouble(query);
  const first: Trouble =
    unclosed !== undefined && ((unclosed.seen ?? unclosed.at) <= at || at >= query.trimEnd().length)
      ? unclosed
      : { at: skipBlanks(query, at), message: unexpected(query, skipBlanks(query, at)) };
  return parseError(query, first.at, first.message);
}

/** A function that does not exist, or exists in Prometheus only, is where the grammar stops: before or after its name. */
function calledName(query: string, at: number): Trouble | undefined {
  const start = skipBlanks(query, at);
  const before = /[A-Za-z_:][\w:]*\s*$/.exec(query.slice(0, start))?.index ?? start;
  const from = /^[A-Za-z_:]/.test(query.slice(start)) ? start : before;
  const name = /^([A-Za-z_:][\w:]*)\s*\(/.exec(query.slice(from))?.[1];
  if (name === undefined || KEYWORDS.test(name)) return undefined;
  if (FUNCTIONS.has(name) || AGGREGATORS.has(name.toLowerCase())) return undefined;
  return { at: from, message: unknownFunction(name) };
}

/** What to say of a function that the sandbox does not evaluate. */
export function unknownFunction(name: string): string {
  return KNOWN_ELSEWHERE.has(name)
    ? `function "${name}" is not supported by the sandbox; it supports ${SUPPORTED}`
    : `unknown function with name "${name}"`;
}

function bracketTrouble(query: string): Trouble | undefined {
  const open: string[] = [];
  for (let i = 0; i < query.length; i++) {
    const char = query[i] ?? '';
    if (char === '"' || char === "'" || char === '`') {
      const end = endOfString(query, i);
      if (end === undefined)
        return { at: i, message: char === '`' ? 'unterminated raw string' : 'unterminated quoted string' };
      i = end;
    } else if (char === '#') {
      i = query.indexOf('\n', i) < 0 ? query.length : query.indexOf('\n', i);
    } else if (char in NAMES) {
      open.push(char);
    } else if (char in CLOSES && open.pop() !== CLOSES[char]) {
      const name = NAMES[CLOSES[char] ?? ''];
      return {
        at: i + 1,
        seen: i,
        message: char === '}' ? `unexpected character: '}'` : `unexpected right ${name} '${char}'`,
      };
    }
  }
  const last = open.at(-1);
  if (last === undefined) return undefined;
  return {
    at: query.length,
    message: last === '{' ? 'unexpected end of input inside braces' : `unclosed left ${NAMES[last]}`,
  };
}

function endOfString(query: string, start: number): number | undefined {
  const quote = query[start];
  for (let i = start + 1; i < query.length; i++) {
    if (query[i] === '\\' && quote !== '`') i++;
    else if (query[i] === quote) return i;
    else if (query[i] === '\n' && quote !== '`') return undefined;
  }
  return undefined;
}

function skipBlanks(query: string, at: number): number {
  const blank = /^\s+/.exec(query.slice(at));
  return at + (blank?.[0].length ?? 0);
}

function unexpected(query: string, at: number): string {
  const rest = query.slice(at);
  const inBraces = query.slice(0, at).lastIndexOf('{') > query.slice(0, at).lastIndexOf('}');
  const where = inBraces ? ' in label matching' : '';
  if (rest === '') return 'unexpected end of input';
  const word = /^[A-Za-z_:][\w:]*/.exec(rest)?.[0];
  if (word !== undefined) {
    if (inBraces || !KEYWORDS.test(word)) return `unexpected identifier "${word}"${where}`;
    return /^(?:and|or|unless|atan2)$/i.test(word) ? `unexpected <op:${word}>` : `unexpected <${word}>`;
  }
  const number = /^(?:\d[\w.]*|\.\d\w*)/.exec(rest)?.[0];
  if (number !== undefined)
    return inBraces ? `unexpected character inside braces: '${number[0]}'` : `unexpected number "${number}"`;
  const operator = /^(?:==|!=|<=|>=|=~|!~|[-+*/%^<>@])/.exec(rest)?.[0];
  if (operator !== undefined && !inBraces) return `unexpected <op:${operator}>`;
  const text = /^(?:"[^"]*"|'[^']*')/.exec(rest)?.[0];
  if (text !== undefined) return `unexpected string ${JSON.stringify(text)}${where}`;
  return /^[(),{}=[\]:]/.test(rest)
    ? `unexpected ${JSON.stringify(rest[0])}${where}`
    : `unexpected character: '${rest[0]}'`;
}
