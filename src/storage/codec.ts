import type { Json } from './store.ts';

/**
 * How values are written so that both engines give back exactly what they were given. PostgreSQL's text refuses
 * `\u0000`, its jsonb also reorders keys, and UTF-8 has no lone surrogates
 * (https://www.postgresql.org/docs/current/datatype-json.html), so strings are escaped and JSON is kept as text.
 */

/** Longest key, in bytes of UTF-8 once escaped: PostgreSQL's indexes take rows of at most 2,704 bytes. */
export const KEY_LIMIT = 800;

const UNSAFE = /[\\\0]|\p{Surrogate}/gu;
const ESCAPED = /\\(?:\\|0|u([0-9a-f]{4}))/g;

/** Escapes what an engine cannot hold: backslash doubled, `\0`, and lone surrogates as `\ud800`. One text, one form. */
export function encodeText(text: string): string {
  return text.replace(UNSAFE, (unsafe) => {
    if (unsafe === '\\') return '\\\\';
    if (unsafe === '\0') return '\\0';
    return `\\u${unsafe.charCodeAt(0).toString(16)}`;
  });
}

/** The text that `encodeText` was given. */
export function decodeText(stored: string): string {
  if (!stored.includes('\\')) return stored;
  return stored.replace(ESCAPED, (escaped, code: string | undefined) => {
    if (code !== undefined) return String.fromCharCode(Number.parseInt(code, 16));
    return escaped === '\\0' ? '\0' : '\\';
  });
}

/** Escapes a text that is part of a key. Throws RangeError above `KEY_LIMIT`, the same on both engines. */
export function encodeKey(key: string): string {
  const stored = encodeText(key);
  if (Buffer.byteLength(stored) > KEY_LIMIT) {
    throw new RangeError(`a key of ${Buffer.byteLength(stored)} bytes is longer than ${KEY_LIMIT}`);
  }
  return stored;
}

/** JSON text: escapes `\u0000` and lone surrogates by itself and keeps the order of keys. Throws TypeError for what JSON cannot say. */
export function encodeJson(value: Json): string {
  const text = JSON.stringify(value) as string | undefined;
  if (text === undefined) throw new TypeError('undefined cannot be stored as JSON');
  return text;
}

/** The value that `encodeJson` was given. */
export function decodeJson(stored: string): Json {
  return JSON.parse(stored) as Json;
}

/** A plain view without the driver's Buffer. */
export function decodeBytes(stored: Uint8Array): Uint8Array {
  return new Uint8Array(stored.buffer, stored.byteOffset, stored.byteLength);
}
