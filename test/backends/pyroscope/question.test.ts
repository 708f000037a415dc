import { describe, expect, test } from 'vitest';
import { withinLimits } from '../../../src/backends/pyroscope/limits.ts';
import { typesNamed } from '../../../src/backends/pyroscope/profile-type.ts';
import { readQuestion, writeQuestion } from '../../../src/backends/pyroscope/question.ts';
import { DAY, HOUR, MINUTE } from '../../../src/domain/time.ts';
import { readProfileWords, shifted } from '../../../src/slack/commands/profile-words.ts';

const CPU = 'process_cpu:cpu:nanoseconds:cpu:nanoseconds';
const IDS = [
  CPU,
  'process_cpu:samples:count:cpu:nanoseconds',
  'memory:alloc_space:bytes:space:bytes',
  'wall:wall:nanoseconds:wall:nanoseconds',
];

describe('questions', () => {
  test.each([
    ['cpu{service_name="checkout"}', { type: 'cpu', selector: '{service_name="checkout"}', at: 3 }],
    ['{a="}b{"}', { type: 'cpu', selector: '{a="}b{"}', at: 0 }],
    [CPU, { type: CPU, selector: '{}', matchers: [] }],
    [
      `diff ${CPU}{a="x"} vs 2026-11-23T13:30:00Z..2026-11-23T13:40:00Z`,
      {
        type: CPU,
        selector: '{a="x"}',
        at: 5 + CPU.length,
        earlier: { from: 1_795_440_600_000, to: 1_795_441_200_000 },
      },
    ],
  ])('%s', (text, expected) => {
    const question = readQuestion(text);
    expect(question).toMatchObject(expected);
    if ('why' in question) throw new Error('misread');
    // What a card shows reads as the same question.
    expect(readQuestion(writeQuestion(question, question.type))).toMatchObject({
      ...expected,
      at: expect.any(Number),
    });
  });

  test.each([
    'diff cpu{a="x"}',
    'diff cpu vs yesterday',
    'diff cpu vs 2026-11-23T13:40:00Z..2026-11-23T13:30:00Z',
  ])('%s lacks the time to compare with', (text) => {
    expect(readQuestion(text)).toMatchObject({ why: expect.stringContaining('earlier time') });
  });

  test.each([')(', 'cpu{a=b}', 'cpu{a="x"} + cpu{b="y"}'])('%s is left to the server', (text) => {
    expect(readQuestion(text)).toMatchObject({ matchers: undefined });
  });
});

test.each([
  [CPU, [CPU]],
  ['cpu', [CPU]],
  ['CPU', [CPU]],
  ['alloc_space', ['memory:alloc_space:bytes:space:bytes']],
  ['process_cpu:samples', ['process_cpu:samples:count:cpu:nanoseconds']],
  ['process_cpu', IDS.slice(0, 2)],
  ['wall', ['wall:wall:nanoseconds:wall:nanoseconds']],
  ['goroutines', []],
])('the type %s', (wanted, expected) => {
  expect(typesNamed(wanted, IDS)).toEqual(expected);
});

describe('limits', () => {
  const now = Date.parse('2026-11-23T13:32:00Z');

  test('a window that fits is asked as it is, in whole seconds', () => {
    expect(withinLimits({ from: now - HOUR + 300, to: now - 300 }, now, 'P')).toEqual({
      window: { from: now - HOUR, to: now },
      notes: [],
    });
  });

  test('one instant becomes a minute, and says so', () => {
    expect(withinLimits({ from: now, to: now }, now, 'P')).toEqual({
      window: { from: now - MINUTE, to: now },
      notes: [expect.stringContaining('Taken over 1 min')],
    });
  });

  test('longer than a day, or older than a week, it is cut before it is asked', () => {
    expect(withinLimits({ from: now - 3 * DAY, to: now }, now, 'P')).toEqual({
      window: { from: now - DAY, to: now },
      less: 'only the newest 1 d were asked for, because it takes 1 d at a time at most',
      notes: [],
    });
    const old = now - 7 * DAY - HOUR;
    expect(withinLimits({ from: old, to: old + 3 * HOUR }, now, 'P')).toMatchObject({
      window: { from: now - 7 * DAY, to: old + 3 * HOUR },
      less: expect.stringContaining('looks back 7 d at most'),
    });
    expect(() =>
      withinLimits({ from: now - 9 * DAY, to: now - 8 * DAY }, now, 'Pyroscope prod'),
    ).toThrowError('Pyroscope prod looks back 7 d at most, and this time is older.');
  });
});

describe('words of the command', () => {
  const service = { kind: 'service', service: 'checkout', type: 'cpu' };
  test.each([
    ['checkout', service],
    ['checkout type:alloc_space', { ...service, type: 'alloc_space' }],
    ['cpu{pod="a b"}', { kind: 'query', query: 'cpu{pod="a b"}' }],
    ['diff checkout', { ...service, diff: { earlier: {} } }],
    ['diff checkout vs 10m before', { ...service, diff: { earlier: { by: 10 * MINUTE } } }],
    ['diff checkout vs yesterday', { ...service, diff: { earlier: { by: DAY } } }],
    ['diff checkout vs before', { ...service, diff: { earlier: {} } }],
    [
      'diff checkout type:wall 14:00-14:10 vs 13:30–13:40',
      {
        ...service,
        type: 'wall',
        diff: { later: { from: '14:00', to: '14:10' }, earlier: { from: '13:30', to: '13:40' } },
      },
    ],
    [
      'diff checkout 14:00..now vs 2026-11-23T13:30..2026-11-23T13:40',
      {
        ...service,
        diff: {
          later: { from: '14:00', to: 'now' },
          earlier: { from: '2026-11-23T13:30', to: '2026-11-23T13:40' },
        },
      },
    ],
    ['', undefined],
    ['checkout and payments', undefined],
    ['diff checkout sometime', undefined],
    ['diff checkout vs the good old times', undefined],
    ['diff checkout 14:00-14:10 vs 13:30-13:40 vs 13:00-13:10', undefined],
  ])('profile %s', (text, expected) => {
    expect(readProfileWords(text)).toEqual(expected);
  });

  test('earlier means as long, so much before', () => {
    const window = { from: 100 * MINUTE, to: 110 * MINUTE };
    expect(shifted(window, {})).toEqual({ from: 90 * MINUTE, to: 100 * MINUTE });
    expect(shifted(window, { by: HOUR })).toEqual({ from: 40 * MINUTE, to: 50 * MINUTE });
  });
});
