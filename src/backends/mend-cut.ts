const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const CLOSING: ReadonlyMap<number, number> = new Map([
  [0x5b, 0x5d],
  [0x7b, 0x7d],
]);

/**
 * The beginning of a JSON text made whole again: cut back to the last object or list that ended inside a list, everything
 * still open closed. Undefined where nothing did.
 */
export function mendCut(bytes: Uint8Array): Uint8Array | undefined {
  /** What closes the brackets that are open, outermost first. */
  const open: number[] = [];
  let end = 0;
  let closing: readonly number[] = [];
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    if (byte === QUOTE) {
      at = endOfString(bytes, at);
      continue;
    }
    const closes = CLOSING.get(byte);
    if (closes !== undefined) open.push(closes);
    else if (byte === open.at(-1)) {
      open.pop();
      if (open.at(-1) !== 0x5d) continue;
      end = at + 1;
      closing = [...open];
    }
  }
  if (end === 0) return undefined;
  const whole = new Uint8Array(end + closing.length);
  whole.set(bytes.subarray(0, end));
  whole.set(closing.toReversed(), end);
  return whole;
}

function endOfString(bytes: Uint8Array, from: number): number {
  let at = from + 1;
  while (at < bytes.length && bytes[at] !== QUOTE) at += bytes[at] === BACKSLASH ? 2 : 1;
  return at;
}
