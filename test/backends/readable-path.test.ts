import { expect, test } from 'vitest';
import { readablePath } from '../../src/backends/readable-path.ts';

const PATTERNS = ['/api/v1/label/*/values', '/api/v1/targets', '/api/0/teams/'];
const read = (typed: string) => readablePath(typed, PATTERNS, 'Prometheus prod');

test('a path of the list is taken apart, each part written anew', () => {
  expect(read(' /api/v1/targets?state=active&scrapePool=a%20b ')).toEqual({
    path: '/api/v1/targets',
    query: [
      ['state', 'active'],
      ['scrapePool', 'a b'],
    ],
  });
  expect(read('/api/v1/label/a b/values').path).toBe('/api/v1/label/a%20b/values');
  expect(read('/api/v1/label/%40x/values').path).toBe('/api/v1/label/%40x/values');
  // Encoded twice it is a name like any other, and stays one.
  expect(read('/api/v1/label/%252e%252e/values').path).toBe('/api/v1/label/%252e%252e/values');
});

test.each([
  '/api/v1/label/%2e%2e/values',
  '/api/v1/label/a%2fb/values',
  '/api/v1/label/a%5cb/values',
  '/api/v1/label//values',
  '/api/v1/targets/',
  '/api/0/teams',
  '/api/v1/targets\u202e',
  '/api/v1/%zz',
  'api/v1/targets',
  '//host/api/v1/targets',
  'http://host/api/v1/targets',
])('%s is refused with what is allowed', (typed) => {
  expect(() => read(typed)).toThrowError(
    expect.objectContaining({
      failure: 'bad-query',
      details: expect.objectContaining({ nextStep: expect.stringContaining('`/api/v1/targets`') }),
    }),
  );
});
