/** A stretch of a text that must not leave: `start` inclusive, `end` exclusive, in UTF-16 units. */
export interface Span {
  readonly start: number;
  readonly end: number;
  /** What was recognised, in a few words fit to be shown: `slack token`. Never any of the text. */
  readonly kind: string;
}

/** What was taken out of a text, by kind. */
export interface Found {
  readonly kind: string;
  readonly count: number;
}

/** Sorts and joins overlapping stretches; the earliest, longest one names the result. */
export function mergeSpans(spans: readonly Span[]): readonly Span[] {
  const sorted = [...spans].sort((a, b) => a.start - b.start || b.end - a.end);
  const merged: Span[] = [];
  for (const span of sorted) {
    const last = merged.at(-1);
    if (last !== undefined && span.start < last.end) {
      if (span.end > last.end) merged[merged.length - 1] = { ...last, end: span.end };
    } else merged.push(span);
  }
  return merged;
}

/** Puts `[redacted: kind]` in place of every stretch; `spans` as `mergeSpans` gives them. */
export function cutSpans(text: string, spans: readonly Span[]): string {
  let out = '';
  let from = 0;
  for (const { start, end, kind } of spans) {
    out += `${text.slice(from, start)}[redacted: ${kind}]`;
    from = end;
  }
  return out + text.slice(from);
}

/** Counts the stretches of each kind, in order of first appearance. */
export function countKinds(spans: readonly { readonly kind: string }[]): readonly Found[] {
  const counts = new Map<string, number>();
  for (const { kind } of spans) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return [...counts].map(([kind, count]) => ({ kind, count }));
}
