import type { Span } from './span.ts';

/** One way to recognise a secret by how it looks. */
export interface Shape {
  readonly kind: string;
  /**
   * Bounded in every quantifier. The group named `secret` is what must go; without it, the whole match.
   * Global and with indices only where the group is used.
   */
  readonly pattern: RegExp;
  /** Texts without any of these (in lower case) are not tried at all. */
  readonly hints: readonly string[];
  /** Says no to a match that only looks like one. */
  readonly judge?: (secret: string, match: RegExpExecArray) => boolean;
}

/** What the shape finds. The hints are the caller's to check. */
export function findShape(shape: Shape, text: string): readonly Span[] {
  const spans: Span[] = [];
  for (const match of text.matchAll(shape.pattern)) {
    const { quoted, single, back, bare, secret } = match.indices?.groups ?? {};
    // Inside quotes only the inside goes, so that a line of JSON stays one.
    const [start, end] = quoted ??
      single ??
      back ??
      bare ??
      secret ?? [match.index, match.index + match[0].length];
    if (end > start && (shape.judge?.(match.groups?.secret ?? match[0], match) ?? true))
      spans.push({ start, end, kind: shape.kind });
  }
  return spans;
}
