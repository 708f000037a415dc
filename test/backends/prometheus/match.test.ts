import { describe, expect, test } from 'vitest';
import type { Discovery } from '../../../src/backends/backend.ts';
import { matchPromql } from '../../../src/backends/prometheus/match.ts';
import { BackendError } from '../../../src/domain/errors.ts';

const discovery: Discovery = {
  at: Date.parse('2026-11-23T14:05:00Z'),
  took: 10,
  lists: [
    { kind: 'jobs', names: ['checkout', 'payments'] },
    { kind: 'metrics', names: ['http_requests_total', 'http_requests_in_flight', 'up', 'payments_limit'] },
    { kind: 'labels', names: ['__name__', 'job', 'code', 'le'] },
  ],
  missing: [],
};
const place = { title: 'Prometheus prod', list: 'discover prom env:prod' };
const match = (query: string, found = discovery) =>
  matchPromql(query, found, place, (names, name) => names.includes(name));

const refusal = (query: string, found = discovery) => {
  try {
    match(query, found);
  } catch (error) {
    if (error instanceof BackendError) return error;
    throw error;
  }
  throw new Error(`${query} was not refused`);
};

describe('names that do not exist', () => {
  test('are refused wherever they stand', () => {
    for (const query of [
      'nope',
      'up + nope',
      'sum(rate(nope[5m]))',
      'max_over_time(rate(nope[5m])[1h:1m])',
      '{__name__="nope"}',
      '{__name__=~"nope|neither"}',
      '{"nope"}',
      'absent(up) or nope',
      'nope offset 5m',
    ])
      expect(refusal(query).failure, query).toBe('unknown-source');
  });

  test('come with the nearest real ones', () => {
    const error = refusal('rate(http_request_total[5m]) / payment_limits');
    expect(error.message).toBe('Prometheus prod has no metric `http_request_total`, `payment_limits`.');
    expect(error.details.nearest?.slice(0, 2)).toEqual(['http_requests_total', 'http_requests_in_flight']);
    expect(error.details.nearest).toContain('payments_limit');
    expect(error.details.nextStep).toContain('`discover prom env:prod`');
  });

  test('are the point of absent()', () => {
    expect(match('absent(nope{job="x"})').hints).toBeUndefined();
    expect(match('absent_over_time(nope[5m])').unchecked).toBeUndefined();
  });
});

describe('what cannot be checked passes and says so', () => {
  test.each([
    ['sum(', /could not be parsed/],
    ['{job="checkout"}', /names no metric/],
    ['{__name__=~"ht.*"}', /by a pattern/],
    ['nope @ 1795350394', /time of its own/],
  ])('%s', (query, why) => {
    expect(match(query).unchecked).toMatch(why);
    expect(match(query).query).toBe(query);
  });

  test('a list that was cut refuses nothing', () => {
    const cut = { ...discovery, lists: [{ kind: 'metrics', names: ['up'], truncated: true }] };
    expect(match('nope', cut).unchecked).toMatch(/not complete/);
  });

  test('one of several alternatives is enough', () => {
    expect(match('{__name__=~"up|nope"}').unchecked).toBeUndefined();
  });
});

test('jobs and labels that do not exist are pointed at, not refused', () => {
  expect(match('up{job="chekout"}').hints).toEqual([
    'There is no job `chekout` in this time. Nearest: `checkout`.',
  ]);
  expect(match('sum by (codes) (up{coed="500"})').hints).toEqual([
    'There is no label `coed` in this time. Nearest: `code`.',
    'There is no label `codes` in this time. Nearest: `code`.',
  ]);
  for (const query of [
    'up{job!="nope"}',
    'up{coed=""}',
    'sum by (made) (label_replace(up, "made", "$1", "job", "(.*)"))',
    'up{job=~"nope|checkout"}',
  ])
    expect(match(query).hints, query).toBeUndefined();
});

test('metrics that could not be discovered are unavailable, with when and why', () => {
  const error = refusal('up', {
    ...discovery,
    lists: [],
    missing: [{ kind: 'metrics', why: 'Prometheus prod did not answer within 10 s.' }],
  });
  expect(error.failure).toBe('unavailable');
  expect(error.message).toBe(
    'The metrics of Prometheus prod could not be discovered at 14:05 UTC: Prometheus prod did not answer within 10 s. They are unavailable until discovered again.',
  );
});

describe('what a query reads', () => {
  test('each metric with the labels asked of it; a grouping counts where there is one metric alone', () => {
    expect(
      match('sum by (code) (rate(http_requests_total{job="checkout",le!="",x=""}[5m]))').sources,
    ).toEqual([{ source: 'http_requests_total', fields: ['job', 'code'] }]);
    expect(match('sum by (code) (up{job="a"}) / on (job) payments_limit').sources).toEqual([
      { source: 'up', fields: ['job'] },
      { source: 'payments_limit', fields: [] },
    ]);
    expect(match('sum by (made) (label_replace(up, "made", "$1", "job", "(.*)"))').sources).toEqual([
      { source: 'up', fields: [] },
    ]);
    expect(match('absent(nope)').sources).toBeUndefined();
  });
});
