import { describe, expect, it } from 'vitest';
import { HeldSecrets } from '../../src/safety/held-secrets.ts';
import { maskBytes } from '../../src/safety/mask-bytes.ts';
import { randomText } from './random-text.ts';

const TOKEN = randomText(11).lower(40);
const held = new HeldSecrets();
held.add(TOKEN);
held.add('grün-ist-die-Hoffnung');
held.add('8315542077');

function masked(text: string): { readonly found: boolean; readonly text: string } {
  const bytes = new Uint8Array(Buffer.from(text));
  const found = maskBytes(bytes, held);
  expect(bytes.length).toBe(Buffer.byteLength(text));
  return { found, text: Buffer.from(bytes).toString() };
}

describe('bytes of an answer', () => {
  it('without a secret stay as they are', () => {
    const text = JSON.stringify({
      data: [
        [1_767_600_000, '42.5'],
        ['ü', null],
      ],
    });
    expect(masked(text)).toEqual({ found: false, text });
  });

  it.each([
    ['as it is', TOKEN],
    ['reversed', [...TOKEN].reverse().join('')],
    ['base64', Buffer.from(TOKEN).toString('base64')],
    ['URL-encoded wholly', Buffer.from(TOKEN).toString('hex').replace(/../g, '%$&')],
    ['a word with umlauts', 'grün-ist-die-Hoffnung'],
  ])('lose a secret %s, and can be read as before', (_how, secret) => {
    const text = JSON.stringify({ before: 'stays', line: `token=${secret} and more`, after: [1, 2] });
    const { found, text: left } = masked(text);
    expect(found).toBe(true);
    expect(left).not.toContain(secret);
    const read = JSON.parse(left) as { before: string; line: string; after: readonly number[] };
    expect(read.before).toBe('stays');
    expect(read.line).toMatch(/^token=\*+\w?=* and more$/);
    expect(read.after).toEqual([1, 2]);
  });

  it('keep the shape of JSON where a secret is escaped, or spread over several values', () => {
    const escaped = [...TOKEN].map((char) => `\\u00${char.charCodeAt(0).toString(16)}`).join('');
    const inJson = masked(`{"a":"${escaped}","b":"x"}`);
    expect(inJson.found).toBe(true);
    expect(JSON.parse(inJson.text)).toMatchObject({ b: 'x' });
    const spread = masked(JSON.stringify([TOKEN.slice(0, 20), TOKEN.slice(20)]));
    expect(spread.found).toBe(true);
    expect(JSON.parse(spread.text)).toEqual(['*'.repeat(20), '*'.repeat(20)]);
    const nested = masked(JSON.stringify({ line: JSON.stringify({ token: TOKEN }) }));
    expect(JSON.parse(JSON.parse(nested.text).line)).toEqual({ token: '*'.repeat(40) });
  });

  it('keep a number a number', () => {
    expect(JSON.parse(masked('{"account":8315542077,"next":7}').text)).toEqual({
      account: 1_111_111_111,
      next: 7,
    });
  });

  it('lose it also where it lies across the border of what is looked at together', () => {
    for (const at of [256 * 1024 - 20, 256 * 1024, 512 * 1024 - 1]) {
      const { text } = masked(`${'a '.repeat(at / 2).slice(0, at)}${TOKEN}${' b'.repeat(200_000)}`);
      expect(text.includes(TOKEN)).toBe(false);
      expect(text.slice(0, 100)).toBe('a '.repeat(50));
    }
  });
});
