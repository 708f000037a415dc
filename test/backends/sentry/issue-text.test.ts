import { expect, test } from 'vitest';
import { decodeEvent, decodeIssue } from '../../../src/backends/sentry/decode.ts';
import { issueText } from '../../../src/backends/sentry/issue-text.ts';
import { stackTrace } from '../../../src/backends/sentry/stack-trace.ts';
import { issue } from './wire.ts';

const only = <One>(decode: (bytes: Uint8Array) => Iterable<unknown>, wire: object): One => {
  const [piece] = [...decode(Buffer.from(JSON.stringify(wire)))] as { some: One[] }[];
  if (!piece?.some[0]) throw new Error('nothing was decoded');
  return piece.some[0];
};
type Issue = Parameters<typeof issueText>[0];
type Event = NonNullable<Parameters<typeof issueText>[2]>;

const frame = (name: string, inApp: boolean, lineNo: number, more: object = {}) => ({
  function: name,
  filename: `src/${name}.ts`,
  lineNo,
  inApp,
  ...more,
});

const CHAIN = {
  type: 'exception',
  data: {
    values: [
      {
        type: 'HttpError',
        value: '429 Too Many Requests',
        stacktrace: { frames: [frame('send', false, 10)] },
      },
      {
        type: 'UpstreamRateLimited',
        value: 'payments answered 429 after 4 attempts',
        stacktrace: {
          frames: [
            frame('listen', false, 1),
            frame('checkout', true, 40),
            frame('charge', true, 88, {
              context: [
                [87, 'try {'],
                [88, '    throw new UpstreamRateLimited(upstream);'],
              ],
            }),
            frame('retry', false, 5),
          ],
        },
      },
    ],
  },
};

const event = (entries: unknown[], tags: object[] = []): Event =>
  only(decodeEvent, { eventID: 'f'.repeat(32), dateCreated: '2026-11-23T13:31:58.123Z', entries, tags });

test('an issue, numbers first, with what was thrown and what caused it', () => {
  const text = issueText(
    only<Issue>(
      decodeIssue,
      issue({ firstRelease: { version: 'checkout@2.3.44' }, lastRelease: { version: 'checkout@2.3.45' } }),
    ),
    { events: 2_790, users: 1_880 },
    event(
      [{ type: 'breadcrumbs', data: {} }, CHAIN, { type: 'request', data: { url: 'https://x/?token=1' } }],
      [
        { key: 'release', value: 'checkout@2.3.45' },
        { key: 'environment', value: 'production' },
        { key: 'user', value: 'email:lea@example.com' },
        { key: 'region', value: 'eu-west-1' },
      ],
    ),
  );
  expect(text).toBe(`CHECKOUT-4F · UpstreamRateLimited: payments answered 429
in this time: 2,790 events, 1,880 users
in all: 2,831 events, 1,904 users
first seen: 2026-11-23T13:24:02Z in checkout@2.3.44
last seen: 2026-11-23T13:31:58Z in checkout@2.3.45
status: unresolved (new), error, priority high
culprit: POST /api/checkout
project: checkout

latest event: 2026-11-23T13:31:58Z of checkout@2.3.45 in production (ffffffffffffffffffffffffffffffff)
UpstreamRateLimited: payments answered 429 after 4 attempts
  at charge (src/charge.ts:88)
       88 | throw new UpstreamRateLimited(upstream);
  at checkout (src/checkout.ts:40)
  … 2 frames left out, none of them the application’s own
caused by HttpError: 429 Too Many Requests
  at send (src/send.ts:10)

tags: region=eu-west-1`);
});

test('a chain that is too long keeps what was thrown and where it began', () => {
  const values = Array.from({ length: 9 }, (_, index) => ({ type: `E${index}`, value: '' }));
  expect(stackTrace(event([{ type: 'exception', data: { values } }]))).toEqual([
    'E8',
    'caused by E7',
    'caused by E6',
    '… 5 more in between',
    'caused by E0',
  ]);
});

test('of many own frames the innermost are shown, of none the innermost of all', () => {
  const frames = Array.from({ length: 30 }, (_, index) => frame(`f${index}`, true, index));
  const one = (own: boolean) =>
    stackTrace(
      event([
        {
          type: 'exception',
          data: {
            values: [{ type: 'E', stacktrace: { frames: frames.map((each) => ({ ...each, inApp: own })) } }],
          },
        },
      ]),
    );
  expect(one(true)).toHaveLength(8);
  expect(one(true).slice(0, 2)).toEqual(['E', '  at f29 (src/f29.ts:29)']);
  expect(one(true).at(-1)).toBe('  … 24 frames left out, 24 of them the application’s own');
  expect(one(false).at(-1)).toBe('  … 24 frames left out; none is marked as the application’s own');
});

test('long and hostile values are cut and made harmless', () => {
  const huge = 'x'.repeat(2_000_000);
  const [first = '', second = ''] = stackTrace(
    event([
      {
        type: 'exception',
        data: {
          values: [
            { type: '\u202e\u001b[31mE\u0000', value: huge, stacktrace: { frames: [frame(huge, true, 1)] } },
          ],
        },
      },
    ]),
  );
  expect(first).toMatch(/^\[31mE: x{300}…$/);
  expect(second.length).toBeLessThan(350);
});

test('without an exception the thread that crashed, or the message, is what matters', () => {
  const threads = {
    type: 'threads',
    data: {
      values: [
        { name: 'main', crashed: false, stacktrace: { frames: [frame('wait', true, 1)] } },
        { name: 'worker', crashed: true, stacktrace: { frames: [frame('crash', true, 2)] } },
      ],
    },
  };
  expect(stackTrace(event([threads]))).toEqual(['thread worker', '  at crash (src/crash.ts:2)']);
  expect(stackTrace(event([{ type: 'message', data: { formatted: 'queue is full' } }]))).toEqual([
    'queue is full',
  ]);
  expect(stackTrace(event([]))).toEqual([]);
  expect(issueText(only<Issue>(decodeIssue, issue({})), undefined, event([]))).toContain(
    'It has no stack trace.',
  );
});
