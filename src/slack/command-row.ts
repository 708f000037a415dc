import type { Message } from '../../blocks/message.ts';
import type { Bot } from './bot.ts';
import type { Request } from './request.ts';
import type { OptionName, Parsed } from './words/parse-command.ts';

/** One line of the table that routes, parses and helps. */
export interface CommandRow {
  /** Imperative, as typed. */
  readonly name: string;
  /** Other words for it, lower case; several words are allowed. */
  readonly also: readonly string[];
  /** Names that are an argument as well: `p1` sets the severity and says which. */
  readonly keeps?: readonly string[];
  /** What begins it in place of a name and stays in its text: `H2`. */
  readonly shape?: RegExp;
  /** It is given exactly what was typed: its text names people, or holds a query. */
  readonly verbatim?: true;
  readonly group: 'investigate' | 'know' | 'incident' | 'talk' | 'people' | 'ask' | 'steady';
  /** `mitigate [what helped] [at:14:20]`. */
  readonly usage: string;
  /** One line. */
  readonly summary: string;
  readonly examples: readonly string[];
  readonly options: readonly OptionName[];
  /** Its place among the few that help begins with, by its first example. */
  readonly first?: number;
  /** Which incidents it can be about: an open one, any, or none. */
  readonly target: 'open' | 'any' | 'none';
  /** Changes nothing, so that people outside the channel may ask too. */
  readonly looks?: true;
  /** The tool whose query it takes, as the registry of backends names it; then `discover` knows the tool by this row's names. */
  readonly asks?: string;
  run(call: Call): Promise<Said>;
}

/** One command on its way: who asks what, of whom. */
export interface Call extends Parsed {
  readonly bot: Bot;
  readonly request: Request;
  /** The planned test of a hypothesis that a query is asked for. */
  readonly test?: { readonly hypothesis: string; readonly number: number };
}

/**
 * What is said back. `thread` goes where everyone sees it, in the thread of the message that asked; `private` to the asker
 * alone, as is whatever is `also` said; `posted` means that a post of its own is the answer.
 */
export type Said =
  | { readonly kind: 'thread'; readonly message: Message; readonly also?: Message }
  | { readonly kind: 'private'; readonly message: Message }
  | { readonly kind: 'posted'; readonly also?: Message }
  | { readonly kind: 'modal'; readonly also?: Message };
