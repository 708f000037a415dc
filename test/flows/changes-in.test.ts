import { expect, test } from 'vitest';
import type { Backend, Change } from '../../src/backends/backend.ts';
import { BackendError } from '../../src/domain/errors.ts';
import { MINUTE } from '../../src/domain/time.ts';
import { changesIn } from '../../src/flows/changes-in.ts';

const AT = Date.parse('2026-11-23T13:56:00Z');

function telemetry(...told: readonly (readonly Change[] | Error | undefined)[]) {
  const backends = told.map(
    (one, index): Pick<Backend, 'title' | 'changes'> => ({
      title: `System ${index}`,
      ...(one !== undefined && {
        changes: async () => {
          if (one instanceof Error) throw one;
          return { found: one } as unknown as Awaited<ReturnType<NonNullable<Backend['changes']>>>;
        },
      }),
    }),
  );
  return { telemetry: { backends: backends as unknown as readonly Backend[] } } as Parameters<
    typeof changesIn
  >[0];
}

const change = (minute: number, title: string, more: Partial<Change> = {}): Change => ({
  at: AT + minute * MINUTE,
  kind: 'deploy',
  title,
  ...more,
});

const ask = (world: Parameters<typeof changesIn>[0]) =>
  changesIn(world, { from: AT, to: AT + MINUTE }, AbortSignal.timeout(1_000));

test('what several systems say of one deploy is told once, other changes each', async () => {
  const { marks, missing } = await ask(
    telemetry([change(0, 'checkout', { version: 'v2.3.45' }), change(10, 'flag new-cart on')], undefined, [
      change(1, 'checkout@2.3.45 deployed'),
      change(30, 'checkout', { version: 'v2.3.44', service: 'checkout' }),
    ]),
  );
  expect(marks.map((one) => one.label)).toEqual(['checkout v2.3.45', 'flag new-cart on', 'checkout v2.3.44']);
  expect(missing).toEqual([]);
});

test('a system that does not answer is named, and the others are shown', async () => {
  const { marks, missing } = await ask(
    telemetry(new BackendError('timeout', 'late'), [change(0, 'checkout')]),
  );
  expect(marks).toHaveLength(1);
  expect(missing).toEqual(['What System 0 knows of changes could not be read.']);
  await expect(ask(telemetry(new TypeError('ours')))).rejects.toThrow('ours');
});
