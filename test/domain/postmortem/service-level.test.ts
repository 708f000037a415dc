import { expect, it } from 'vitest';
import {
  budgetOf,
  parseServiceLevel,
  sayServiceLevel,
} from '../../../src/domain/postmortem/service-level.ts';
import { DAY, sayDuration } from '../../../src/domain/time.ts';

it.each([
  ['99.9%/30d', 0.999, 30 * DAY, '43 min'],
  ['99 % / 7d', 0.99, 7 * DAY, '1 h 40 min'],
  ['99.95%/4w', 0.9995, 28 * DAY, '20 min'],
  ['99.5%', 0.995, 30 * DAY, '3 h 36 min'],
])('reads %s', (text, objective, window, budget) => {
  const level = parseServiceLevel(text);
  expect(level?.objective).toBeCloseTo(objective, 9);
  expect(level?.window).toBe(window);
  expect(level && sayDuration(budgetOf(level))).toBe(budget);
});

it.each(['', '100%', '0%/30d', '99.9', '99.9%/30', '99.9%/30m', '99.9%/0d', 'four nines', '999%/30d'])(
  'refuses “%s”',
  (text) => {
    expect(parseServiceLevel(text)).toBeUndefined();
  },
);

it('says it as it was written', () => {
  expect(sayServiceLevel({ objective: 0.999, window: 30 * DAY })).toBe('99.9 % over 30 d');
});
