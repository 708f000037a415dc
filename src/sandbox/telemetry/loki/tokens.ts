import { parseError } from './loki-error.ts';

export type TokenKind = 'string' | 'number' | 'duration' | 'name' | 'sign' | 'end';

export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
  /** Offset of its first character in the query. */
  readonly at: number;
}

const LEXEMES: readonly (readonly [kind: TokenKind | 'blank', pattern: RegExp])[] = [
  ['blank', /(?:\s+|#[^\n]*)+/y],
  ['string', /"(?:[^"\\\n]|\\.)*"|`[^`]*`/y],
  ['duration', /\d+(?:\.\d+)?(?:ns|us|µs|ms|[smhdwy])(?:\d+(?:ms|[smhdwy]))*(?![\w.])/y],
  ['number', /\d+(?:\.\d+)?(?:e[+-]?\d+)?(?![\w.])/iy],
  ['name', /[A-Za-z_]\w*/y],
  ['sign', /\|=|\|~|!=|!~|=~|==|>=|<=|[{}()[\],|=<>+\-*/%^]/y],
];

/** The tokens of a query, the last of kind `end`. Throws LokiError at what is none. */
export function tokensOf(query: string): readonly Token[] {
  const tokens: Token[] = [];
  for (let at = 0; at < query.length; ) {
    const start = at;
    for (const [kind, pattern] of LEXEMES) {
      pattern.lastIndex = at;
      const text = pattern.exec(query)?.[0];
      if (text === undefined) continue;
      if (kind !== 'blank') tokens.push({ kind, text, at });
      at += text.length;
      break;
    }
    if (at > start) continue;
    const quoted = query[at] === '"' || query[at] === '`';
    throw parseError(
      query,
      at,
      quoted ? 'literal not terminated' : `syntax error: unexpected character '${query[at]}'`,
    );
  }
  tokens.push({ kind: 'end', text: '', at: query.length });
  return tokens;
}
