import { describe, expect, test } from 'vitest';
import { readCondition, readSource } from '../../../src/domain/signals/condition.ts';
import { distinguish, theRest, type Weighted } from '../../../src/domain/signals/spotlight.ts';
import { conditionQueries, minutesQuery } from '../../../src/domain/signals/spotlight-queries.ts';
import { MINUTE } from '../../../src/domain/time.ts';

const of = (weight: number, labels: Record<string, string>): Weighted => ({ labels, weight });

describe('what a person typed', () => {
  test.each([
    ['http_requests_total code="500"', 'http_requests_total', [], 'code="500"'],
    ['up{job="a b", x=~"y}"} > 1', 'up', ['job=a b', 'x=~y}'], '> 1'],
    ['a:b:c', 'a:b:c', [], ''],
  ])('%s', (text, metric, matchers, rest) => {
    const named = readSource(text);
    expect(named?.metric).toBe(metric);
    expect(named?.matchers.map(({ label, op, value }) => `${label}${op}${value}`)).toEqual(matchers);
    expect(named?.rest).toBe(rest);
  });

  test.each(['', '"x"', '{job="a"}', 'up{job}'])('no metric: %s', (text) => {
    expect(readSource(text)).toBeUndefined();
  });

  test.each([
    ['code="500"', { kind: 'labels', matchers: [{ label: 'code', op: '=', value: '500' }] }],
    ['code=500', { kind: 'labels', matchers: [{ label: 'code', op: '=', value: '500' }] }],
    [
      'code=~"5.." and region!="eu"',
      {
        kind: 'labels',
        matchers: [
          { label: 'code', op: '=~', value: '5..' },
          { label: 'region', op: '!=', value: 'eu' },
        ],
      },
    ],
    ['> 0.5', { kind: 'threshold', op: '>', value: 0.5 }],
    ['>= 500ms', { kind: 'threshold', op: '>=', value: 0.5 }],
    ['slow', undefined],
    ['', undefined],
  ])('%s', (text, expected) => {
    expect(readCondition(text)).toEqual(expected);
  });
});

describe('the questions', () => {
  const named = (metric: string) => ({ metric, matchers: [], rest: '' });
  const slow = { kind: 'threshold', op: '>', value: 0.3 } as const;

  test('a counter is asked how much it grew, with the condition and without', () => {
    const condition = { kind: 'labels', matchers: [{ label: 'code', op: '=', value: '500' }] } as const;
    expect(
      conditionQueries(named('http_requests_total'), condition, 10 * MINUTE, { bounds: [] }),
    ).toMatchObject({
      bad: 'increase(http_requests_total{code="500"}[10m]) > 0',
      all: 'increase(http_requests_total[10m]) > 0',
      badIs: 'asked',
      counts: 'requests',
    });
  });

  test('a histogram’s threshold is the next bound; what is not below it is slow', () => {
    const queries = conditionQueries(named('h_seconds'), slow, 10 * MINUTE, {
      bounds: ['0.1', '0.5', '+Inf'],
    });
    expect(queries).toMatchObject({
      bad: 'increase(h_seconds_bucket{le="0.5"}[10m])',
      all: 'increase(h_seconds_count[10m]) > 0',
      badIs: 'the rest',
    });
    expect(queries?.note).toContain('le="0.5"');
    expect(conditionQueries(named('h_ms'), slow, MINUTE, { bounds: ['100', '500'] })?.bad).toContain(
      'le="500"',
    );
    expect(
      conditionQueries(named('h_seconds'), { ...slow, value: 9 }, MINUTE, { bounds: ['1'] }),
    ).toBeUndefined();
  });

  test('a gauge’s threshold counts samples; minutes are asked twice the same', () => {
    expect(conditionQueries(named('queue'), slow, 10 * MINUTE, { bounds: [] })?.bad).toBe(
      'count_over_time((queue > 0.3)[10m:15s])',
    );
    expect(minutesQuery(named('queue'), 30 * MINUTE).query).toBe('avg_over_time(queue[30m]) > 0');
  });
});

describe('what distinguishes', () => {
  test('the value with the larger share, labels that say the same told once, its parts not at all', () => {
    const bad = [of(60, { service: 'a', job: 'a', pod: '1' }), of(40, { service: 'a', job: 'a', pod: '2' })];
    const good = [
      of(60, { service: 'a', job: 'a', pod: '1' }),
      of(40, { service: 'a', job: 'a', pod: '2' }),
      of(300, { service: 'b', job: 'b', pod: '3' }),
    ];
    expect(distinguish(bad, good)).toEqual([
      {
        label: 'service',
        value: 'a',
        also: [['job', 'a']],
        bad: 100,
        good: 100,
        badShare: 1,
        goodShare: 0.25,
      },
    ]);
  });

  test('a part that stands out within it is told as well', () => {
    const bad = [of(90, { service: 'a', pod: '1' }), of(10, { service: 'a', pod: '2' })];
    const good = [
      of(50, { service: 'a', pod: '1' }),
      of(50, { service: 'a', pod: '2' }),
      of(100, { service: 'b', pod: '3' }),
    ];
    expect(distinguish(bad, good).map(({ label, value }) => `${label}=${value}`)).toEqual([
      'pod=1',
      'service=a',
    ]);
  });

  test('nothing where both are alike, or one side is empty', () => {
    const alike = [of(10, { pod: '1' }), of(10, { pod: '2' })];
    expect(distinguish(alike, alike)).toEqual([]);
    expect(distinguish([], alike)).toEqual([]);
    expect(distinguish(alike, [])).toEqual([]);
  });

  test('what became rarer counts between two stretches of time alone', () => {
    const now = [of(50, { code: '200' }), of(50, { code: '500' })];
    const before = [of(100, { code: '200' })];
    expect(distinguish(now, before).map(({ value }) => value)).toEqual(['500']);
    expect(
      distinguish(now, before, { both: true })
        .map(({ value }) => value)
        .toSorted(),
    ).toEqual(['200', '500']);
  });

  test('a series without the label counts as an empty value', () => {
    const found = distinguish([of(10, {})], [of(10, { zone: 'x' })]);
    expect(found).toMatchObject([{ label: 'zone', value: '', badShare: 1, goodShare: 0 }]);
  });

  test('the rest is the whole less the part, series by series', () => {
    const whole = [of(10, { pod: '1' }), of(5, { pod: '2' })];
    expect(theRest(whole, [of(4, { pod: '1', le: '0.5' }), of(5, { pod: '2', le: '0.5' })], ['le'])).toEqual([
      of(6, { pod: '1' }),
    ]);
  });
});
