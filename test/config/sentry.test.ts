import { expect, test } from 'vitest';
import { loadConfig } from '../../src/config/load-config.ts';
import { ConfigError } from '../../src/domain/errors.ts';
import { fakeMachine } from './fake-machine.ts';

const load = (lines: string) =>
  loadConfig(fakeMachine({ 'config.toml': `[sentry.deployments.prod]\ntoken = "sntryu_abcdefgh"\n${lines}` }))
    .sentry[0];

function problems(lines: string): readonly string[] {
  try {
    load(lines);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}

test.each([
  ['organization_slug = "acme"', 'https://sentry.io', 'acme'],
  ['url = "https://acme.sentry.io"', 'https://acme.sentry.io', 'acme'],
  ['url = "https://de.sentry.io"\norganization_slug = "acme"', 'https://de.sentry.io', 'acme'],
  [
    'url = "https://sentry.example.com/s"\norganization_slug = "shop"',
    'https://sentry.example.com/s',
    'shop',
  ],
])('%s', (lines, url, organization) => {
  expect(load(lines)).toMatchObject({ url, organization });
});

test.each(['', 'url = "https://us.sentry.io"', 'url = "https://acme.sentry.io.example.com"'])(
  'without an organization it is half set: %s',
  (lines) => {
    expect(problems(lines)).toEqual([expect.stringContaining('is set without organization_slug')]);
  },
);

test('Cloudflare Access goes with the token', () => {
  expect(
    load(
      'organization_slug = "acme"\ncf_access_client_id = "id.access"\ncf_access_client_secret = "env-secret-value"',
    ),
  ).toMatchObject({ auth: { kind: 'bearer' }, cloudflareAccess: { clientId: expect.anything() } });
});
