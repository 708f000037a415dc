import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { createDecoder } from '../../src/backends/decoder.ts';
import { createBackends, TOOLS } from '../../src/backends/registry.ts';
import { Secret } from '../../src/domain/secret.ts';

const deps = { now: () => 0, decoder: createDecoder() };

test('the registry is the list of folders', () => {
  const folders = readdirSync(new URL('../../src/backends/', import.meta.url), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name);
  expect(Object.keys(TOOLS).sort()).toEqual(folders.sort());
});

test('every backend says the tool it is registered as', () => {
  const backends = createBackends(
    {
      prometheus: [
        { name: 'prod', url: 'http://127.0.0.1:1' },
        { name: 'staging', url: 'http://127.0.0.1:2/p' },
      ],
    },
    deps,
  );
  expect(backends.map((one) => `${one.tool} ${one.deployment} ${one.title}`)).toEqual([
    'prometheus prod Prometheus prod',
    'prometheus staging Prometheus staging',
  ]);
});

test.each([
  [{ url: 'prometheus:9090' }, '`url` is no http or https address'],
  [{ url: 'http://me:secret@x' }, '`url` holds user-info; use `username` and `password`'],
  [{ url: 'http://x/?a=b' }, '`url` holds a query or fragment; give the base address alone'],
  [{ url: 'http://x', ca: 'nothing' }, '`ca` is no PEM certificate'],
  [
    { url: 'http://x', auth: { kind: 'header', name: 'bad name', value: new Secret('12345678', 'env A') } },
    'the header has no valid name',
  ],
  [
    { url: 'http://x', auth: { kind: 'bearer', token: new Secret('', 'env A') } },
    'the token from env A is empty',
  ],
  [
    { url: 'http://x', cloudflareAccess: { clientId: '', clientSecret: new Secret('12345678', 'env A') } },
    'the Cloudflare Access client secret is set without its id',
  ],
] as const)('half set: %j', (settings, problem) => {
  expect(() => createBackends({ prometheus: [{ name: 'prod', ...settings }] }, deps)).toThrowError(
    `[prometheus.deployments.prod]: ${problem}`,
  );
});
