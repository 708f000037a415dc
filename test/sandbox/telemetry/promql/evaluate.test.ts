import { expect, test } from 'vitest';
import { memoryStore } from '../memory-store.ts';
import { inShort, queryAt, queryOver, stored } from './run-query.ts';

const counting = (perScrape: number, count = 41) =>
  Array.from({ length: count }, (_, index) => index * perScrape);
const HOUR = 3_600_000;

const store = memoryStore([
  stored({ __name__: 'hits', job: 'a', code: '200' }, counting(30)),
  stored({ __name__: 'hits', job: 'a', code: '500' }, counting(3)),
  stored({ __name__: 'hits', job: 'b', code: '200' }, counting(60)),
  stored({ __name__: 'resets', job: 'a' }, [10, 20, 30, 5, 10]),
  stored({ __name__: 'pool', job: 'a' }, [1, 2, 3, 4, 5]),
  stored({ __name__: 'pool', job: 'b' }, [5, Number.NaN, 1, 1, 1]),
  stored({ __name__: 'owner', job: 'a', team: 'shop' }, [1, 1, 1, 1, 1]),
  stored({ __name__: 'owner', job: 'b', team: 'money' }, [1, 1, 1, 1, 1]),
  stored({ __name__: 'gone', job: 'a' }, [7, 7, 7], 45_000),
  stored({ __name__: 'lat_bucket', le: '0.1' }, [50]),
  stored({ __name__: 'lat_bucket', le: '0.5' }, [90]),
  stored({ __name__: 'lat_bucket', le: '+Inf' }, [100]),
]);

/** Query, instant in seconds, answer. What Prometheus answers is checked against a real one in `real-prometheus.test.ts`. */
const INSTANTS: readonly [query: string, at: number, answer: readonly (readonly [string, number])[]][] = [
  [
    'pool',
    60,
    [
      ['__name__=pool,job=a', 5],
      ['__name__=pool,job=b', 1],
    ],
  ],
  ['pool{job="a"}', 20, [['__name__=pool,job=a', 2]]],
  ['pool{job!="a"}', 60, [['__name__=pool,job=b', 1]]],
  ['pool{job=~"a|c"}', 60, [['__name__=pool,job=a', 5]]],
  [
    'pool{job=~"."}',
    60,
    [
      ['__name__=pool,job=a', 5],
      ['__name__=pool,job=b', 1],
    ],
  ],
  ['hits{code=~"5"}', 60, []],
  ['hits{code=~"5.."}', 60, [['__name__=hits,code=500,job=a', 12]]],
  ['hits{code!~"2.+"}', 60, [['__name__=hits,code=500,job=a', 12]]],
  ['{__name__=~"po.*", job="a"}', 60, [['__name__=pool,job=a', 5]]],
  ['pool{absent="", job="a"}', 60, [['__name__=pool,job=a', 5]]],
  ['pool{job="a"} offset 30s', 60, [['__name__=pool,job=a', 3]]],
  ['pool{job="a"} offset -30s', 15, [['__name__=pool,job=a', 4]]],
  ['pool{job="a"} @ 15', 60, [['__name__=pool,job=a', 2]]],
  ['pool{job="a"} @ end() offset 15s', 60, [['__name__=pool,job=a', 4]]],
  ['pool{job="a"}', 360, [['__name__=pool,job=a', 5]]],
  ['pool{job="a"}', 361, []],
  ['gone', 44, [['__name__=gone,job=a', 7]]],
  ['gone', 45, []],
  ['count_over_time(gone[5m])', 45, [['job=a', 3]]],
  [
    'rate(hits{job="a"}[5m])',
    600,
    [
      ['code=200,job=a', 2],
      ['code=500,job=a', 0.2],
    ],
  ],
  ['increase(hits{job="b"}[1m])', 300, [['code=200,job=b', 240]]],
  ['irate(hits{job="b"}[5m])', 600, [['code=200,job=b', 4]]],
  ['delta(pool{job="a"}[1m])', 60, [['job=a', 4]]],
  ['increase(resets[1m])', 60, [['job=a', 30]]],
  ['rate(hits[10s])', 604, []],
  ['sum(hits)', 60, [['', 372]]],
  [
    'sum by (job) (hits)',
    60,
    [
      ['job=a', 132],
      ['job=b', 240],
    ],
  ],
  ['sum without (code, job) (hits)', 60, [['', 372]]],
  [
    'avg by (job) (hits)',
    60,
    [
      ['job=a', 66],
      ['job=b', 240],
    ],
  ],
  ['min(hits)', 60, [['', 12]]],
  ['max(hits)', 60, [['', 240]]],
  [
    'count by (code) (hits)',
    60,
    [
      ['code=200', 2],
      ['code=500', 1],
    ],
  ],
  ['stddev(pool)', 60, [['', 2]]],
  ['stddev(vector(NaN))', 60, [['', 0]]],
  ['quantile(0.5, pool)', 60, [['', 3]]],
  ['quantile(2, pool)', 60, [['', Number.POSITIVE_INFINITY]]],
  ['topk(1, hits)', 60, [['__name__=hits,code=200,job=b', 240]]],
  [
    'bottomk(2, hits)',
    60,
    [
      ['__name__=hits,code=500,job=a', 12],
      ['__name__=hits,code=200,job=a', 120],
    ],
  ],
  [
    'topk by (job) (1, hits)',
    60,
    [
      ['__name__=hits,code=200,job=a', 120],
      ['__name__=hits,code=200,job=b', 240],
    ],
  ],
  ['topk(0, hits)', 60, []],
  [
    'sort_desc(pool)',
    15,
    [
      ['__name__=pool,job=a', 2],
      ['__name__=pool,job=b', Number.NaN],
    ],
  ],
  [
    'sort(pool)',
    15,
    [
      ['__name__=pool,job=a', 2],
      ['__name__=pool,job=b', Number.NaN],
    ],
  ],
  ['max(pool)', 15, [['', 2]]],
  ['histogram_quantile(0.5, lat_bucket)', 0, [['', 0.1]]],
  ['histogram_quantile(0.7, lat_bucket)', 0, [['', 0.3]]],
  ['histogram_quantile(0.95, lat_bucket)', 0, [['', 0.5]]],
  ['histogram_quantile(0.5, lat_bucket{le!="+Inf"})', 0, [['', Number.NaN]]],
  ['avg_over_time(pool{job="a"}[1m])', 60, [['job=a', 3]]],
  ['min_over_time(pool{job="b"}[1m])', 60, [['job=b', 1]]],
  ['max_over_time(pool{job="a"}[30s])', 60, [['job=a', 5]]],
  ['sum_over_time(pool{job="a"}[1m])', 60, [['job=a', 15]]],
  [
    'count_over_time(pool[1m])',
    60,
    [
      ['job=a', 5],
      ['job=b', 5],
    ],
  ],
  ['quantile_over_time(0.5, pool{job="a"}[1m])', 60, [['job=a', 3]]],
  ['last_over_time(pool{job="a"}[1m])', 60, [['__name__=pool,job=a', 5]]],
  ['max_over_time(sum(pool{job="a"})[1m:15s])', 60, [['', 5]]],
  ['count_over_time(pool{job="a"}[2m:])', 180, [['job=a', 3]]],
  ['abs(-pool{job="a"})', 60, [['job=a', 5]]],
  ['ceil(pool{job="a"} / 2)', 60, [['job=a', 3]]],
  ['floor(pool{job="a"} / 2)', 60, [['job=a', 2]]],
  ['round(pool{job="a"} / 2)', 60, [['job=a', 3]]],
  ['round(pool{job="a"} / 3, 0.1)', 60, [['job=a', 1.7]]],
  [
    'clamp(pool, 2, 3)',
    60,
    [
      ['job=a', 3],
      ['job=b', 2],
    ],
  ],
  ['clamp(pool, 3, 2)', 60, []],
  ['clamp_min(pool{job="b"}, 2)', 60, [['job=b', 2]]],
  ['clamp_max(pool{job="a"}, 2)', 60, [['job=a', 2]]],
  ['absent(pool)', 60, []],
  ['absent(nope{job="x", code=~"5.."})', 60, [['job=x', 1]]],
  ['absent(sum(nope))', 60, [['', 1]]],
  ['vector(3)', 60, [['', 3]]],
  ['scalar(pool{job="a"})', 60, [['scalar', 5]]],
  ['scalar(pool)', 60, [['scalar', Number.NaN]]],
  ['time()', 60, [['scalar', 60]]],
  [
    'label_replace(pool{job="a"}, "who", "team-$1", "job", "(.*)")',
    60,
    [['__name__=pool,job=a,who=team-a', 5]],
  ],
  ['label_replace(pool{job="a"}, "who", "x", "job", "b")', 60, [['__name__=pool,job=a', 5]]],
  ['label_replace(pool{job="a"}, "job", "", "job", ".*")', 60, [['__name__=pool', 5]]],
  ['1 + 2 * 3 ^ 2', 0, [['scalar', 19]]],
  ['-1 ^ 2', 0, [['scalar', -1]]],
  ['2 ^ 3 ^ 2', 0, [['scalar', 512]]],
  ['-7 % 3', 0, [['scalar', -1]]],
  ['1 / 0', 0, [['scalar', Number.POSITIVE_INFINITY]]],
  ['0x10 + 1e2 + .5', 0, [['scalar', 116.5]]],
  ['3 > bool 2', 0, [['scalar', 1]]],
  [
    'pool * 2',
    60,
    [
      ['job=a', 10],
      ['job=b', 2],
    ],
  ],
  ['pool > 2', 60, [['__name__=pool,job=a', 5]]],
  ['2 < pool', 60, [['__name__=pool,job=a', 5]]],
  [
    'pool > bool 2',
    60,
    [
      ['job=a', 1],
      ['job=b', 0],
    ],
  ],
  [
    'pool == pool',
    60,
    [
      ['__name__=pool,job=a', 5],
      ['__name__=pool,job=b', 1],
    ],
  ],
  [
    'pool + on (job) owner',
    60,
    [
      ['job=a', 6],
      ['job=b', 2],
    ],
  ],
  [
    'hits / on (job) group_left (team) owner',
    60,
    [
      ['code=200,job=a,team=shop', 120],
      ['code=200,job=b,team=money', 240],
      ['code=500,job=a,team=shop', 12],
    ],
  ],
  [
    'owner * on (job) group_right hits',
    60,
    [
      ['code=200,job=a', 120],
      ['code=200,job=b', 240],
      ['code=500,job=a', 12],
    ],
  ],
  ['hits{code="500"} / ignoring (code) hits{code="200"}', 60, [['job=a', 0.1]]],
  ['pool and hits', 60, []],
  ['pool and on (job) hits{code="500"}', 60, [['__name__=pool,job=a', 5]]],
  ['pool unless on (job) hits{code="500"}', 60, [['__name__=pool,job=b', 1]]],
  [
    'pool{job="a"} or hits{job="b"}',
    60,
    [
      ['__name__=pool,job=a', 5],
      ['__name__=hits,code=200,job=b', 240],
    ],
  ],
  [
    'pool{job="a"} or pool',
    60,
    [
      ['__name__=pool,job=a', 5],
      ['__name__=pool,job=b', 1],
    ],
  ],
  ['-pool{job="a"}', 60, [['job=a', -5]]],
  ['+pool{job="a"}', 60, [['__name__=pool,job=a', 5]]],
  ['nope', 60, []],
  ['pool{job="a"} + pool{job="a"} offset 15s * 2', 60, [['job=a', 13]]],
  ['pool{job="a"} @ 0 - pool{job="a"} @ 15 * pool{job="a"} @ 30', 60, [['job=a', -5]]],
  ['-pool{job="a"} offset 15s', 60, [['job=a', -4]]],
  ['1 - rate(hits{job="b"}[1m]) * 2 > bool -8', 300, [['code=200,job=b', 1]]],
  ['2 ^ -1 * 4', 0, [['scalar', 2]]],
  ['vector(1) or vector(2) and vector(3) unless vector(4)', 0, [['', 1]]],
];

test.each(INSTANTS)('%s at %d s', (query, at, answer) => {
  const got = inShort(queryAt(store, query, at * 1000));
  expect(got.map(([labels]) => labels)).toEqual(answer.map(([labels]) => labels));
  for (const [index, [, value]] of answer.entries()) {
    if (Number.isFinite(value)) expect(got[index]?.[1]).toBeCloseTo(value, 9);
    else expect(got[index]?.[1]).toBe(value);
  }
});

test('a range query answers step by step, with gaps where there is nothing', () => {
  const value = queryOver(store, 'pool{job="a"}', 0, HOUR, 300_000);
  expect(value).toMatchObject({
    kind: 'vector',
    series: [
      {
        labels: [
          ['__name__', 'pool'],
          ['job', 'a'],
        ],
      },
    ],
  });
  if (value.kind !== 'vector') throw new Error('not a vector');
  expect(value.series[0]?.values.slice(0, 4)).toEqual([1, 5, undefined, undefined]);
});

test('a comparison over a range filters each step by itself', () => {
  const value = queryOver(store, 'pool{job="a"} > 2', 0, 60_000, 15_000);
  if (value.kind !== 'vector') throw new Error('not a vector');
  expect(value.series[0]?.values).toEqual([undefined, undefined, 3, 4, 5]);
});

test('start() and end() mean those of the whole range', () => {
  const value = queryOver(store, 'pool{job="a"} @ start() + pool{job="a"} @ end()', 0, 60_000, 30_000);
  if (value.kind !== 'vector') throw new Error('not a vector');
  expect(value.series[0]?.values).toEqual([6, 6, 6]);
});

test.each([
  [
    'hits * on (job) hits',
    /^found duplicate series for the match group \{job="a"\} on the right hand-side of the operation: \[\{__name__="hits", code="500", job="a"\}, \{__name__="hits", code="200", job="a"\}\];many-to-many matching not allowed: matching labels must be unique on one side$/,
  ],
  [
    'hits * on (job) owner',
    /^multiple matches for labels: many-to-one matching must be explicit \(group_left\/group_right\)$/,
  ],
  ['label_replace(pool, "job", "x", "job", ".*")', /^vector cannot contain metrics with the same labelset$/],
  [
    'rate({__name__=~"pool|owner", job="a", team=""}[1m]) or -{__name__=~"resets|pool", job="a"}',
    /^vector cannot contain metrics with the same labelset$/,
  ],
  [
    'label_replace(pool, "1bad", "x", "job", ".*")',
    /^invalid destination label name in label_replace\(\): 1bad$/,
  ],
  ['label_replace(pool, "x", "x", "job", "(")', /^invalid regular expression in label_replace\(\): \($/],
])('%s is refused while evaluating', (query, message) => {
  expect(() => queryAt(store, query, 60_000)).toThrow(
    expect.objectContaining({ type: 'execution', message: expect.stringMatching(message) }),
  );
});
