/** A piece of an APL query. `at` and `end` are offsets into it, `end` exclusive. */
export interface Token {
  readonly kind: 'name' | 'string' | 'number' | 'sign';
  /** As written. */
  readonly text: string;
  /** What a string says. */
  readonly value?: string;
  readonly at: number;
  readonly end: number;
}

/** Characters; a longer query is left to the server, so that no query can keep this process busy. */
const LONGEST = 20_000;

const TOKEN = new RegExp(
  [
    String.raw`(?<gap>\s+|//[^\n]*)`,
    String.raw`(?<string>@"[^"]*"|@'[^']*'|\x60\x60\x60[\s\S]*?\x60\x60\x60|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')`,
    String.raw`(?<number>\d+(?:\.\d+)?(?:[eE][+-]?\d+)?[A-Za-z_]*)`,
    String.raw`(?<name>!?[A-Za-z_$][\w$]*(?:(?<=\bin)~)?)`,
    String.raw`(?<sign>==|!=|=~|!~|<=|>=|\.\.|[^\s"'\x60])`,
  ].join('|'),
  'y',
);

/**
 * The tokens of a query, without blanks and comments; undefined where it cannot be split, as with an unfinished string.
 * https://axiom.co/docs/apl/data-types/scalar-data-types
 */
export function tokensOf(query: string): readonly Token[] | undefined {
  if (query.length > LONGEST) return undefined;
  const tokens: Token[] = [];
  for (let at = 0; at < query.length; ) {
    TOKEN.lastIndex = at;
    const groups = TOKEN.exec(query)?.groups;
    if (!groups) return undefined;
    const end = TOKEN.lastIndex;
    const text = query.slice(at, end);
    if (groups.string !== undefined) tokens.push({ kind: 'string', text, value: unquote(text), at, end });
    else if (groups.number !== undefined) tokens.push({ kind: 'number', text, at, end });
    else if (groups.name !== undefined) tokens.push({ kind: 'name', text, at, end });
    else if (groups.sign !== undefined) tokens.push({ kind: 'sign', text, at, end });
    at = end;
  }
  return tokens;
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r' };

function unquote(text: string): string {
  if (text.startsWith('```')) return text.slice(3, -3);
  if (text.startsWith('@')) return text.slice(2, -1);
  return text.slice(1, -1).replace(/\\(.)/g, (_, sign: string) => ESCAPES[sign] ?? sign);
}

/** A name as a query takes it: plain where that is legal, else `['…']`. https://axiom.co/docs/apl/entities/entity-names */
export function quoteName(name: string): string {
  return `['${name.replace(/[\\']/g, '\\$&').replaceAll('\n', '\\n')}']`;
}
