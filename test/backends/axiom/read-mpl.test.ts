import { expect, test } from 'vitest';
import { isMpl, quoteMpl, readMpl } from '../../../src/backends/axiom/mpl/read-mpl.ts';

// Queries in the shapes of https://axiom.co/docs/mpl/introduction
test('a query of one metric, with the tags of its filters and groups', () => {
  const query =
    '`otel-metrics`:`go.memory.used`[1h..]\n| where `k8s.name` == "a | b" and (code >= 200 or not region == #/eu.*/)\n| align to 5m using avg\n| group by service, `pod.name` using sum | map is::lt(0.4)';
  expect(readMpl(query)).toEqual([
    {
      dataset: 'otel-metrics',
      metric: 'go.memory.used',
      tags: ['k8s.name', 'code', 'region', 'service', 'pod.name'],
      range: { at: 31, end: 37, text: '[1h..]' },
    },
  ]);
  expect(query.slice(31, 37)).toBe('[1h..]');
});

test('a query that computes with several', () => {
  const query =
    'set custom_unit = "ms";\n( shop:errors | map rate | group using sum, shop:requests | map rate | group using sum ) | compute rate_ using /';
  expect(isMpl(query)).toBe(true);
  expect(readMpl(query)?.map(({ dataset, metric }) => `${dataset}:${metric}`)).toEqual([
    'shop:errors',
    'shop:requests',
  ]);
});

test.each([
  ["['logs'] | where a:b == 1", false],
  ['logs | extend x = fill::prev', false],
  ['fill::const(0)', false],
  ['// a comment\n`a`:`b`', true],
  ['shop:errors', true],
  ['let x = 1; logs', false],
])('is %j MPL? %j', (query, expected) => {
  expect(isMpl(query)).toBe(expected);
});

test('what is not understood is left to the server', () => {
  expect(readMpl('`a`:`b` | where x == "unfinished')).toBeUndefined();
  expect(readMpl('`a`:`b`)')).toBeUndefined();
  expect(readMpl('a'.repeat(30_000))).toBeUndefined();
});

test('names are quoted where they must be', () => {
  expect([quoteMpl('plain_1'), quoteMpl('a.b'), quoteMpl('a`b')]).toEqual(['plain_1', '`a.b`', '`a\\`b`']);
});
