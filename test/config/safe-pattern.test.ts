import { describe, expect, it } from 'vitest';
import { patternFault } from '../../src/config/safe-pattern.ts';

describe('patternFault', () => {
  it.each([
    'PROJ-\\d+',
    '[A-Z]{2,10}-\\d{1,6}',
    '(?:PROJ|OPS)-(\\d+)',
    '#\\d+',
    '\\bfoo\\.bar\\b',
    '(a)?b+',
    '[(+*]x+',
    '(?<id>\\d+)-x',
  ])('lets %s pass', (pattern) => {
    expect(patternFault(pattern)).toBeUndefined();
  });

  it.each([
    ['A(', 'is not a regular expression'],
    ['\\p', 'is not a regular expression'],
    ['a*', 'matches the empty text'],
    ['|x', 'matches the empty text'],
    ['(a)\\1', 'has a back-reference'],
    ['(?<n>a)\\k<n>', 'has a back-reference'],
    ['(?<=x)a', 'has a look-behind'],
    ['x(?<!a)b', 'has a look-behind'],
    ['(a+)+b', 'repeats a group that itself repeats or offers alternatives'],
    ['(?:a|ab)*c', 'repeats a group that itself repeats or offers alternatives'],
    ['((a|b)c){2,}d', 'repeats a group that itself repeats or offers alternatives'],
    ['(x[+]*y){1,30}z', 'repeats a group that itself repeats or offers alternatives'],
    ['(?:\\d+)?(?:(\\w+)z){2}', 'repeats a group that itself repeats or offers alternatives'],
    ['a+b+c+d+', 'repeats without limit more than 3 times'],
    ['x'.repeat(201), 'is longer than 200 characters'],
  ])('refuses %s: %s', (pattern, fault) => {
    expect(patternFault(pattern)).toBe(fault);
  });

  it('lets only patterns pass that come to an end on hostile text', () => {
    const passing = ['PROJ-\\d+', '[A-Z]+-\\d+', '\\w+@\\w+'].filter(
      (one) => patternFault(one) === undefined,
    );
    expect(passing).toHaveLength(3);
    const hostile = ['A-'.repeat(2_000), 'PROJ-'.repeat(1_000), 'a'.repeat(4_000)];
    const found = passing.map(
      (one) => hostile.flatMap((text) => [...text.matchAll(new RegExp(one, 'gu'))]).length,
    );
    expect(found).toEqual([0, 0, 0]);
  });
});
