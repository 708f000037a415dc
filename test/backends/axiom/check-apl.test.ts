import { expect, test } from 'vitest';
import { checkApl } from '../../../src/backends/axiom/apl/check-apl.ts';
import { readApl } from '../../../src/backends/axiom/apl/read-apl.ts';
import { loadKusto } from '../../kb/snippets.ts';

/** A second opinion: how many mistakes Kusto's own parser finds. */
const mistakes = loadKusto();

function check(query: string) {
  const apl = readApl(query);
  if (!apl) throw new Error('not read');
  return checkApl(apl);
}

test.each([
  // The filter on time first.
  [
    "['logs'] | where status == 500 | where _time > ago(1h) | count",
    "['logs'] | where _time > ago(1h) | where status == 500 | count",
    'Put the filter on `_time` first',
  ],
  // Words are looked up, substrings read through.
  ["['logs'] | where msg contains 'timeout'", "['logs'] | where msg has_cs 'timeout'", '`has_cs`'],
  ["['logs'] | where msg !contains 'timeout'", "['logs'] | where msg !has_cs 'timeout'", '`!has_cs`'],
  ["['logs'] | where msg contains_cs 'timeout'", "['logs'] | where msg has_cs 'timeout'", '`has_cs`'],
  [
    "['logs'] | where msg contains 'timed out'",
    "['logs'] | where msg contains_cs 'timed out'",
    '`contains_cs`',
  ],
  ["['logs'] | where msg contains other", "['logs'] | where msg contains_cs other", '`contains_cs`'],
  // The spelling that is known.
  ["['logs'] | where msg has 'Timeout'", "['logs'] | where msg has_cs 'Timeout'", '`has_cs`'],
  [
    "['logs'] | where method =~ 'GET' and uri !endswith '.css'",
    "['logs'] | where method == 'GET' and uri !endswith_cs '.css'",
    '`==`',
  ],
  ["['logs'] | where method in~ ('GET', 'PUT')", "['logs'] | where method in ('GET', 'PUT')", '`in`'],
  // Durations.
  ["['logs'] | where _time > ago(3600)", "['logs'] | where _time > ago(1h)", '`1h`'],
  ["['logs'] | where _time > ago('90m') | count", "['logs'] | where _time > ago(90m) | count", '`90m`'],
  ["['logs'] | where _time > now(-5400)", "['logs'] | where _time > now(-5400s)", '`5400s`'],
  [
    "['logs'] | summarize count() by bin(_time, 300)",
    "['logs'] | summarize count() by bin(_time, 5m)",
    '`5m`',
  ],
  // Search.
  ["['logs'] | search msg:'timeout'", "['logs'] | where msg has_cs 'timeout'", '`schema logs`'],
  ["['logs'] | search msg=='it timed out'", "['logs'] | where msg == 'it timed out'", 'Name the field'],
  // Names.
  [
    "['k8s'] | where ['labels.app.kubernetes.io/name'] == 'web'",
    "['k8s'] | where ['labels.app\\\\.kubernetes\\\\.io/name'] == 'web'",
    'escaped',
  ],
  ["['t'] | where service.name == 'web'", "['t'] | where ['service.name'] == 'web'", 'quoted'],
  ['k8s-logs | count', "['k8s-logs'] | count", 'quoted'],
])('%s is better as %s', (query, corrected, hint) => {
  const checked = check(query);
  expect(checked.corrected).toBe(corrected);
  expect(checked.hints).toEqual([expect.stringContaining(hint)]);
  expect(mistakes(corrected)).toBe(0);
  // What is offered needs no more hints, and reads the same tables.
  expect(check(corrected)).toEqual({ hints: [] });
  expect(readApl(corrected)?.pipelines.map((one) => one.sources.map((each) => each.name))).toEqual(
    readApl(query)?.pipelines.map((one) => one.sources.map((each) => each.name)),
  );
});

test('all hints of a query are followed at once', () => {
  const checked = check(
    "k8s-logs | where msg contains 'timeout' and service.name =~ 'web' | where _time > ago(3600) | take 5",
  );
  expect(checked.hints).toHaveLength(6);
  expect(checked.corrected).toBe(
    "['k8s-logs'] | where _time > ago(1h) | where msg has_cs 'timeout' and ['service.name'] == 'web' | take 5",
  );
  expect(check(checked.corrected ?? '')).toEqual({ hints: [] });
  expect(mistakes(checked.corrected ?? '')).toBe(0);
});

test('where nothing can be rewritten for certain there is a hint and no button', () => {
  expect(check("['logs'] | search 'timeout'")).toEqual({
    hints: [expect.stringContaining('`search` reads every field')],
  });
  expect(check("search in (['logs']) 'timeout'").corrected).toBeUndefined();
});

test.each([
  "['logs'] | where _time > ago(1h) | where status == 500",
  "['logs'] | where _time between (datetime(2026-11-23) .. now()) | where msg has_cs 'x'",
  "['logs'] | where msg contains_cs 'timed out' | summarize count() by bin(_time, 5m), bin(took, 100)",
  "['logs'] | extend day = startofday(_time) | where day == datetime(2026-11-23)",
  "['logs'] | summarize n = count() by bin_auto(_time) | where n > 300",
  "['k8s'] | where ['labels.app\\\\.kubernetes\\\\.io/name'] == 'web' and ['uri.path'] == '/a.b/c'",
  "['logs'] | where text == 'a contains b has c' // contains 'x'",
  "['t'] | where ['attributes.custom']['http.protocol'] == 'h2' and map.key == 1 | take 5",
  'logs | where status in (500, 502) and route !in ("/a", "/b") and isnotempty(user)',
])('nothing is to be said of %s', (query) => {
  expect(check(query)).toEqual({ hints: [] });
});
