import { parsePermalink } from '../../../src/backends/pyroscope/permalink.ts';
import type { BackendSubject } from '../../contracts/backend/subject.ts';
import { backendContract } from '../../contracts/backend.ts';
import { specification } from '../specification.ts';
import { flamegraph, wideTree } from './wire.ts';

const SERVICE = '/querier.v1.QuerierService/';
const CPU = 'process_cpu:cpu:nanoseconds:cpu:nanoseconds';
const NAMES: Readonly<Record<string, object>> = {
  ProfileTypes: { profileTypes: [{ ID: CPU }, { ID: 'memory:alloc_space:bytes:space:bytes' }] },
  LabelNames: { names: ['pod', 'service_name'] },
  LabelValues: { names: ['checkout', 'payments'] },
};

const shared = {
  tool: 'pyroscope',
  settings: (deployment) => ({ pyroscope: [{ ...deployment, grafanaUid: 'pyro-1' }] }),
  isQuery: ({ path }) => /\/(?:SelectMergeStacktraces|Diff)$/.test(path),
  discovery: ({ path }) => {
    if (path.endsWith('/buildinfo')) return { body: { version: '1.14.0' } };
    const body = NAMES[path.slice(SERVICE.length)];
    return body ? { body } : { status: 404, body: '404 page not found\n' };
  },
  error: (text) => JSON.stringify({ code: 'invalid_argument', message: text }),
  parseLink: parsePermalink,
  violation: await specification('pyroscope', 'Pyroscope', (path) =>
    path.startsWith(SERVICE) ? path : undefined,
  ),
} satisfies Partial<BackendSubject>;

const SECOND = 1_000_000_000;
const badSelector = JSON.stringify({
  code: 'invalid_argument',
  message: `1:14: parse error: unexpected character inside braces: '!'`,
});

backendContract('Pyroscope (profile)', {
  ...shared,
  query: `${CPU}{service_name="checkout"}`,
  unknown: { query: 'cpu{service_name="chekout"}', nearest: 'checkout' },
  notes: ['In all 900 s (0.5 cores). With what they call: charge 66.7 %.'],
  answers: {
    good: JSON.stringify(
      flamegraph({
        name: 'total',
        calls: [{ name: 'main', self: 300 * SECOND, calls: [{ name: 'charge', self: 600 * SECOND }] }],
      }),
    ),
    empty: JSON.stringify({ flamegraph: { names: ['total'], levels: [{ values: ['0', '0', '0', '0'] }] } }),
    partial: JSON.stringify(
      flamegraph({
        name: 'total',
        calls: [
          { name: 'main', self: 300 },
          { name: 'other', self: 12 },
        ],
      }),
    ),
    huge: (bytes) => JSON.stringify(flamegraph(wideTree(bytes))),
    hostile: (text) => JSON.stringify(flamegraph({ name: 'total', calls: [{ name: text, self: 5 }] })),
  },
  badQuery: { status: 400, body: badSelector, line: 1, column: CPU.length + 14 },
  abilities: {
    schema: { source: 'checkout', field: 'pod' },
    values: { source: 'checkout', field: 'service_name', value: 'payments' },
    get: { path: '/api/v1/status/buildinfo' },
  },
});

backendContract('Pyroscope (comparison)', {
  ...shared,
  query: `diff ${CPU}{service_name="checkout"} vs 2026-11-23T12:30:00Z..2026-11-23T12:45:00Z`,
  unknown: {
    query: 'diff alloc_spac{service_name="checkout"} vs 2026-11-23T12:30:00Z..2026-11-23T12:45:00Z',
    nearest: 'memory:alloc_space:bytes:space:bytes',
  },
  notes: [
    'In all 0.5 cores, before 0.25 cores: +100 %.',
    'Grew most with what they call: retry +0.33 cores.',
    'Shrank most with what they call: old −0.08 cores.',
  ],
  answers: {
    good: JSON.stringify(
      flamegraph(
        {
          name: 'total',
          calls: [
            {
              name: 'main',
              self: 300 * SECOND,
              selfBefore: 150 * SECOND,
              calls: [{ name: 'retry', self: 600 * SECOND }],
            },
            { name: 'old', selfBefore: 75 * SECOND },
          ],
        },
        true,
      ),
    ),
    empty: JSON.stringify({ flamegraph: {} }),
    partial: JSON.stringify(
      flamegraph(
        {
          name: 'total',
          calls: [
            { name: 'main', self: 300, selfBefore: 3 },
            { name: 'other', selfBefore: 12 },
          ],
        },
        true,
      ),
    ),
    huge: (bytes) => JSON.stringify(flamegraph(wideTree(bytes), true)),
    hostile: (text) => JSON.stringify(flamegraph({ name: 'total', calls: [{ name: text, self: 5 }] }, true)),
  },
  badQuery: { status: 400, body: badSelector, line: 1, column: CPU.length + 5 + 14 },
});
