import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type CadenceSettings, due, ladder, nextDueAt } from '../../src/domain/cadence.ts';
import type { Command } from '../../src/domain/command.ts';
import { decide, declare } from '../../src/domain/decide.ts';
import { RuleViolation } from '../../src/domain/errors.ts';
import { evolve } from '../../src/domain/evolve.ts';
import { type Incident, isOpen } from '../../src/domain/incident.ts';
import { HOUR, type Instant, MINUTE, SECOND } from '../../src/domain/time.ts';
import { T0 } from './given.ts';

const length = fc.integer({ min: 10 * SECOND, max: 2 * HOUR });

const settings: fc.Arbitrary<CadenceSettings> = fc
  .record(
    {
      updateEvery: length,
      draftBefore: length,
      lateAfter: length,
      escalateAfter: length,
      nudgeCap: fc.integer({ min: 1, max: 8 }),
      escalateTo: fc.subarray(['LEA', 'MARA']),
    },
    { requiredKeys: ['updateEvery', 'nudgeCap', 'escalateTo'] },
  )
  .map((some) => ({ ...some, heartbeatsInARow: 2 }));

const command: fc.Arbitrary<Command> = fc.oneof(
  fc.constant<Command>({ type: 'update', fields: { known: 'x' }, evenIfSame: true }),
  fc.constant<Command>({ type: 'no-change' }),
  fc.constant<Command>({ type: 'mitigate' }),
  fc.constant<Command>({ type: 'override', reason: 'it is over' }),
  fc.constant<Command>({ type: 'reopen' }),
  fc.constant<Command>({ type: 'take-lead' }),
  fc.constant<Command>({ type: 'give-role', role: 'comms', to: 'BO' }),
  fc.constantFrom('P1', 'P2').map((severity): Command => ({ type: 'severity', severity })),
  length.map((time): Command => ({ type: 'snooze', for: time, reason: 'x' })),
);

type Act =
  | { readonly command: Command }
  /** A look at what is due; those gone are found unreachable. */
  | { readonly look: true; readonly gone: readonly string[] };

/** Time mostly goes on; now and then it steps back. */
const pause = fc.oneof(
  { weight: 9, arbitrary: fc.integer({ min: 0, max: 40 * MINUTE }) },
  { weight: 1, arbitrary: fc.integer({ min: -30 * MINUTE, max: 0 }) },
);
const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 1, arbitrary: command.map((one) => ({ command: one })) },
  { weight: 3, arbitrary: fc.subarray(['LEA', 'BO', 'MARA']).map((gone) => ({ look: true as const, gone })) },
);

it('each rung comes at most once, in its time, and none that is due is hidden or skipped', () => {
  fc.assert(
    fc.property(settings, fc.array(fc.tuple(pause, act), { maxLength: 40 }), (cadence, acts) => {
      let now: Instant = T0;
      let incident = begin(cadence);
      const done = new Set<string>();
      for (const [wait, one] of acts) {
        now += wait;
        checkProjection(incident, cadence, now);
        if ('command' in one) {
          incident = apply(incident, one.command, 'LEA', cadence, now);
          continue;
        }
        const step = due(incident, cadence, now);
        if (!step) continue;
        expect(isOpen(incident)).toBe(true);
        expect(step.at).toBeLessThanOrEqual(now);
        expect(step.ask.length).toBeGreaterThan(0);
        if (step.rung !== 'draft') expect(now).toBeGreaterThanOrEqual(step.promisedAt);
        for (const rung of [step.rung, ...step.passed]) {
          const key = `${step.promise}/${rung}`;
          expect(done).not.toContain(key);
          done.add(key);
        }
        incident = apply(
          incident,
          { type: 'nudge', promise: step.promise, rung: step.rung, asked: step.ask, passed: step.passed },
          'steady',
          cadence,
          now,
        );
        for (const person of step.ask.filter((asked) => one.gone.includes(asked)))
          incident = apply(
            incident,
            { type: 'unreachable', promise: step.promise, person, why: 'asleep' },
            'steady',
            cadence,
            now,
          );
        const rungs = incident.promise ? ladder(incident.promise, cadence) : [];
        const highest = rungs.findIndex((rung) => rung.rung === step.rung);
        // Nothing above the one that was answered was due as well, unless somebody has just turned out unreachable.
        if (
          !step.ask.every((asked) => one.gone.includes(asked)) &&
          step.ask.every((asked) => !known(incident, asked))
        )
          for (const above of rungs.slice(highest + 1)) expect(above.at).toBeGreaterThan(now);
      }
    }),
    { numRuns: 400, seed: 20260105 },
  );
});

function known(incident: Incident, person: string): boolean {
  return incident.promise?.unreachable.some((one) => one.person === person) ?? false;
}

/** What the projection says is exactly when `due` first answers. */
function checkProjection(incident: Incident, cadence: CadenceSettings, now: Instant): void {
  const next = nextDueAt(incident, cadence);
  expect(due(incident, cadence, now) !== undefined).toBe(next !== undefined && next <= now);
  if (next === undefined) return;
  expect(due(incident, cadence, next)).toBeDefined();
  expect(due(incident, cadence, next - 1)).toBeUndefined();
}

function begin(cadence: CadenceSettings): Incident {
  const [event] = declare(
    { title: 'x', severity: 'P1', channel: 'C1', private: false },
    { now: T0, by: 'LEA', cadence },
  );
  if (!event) throw new Error('nothing was declared');
  return evolve(undefined, { seq: 1, at: T0, event }, { team: 'T1', number: 1 });
}

function apply(
  before: Incident,
  command: Command,
  by: string,
  cadence: CadenceSettings,
  now: Instant,
): Incident {
  try {
    return decide(before, command, { now, by, cadence }).reduce(
      (incident, event) => evolve(incident, { seq: incident.version + 1, at: now, event }, incident),
      before,
    );
  } catch (error) {
    if (error instanceof RuleViolation) return before;
    throw error;
  }
}
