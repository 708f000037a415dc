import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Connection } from '../../src/backends/connection.ts';
import { handCommand } from '../../src/backends/hand-command.ts';
import { Secret } from '../../src/domain/secret.ts';

const plain: Connection = { url: 'https://p.example' };
const secret = (origin: string) => new Secret('never-shown', origin);

test('headers that hold no secret are written out', () => {
  expect(handCommand(plain, 'https://p.example/q', [], { 'x-scope-orgid': "it's 1" })).toBe(
    `curl -sS -H 'x-scope-orgid: it'\\''s 1' 'https://p.example/q'`,
  );
});

test.each([
  [plain, `curl -sS --get 'https://p.example/q' --data-urlencode 'query=up'`],
  [
    { ...plain, auth: { kind: 'bearer', token: secret('env PROM_TOKEN') } },
    `curl -sS -H "Authorization: Bearer $PROM_TOKEN" --get 'https://p.example/q' --data-urlencode 'query=up'`,
  ],
  [
    { ...plain, auth: { kind: 'basic', username: 'me', password: secret('file /run/secrets/prom') } },
    `curl -sS -u "$USERNAME:$PASSWORD" --get 'https://p.example/q' --data-urlencode 'query=up'`,
  ],
  [
    {
      ...plain,
      auth: { kind: 'header', name: 'X-Key', value: secret('env:KEY') },
      cloudflareAccess: { clientId: 'id', clientSecret: secret('env CF_SECRET') },
    },
    `curl -sS -H "X-Key: $KEY" -H "CF-Access-Client-Id: $CF_ACCESS_CLIENT_ID" -H "CF-Access-Client-Secret: $CF_SECRET" --get 'https://p.example/q' --data-urlencode 'query=up'`,
  ],
] as const)('it names variables and never values: %#', (connection, expected) => {
  expect(handCommand(connection, 'https://p.example/q', [['query', 'up']])).toBe(expected);
});

test.each(['a\nb', 'a\u0000', 'a\u202eb', 'a\u200bb', 'a\u2028b', 'a\ud800'])(
  'nothing is offered for %j, which would not be what it looks like',
  (query) => {
    expect(handCommand(plain, 'https://p.example/q', [['query', query]])).toBeUndefined();
  },
);

test('a shell reads every other query back as it was', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1, unit: 'grapheme-ascii' }), (query) => {
      const command = handCommand(plain, 'https://p.example/q', [['query', query]]);
      if (command === undefined) throw new Error('no command');
      const words = execFileSync('sh', ['-c', command.replace(/^curl/, `printf '%s\\n'`)], {
        encoding: 'utf8',
      });
      expect(words.split('\n').slice(0, -1)).toEqual([
        '-sS',
        '--get',
        'https://p.example/q',
        '--data-urlencode',
        `query=${query}`,
      ]);
    }),
    { numRuns: 40 },
  );
});
