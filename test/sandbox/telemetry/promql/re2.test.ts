import { expect, test } from 'vitest';
import { compileRe2 } from '../../../../src/sandbox/telemetry/promql/re2.ts';

test.each([
  ['check.*', 'checkout', true],
  ['check', 'checkout', false],
  ['a|ab', 'ab', true],
  ['a|', '', true],
  ['.+', '', false],
  ['(?i)CHECK.*', 'checkout', true],
  ['(?P<n>v)\\d+', 'v2', true],
  ['v\\d\\.\\d', 'v2x3', false],
  ['[[:alpha:]_]+', 'a_b', true],
  ['[[:digit:]]+', 'a', false],
  ['\\Aa\\z', 'a', true],
  ['a.c', 'a\nc', false],
  ['[^a-c]+', 'xyz', true],
  ['5..', '503', true],
])('%s on %j: %s', (pattern, text, matches) => {
  expect(compileRe2(pattern).test(text)).toBe(matches);
});

test.each([
  ['(?=a)', 'invalid or unsupported Perl syntax: `(?=`'],
  ['(?<!a)b', 'invalid or unsupported Perl syntax: `(?<!`'],
  ['(a)\\1', 'invalid escape sequence: `\\1`'],
  ['\\pL', 'invalid escape sequence: `\\p`'],
  ['a\\', 'trailing backslash at end of expression: ``'],
  ['[[:nope:]]', 'invalid character class range: `[:nope:]`'],
  ['(', 'cannot read `^(?:()$`'],
  ['(a+)+', 'a repeat inside a repeat'],
  ['(a|a)*', 'a repeat inside a repeat'],
  ['.*.*.*.*.*.*.*', 'more than 6 repeats'],
  ['x'.repeat(1_001), 'longer than 1000 characters'],
])('%s is refused', (pattern, message) => {
  expect(() => compileRe2(pattern)).toThrow(message);
});
