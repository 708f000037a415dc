import { RedactionFailed } from '../domain/errors.ts';
import { createCleanTexts } from './clean-texts.ts';
import { CREDENTIAL_SHAPES } from './credential-shapes.ts';
import { SHORTEST_SECRET } from './disguises.ts';
import { HeldSecrets } from './held-secrets.ts';
import { findPrivateKeys } from './private-keys.ts';
import { redactTree } from './redact-tree.ts';
import type { Shape } from './shape.ts';
import { ShapePack } from './shape-pack.ts';
import { countKinds, cutSpans, type Found, mergeSpans, type Span } from './span.ts';
import { SPOKEN_SHAPES } from './spoken-shapes.ts';
import { TOKEN_SHAPES } from './token-shapes.ts';
import { decodeView, isInvisible, plainView, type View, viewText, withoutCodes } from './view.ts';

/** What stands in place of a message that could not be checked. Constant: never made from the message. */
export const WITHHELD = 'A message was withheld: it could not be checked for secrets.';

/** Longest text that is checked, in UTF-16 units: above it the check itself would stall the process. */
export const LONGEST_TEXT = 4_000_000;

/** Layers of escaping undone at most: a URL inside JSON inside a URL. */
const LAYERS = 3;

/** A secret as a string or as anything that reveals one. */
export type Held = string | { reveal(): string };

/** Takes secrets out of what is about to leave. Every method throws `RedactionFailed` rather than let something pass unchecked. */
export interface Redactor {
  redact(text: string): { readonly text: string; readonly found: readonly Found[] };
  /**
   * The same value with every string in it redacted, keys included; numbers, booleans and the like stay.
   * A secret split over neighbouring `text` leaves (a bold half, a plain half) is found too.
   */
  redactLeaves<T>(value: T): { readonly value: T; readonly found: readonly Found[] };
  /** Counts the secrets that were ever added: what was clean before the last one may not be any more. */
  readonly generation: number;
  /** Looks for one more secret (at least 8 characters) until the returned function is called. */
  add(secret: Held): () => void;
}

export interface RedactorOptions {
  /** Everything secret that the process holds. Each at least 8 characters. */
  readonly secrets: readonly Held[];
  /** More shapes, from the configuration. They are the operator's: nothing bounds their cost. */
  readonly patterns?: readonly RegExp[];
  /** A recognised shape that one of these matches wholly stays. Never applies to a held secret. */
  readonly allow?: readonly RegExp[];
}

/** @throws TypeError when a secret is shorter than 8 characters. */
export function createRedactor({ secrets, patterns = [], allow = [] }: RedactorOptions): Redactor {
  const held = new HeldSecrets();
  const clean = createCleanTexts();
  let generation = 0;
  const add = (secret: Held): (() => void) => {
    clean.forget();
    generation += 1;
    return held.add(typeof secret === 'string' ? secret : secret.reveal());
  };
  for (const secret of secrets) add(secret);
  const own: readonly Shape[] = patterns.map((pattern) => ({
    kind: 'configured pattern',
    pattern: new RegExp(pattern.source, withFlag(pattern.flags.replace('y', ''), 'g')),
    hints: [],
  }));
  const pack = new ShapePack([...TOKEN_SHAPES, ...CREDENTIAL_SHAPES, ...SPOKEN_SHAPES, ...own]);
  const allowed = allow.map((one) => new RegExp(`^(?:${one.source})$`, one.flags.replace(/[gym]/g, '')));

  const find = (text: string): readonly Span[] => {
    if (clean.has(text)) return [];
    const spans = look(text);
    if (spans.length === 0) clean.add(text);
    return spans;
  };

  const look = (text: string): readonly Span[] => {
    if (text.length > LONGEST_TEXT) throw new RedactionFailed('The text is too long to be checked');
    if (text.length < SHORTEST_SECRET && patterns.length === 0) return [];
    const spans: Span[] = [];
    // Keys and ids such as `plain_text`: most leaves of a payload, and no shape is that short without a digit or a mark.
    if (/^[A-Za-z_]{1,20}$/.test(text) && patterns.length === 0)
      return mergeSpans(held.find(plainView(text)));
    let view: View | undefined = plainView(text);
    for (let layer = 0; view !== undefined && layer <= LAYERS; layer++) {
      spans.push(...held.find(view));
      const seen = withoutCodes(view, isInvisible);
      spans.push(...findShapes(seen, seen === view && layer === 0 ? text : viewText(seen)));
      view = layer < LAYERS ? decodeView(view) : undefined;
    }
    return mergeSpans(spans);
  };

  const findShapes = (view: View, text: string): Span[] => {
    const spans = [...findPrivateKeys(text)];
    for (const span of pack.find(text))
      if (!allowed.some((one) => one.test(text.slice(span.start, span.end)))) spans.push(span);
    return spans.map(({ start, end, kind }) => ({
      start: view.starts[start] ?? 0,
      end: view.ends[end - 1] ?? 0,
      kind,
    }));
  };

  const closed = <T>(check: () => T): T => {
    try {
      return check();
    } catch (error) {
      if (error instanceof RedactionFailed) throw error;
      // The cause is dropped on purpose: its message may quote the text.
      throw new RedactionFailed('The check for secrets broke');
    }
  };

  return {
    add,
    get generation() {
      return generation;
    },
    redact: (text) =>
      closed(() => {
        const spans = find(text);
        return { text: spans.length === 0 ? text : cutSpans(text, spans), found: countKinds(spans) };
      }),
    redactLeaves: (value) => closed(() => redactTree(value, find)),
  };
}

function withFlag(flags: string, flag: string): string {
  return flags.includes(flag) ? flags : flags + flag;
}
