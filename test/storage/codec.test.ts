import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeJson, decodeText, encodeJson, encodeKey, encodeText } from '../../src/storage/codec.ts';
import type { Json } from '../../src/storage/store.ts';

/** Any UTF-16 at all, with what is hard to keep more often than chance would bring it. */
const hardText = fc
  .array(
    fc.oneof(
      fc.constantFrom('\\', '\\u', '\\0', '\0', 'd800', '\ud800', '\udfff', '😀'),
      fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)),
    ),
    { maxLength: 30 },
  )
  .map((parts) => parts.join(''));

test('every text comes back, in a form that both engines can hold', () => {
  fc.assert(
    fc.property(hardText, (text) => {
      const stored = encodeText(text);
      expect(stored.isWellFormed()).toBe(true);
      expect(stored).not.toContain('\0');
      expect(decodeText(stored)).toBe(text);
    }),
    { seed: 7, numRuns: 2_000 },
  );
});

test('two texts are stored as one only when they are one', () => {
  fc.assert(
    fc.property(hardText, hardText, (one, other) => {
      expect(encodeText(one) === encodeText(other)).toBe(one === other);
    }),
    { seed: 7, numRuns: 2_000 },
  );
});

test('JSON comes back character for character, well-formed while it is stored', () => {
  const json = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      hardText,
      fc.constantFrom(null, true, false, 0, -1.5, 1e300),
      fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(hardText, tie('value'), { maxKeys: 3 }),
    ),
  })).value;
  fc.assert(
    fc.property(json, (value) => {
      const stored = encodeJson(value as Json);
      expect(stored.isWellFormed()).toBe(true);
      expect(stored).not.toContain('\0');
      expect(JSON.stringify(decodeJson(stored))).toBe(JSON.stringify(value));
    }),
    { seed: 7, numRuns: 500 },
  );
  expect(() => encodeJson(undefined as unknown as Json)).toThrow(TypeError);
});

test('ordinary text is stored as it is, so that a person can read the tables', () => {
  expect(encodeText('checkout 500s – “é” 😀')).toBe('checkout 500s – “é” 😀');
  expect(encodeKey('INC-42/promise-7/rung-1')).toBe('INC-42/promise-7/rung-1');
});

test('a key is measured in bytes', () => {
  expect(encodeKey('é'.repeat(400))).toHaveLength(400);
  expect(() => encodeKey('é'.repeat(401))).toThrow(RangeError);
});
