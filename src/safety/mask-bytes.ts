import type { HeldSecrets } from './held-secrets.ts';
import { decodeView, plainView, type View } from './view.ts';

/** Bytes looked at together; more would take too much memory at once. */
const STRETCH = 256 * 1024;
/** Layers of escaping undone at most, as in `redactor`. */
const LAYERS = 3;
/** What a secret may have between its characters and around them, in bytes: nobody spreads one wider. */
const SPREAD = 8 * 1024;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
/** What gives JSON its shape: `"[]{},:` and blanks. */
const SHAPE: ReadonlySet<number> = new Set([
  QUOTE,
  0x5b,
  0x5d,
  0x7b,
  0x7d,
  0x2c,
  0x3a,
  0x20,
  0x09,
  0x0a,
  0x0d,
]);
const STAR = 0x2a;
const ONE = 0x31;

/**
 * Puts marks over every held secret, in whatever disguise, in bytes of any format; the length stays, and so does the shape of JSON:
 * what read the bytes before can still read them. Answers whether there was one. Changes the bytes in place.
 */
export function maskBytes(bytes: Uint8Array, held: HeldSecrets): boolean {
  let masked = false;
  for (let from = 0; from < bytes.length; from += STRETCH) {
    // Stretches overlap, so that what lies across their border is seen whole by one of them.
    const part = bytes.subarray(Math.max(0, from - SPREAD), from + STRETCH);
    for (const { start, end } of spansIn(part, held)) {
      masked = true;
      maskSpan(part.subarray(start, end));
    }
  }
  return masked;
}

function spansIn(part: Uint8Array, held: HeldSecrets) {
  // One character per byte, so that places in the text are places in the bytes.
  let view: View | undefined = plainView(
    Buffer.from(part.buffer, part.byteOffset, part.byteLength).toString('latin1'),
  );
  const spans = [];
  for (let layer = 0; view !== undefined && layer <= LAYERS; layer++) {
    spans.push(...held.find(view));
    view = layer < LAYERS ? decodeView(view) : undefined;
  }
  return spans;
}

function maskSpan(span: Uint8Array): void {
  // A number stays a number.
  const mark = span.every((byte) => SHAPE.has(byte) || (byte >= 0x30 && byte <= 0x39)) ? ONE : STAR;
  for (let at = 0; at < span.length; at++) {
    const byte = span[at] ?? 0;
    if (byte === BACKSLASH) {
      // The escape goes with what it escapes: half of one would break the text around it.
      span[at] = mark;
      at += 1;
      if (at < span.length) span[at] = mark;
    } else if (!SHAPE.has(byte)) span[at] = mark;
  }
}
