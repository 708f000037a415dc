import { describe, expect, test } from 'vitest';
import type { Discovery } from '../../../src/backends/backend.ts';
import { givesLines, readLogql } from '../../../src/backends/loki/logql.ts';
import { matchLogql } from '../../../src/backends/loki/match.ts';
import { MINUTE } from '../../../src/domain/time.ts';

describe('reading LogQL', () => {
  test.each([
    ['{app="a"}', [[['app', '=', 'a']]], 0],
    ['{app="a", level=~`e.*`,}', undefined, 0],
    [
      '{ app != "a\\"b" , x=~`c"d` }',
      [
        [
          ['app', '!=', 'a"b'],
          ['x', '=~', 'c"d'],
        ],
      ],
      0,
    ],
    ['rate({app="a"} |= "} {" [5m] offset 1h)', [[['app', '=', 'a']]], 65 * MINUTE],
    [
      'sum(rate({a="1"}[1m])) # {c="3"}\n / sum(rate({b="2"}[2m]))',
      [[['a', '=', '1']], [['b', '=', '2']]],
      3 * MINUTE,
    ],
    ['{a="1"} | line_format "{{.x}} )"', [[['a', '=', '1']]], 0],
    [')(', undefined, 0],
    ['{a="1"', undefined, 0],
    ['{a=1}', undefined, 0],
    ['sum(rate({a="1"}[1m])', undefined, 0],
    ['vector(1)', undefined, 0],
    ['', undefined, 0],
    [`{a="${'x'.repeat(8_000)}"}`, undefined, 0],
  ] as const)('%s', (query, selectors, reach) => {
    const reading = readLogql(query);
    expect(reading?.selectors.map((one) => one.map(({ label, op, value }) => [label, op, value]))).toEqual(
      selectors,
    );
    expect(reading?.reach ?? 0).toBe(reach);
  });

  test.each([
    ['{a="1"} | json', true],
    ['  # first\n ( {a="1"} )', true],
    ['sum(rate({a="1"}[1m]))', false],
    ['(sum(rate({a="1"}[1m])))', false],
    ['1', false],
  ])('%s gives lines: %s', (query, expected) => {
    expect(givesLines(query)).toBe(expected);
  });
});

const discovery: Discovery = {
  at: Date.parse('2026-11-23T14:05:00Z'),
  took: 1,
  lists: [
    { kind: 'labels', names: ['app', 'level', 'pod'] },
    { kind: 'streams', names: ['app="checkout"', 'app="pay\\"ments"', 'level="error"'] },
  ],
  missing: [],
};
const place = { title: 'Loki prod', list: 'discover loki env:prod' };

describe('names against what was discovered', () => {
  test.each([
    ['{app="checkout"}', []],
    ['{app="pay\\"ments"}', []],
    ['{app="chekout"}', ['There is no app `chekout` in this time. Nearest: `checkout`.']],
    ['{pod="never-listed"}', []],
    ['{app="checkout", zone!="x", region=""}', []],
    ['{app="checkout", zone=~".*"}', []],
  ])('%s', (query, hints) => {
    const found = matchLogql(query, discovery, place);
    expect([found.unchecked, found.hints ?? []]).toEqual([undefined, hints]);
  });

  test.each(['{ap="checkout"}', '{ap=~"check.+"}', 'rate({app="checkout"}[1m]) / rate({ap="x"}[1m])'])(
    '%s is refused with the nearest label',
    (query) => {
      expect(() => matchLogql(query, discovery, place)).toThrowError(
        expect.objectContaining({
          message: 'Loki prod has no label `ap`.',
          details: expect.objectContaining({ nearest: ['app'] }),
        }),
      );
    },
  );

  test('a list that was cut denies nothing', () => {
    const cut = { ...discovery, lists: discovery.lists.map((one) => ({ ...one, truncated: true })) };
    expect(matchLogql('{ap="checkout"}', cut, place).unchecked).toBe('the list of labels is not complete');
    expect(matchLogql('{app="other"}', cut, place).hints).toBeUndefined();
  });
});
