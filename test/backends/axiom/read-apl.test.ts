import { expect, test } from 'vitest';
import { fieldNames } from '../../../src/backends/axiom/apl/fields.ts';
import { readApl } from '../../../src/backends/axiom/apl/read-apl.ts';

const sources = (query: string) =>
  readApl(query)?.pipelines.flatMap((one) => one.sources.map(({ name }) => name));

test.each([
  ['logs', ['logs']],
  ["['k8s-logs'] | take 1", ['k8s-logs']],
  ['["a.b"] | take 1', ['a.b']],
  ['k8s-logs-prod | take 1', ['k8s-logs-prod']],
  ["// ['not this']\nlogs // | union other\n| where a == '| union b' | take 1", ['logs']],
  ["['a'] | union ['b'], (['c'] | where x == 1), d*", ['a', 'b', 'd*', 'c']],
  ['union withsource=from github*', ['github*']],
  ["['a'] | join kind=inner (['b'] | project id) on id", ['a', 'b']],
  ["['a'] | join kind=leftouter ['b'] on $left.id == $right.id", ['a', 'b']],
  ["['a'] | lookup kind=inner ['ports'] on port", ['a', 'ports']],
  ["['a'] | where id in ((['b'] | distinct id))", ['a', 'b']],
  ["let bad = ['b'] | where s > 499; ['a'] | join bad on id", ['b', 'a']],
  ['let limit_ = 5m; let T = logs; T | where _time > ago(limit_)', ['logs']],
  ["let T = datatable(a:string)['x']; ['a'] | lookup T on a", ['a']],
  ["let f = (x:string) { ['a'] | where y == x }; f('1') | count", ['a']],
  ['search in ([\'a\'], b*) "timeout"', ['a', 'b*']],
  ["set stricttypes; ['a'] | count", ['a']],
  ['(logs | take 1)', ['logs']],
  [')(', undefined],
  ["logs | where a == 'unfinished", undefined],
  ['| take 1', undefined],
  ['logs | 5', undefined],
  ['logs; logs2', undefined],
] as const)('%s reads %j', (query, names) => {
  expect(sources(query)).toEqual(names);
});

const fields = (query: string) => {
  const apl = readApl(query);
  return apl && fieldNames(apl.main, apl);
};

test.each([
  [
    "logs | where status >= 500 and ['service.name'] == 'x' and not(isnull(user))",
    ['status', 'service.name', 'user'],
  ],
  [
    'logs | extend ms = took * 1000 | where ms > 5 | summarize p = percentile(ms, 99) by route, bin(_time, 1m)',
    ['took', 'route', '_time'],
  ],
  [
    "logs | where ['attributes.custom']['http.protocol'] == 'h2' and map.a.b == 1",
    ['attributes.custom', 'map.a.b'],
  ],
  [
    'logs | where message has_any_cs ("a", "b") | project _time, msg = message | order by _time desc nulls last',
    ['message', '_time'],
  ],
  ['logs | summarize count() by code | where count_ > 5', ['code']],
  ['logs | where a == 1 | union other | where b == 2', ['a']],
  ['logs | distinct pod, region | take 5', ['pod', 'region']],
  ['logs | where n between (1 .. 5) and d > 5m and e == true', ['n', 'd', 'e']],
  ['let top_ = 5; logs | where x == top_', ['x']],
])('%s names %j', (query, names) => {
  expect(fields(query)).toEqual(names);
});

test('no query keeps this process busy', () => {
  const begun = performance.now();
  for (const hostile of [
    '('.repeat(19_000),
    "['".repeat(9_000),
    `a ${'| where ((('.repeat(1_500)}`,
    '"\\'.repeat(9_000),
    'a '.repeat(9_000),
  ])
    readApl(hostile);
  expect(readApl(`logs | where ${'x'.repeat(30_000)}`)).toBeUndefined();
  expect(performance.now() - begun).toBeLessThan(1_000);
});
