import { describe, expect, it } from 'vitest';
import { type Backend, type Change, matched } from '../../src/backends/backend.ts';
import { BackendError } from '../../src/domain/errors.ts';
import type { Answer } from '../../src/domain/evidence.ts';
import type { Incident } from '../../src/domain/incident.ts';
import { declareIncident } from '../../src/flows/declare.ts';
import { incidentOf } from '../../src/flows/incident-of.ts';
import type { World } from '../../src/flows/ports.ts';
import { triage } from '../../src/flows/triage.ts';
import { at, T0 } from '../domain/given.ts';
import { NO_TELEMETRY, onWorlds, TEAM, takeKeys } from './worlds.ts';

function answer(tool: string, query: string, rows = 1): Answer {
  return {
    tool,
    deployment: 'prod',
    source: `${tool} prod`,
    query,
    window: { from: at(-60), to: T0 },
    askedAt: T0,
    result: { kind: 'rows', columns: ['what'], rows: Array.from({ length: rows }, (_, i) => [`row ${i}`]) },
    completeness: { kind: 'complete' },
    cost: { took: 1 },
    warnings: [],
    reproduction: { kind: 'permalink', url: `https://${tool}.example.com` },
    snapshot: new Uint8Array([1]),
  };
}

function backend(tool: string, more: Partial<Backend>): Backend {
  return {
    tool,
    deployment: 'prod',
    title: `${tool} prod`,
    discover: async () => ({ at: T0, took: 1, lists: [], missing: [] }),
    match: (query) => matched(query),
    query: async ({ matched: { query } }) => answer(tool, query, 2),
    probe: async () => 'fine',
    ...more,
  };
}

const DEPLOY: Change = {
  at: at(-3),
  kind: 'deploy',
  title: 'deploy of v2',
  service: 'checkout',
  version: 'v2',
};
const FLAG: Change = { at: at(-2), kind: 'flag', title: 'fast-pay on' };
const changes = (...found: Change[]) => ({
  changes: async () => ({ answer: answer('grafana', 'annotations'), found }),
});
const firing = (...names: string[]) => ({
  firing: async () => ({
    answer: answer('alertmanager', 'alerts'),
    found: names.map((name) => ({ name, labels: {} })),
  }),
});
const broken = async (): Promise<never> => {
  throw new BackendError('timeout', 'alertmanager prod did not answer');
};

function withBackends(world: World, ...backends: readonly Backend[]): World {
  const telemetry = {
    ...NO_TELEMETRY,
    backends,
    match: async (one: Backend, query: string) =>
      one.match(query, await one.discover({ from: 0, to: 1 }, AbortSignal.timeout(1_000))),
  };
  return { ...world, telemetry };
}

async function p1(world: World): Promise<Incident> {
  return declareIncident(
    world,
    TEAM,
    { title: 'checkout 500s', severity: 'P1', channel: 'C1', private: false },
    { by: 'LEA' },
  );
}

async function answersOf(world: World): Promise<readonly string[]> {
  const incident = await p1(world);
  await triage(world, incident, 1);
  const after = await incidentOf(world.store, incident);
  return (after.triages[0]?.answers ?? []).map(
    (one) => `${one.question} ${one.says}: ${one.text} [${one.evidence.join(' ')}]`,
  );
}

describe('the triage of a P1', () => {
  it(
    'asks every system that can tell, each answer with its evidence',
    onWorlds(async (world) => {
      const full = withBackends(
        world,
        backend('grafana', changes(DEPLOY, FLAG)),
        backend('alertmanager', firing('CheckoutErrors', 'PoolExhausted')),
        backend('sentry', {}),
      );
      expect(await answersOf(full)).toEqual([
        'deploy yes: deploy of v2 [E1]',
        'flag yes: fast-pay on [E1]',
        'traffic unknown: no Prometheus is configured, and no Grafana in front of one []',
        'firing yes: CheckoutErrors, PoolExhausted [E2]',
        'errors yes: 2 new issues [E3]',
      ]);
    }),
  );

  it(
    'says what could be configured where nothing is',
    onWorlds(async (world) => {
      const said = await answersOf(withBackends(world));
      expect(said).toHaveLength(5);
      for (const one of said) expect(one).toMatch(/unknown: no .* is configured/);
    }),
  );

  it(
    'never says no where a system did not answer',
    onWorlds(async (world) => {
      const half = withBackends(
        world,
        backend('grafana', changes()),
        backend('sentry', { changes: broken, query: broken }),
        backend('alertmanager', { firing: broken }),
      );
      expect(await answersOf(half)).toEqual([
        'deploy unknown: none seen, but alertmanager prod did not answer [E1]',
        'flag unknown: none seen, but alertmanager prod did not answer [E1]',
        'traffic unknown: no Prometheus is configured, and no Grafana in front of one []',
        'firing unknown: alertmanager prod did not answer []',
        'errors unknown: alertmanager prod did not answer []',
      ]);
    }),
  );

  it(
    'is recorded once, however often a crash lets it run',
    onWorlds(async (world) => {
      const one = withBackends(world, backend('grafana', changes()));
      const incident = await p1(one);
      expect(await takeKeys(one)).toContain('INC-1/triage-1');
      await Promise.all([triage(one, incident, 1), triage(one, incident, 1)]);
      await triage(one, await incidentOf(one.store, incident), 1);
      const after = await incidentOf(one.store, incident);
      expect(after.triages).toHaveLength(1);
      expect(after.evidence).toHaveLength(1);
      expect(await takeKeys(one)).toContain(`INC-1/triage-card-${after.triages[0]?.seq}`);
    }),
  );
});
