/** Characters up to which a document is laid out; a longer one stays as it came. */
const LAID_OUT = 200_000;

/** An answer's bytes as text for people: JSON with a line for each member, anything else as it is. */
export function documentText(bytes: Uint8Array): string {
  const text = new TextDecoder().decode(bytes);
  if (text.length > LAID_OUT) return text;
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
