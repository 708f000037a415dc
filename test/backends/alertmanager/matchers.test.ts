import fc from 'fast-check';
import { expect, test } from 'vitest';
import { matchAlerts } from '../../../src/backends/alertmanager/match.ts';
import { readMatchers, writeMatchers } from '../../../src/backends/alertmanager/matchers.ts';
import type { Discovery } from '../../../src/backends/backend.ts';

const written = (query: string) => {
  const read = readMatchers(query);
  return (
    read &&
    `${read.receiver ? `${read.receiver.op}${read.receiver.value} ` : ''}${writeMatchers(read.matchers)}`
  );
};

test.each([
  ['', '{}'],
  ['{}', '{}'],
  ['PoolExhausted', '{alertname="PoolExhausted"}'],
  ['{severity="page", team=~"a|b",}', '{severity="page",team=~"a|b"}'],
  ['severity=page team!~x', '{severity="page",team!~"x"}'],
  ['{summary="a \\"b\\", c}"}', '{summary="a \\"b\\", c}"}'],
  ['receiver="on call" severity!=info', '=on call {severity!="info"}'],
  ['{receiver=~"on.*"}', '=~on.* {}'],
  ['{"receiver"="label"}', '{receiver="label"}'],
  ['{"über.all"="x"}', '{"über.all"="x"}'],
  ['receiver!="x"', undefined],
  ['receiver=a receiver=b', undefined],
  ['{a="b"', undefined],
  ['a="b"}', undefined],
  ['bad filter', undefined],
  ['{a="b"} c', undefined],
  [')(', undefined],
])('%s', (query, expected) => {
  expect(written(query)).toBe(expected);
});

test('what is written is read back', () => {
  const matcher = fc.record({
    label: fc.oneof(
      fc.constantFrom('severity', 'a:b'),
      fc.string({ minLength: 1 }).map((text) => `${text}-`),
    ),
    op: fc.constantFrom('=' as const, '!=' as const, '=~' as const, '!~' as const),
    value: fc.string({ unit: 'grapheme' }),
  });
  fc.assert(
    fc.property(fc.array(matcher, { maxLength: 4 }), (matchers) => {
      const read = readMatchers(writeMatchers(matchers));
      expect(read?.matchers.map(({ at: _at, ...rest }) => rest)).toEqual(matchers);
    }),
    { numRuns: 200 },
  );
});

const discovery: Discovery = {
  at: 0,
  took: 1,
  lists: [
    { kind: 'receivers', names: ['oncall'] },
    { kind: 'alerts', names: ['PoolExhausted'] },
  ],
  missing: [],
};
const place = { title: 'Alertmanager prod', list: 'discover alerts env:prod' };

test('an alert that is not there is no unknown name, but a slip is pointed at', () => {
  expect(matchAlerts('PoolExhausted', discovery, place).hints).toBeUndefined();
  expect(matchAlerts('PoolExausted', discovery, place).hints).toEqual([
    'There is no alert `PoolExausted` in this time. Nearest: `PoolExhausted`.',
  ]);
  const unread = { ...discovery, lists: [], missing: [{ kind: 'receivers', why: 'x' }] };
  expect(matchAlerts('severity=page', unread, place).hints).toBeUndefined();
  expect(matchAlerts('PoolExausted', unread, place).hints).toBeUndefined();
});
