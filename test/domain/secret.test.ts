import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { Secret } from '../../src/domain/secret.ts';

const secret = new Secret('hunter2-hunter2', 'env PROMETHEUS_TOKEN');

test('a secret prints as [secret] in every ordinary way', () => {
  const holder = { auth: { kind: 'bearer', token: secret } };
  const shown = [
    `${secret}`,
    `Bearer ${secret}`,
    String(secret),
    JSON.stringify(holder),
    inspect(holder, { depth: 9, showHidden: true }),
    inspect([secret]),
    Object.entries(secret).join(),
  ];
  for (const text of shown) expect(text).not.toContain('hunter2');
  expect(`${secret}`).toBe('[secret]');
  expect(JSON.stringify(secret)).toBe('"[secret]"');
});

test('only reveal gives the value; its origin may be shown', () => {
  expect(secret.reveal()).toBe('hunter2-hunter2');
  expect(secret.origin).toBe('env PROMETHEUS_TOKEN');
  expect(new Secret('', 'env X').isEmpty).toBe(true);
});
