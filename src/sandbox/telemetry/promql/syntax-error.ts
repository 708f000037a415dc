import { readDuration, readNumber } from './literals.ts';
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
  if (query.replace(/#[^\n]*/g, '').trim() === '')
    return parseError(query, 0, 'no expression found in input');
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

/** What Prometheus' lexer says of a range that is no duration; undefined where it is one. */
function rangeTrouble(query: string, bracket: number): Trouble | undefined {
  const from = skipBlanks(query, bracket + 1);
  const text = /^[\w.]*/.exec(query.slice(from))?.[0] ?? '';
  if (readDuration(text) !== undefined && text !== '0') return undefined;
  if (/^\d*$/.test(text))
    return { at: from + text.length, seen: from, message: 'missing unit character in duration' };
  const wellFormed = /^(?:\d[\d.]*(?:ms|[ywdhms]))+$/.test(text);
  const quoted = JSON.stringify(text);
  return {
    at: from,
    message: wellFormed ? `not a valid duration string: ${quoted}` : `bad duration syntax: ${quoted}`,
  };
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
      const trouble = char === '[' ? rangeTrouble(query, i) : undefined;
      if (trouble !== undefined) return trouble;
    } else if (char in CLOSES && open.pop() !== CLOSES[char]) {
      const name = NAMES[CLOSES[char] ?? ''];
      return {
        at: char === ')' ? i + 1 : i,
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
  const before = query.slice(0, at);
  const inBraces = before.lastIndexOf('{') > before.lastIndexOf('}');
  const found = describe(query.slice(at), inBraces);
  if (found.startsWith('character')) return `unexpected ${found}`;
  if (inBraces) return `unexpected ${found} in label matching, expected ${expectedInBraces(before)}`;
  if (/\boffset\s*[-+]?\s*$/i.test(before)) return `unexpected ${found} in offset, expected duration`;
  return `unexpected ${found}${/@\s*$/.test(before) ? ' in @, expected timestamp' : ''}`;
}

function expectedInBraces(before: string): string {
  const since = before.slice(before.lastIndexOf('{') + 1).trimEnd();
  if (/(?:=|!=|=~|!~)$/.test(since)) return 'string';
  if (since === '' || since.endsWith(',')) return 'identifier or "}"';
  return /["'`]$/.test(since) ? '"," or "}"' : 'label matching operator';
}

/** The next token, named as Prometheus names it. */
function describe(rest: string, inBraces: boolean): string {
  if (rest === '') return 'end of input';
  const word = /^[A-Za-z_:][\w:]*/.exec(rest)?.[0];
  if (word !== undefined) {
    if (inBraces || !KEYWORDS.test(word)) return `identifier "${word}"`;
    return /^(?:and|or|unless|atan2)$/i.test(word) ? `<op:${word}>` : `<${word}>`;
  }
  const number = /^(?:\d[\w.]*|\.\d\w*)/.exec(rest)?.[0];
  if (number !== undefined) {
    if (inBraces) return `character inside braces: '${number[0]}'`;
    return readNumber(number) === undefined && readDuration(number) !== undefined
      ? `duration "${number}"`
      : `number "${number}"`;
  }
  if (!inBraces && /^[=!]~/.test(rest)) return `character after '${rest[0]}': '~'`;
  const operator = /^(?:==|!=|<=|>=|[-+*/%^<>@])/.exec(rest)?.[0];
  if (operator !== undefined && !inBraces) return `<op:${operator}>`;
  const text = /^(?:"[^"]*"|'[^']*')/.exec(rest)?.[0];
  if (text !== undefined) return `string ${JSON.stringify(text)}`;
  return /^[(),{}=[\]:]/.test(rest) ? JSON.stringify(rest[0]) : `character: '${rest[0]}'`;
}
