import type { Block, Message, TextFile } from './message.ts';
import { clean, oneLine } from './text.ts';

/** Characters of all blocks together that are safe; Slack refuses somewhere above 13,000. https://github.com/slackapi/bolt-js/issues/2509 */
export const MESSAGE_BUDGET = 9_000;
/** Slack takes 50 blocks a message. https://docs.slack.dev/reference/block-kit/blocks */
export const BLOCK_BUDGET = 45;
/** A list that would take more messages than this goes into a file. */
export const MESSAGES_IN_A_ROW = 6;

/** A text cut to fit: what is shown, and how many characters are not. */
export interface Cut {
  readonly shown: string;
  readonly rest: number;
}

/** Cuts cleaned text between characters as people see them. Works on the beginning only, so a huge text costs little. */
export function cut(text: string, max: number): Cut {
  const start = clean(text.slice(0, max * 4 + 64));
  const whole = text.length <= max * 4 + 64;
  if (whole && start.length <= max) return { shown: start, rest: 0 };
  const shown = upTo(start, max);
  return { shown, rest: whole ? start.length - shown.length : text.length - shown.length };
}

/** Cut, with an ellipsis where something is missing; for places where the whole can be seen elsewhere. */
export function shorten(text: string, max: number): string {
  const { shown, rest } = cut(text, max);
  return rest === 0 ? shown : `${upTo(shown, max - 1).trimEnd()}…`;
}

/** People's or backends' words on one line of at most `max` characters, with an ellipsis where something is missing. */
export function brief(text: string, max: number): string {
  const start = text.slice(0, max * 8 + 256);
  const line = oneLine(start);
  const all = start.length === text.length && line.length <= max;
  return all ? line : `${upTo(line, max - 1).trimEnd()}…`;
}

// Holds no state between texts, and costs too much to make for each.
const GRAPHEMES = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** The longest beginning of at most `max` UTF-16 units that splits no character. */
export function upTo(text: string, max: number): string {
  if (text.length <= max) return text;
  let end = 0;
  // A few units more than needed: a character at the border must be seen whole to be left out whole.
  const near = text.slice(0, max + 64);
  for (const { segment, index } of GRAPHEMES.segment(near)) {
    if (index + segment.length > max) break;
    end = index + segment.length;
  }
  return end === 0
    ? text
        .slice(0, max)
        .toWellFormed()
        .replace(/\uFFFD$/, '')
    : text.slice(0, end);
}

/** `1,204`. */
export function count(n: number): string {
  return n.toLocaleString('en-US');
}

/** `1 query`, `3 queries`. */
export function some(n: number, one: string, several = `${one}s`): string {
  return `${count(n)} ${n === 1 ? one : several}`;
}

const COUNTED: ReadonlySet<string> = new Set(['text', 'alt_text', 'url', 'fallback']);

/** Characters that Slack counts in blocks. */
export function weight(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  let sum = 0;
  if (Array.isArray(value)) {
    for (const item of value) sum += weight(item);
    return sum;
  }
  for (const name of Object.keys(value)) {
    const item = (value as Readonly<Record<string, unknown>>)[name];
    if (typeof item !== 'string') sum += weight(item);
    else if (COUNTED.has(name)) sum += item.length;
  }
  return sum;
}

/** Puts pieces into groups whose weight and number stay within the budgets; the first group has less room. */
export function group<T>(
  pieces: readonly T[],
  weigh: (piece: T) => number,
  budget: { readonly weight: number; readonly pieces: number; readonly first?: number },
): readonly (readonly T[])[] {
  const groups: T[][] = [[]];
  let left = budget.first ?? budget.weight;
  for (const piece of pieces) {
    const size = weigh(piece);
    const current = groups.at(-1) ?? [];
    if (current.length > 0 && (size > left || current.length >= budget.pieces)) {
      groups.push([piece]);
      left = budget.weight - size;
    } else {
      current.push(piece);
      left -= size;
    }
  }
  return groups;
}

/**
 * One message, or as many as the blocks need, the later ones in `more`. A single block is never split here: whoever builds
 * it keeps it under the budget.
 */
export function message(text: string, blocks: readonly Block[], files: readonly TextFile[] = []): Message {
  const [first = [], ...rest] = group(blocks, weight, { weight: MESSAGE_BUDGET, pieces: BLOCK_BUDGET });
  return {
    text,
    blocks: first,
    ...(rest.length > 0 && { more: rest.map((part) => ({ text: `${text} (continued)`, blocks: part })) }),
    ...(files.length > 0 && { files }),
  };
}
