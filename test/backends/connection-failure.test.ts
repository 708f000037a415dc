import { expect, test } from 'vitest';
import { codeOf, connectionFailure } from '../../src/backends/connection-failure.ts';

const attempt = { title: 'Fake prod', host: 'fake.example:9090', connectTimeout: 10_000 };
const coded = (code: string, cause?: unknown) => Object.assign(new Error('Bearer abc', { cause }), { code });

test.each([
  ['UND_ERR_CONNECT_TIMEOUT', 'timeout', 'Fake prod could not be reached at fake.example:9090 within 10 s.'],
  ['ETIMEDOUT', 'timeout', 'Fake prod could not be reached at fake.example:9090 within 10 s.'],
  [
    'ENOTFOUND',
    'unavailable',
    'Fake prod could not be reached at fake.example:9090: its host name is not known.',
  ],
  [
    'ECONNREFUSED',
    'unavailable',
    'Fake prod could not be reached at fake.example:9090: nothing listens there.',
  ],
  [
    'CERT_HAS_EXPIRED',
    'unavailable',
    'The certificate of Fake prod at fake.example:9090 is not trusted (CERT_HAS_EXPIRED).',
  ],
  [
    'ERR_TLS_CERT_ALTNAME_INVALID',
    'unavailable',
    'The certificate of Fake prod at fake.example:9090 is not trusted (ERR_TLS_CERT_ALTNAME_INVALID).',
  ],
  [
    'EWHATEVER',
    'unavailable',
    'Fake prod could not be reached at fake.example:9090: the connection failed (EWHATEVER).',
  ],
])('%s is %s', (code, failure, message) => {
  const error = connectionFailure(coded(code), attempt);
  expect(error).toMatchObject({ failure, message, details: { asked: 'Fake prod' } });
  expect(String(error.cause)).toBe(`Error: ${code}`);
});

test('an answer broken off says how far it came', () => {
  expect(connectionFailure(coded('UND_ERR_SOCKET'), { ...attempt, received: 12_345 }).message).toBe(
    'Fake prod broke off its answer after 12,345 bytes.',
  );
});

test('the code is found below wrappers, and nothing else is taken for one', () => {
  expect(codeOf(new Error('x', { cause: coded('ECONNRESET') }))).toBe('ECONNRESET');
  expect(codeOf(new AggregateError([coded('ECONNREFUSED'), coded('ENOTFOUND')]))).toBe('ECONNREFUSED');
  expect(codeOf(coded('my secret token'))).toBe('');
  expect(codeOf('text')).toBe('');
});
