import { readString } from '../promql/literals.ts';
import { SUPPORTED } from './log-query.ts';
import { type LokiError, parseError } from './loki-error.ts';
import { type Token, type TokenKind, tokensOf } from './tokens.ts';

/** Goes through a query token by token, and words what does not fit as Loki's parser does. */
export class TokenReader {
  readonly #query: string;
  readonly #tokens: readonly Token[];
  #next = 0;

  constructor(query: string) {
    this.#query = query;
    this.#tokens = tokensOf(query);
  }

  get next(): Token {
    return this.#tokens[this.#next] ?? { kind: 'end', text: '', at: this.#query.length };
  }

  get after(): Token | undefined {
    return this.#tokens[this.#next + 1];
  }

  take(): Token {
    const token = this.next;
    this.#next++;
    return token;
  }

  /** Takes the next token where it is one of these signs or words. */
  skip(...texts: readonly string[]): string | undefined {
    const { kind, text } = this.next;
    return (kind === 'sign' || kind === 'name') && texts.includes(text) ? this.take().text : undefined;
  }

  need(text: string): void {
    if (this.skip(text) === undefined) throw this.unexpected(text);
  }

  takeKind(kind: TokenKind, expected: string): string {
    if (this.next.kind !== kind) throw this.unexpected(expected);
    return this.take().text;
  }

  text(): string {
    const { at } = this.next;
    const value = readString(this.takeKind('string', 'STRING'));
    if (value === undefined) throw parseError(this.#query, at, 'invalid char escape');
    return value;
  }

  /** `unexpected IDENTIFIER, expecting STRING`: Loki's names for kinds of tokens. */
  unexpected(expected?: string): LokiError {
    const { kind, text, at } = this.next;
    const found =
      kind === 'end' ? '$end' : kind === 'name' ? 'IDENTIFIER' : kind === 'sign' ? text : kind.toUpperCase();
    const wanted = expected === undefined ? '' : `, expecting ${expected}`;
    return parseError(this.#query, at, `syntax error: unexpected ${found}${wanted}`);
  }

  /** What real Loki has and this one has not. */
  unsupported({ text, at }: Token): LokiError {
    return parseError(
      this.#query,
      at,
      `\`${text}\` is not supported by this sandbox, which knows: ${SUPPORTED}`,
    );
  }

  /** A pattern that cannot be read, in the words of who tried. */
  wrong(at: number, why: unknown): LokiError {
    return parseError(this.#query, at, why instanceof Error ? why.message : 'cannot be read');
  }
}
