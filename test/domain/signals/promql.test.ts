import { expect, test } from 'vitest';
import { readPromql } from '../../../src/backends/prometheus/promql.ts';
import { exactly, select, sumBy, together } from '../../../src/domain/signals/promql.ts';

test.each([
  ['http_requests_total', [], 'http_requests_total'],
  ['up', [{ label: 'job', op: '=', value: 'a"b\\c\n' }], 'up{job="a\\"b\\\\c\\n"}'],
  [
    'http.server.duration',
    [{ label: 'service.name', op: '=~', value: 'x.*' }],
    '{"http.server.duration","service.name"=~"x.*"}',
  ],
  [undefined, [{ label: 'job', op: '=', value: '\ud83d' }], '{job="\ufffd"}'],
] as const)('%s %j', (metric, matchers, text) => {
  expect(select(metric, matchers)).toBe(text);
});

test('whatever a label’s value holds, the query reads as one selector with that value', () => {
  for (const value of ['"} or vector(1) #', '\\"', '`', '{{}}', 'a\u0000b', '𝔘', '\u2028']) {
    const query = sumBy(['a.b'], `rate(${select('up', [{ label: 'job', op: '=', value }])}[5m])`);
    const plain = query.replace('"a.b"', 'a');
    expect(readPromql(plain)?.selectors).toMatchObject([
      { metric: 'up', matchers: [{ label: 'job', value }] },
    ]);
  }
});

test('a text as a part of a pattern matches itself alone', () => {
  for (const text of ['a.b', 'a|b', '(x)', '5..', '$^', '[a]'])
    expect(new RegExp(`^(?:${exactly(text)})$`).test(text)).toBe(true);
  expect(new RegExp(`^(?:${exactly('a.b')})$`).test('axb')).toBe(false);
});

test('several answers come as one, each under its own name', () => {
  expect(
    together('class', [
      ['5xx', 'a'],
      ['4xx', 'b'],
    ]),
  ).toBe('label_replace(a, "class", "5xx", "", "") or label_replace(b, "class", "4xx", "", "")');
});
