import { describe, expect, it } from 'vitest';
import { CREDENTIAL_SHAPES } from '../../src/safety/credential-shapes.ts';
import { createRedactor } from '../../src/safety/redactor.ts';
import { SPOKEN_SHAPES } from '../../src/safety/spoken-shapes.ts';
import { TOKEN_FAMILIES } from '../../src/safety/token-families.ts';
import { TOKEN_SHAPES } from '../../src/safety/token-shapes.ts';
import { ORDINARY_LINES } from './ordinary-lines.ts';

const SIZE = 100_000;
const redactor = createRedactor({ secrets: ['a-held-secret-of-ours', 'aaaaaaaaaaaaaaaaaaaab'] });
const fill = (piece: string): string => piece.repeat(Math.ceil(SIZE / piece.length)).slice(0, SIZE);

function best(text: string, tries: number): number {
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i < tries; i++) {
    const from = performance.now();
    redactor.redact(text);
    least = Math.min(least, performance.now() - from);
  }
  return least;
}

/** Beginnings of every shape, repeated without ever coming to a good end. */
const PIECES: readonly string[] = [
  'a-',
  'a_',
  'a.',
  'a:',
  'a/',
  'a@',
  'A',
  '0',
  '"',
  "'",
  '`',
  ' ',
  '\n',
  '\\',
  '\\\\',
  '\\u0061',
  '%25',
  '%2525',
  '&amp;',
  '&amp;amp;',
  '&#38;',
  '&',
  '<',
  '[',
  '{"',
  '\u200b',
  'a\u200b',
  '://',
  '://a:',
  '://a:b',
  '://a:b/',
  '://a@',
  '://aaaa:aaaa',
  'eyJ',
  'eyJ-',
  'eyJa.',
  'eyJaaaaaaaa.a.',
  'eyJaaaaaaaaaaa.eyJ',
  '-----BEGIN ',
  '-----BEGIN PRIVATE KEY-----',
  '-----BEGIN PRIVATE KEY-----END ',
  'PuTTY-User-Key-File-2: ',
  'MIIEpAIBAAKC ',
  'password',
  'password=',
  'password: ',
  'password= ',
  "password'  ",
  'password is ',
  "password='",
  'password="a',
  'token ',
  'token="',
  'secret: ',
  'api_key = ',
  'authorization: ',
  'authorization: bearer ',
  'bearer ',
  'basic ',
  'cookie: ',
  'cookie: a=',
  ' -u a:',
  '--user ',
  '--a',
  '--password ',
  'mysql ',
  'mysql -p',
  'docker login ',
  'machine a login b ',
  'name: secret value',
  '<password',
  '<password>',
  'datadog ',
  'datadog key',
  'aws aws aws key',
  '$2b$',
  '$argon2id$',
  '1/1',
  '00D',
  'hooks.slack.com/services/',
  'discord.com/api/webhooks/',
  'x:5432:',
  '?sig=',
  '&key=',
  'sk-T3BlbkFJ',
  'AZDO',
  'aAzSe',
  'a8Q~',
  '9:AA',
  's.a',
  'MAAAAAAAAAAAAAAAAAAAAAAA.',
  'AccountKey=',
  'otpauth://',
  'identified by ',
  'pw',
  'pw: ',
  'login a:',
  'user a / ',
  'creds is ',
  'password(',
  'password("',
  'name: pass',
  'key=token value',
  'x-a',
  'x-aa-key: ',
  'echo a |',
  'echo ',
  'auth ',
  'auth a\n',
  'zoom ',
  'zoom key ',
  '{SSHA}',
  'token ab1',
  'aaaaaaaaaaaaaaaaaaaaa',
];

describe('hostile text', () => {
  it('of 100 KB takes no longer than a few times what ordinary text of that size takes', () => {
    const ordinary = best(fill(`${ORDINARY_LINES.join('\n')}\n`), 4);
    const prefixes = TOKEN_FAMILIES.flatMap((family) => family.prefixes);
    const runs = Array.from({ length: Math.ceil(prefixes.length / 10) }, (_, at) =>
      prefixes
        .slice(at * 10, at * 10 + 10)
        .map((one) => fill(one).slice(0, SIZE / 10))
        .join(' '),
    );
    const slow = [...PIECES.map(fill), ...runs].filter((text) => {
      // A busy machine may stop any single run, so a slow one is tried again before it counts.
      return best(text, 1) > 5 * ordinary && best(text, 3) > 5 * ordinary;
    });
    expect(slow.map((text) => text.slice(0, 40))).toEqual([]);
  });

  it('finds only bounded quantifiers in every shape', () => {
    for (const { pattern } of [...TOKEN_SHAPES, ...CREDENTIAL_SHAPES, ...SPOKEN_SHAPES]) {
      // Classes and escapes hide literal quantifiers; what is left may not say "without end".
      const bones = pattern.source.replace(/\\./g, 'x').replace(/\[[^\]]*\]/g, 'x');
      expect(bones, pattern.source).not.toMatch(/[*+]|\{\d+,\}/);
    }
  });

  it('covers a hundred families of tokens by prefix', () => {
    expect(new Set(TOKEN_FAMILIES.map((family) => family.kind)).size).toBeGreaterThanOrEqual(100);
    expect(TOKEN_FAMILIES.flatMap((family) => family.prefixes)).not.toContain('');
  });
});
