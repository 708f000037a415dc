import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MAX_POINTS, plan } from '../../../src/backends/prometheus/plan.ts';
import { DAY, HOUR, MINUTE, SECOND } from '../../../src/domain/time.ts';

const to = Date.parse('2026-11-23T14:32:00Z');

test('the step is 15 s, or a 250th of a long window', () => {
  expect(plan({ from: to - 30 * MINUTE, to })).toEqual({
    window: { from: to - 30 * MINUTE, to },
    step: 15 * SECOND,
  });
  expect(plan({ from: to - 7 * DAY, to }).step).toBe(2_420 * SECOND);
});

test('the window becomes whole steps that end at its end', () => {
  const { window, step } = plan({ from: to - 4_919 * SECOND + 321, to: to + 999 });
  expect(step).toBe(20 * SECOND);
  expect(window).toEqual({ from: to - 4_920 * SECOND, to });
});

test('a step that is too fine is widened, and that is said', () => {
  const { step, note } = plan({ from: to - 30 * DAY, to }, 15 * SECOND);
  expect(step).toBe(236 * SECOND);
  expect(note).toBe(
    'The step is 3m56s instead of 15s: Prometheus allows 11,000 points per series, and steps are whole seconds.',
  );
  expect(plan({ from: to - HOUR, to }, 1_500).note).toContain('whole seconds');
  expect(plan({ from: to - HOUR, to }, 15 * SECOND).note).toBeUndefined();
});

test('no length is an instant query', () => {
  expect(plan({ from: to + 400, to: to + 400 })).toEqual({ window: { from: to, to } });
});

test('never too many points, never less than the window, always whole seconds', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 400 * DAY }),
      fc.integer({ min: 100 * DAY, max: 2_000_000_000_000 }),
      fc.option(fc.integer({ min: 1, max: 100 * DAY }), { nil: undefined }),
      (range, later, asked) => {
        const end = range + later + HOUR;
        const wanted = { from: end - range, to: end };
        const { window, step } = plan(wanted, asked);
        if (step === undefined) {
          expect(window.from).toBe(window.to);
          return;
        }
        const points = (window.to - window.from) / step + 1;
        expect(Number.isInteger(points) && points <= MAX_POINTS).toBe(true);
        expect(step % SECOND).toBe(0);
        expect(window.from % SECOND).toBe(0);
        expect(window.from).toBeLessThanOrEqual(wanted.from);
        expect(window.to).toBeGreaterThan(wanted.to - SECOND);
      },
    ),
  );
});
