import { describe, expect, it } from 'vitest';
import type { Backend, Change } from '../../src/backends/backend.ts';
import { BackendError } from '../../src/domain/errors.ts';
import type { Incident, Severity } from '../../src/domain/incident.ts';
import { HOUR, MINUTE, type Window } from '../../src/domain/time.ts';
import { act } from '../../src/flows/act.ts';
import { declareIncident } from '../../src/flows/declare.ts';
import { incidentOf } from '../../src/flows/incident-of.ts';
import type { World } from '../../src/flows/ports.ts';
import { createChangeWatch } from '../../src/flows/watch-changes.ts';
import { at } from '../domain/given.ts';
import { NO_TELEMETRY, onWorlds, TEAM, takeKeys } from './worlds.ts';

const EVERY = 3 * MINUTE;
const NEVER = new AbortController().signal;
const DEPLOY: Change = { at: at(5), kind: 'deploy', title: 'checkout', service: 'checkout', version: 'v2' };

interface System {
  readonly backend: Backend;
  readonly asked: Window[];
  tells: () => Promise<readonly Change[]>;
}

function system(title: string, ...found: readonly Change[]): System {
  const asked: Window[] = [];
  const self: System = {
    asked,
    tells: async () => found,
    backend: {
      tool: title.toLowerCase(),
      deployment: 'prod',
      title,
      changes: async (window: Window) => {
        asked.push(window);
        return { found: await self.tells() };
      },
    } as unknown as Backend,
  };
  return self;
}

function watch(world: World, ...systems: readonly System[]) {
  const telemetry = { ...NO_TELEMETRY, backends: systems.map((one) => one.backend) };
  return createChangeWatch({ ...world, telemetry }, { team: TEAM, every: EVERY });
}

function declared(world: World, severity: Severity, channel: string, service?: string): Promise<Incident> {
  return declareIncident(
    world,
    TEAM,
    { title: 'slow', severity, channel, private: false, ...(service !== undefined && { service }) },
    { by: 'LEA' },
  );
}

const seenBy = async (world: World, incident: Incident) =>
  (await incidentOf(world.store, incident)).changes.map((one) => `${one.title} by ${one.source}`);
const guardsOf = async (world: World) => (await takeKeys(world)).filter((key) => key.includes('/guard/'));

describe('what changes during an incident', () => {
  it(
    'is looked for once for all open P1 and P2, and asked about once, though it is found again',
    onWorlds(async (world, all) => {
      const [p1, p2, p3, other] = [
        await declared(world, 'P1', 'C1', 'checkout'),
        await declared(world, 'P2', 'C2', 'checkout'),
        await declared(world, 'P3', 'C3', 'checkout'),
        await declared(world, 'P1', 'C4', 'search'),
      ];
      const sentry = system('Sentry', DEPLOY);
      const changes = watch(world, sentry, system('Grafana', { ...DEPLOY, at: at(6) }));
      all.pass(10 * MINUTE);
      await changes.look(NEVER);
      expect(sentry.asked).toEqual([{ from: at(0), to: at(10) }]);
      for (const one of [p1, p2]) expect(await seenBy(world, one)).toEqual(['checkout by Sentry']);
      for (const one of [p3, other]) expect(await seenBy(world, one)).toEqual([]);
      expect(await guardsOf(world)).toEqual([`INC-1/guard/stealth/${at(5)}`, `INC-2/guard/stealth/${at(5)}`]);
      all.pass(EVERY);
      await changes.look(NEVER);
      // Part of the time is looked at again, because systems hear of a change late.
      expect(sentry.asked.at(-1)).toEqual({ from: at(0), to: at(13) });
      all.pass(HOUR);
      await changes.look(NEVER);
      expect(sentry.asked.at(-1)).toEqual({ from: at(3), to: at(73) });
      expect(await seenBy(world, p1)).toHaveLength(1);
      expect(await guardsOf(world)).toEqual([]);
    }),
  );

  it(
    'is not asked about where it was announced',
    onWorlds(async (world, all) => {
      const incident = await declared(world, 'P1', 'C1', 'checkout');
      await act(world, incident, { type: 'note', text: 'rolling back to v2' }, { by: 'KAI' });
      all.pass(10 * MINUTE);
      await watch(world, system('Sentry', DEPLOY)).look(NEVER);
      expect(await seenBy(world, incident)).toHaveLength(1);
      expect(await guardsOf(world)).toEqual([]);
    }),
  );

  it(
    'is asked of a system by one process in an interval',
    onWorlds(async (world, all) => {
      await declared(world, 'P1', 'C1');
      const sentry = system('Sentry', DEPLOY);
      const [one, two] = [watch(world, sentry), watch(await all.open(), sentry)];
      await Promise.all([one.look(NEVER), two.look(NEVER)]);
      await one.look(NEVER);
      expect(sentry.asked).toHaveLength(1);
      all.pass(EVERY);
      await Promise.all([two.look(NEVER), one.look(NEVER)]);
      expect(sentry.asked).toHaveLength(2);
    }),
  );

  it(
    'is not looked for while nothing bad is open, or no system could tell',
    onWorlds(async (world, all) => {
      const sentry = system('Sentry', DEPLOY);
      const p4 = await declared(world, 'P4', 'C1');
      await watch(world, sentry).look(NEVER);
      await act(world, p4, { type: 'severity', severity: 'P1' }, { by: 'LEA' });
      await act(world, p4, { type: 'cancel', reason: 'a false alarm' }, { by: 'LEA' });
      all.pass(EVERY);
      await watch(world, sentry).look(NEVER);
      expect(sentry.asked).toEqual([]);
      await watch(world).look(NEVER);
    }),
  );

  it(
    'that a system cannot tell is said in the health alone, and made up for once it can',
    onWorlds(async (world, all) => {
      const incident = await declared(world, 'P1', 'C1');
      await takeKeys(world);
      const [sentry, grafana] = [system('Sentry', { ...DEPLOY, service: 'slow' }), system('Grafana')];
      const { tells } = sentry;
      sentry.tells = async () => {
        throw new BackendError('unavailable', 'Sentry is down');
      };
      const changes = watch(world, sentry, grafana);
      all.pass(6 * MINUTE);
      await changes.look(NEVER);
      expect(changes.unread()).toEqual(['Sentry: changes unread since 2026-01-05T14:06Z (unavailable)']);
      expect(await seenBy(world, incident)).toEqual([]);
      expect(await takeKeys(world)).toEqual([]);
      all.pass(HOUR);
      await changes.look(NEVER);
      expect(changes.unread()).toEqual(['Sentry: changes unread since 2026-01-05T14:06Z (unavailable)']);
      sentry.tells = tells;
      all.pass(EVERY);
      await changes.look(NEVER);
      expect(changes.unread()).toEqual([]);
      expect(sentry.asked.at(-1)?.from).toBe(at(0));
      expect(grafana.asked.at(-1)?.from).toBe(at(56));
      expect(await seenBy(world, incident)).toEqual(['checkout by Sentry']);
      expect(all.faults).toEqual([]);
    }),
  );

  it(
    'is looked for in vain where a system hangs, and the others are heard',
    onWorlds(async (world, all) => {
      const incident = await declared(world, 'P1', 'C1', 'checkout');
      const hung = system('Axiom');
      hung.tells = () => new Promise(() => {});
      const changes = watch(world, hung, system('Sentry', DEPLOY));
      all.pass(10 * MINUTE);
      const leaving = new AbortController();
      const looking = changes.look(leaving.signal);
      await expect.poll(() => hung.asked.length, { interval: 2 }).toBe(1);
      leaving.abort();
      await looking;
      expect(changes.unread()).toEqual(['Axiom: changes unread since 2026-01-05T14:10Z (timeout)']);
      expect(await seenBy(world, incident)).toEqual(['checkout by Sentry']);
    }),
  );

  it(
    'is looked for again where a process died before it was on the timeline',
    onWorlds(async (world, all) => {
      const incident = await declared(world, 'P1', 'C1', 'checkout');
      const dying = { ...world.store, append: () => Promise.reject(new Error('killed')) };
      const sentry = system('Sentry', DEPLOY);
      all.pass(10 * MINUTE);
      await expect(watch({ ...world, store: dying }, sentry).look(NEVER)).rejects.toThrow('killed');
      all.pass(HOUR);
      await watch(await all.open(), sentry).look(NEVER);
      expect(sentry.asked.at(-1)?.from).toBe(at(0));
      expect(await seenBy(world, incident)).toEqual(['checkout by Sentry']);
    }),
  );
});
