import { expect, test } from 'vitest';
import { matchAxiom } from '../../../src/backends/axiom/match.ts';
import type { Discovery } from '../../../src/backends/backend.ts';

const PLACE = { title: 'Axiom prod', list: 'discover axiom env:prod' };
const DISCOVERY: Discovery = {
  at: 0,
  took: 5,
  lists: [
    { kind: 'datasets', names: ['checkout-logs', 'k8s-logs-prod', 'shop-metrics', 'traces'] },
    { kind: 'views', names: ['failed'] },
    { kind: 'metrics', names: ['shop-metrics:http.requests', 'shop-metrics:queue.length'] },
  ],
  missing: [],
};
const without = (kind: string, more: Partial<Discovery> = {}): Discovery => ({
  ...DISCOVERY,
  lists: DISCOVERY.lists.filter((one) => one.kind !== kind),
  missing: [{ kind, why: 'Axiom prod did not answer.' }],
  ...more,
});
const match = (query: string, discovery = DISCOVERY) => matchAxiom(query, discovery, PLACE);

test('tells the tables that a query reads, and the fields that it names of each', () => {
  expect(
    match(
      "['checkout-logs'] | where status == 500 | join kind=inner (['traces'] | where ['service.name'] == 'x') on trace_id",
    ).sources,
  ).toEqual([
    { source: 'checkout-logs', fields: ['status'] },
    { source: 'traces', fields: ['service.name'] },
  ]);
  expect(match("['checkout-logs'] | where status == 500 | summarize count() by route").sources).toEqual([
    { source: 'checkout-logs', fields: ['status', 'route'] },
  ]);
  expect(
    match('`shop-metrics`:`http.requests` | where service == "x" | group by code using sum').sources,
  ).toEqual([{ source: 'shop-metrics:http.requests', fields: ['service', 'code'] }]);
});

test.each([
  ["['checkout-log'] | take 1", 'dataset `checkout-log`', 'checkout-logs'],
  ["['traces'] | union ['checkout-lgs']", 'dataset `checkout-lgs`', 'checkout-logs'],
  ["['traces'] | join (['checkout-lgs'] | take 1) on id", 'dataset `checkout-lgs`', 'checkout-logs'],
  ["['traces'] | lookup trace on id", 'dataset `trace`', 'traces'],
  ["['traces'] | where id in ((['checkot-logs'] | distinct id))", 'dataset `checkot-logs`', 'checkout-logs'],
  ['k8s-logs | count', 'dataset `k8s-logs`', 'k8s-logs-prod'],
  ['union k8s-log-* | count', 'dataset `k8s-log-*`', 'k8s-logs-prod'],
  [
    '`shop-metrics`:`http.request` | align to 1m using avg',
    'metric `shop-metrics:http.request`',
    'shop-metrics:http.requests',
  ],
  ['`shop-metric`:`http.requests`', 'dataset `shop-metric`', 'shop-metrics'],
  ['annotations trace', 'dataset `trace`', 'traces'],
])('%s names what does not exist', (query, message, nearest) => {
  expect(() => match(query)).toThrowError(
    expect.objectContaining({
      failure: 'unknown-source',
      message: expect.stringContaining(message),
      details: expect.objectContaining({ nearest: expect.arrayContaining([nearest]) }),
    }),
  );
});

test.each([
  'union k8s-* , trac* | count',
  "['failed'] | count",
  "let bad = ['traces'] | where error; ['checkout-logs'] | join bad on trace_id",
  'monitors',
  'monitors checkout',
  'annotations',
  'annotations checkout-logs',
  'GET /v2/datasets',
])('%s names nothing unknown', (query) => {
  expect(match(query)).toEqual({ query, ...(match(query).sources && { sources: match(query).sources }) });
});

test('what cannot be parsed, or is in no list, is sent and said to be unchecked', () => {
  expect(match("['checkout-logs'] | where (").unchecked).toContain('could not be parsed');
  expect(match('`a`:`b` | where "x').unchecked).toContain('could not be parsed');
  expect(match("['axiom-history'] | count").unchecked).toContain('in no list');
  expect(match("['unheard'] | count", without('views')).unchecked).toContain('may be a view');
  expect(match('`shop-metrics`:`new`', without('metrics')).unchecked).toContain('could not be discovered');
});

test('datasets that could not be discovered are unavailable until they are', () => {
  expect(() => match("['traces'] | count", without('datasets'))).toThrowError(
    expect.objectContaining({ failure: 'unavailable', message: expect.stringContaining('discovered again') }),
  );
});

test('a time in the query decides over the window, which is said, with a way around', () => {
  const matched = match('`shop-metrics`:`queue.length`[1h..] | align to 1m using max');
  expect(matched.hints).toEqual([expect.stringContaining('`[1h..]`, decides instead of the window')]);
  expect(matched.corrected).toBe('`shop-metrics`:`queue.length` | align to 1m using max');
});

test('hints refuse nothing, and bring the query that follows them', () => {
  expect(match("['traces'] | where name contains 'pay'")).toMatchObject({
    query: "['traces'] | where name contains 'pay'",
    hints: [expect.stringContaining('has_cs')],
    corrected: "['traces'] | where name has_cs 'pay'",
  });
});
