import { expect, it } from 'vitest';
import { configOf } from '../../src/config/config-of.ts';
import { ConfigError } from '../../src/domain/errors.ts';

it('makes a configuration of given text alone, by the same rules', () => {
  const config = configOf('[slack]\napi_url = "http://127.0.0.1:4000/api/"\nbot_token = "env:TOKEN"', {
    dataDir: '/tmp/sandbox',
    env: { TOKEN: 'xoxb-sandbox-token', SLACK_APP_TOKEN: 'xapp-sandbox-token' },
  });
  expect(config.slack).toMatchObject({
    apiUrl: 'http://127.0.0.1:4000/api/',
    connection: { kind: 'socket' },
  });
  expect(config.storage.dataDir).toBe('/tmp/sandbox');
  expect(config.warnings).toEqual([]);
  expect(() => configOf('[slack]\nemoji = 5', { dataDir: '/tmp/x' })).toThrow(ConfigError);
  expect(() => configOf('[slack]\nbot_token = "file:/etc/hostname"', { dataDir: '/tmp/x' })).toThrow(
    'there is no file',
  );
});
