import { expect, test } from 'vitest';
import type { Field, Row } from '../../../../src/sandbox/telemetry/axiom/apl/expression.ts';
import { runApl } from '../../../../src/sandbox/telemetry/axiom/apl/run-apl.ts';

const NOW = Date.parse('2026-11-23T13:32:00Z');
const FRAME = { now: NOW, from: NOW - 600_000, to: NOW };
const FIELDS: readonly Field[] = [
  { name: '_time', type: 'datetime' },
  { name: 'message', type: 'string' },
  { name: 'service.name', type: 'string' },
  { name: 'status', type: 'integer' },
  { name: 'duration', type: 'timespan' },
  { name: 'custom', type: 'map[string]' },
];
const row = (ago: number, message: string, status: number, service = 'web', more: Row = {}): Row => ({
  _time: NOW - ago * 1_000,
  message,
  'service.name': service,
  status,
  duration: status * 1e6,
  ...more,
});
const ROWS: readonly Row[] = [
  row(10, 'Timeout of payments-api', 500, 'checkout', { custom: { attempts: 4, 'http.protocol': 'h2' } }),
  row(70, 'timed out', 500, 'checkout'),
  row(80, 'served', 200),
  row(200, 'served', 201),
  row(400, 'not found', 404),
];

const run = (query: string) =>
  runApl(
    query,
    (name) =>
      name === 'shop-logs' ? { fields: FIELDS, read: () => ({ rows: ROWS, whole: true }) } : undefined,
    FRAME,
  );

const statuses = (query: string) => run(`['shop-logs'] | where ${query}`).rows.map((one) => one.status);

test.each([
  ['status == 500', [500, 500]],
  ['status != 500 and status < 400', [200, 201]],
  ['status >= 404 or message == "served"', [500, 500, 200, 201, 404]],
  ['status in (200, 404)', [200, 404]],
  ['status !in (200, 404) and not(status == 201)', [500, 500]],
  ['status between (201 .. 404)', [201, 404]],
  ['message contains "TIME"', [500, 500]],
  ['message contains_cs "Time"', [500]],
  ['message has "payments"', [500]],
  ['message has "payment"', []],
  ['message has_cs "timed" or message !startswith "t"', [500, 200, 201, 404]],
  ['message endswith "OUT"', [500]],
  ["message =~ 'SERVED'", [200, 201]],
  ["['service.name'] == 'checkout'", [500, 500]],
  ["service.name !~ 'CHECKOUT'", [200, 201, 404]],
  ['duration > 300ms', [500, 500, 404]],
  ['_time > ago(1m)', [500]],
  ['_time >= datetime(2026-11-23T13:31:00Z)', [500]],
  ['_time between (now(-5m) .. now(-75s))', [200, 201]],
  ["['custom']['http.protocol'] == 'h2' and custom.attempts == 4", [500]],
  ['isnotnull(custom)', [500]],
  ['status * 2 - 8 == 800 / 1', [404]],
  ['iff(status > 400, "bad", "good") == "bad"', [500, 500, 404]],
])('where %s', (condition, expected) => {
  expect(statuses(condition)).toEqual(expected);
});

test('summarize groups by fields and by steps of time', () => {
  const ran = run(
    "['shop-logs'] | summarize n = count(), countif(status > 499), avg(status), percentile(status, 50), dcount(message), max(status) by bin(_time, 5m), service.name",
  );
  expect(ran.fields.map(({ name, type }) => `${name} ${type}`)).toEqual([
    '_time datetime',
    'service.name string',
    'n integer',
    'countif_ integer',
    'avg_status float',
    'percentile_status integer',
    'dcount_message integer',
    'max_status integer',
  ]);
  expect(ran.groups).toEqual(['_time', 'service.name']);
  expect(
    ran.rows.map((one) => [one['service.name'], one.n, one.countif_, one.avg_status, one.dcount_message]),
  ).toEqual([
    ['web', 2, 0, 302.5, 2],
    ['checkout', 2, 2, 500, 2],
    ['web', 1, 0, 200, 1],
  ]);
});

test.each([
  [
    "['shop-logs'] | top 2 by status asc | project code = status, message",
    [
      [200, 'served'],
      [201, 'served'],
    ],
  ],
  ['shop-logs | order by status desc, _time asc | take 1 | project message', [['timed out']]],
  ["['shop-logs'] | extend ms = duration / 1000000 | distinct service.name", [['checkout'], ['web']]],
  ["['shop-logs'] | count", [[5]]],
  ["['shop-logs'] | summarize count() by status | where count_ > 1", [[500, 2]]],
])('%s', (query, rows) => {
  expect(run(query).rows.map((one) => Object.values(one))).toEqual(rows);
});

test('getschema tells the fields', () => {
  expect(run("['shop-logs'] | getschema").rows[5]).toEqual({
    ColumnName: 'custom',
    DataType: 'map[string]',
    ColumnOrdinal: 5,
    ColumnType: 'map[string]',
  });
});

test.each([
  ["['shop-logs'] | where sttus == 1", 1, 23, 'undefined field "sttus"'],
  ["['shop-logs']\n| where status == 'x'", 2, 16, 'cannot compare integer and string'],
  ["['shop-logs'] | union other", 1, 17, '`union` is not supported by this sandbox'],
  ["['shop-logs'] | where status == 500 500", 1, 37, 'unexpected "500"'],
  ["['shop-logs'] | summarize stdev(status)", 1, 27, '`stdev` is not supported'],
  ["['shop-logs'] | where parse_json(message) == 1", 1, 23, '`parse_json` is not supported'],
  ["['shop-log'] | count", 1, 1, 'dataset "shop-log" not found'],
  ["['shop-logs'] | where message has", 1, 34, 'unexpected end of query'],
  ["['shop-logs'] | where message == 'x", 1, 34, 'unexpected'],
])('%s is refused at its place', (query, line, column, message) => {
  expect(() => run(query)).toThrowError(
    expect.objectContaining({ line, column, message: expect.stringContaining(message) }),
  );
});
