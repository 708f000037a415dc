import { type Duration, parseDuration } from '../../domain/time.ts';
import { unquoteGo } from '../go-string.ts';

/** `name op value` inside a stream selector. */
export interface Matcher {
  readonly label: string;
  readonly op: '=' | '!=' | '=~' | '!~';
  readonly value: string;
}

export interface Reading {
  /** Every stream selector of the query. */
  readonly selectors: readonly (readonly Matcher[])[];
  /** How far before the evaluated time the query may read: all its ranges and offsets together, an upper bound. */
  readonly reach: Duration;
}

/** Characters; a longer query is left to the server, so that no query can keep this process busy. */
const LONGEST = 8_000;

const TOKEN =
  /\s+|#[^\n]*|"(?:[^"\\\n]|\\.)*"|`[^`]*`|\[[^\]"`{}]*\]|offset\s+-?[\d.a-zµ]+|[\w.]+|[^\s\w"`#]/giy;

const MATCHER = /\s*([A-Za-z_]\w*)\s*(=~|!~|!=|=)\s*("(?:[^"\\\n]|\\.)*"|`[^`]*`)\s*(,|\})/y;

/** Lines or numbers? A query that begins with a stream selector, in brackets or not, gives lines. */
export function givesLines(query: string): boolean {
  return /^(?:\s|#[^\n]*(?:\n|$)|\()*\{/.test(query.slice(0, LONGEST));
}

/**
 * What a query reads, or undefined where this cannot tell: then the server decides. Only strings, brackets and stream
 * selectors are understood, which is all that is needed. Grammar: https://grafana.com/docs/loki/latest/query/
 */
export function readLogql(query: string): Reading | undefined {
  if (query.length > LONGEST) return undefined;
  const selectors: (readonly Matcher[])[] = [];
  let reach = 0;
  let open = 0;
  for (let at = 0; at < query.length; ) {
    if (query[at] === '{') {
      const selector = readSelector(query, at + 1);
      if (!selector) return undefined;
      selectors.push(selector.matchers);
      at = selector.end;
      continue;
    }
    TOKEN.lastIndex = at;
    const token = TOKEN.exec(query)?.[0];
    if (token === undefined || token === '}') return undefined;
    if (token === '(') open++;
    else if (token === ')' && --open < 0) return undefined;
    else if (token.startsWith('[')) reach += parseDuration(token.slice(1, -1).trim()) ?? 0;
    else if (/^offset\s/i.test(token)) reach += parseDuration(token.replace(/^offset\s+-?/i, '')) ?? 0;
    at += token.length;
  }
  return open === 0 && selectors.length > 0 ? { selectors, reach } : undefined;
}

function readSelector(
  query: string,
  from: number,
): { readonly matchers: readonly Matcher[]; readonly end: number } | undefined {
  const matchers: Matcher[] = [];
  for (let at = from; ; ) {
    MATCHER.lastIndex = at;
    const found = MATCHER.exec(query);
    if (!found) return undefined;
    const [whole, label = '', op = '=', literal = '', end] = found;
    matchers.push({ label, op: op as Matcher['op'], value: unquoteGo(literal) });
    at += whole.length;
    if (end === '}') return { matchers, end: at };
  }
}
