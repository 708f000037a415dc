import { AplError, SUPPORTED } from './apl-error.ts';

export interface Token {
  readonly kind: 'name' | 'string' | 'number' | 'duration' | 'sign' | 'end';
  readonly text: string;
  /** Of a number its value, of a duration its nanoseconds, of a string what it says. */
  readonly value?: number | string;
  readonly at: number;
}

const NANOSECONDS: Readonly<Record<string, number>> = {
  ms: 1e6,
  s: 1e9,
  m: 60e9,
  h: 3_600e9,
  d: 86_400e9,
};
const TOKEN =
  /(?<gap>\s+|\/\/[^\n]*)|(?<string>"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')|(?<date>\d{4}-\d\d-\d\d(?:[T ][\d:.]+Z?)?)|(?<number>\d+(?:\.\d+)?)(?<unit>ms|[smhd])?(?![\w])|(?<name>!?[A-Za-z_][\w]*)|(?<sign>==|!=|=~|!~|<=|>=|\.\.|[|()[\],.=<>+*/-])/y;

/** Goes through a query token by token; what does not fit throws AplError at its place. */
export class TokenReader {
  readonly query: string;
  readonly #tokens: readonly Token[];
  #next = 0;

  constructor(query: string) {
    this.query = query;
    this.#tokens = tokensOf(query);
  }

  get next(): Token {
    return this.#tokens[this.#next] ?? { kind: 'end', text: '', at: this.query.length };
  }

  take(): Token {
    const token = this.next;
    this.#next++;
    return token;
  }

  /** Takes the next token where it is one of these signs or words. */
  skip(...texts: readonly string[]): Token | undefined {
    const { kind, text } = this.next;
    const known =
      kind === 'sign' ? texts.includes(text) : kind === 'name' && texts.includes(text.toLowerCase());
    return known ? this.take() : undefined;
  }

  need(text: string): void {
    if (!this.skip(text)) throw this.unexpected(`\`${text}\``);
  }

  number(): number {
    if (this.next.kind !== 'number') throw this.unexpected('a number');
    return Number(this.take().value);
  }

  /** `name`, or `['any name']`. */
  name(): string {
    if (this.skip('[')) {
      if (this.next.kind !== 'string') throw this.unexpected('a name in quotes');
      const name = String(this.take().value);
      this.need(']');
      return name;
    }
    if (this.next.kind !== 'name') throw this.unexpected('a name');
    return this.take().text;
  }

  /** `a, b, c`, each read by `one`. */
  list<One>(one: () => One): readonly One[] {
    const all = [one()];
    while (this.skip(',')) all.push(one());
    return all;
  }

  fail(at: number, message: string): AplError {
    return new AplError(this.query, at, message);
  }

  unexpected(expected: string): AplError {
    const { kind, text, at } = this.next;
    return this.fail(at, `unexpected ${kind === 'end' ? 'end of query' : `"${text}"`}, expected ${expected}`);
  }

  /** What the real one has and this one has not. */
  unsupported(text: string, at: number): AplError {
    return this.fail(at, `\`${text}\` is not supported by this sandbox, which knows: ${SUPPORTED}`);
  }
}

function tokensOf(query: string): readonly Token[] {
  const tokens: Token[] = [];
  for (let at = 0; at < query.length; ) {
    TOKEN.lastIndex = at;
    const groups = TOKEN.exec(query)?.groups;
    if (!groups) throw new AplError(query, at, `unexpected "${query[at]}"`);
    const { string, date, number, unit, name, sign } = groups;
    if (string !== undefined)
      tokens.push({ kind: 'string', text: string, value: string.slice(1, -1).replace(/\\(.)/g, '$1'), at });
    else if (date !== undefined) tokens.push({ kind: 'string', text: date, value: date, at });
    else if (number !== undefined)
      tokens.push(
        unit === undefined
          ? { kind: 'number', text: number, value: Number(number), at }
          : { kind: 'duration', text: number + unit, value: Number(number) * (NANOSECONDS[unit] ?? 0), at },
      );
    else if (name !== undefined) tokens.push({ kind: 'name', text: name, at });
    else if (sign !== undefined) tokens.push({ kind: 'sign', text: sign, at });
    at = TOKEN.lastIndex;
  }
  return tokens;
}
