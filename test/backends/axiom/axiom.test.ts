import { parsePermalink } from '../../../src/backends/axiom/permalink.ts';
import type { BackendSubject } from '../../contracts/backend/subject.ts';
import { backendContract } from '../../contracts/backend.ts';
import { axiomViolation, healthy, tabular } from './axiom-server.ts';

const FROM = Date.parse('2026-11-23T13:02:00Z');

const time = (index: number) => new Date(FROM + index * 15_000).toISOString();

const events = (count: number, message: string, status: object = {}) =>
  tabular(
    {
      fields: [
        { name: '_time', type: 'datetime' },
        { name: 'message', type: 'string' },
      ],
      columns: [
        Array.from({ length: count }, (_, index) => time(index)),
        Array.from({ length: count }, (_, index) => `${message} ${index}`),
      ],
    },
    status,
  );

const metrics = (tags: object, count = 3, metric = 'http.requests') => ({
  metric,
  tags,
  start: FROM / 1_000,
  resolution: 15,
  data: Array.from({ length: count }, (_, index) => (index % 7 === 5 ? null : index + 0.5)),
});

const shared = {
  tool: 'axiom',
  settings: (deployment) => ({ axiom: [{ ...deployment, orgId: 'acme' }] }),
  isQuery: ({ path }) => /\/_(?:apl|mpl)$/.test(path),
  discovery: healthy,
  error: (text) => JSON.stringify({ code: 400, message: text }),
  badQuery: {
    status: 400,
    body: JSON.stringify({
      code: 400,
      message: 'invalid query',
      detail: { line: 2, column: 9, errorType: 1, compileErrorCode: 16, message: 'unexpected token "|"' },
    }),
    line: 2,
    column: 9,
  },
  parseLink: parsePermalink,
  abilities: {
    schema: { source: 'shop-metrics:http.requests', field: 'service' },
    values: { source: 'shop-metrics:http.requests', field: 'service', value: 'checkout' },
    firing: { names: ['Checkout errors'] },
    changes: { titles: ['checkout v2.3.45', 'express on'] },
    get: { path: '/v2/datasets' },
  },
  violation: await axiomViolation(),
} satisfies Partial<BackendSubject>;

backendContract('Axiom (events)', {
  ...shared,
  query: "['checkout-logs'] | where message == \"it's {500} + ü\" and status > 499",
  unknown: { query: "['checkout-log'] | take 1", nearest: 'checkout-logs' },
  answers: {
    good: JSON.stringify(events(3, 'request failed')),
    empty: JSON.stringify(tabular({ fields: [{ name: '_time', type: 'datetime' }] })),
    partial: JSON.stringify(
      events(2, 'x', {
        isPartial: true,
        messages: [{ priority: 'warn', count: 1, code: 'timeout', msg: 'query timed out after 30 s' }],
      }),
    ),
    huge: (bytes) => JSON.stringify(events(Math.ceil(bytes / 3_000), 'x'.repeat(3_000))),
    hostile: (text) =>
      JSON.stringify(
        tabular(
          {
            fields: [
              { name: '_time', type: 'datetime' },
              { name: text, type: 'string' },
              { name: '__proto__', type: 'map[string]' },
            ],
            columns: [[time(0)], [text], [{ [text]: [text] }]],
          },
          { messages: [{ priority: text, count: 1, code: text, msg: text }] },
        ),
      ),
  },
});

const steps = (count: number, route: string, status: object = {}) =>
  tabular(
    {
      fields: [
        { name: '_time', type: 'datetime' },
        { name: 'count_', type: 'integer', agg: { name: 'count' } },
        { name: 'route', type: 'string' },
      ],
      groups: ['_time', 'route'],
      bucket: '_time',
      columns: [
        Array.from({ length: count }, (_, index) => time(Math.floor(index / 2))),
        Array.from({ length: count }, (_, index) => index),
        Array.from({ length: count }, (_, index) => `${route}${index % 2}`),
      ],
    },
    status,
  );

backendContract('Axiom (numbers)', {
  ...shared,
  query: "['checkout-logs'] | where status == 500 | summarize count() by bin_auto(_time), route",
  unknown: { query: "['checkout-logs'] | join (traces_ | take 1) on trace_id", nearest: 'traces' },
  answers: {
    good: JSON.stringify(steps(8, '/api/checkout')),
    empty: JSON.stringify(steps(0, '')),
    partial: JSON.stringify(steps(4, '/', { isPartial: true })),
    huge: (bytes) => JSON.stringify(steps(Math.ceil(bytes / 440), 'r'.repeat(400))),
    hostile: (text) => JSON.stringify(steps(4, text, { messages: [{ priority: 'x', count: 1, msg: text }] })),
  },
});

backendContract('Axiom (metrics)', {
  ...shared,
  query: '`shop-metrics`:`http.requests` | where `service.name` == "checkout" | align to 1m using sum',
  unknown: {
    query: '`shop-metrics`:`http.request` | align to 1m using sum',
    nearest: 'shop-metrics:http.requests',
  },
  answers: {
    good: JSON.stringify([metrics({ code: 200, ok: true }), metrics({ code: '500', ok: null })]),
    empty: '[]',
    huge: (bytes) =>
      JSON.stringify(
        Array.from({ length: Math.ceil(bytes / 1_500) }, (_, index) => metrics({ pod: `${index}` }, 240)),
      ),
    hostile: (text) => JSON.stringify([metrics({ [text]: text }, 3, text)]),
  },
});
