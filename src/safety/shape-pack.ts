import { findShape, type Shape } from './shape.ts';
import type { Span } from './span.ts';

const BITS = 1 << 12;

/**
 * Many shapes tried on one text. Most texts hold no beginning of any: a map of their neighbouring letters tells
 * which hints cannot occur, without searching the text for each of them.
 */
export class ShapePack {
  readonly #shapes: readonly { readonly shape: Shape; readonly hints: readonly Hint[] }[];
  readonly #pairs = new Uint8Array(BITS);

  constructor(shapes: readonly Shape[]) {
    this.#shapes = shapes.map((shape) => ({ shape, hints: shape.hints.map(toHint) }));
  }

  find(text: string): readonly Span[] {
    const lower = text.toLowerCase();
    const pairs = this.#pairs.fill(0);
    for (let i = 1; i < lower.length; i++) pairs[pairOf(lower, i)] = 1;
    const spans: Span[] = [];
    for (const { shape, hints } of this.#shapes) {
      if (hints.length > 0 && !hints.some((hint) => this.#mayHold(hint) && lower.includes(hint.text)))
        continue;
      for (const span of findShape(shape, text)) spans.push(span);
    }
    return spans;
  }

  #mayHold(hint: Hint): boolean {
    for (const pair of hint.pairs) if (this.#pairs[pair] === 0) return false;
    return true;
  }
}

interface Hint {
  readonly text: string;
  readonly pairs: Uint16Array;
}

function toHint(text: string): Hint {
  return { text, pairs: Uint16Array.from({ length: text.length - 1 }, (_, at) => pairOf(text, at + 1)) };
}

function pairOf(text: string, at: number): number {
  return (text.charCodeAt(at - 1) * 61 + text.charCodeAt(at)) & (BITS - 1);
}
