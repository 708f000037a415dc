import { describe, expect, it } from 'vitest';
import { createRedactor } from '../../src/safety/redactor.ts';
import { randomText } from './random-text.ts';

// Nothing in its shape gives it away: only holding it does.
const SECRET = 'quiet/Harbour+morning@77 lamp!';
const TOKEN = randomText(7).lower(40);
const redactor = createRedactor({ secrets: [SECRET, { reveal: () => TOKEN }] });
const b64 = (text: string): string => Buffer.from(text).toString('base64');
const hex = (text: string): string => Buffer.from(text).toString('hex');
const between = (text: string, mark: string): string => [...text].join(mark);

const DISGUISES: readonly (readonly [string, (secret: string) => string])[] = [
  ['as it is', (s) => s],
  ['inside a word', (s) => `x${s}y`],
  ['upper case', (s) => s.toUpperCase()],
  ['reversed', (s) => [...s].reverse().join('')],
  ['base64', b64],
  ['base64, one byte before', (s) => b64(`a${s}`)],
  ['base64, two bytes before', (s) => b64(`ab${s}`)],
  ['base64 amid more', (s) => b64(`{"user":"lea","value":"${s}","ttl":3}`)],
  ['base64 without padding', (s) => b64(s).replace(/=+$/, '')],
  ['base64 for URLs', (s) => Buffer.from(`ab${s}`).toString('base64url')],
  ['base64 on lines', (s) => b64(s).replace(/.{12}/g, '$&\n')],
  ['base64 twice', (s) => b64(b64(s))],
  ['hex', hex],
  ['upper hex', (s) => hex(s).toUpperCase()],
  ['hex with colons', (s) => hex(s).replace(/..(?=.)/g, '$&:')],
  ['hex bytes', (s) => hex(s).replace(/../g, '0x$&, ')],
  ['escaped bytes', (s) => hex(s).replace(/../g, '\\x$&')],
  ['a dumped buffer', (s) => JSON.stringify(Buffer.from(s))],
  ['URL-encoded', encodeURIComponent],
  ['URL-encoded wholly', (s) => hex(s).replace(/../g, '%$&')],
  ['URL-encoded twice', (s) => encodeURIComponent(encodeURIComponent(s))],
  ['form-encoded', (s) => new URLSearchParams({ s }).toString()],
  ['URL-encoded base64', (s) => encodeURIComponent(b64(s))],
  ['JSON', (s) => JSON.stringify({ s })],
  ['JSON in JSON', (s) => JSON.stringify(JSON.stringify({ s: `"${s}` }))],
  [
    'unicode escapes',
    (s) => [...s].map((c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`).join(''),
  ],
  ['slashes escaped', (s) => s.replaceAll('/', '\\/')],
  ['HTML entities', (s) => [...s].map((c) => `&#${c.charCodeAt(0)};`).join('')],
  ['hex entities', (s) => [...s].map((c) => `&#x${c.charCodeAt(0).toString(16)};`).join('')],
  ['spaced', (s) => between(s, ' ')],
  ['one per line', (s) => between(s, '\n')],
  ['quoted lines', (s) => s.replace(/.{6}/g, '$&\n> ')],
  ['zero-width between', (s) => between(s, '\u200b')],
  ['soft hyphens and joiners', (s) => between(s, '\u00ad\u2060')],
  ['dashes', (s) => between(s, '-')],
  ['long dashes', (s) => between(s, '\u2014')],
  ['dots', (s) => between(s, '.')],
  ['emoji', (s) => between(s, '🚒')],
  ['two style marks', (s) => `*${s.slice(0, 14)}*_${s.slice(14)}_`],
  ['code and bold', (s) => `\`${s.slice(0, 9)}\` *${s.slice(9)}*`],
  ['concatenated', (s) => `"${s.slice(0, 9)}" , "${s.slice(9)}"`],
  ['full-width', (s) => s.replace(/[!-~]/g, (c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0))],
];

describe('a held secret', () => {
  for (const [name, disguise] of DISGUISES)
    it(`is found ${name}`, () => {
      for (const secret of [SECRET, TOKEN]) {
        const text = `before ${disguise(secret)} after`;
        const shown = redactor.redact(text);
        expect(shown.found[0]?.kind).toBe('held secret');
        const left = shown.text.replace(/\[redacted: [a-z ]+\]/g, '');
        expect(left.length).toBeLessThan(64);
        expect(left).toMatch(/^before .* after$/s);
      }
    });

  it('is found when a token was cut off in the middle', () => {
    expect(redactor.redact(`Bearer ${TOKEN.slice(0, 24)}`).text).not.toContain(TOKEN.slice(0, 20));
    expect(redactor.redact(`…${TOKEN.slice(12)}`).text).not.toContain(TOKEN.slice(20));
  });

  it('is found beyond ASCII, in one line of many, and at the edges of the text', () => {
    const wide = 'schlüssel-größe-ß9';
    const lines = `${randomText(9).alnum(64)}\n${randomText(10).alnum(64)}`;
    const one = createRedactor({ secrets: [wide, lines] });
    expect(one.redact(wide).text).toBe('[redacted: held secret]');
    expect(one.redact(encodeURIComponent(wide)).text).toBe('[redacted: held secret]');
    expect(one.redact(lines.split('\n')[1] ?? '').text).toBe('[redacted: held secret]');
  });

  it('cannot be allowed', () => {
    const lax = createRedactor({ secrets: [TOKEN], allow: [/.*/] });
    expect(lax.redact(TOKEN).text).toBe('[redacted: held secret]');
  });

  it('is looked for from when it is added until it is forgotten, once for each time it was added', () => {
    const one = createRedactor({ secrets: [] });
    const text = `said ${TOKEN}`;
    expect(one.redact(text).text).toBe(text);
    const first = one.add(TOKEN);
    const second = one.add({ reveal: () => TOKEN });
    first();
    first();
    expect(one.redact(text).text).toBe('said [redacted: held secret]');
    second();
    expect(one.redact(text).text).toBe(text);
  });

  it('needs eight characters', () => {
    expect(() => createRedactor({ secrets: ['1234567'] })).toThrow(TypeError);
    expect(createRedactor({ secrets: ['p@s.w-r!'] }).redact('x p@s.w-r! y').text).toBe(
      'x [redacted: held secret] y',
    );
  });

  it('leaves text with similar beginnings alone', () => {
    const text = 'quiet/Harbour+morning@78 lamp!'.slice(0, 24);
    expect(redactor.redact(text)).toEqual({ text, found: [] });
  });
});
