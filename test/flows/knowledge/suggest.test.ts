import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type Backend, matched } from '../../../src/backends/backend.ts';
import { BackendError } from '../../../src/domain/errors.ts';
import type { Incident } from '../../../src/domain/incident.ts';
import { readFile } from '../../../src/domain/knowledge/read-file.ts';
import { DAY, MINUTE } from '../../../src/domain/time.ts';
import { act } from '../../../src/flows/act.ts';
import { declareIncident } from '../../../src/flows/declare.ts';
import { incidentOf } from '../../../src/flows/incident-of.ts';
import { remember } from '../../../src/flows/knowledge/remember.ts';
import { fillShelves } from '../../../src/flows/knowledge/shelve.ts';
import { ownResembling, suggest } from '../../../src/flows/knowledge/suggest.ts';
import { useKnowledge } from '../../../src/flows/knowledge/use-knowledge.ts';
import type { World } from '../../../src/flows/ports.ts';
import { NO_TELEMETRY, onWorlds, TEAM, takeKeys } from '../worlds.ts';

const ORG = { name: 'acme' };
const SHIPPED = readFile(
  'patterns',
  readFileSync(new URL('../../../kb/patterns.md', import.meta.url), 'utf8'),
);

async function knowing(world: World, backends: readonly Backend[] = []): Promise<World> {
  const all: World = {
    ...world,
    knowledge: { shipped: [SHIPPED], orgs: [ORG], staleAfter: 180 * DAY },
    telemetry: {
      ...NO_TELEMETRY,
      backends,
      discovery: (one) => one.discover({ from: 0, to: 1 }, AbortSignal.timeout(1_000)),
    },
  };
  await fillShelves(all, TEAM);
  return all;
}

function prometheus(...metrics: readonly string[]): Backend {
  return {
    tool: 'prometheus',
    deployment: 'prod',
    title: 'Prometheus prod',
    discover: async () => ({ at: 1, took: 1, lists: [{ kind: 'metrics', names: metrics }], missing: [] }),
    match: (query) => {
      if (metrics.some((one) => query.includes(one))) return matched(query);
      throw new BackendError('unknown-source', 'no such metric');
    },
    query: async () => {
      throw new Error('nothing is asked unasked');
    },
    probe: async () => 'fine',
  };
}

interface Opening {
  readonly service?: string;
  readonly channel?: string;
  readonly private?: boolean;
}

function declared(world: World, title: string, opening: Opening = {}): Promise<Incident> {
  return declareIncident(
    world,
    TEAM,
    { title, severity: 'P2', channel: 'C1', private: false, ...opening },
    { by: 'LEA', key: `message/${title}` },
  );
}

async function looked(world: World, incident: Incident, because = 1, alert?: string): Promise<Incident> {
  await suggest(world, await incidentOf(world.store, incident), because, alert);
  return incidentOf(world.store, incident);
}

const names = (incident: Incident) =>
  incident.suggested.map(({ suggestions }) => suggestions.map(({ name }) => name));

/** Ends an incident as judged. */
async function ended(world: World, incident: Incident, cause: string): Promise<void> {
  await act(world, incident, { type: 'override', reason: 'test', text: cause }, { by: 'LEA' });
}

describe('suggestions for a declared incident', () => {
  it(
    'names a pattern with why, and a query of it that can be asked here, about its service',
    onWorlds(async (bare) => {
      const world = await knowing(bare, [prometheus('db_pool_connections')]);
      const before = await declared(world, 'connection pool exhausted', { service: 'cart' });
      const { suggested } = await looked(world, before);
      expect(suggested).toHaveLength(1);
      expect(suggested[0]?.suggestions[0]).toMatchObject({
        of: { kind: 'entry', in: 'patterns', shelf: 'shipped', key: 'fixed capacity saturates' },
        why: { phrases: ['pool exhausted'], words: ['connection'] },
        run: {
          tool: 'prometheus',
          deployment: 'prod',
          query: expect.stringContaining('db_pool_connections{service="cart",state="in_use"}'),
        },
      });
      expect(await takeKeys(world)).toContain('INC-1/suggested-2');
    }),
  );

  it(
    'offers no query whose names do not exist, nor the example of a service that is not known',
    onWorlds(async (bare) => {
      const unknown = await knowing(bare, [prometheus('something_else')]);
      const first = await looked(
        unknown,
        await declared(unknown, 'connection pool exhausted', { service: 'cart', channel: 'C1' }),
      );
      expect(first.suggested[0]?.suggestions[0]).not.toHaveProperty('run');
      const world = await knowing(bare, [prometheus('db_pool_connections')]);
      const second = await looked(
        world,
        await declared(world, 'connection pool exhausted', { channel: 'C2' }),
      );
      expect(second.suggested[0]?.suggestions[0]).not.toHaveProperty('run');
    }),
  );

  it(
    'says nothing where nothing is like it',
    onWorlds(async (bare) => {
      const world = await knowing(bare);
      const { suggested, version } = await looked(world, await declared(world, 'checkout returns 500s'));
      expect([suggested, version]).toEqual([[], 1]);
    }),
  );

  it(
    'is chosen once for what made it look, and once more at most when it turns out to be something else',
    onWorlds(async (bare, all) => {
      const world = await knowing(bare);
      const incident = await declared(world, 'connection pool exhausted');
      await looked(world, incident);
      // A process that died after it was recorded, or another one, looks again.
      const again = await looked(world, incident);
      expect(names(again)).toEqual([['fixed capacity saturates']]);
      all.pass(MINUTE);
      await act(world, incident, { type: 'title', title: 'x509: certificate has expired' }, { by: 'LEA' });
      await act(world, incident, { type: 'service', service: 'gateway' }, { by: 'LEA' });
      await act(world, incident, { type: 'severity', severity: 'P1' }, { by: 'LEA' });
      expect((await takeKeys(world)).filter((key) => key.includes('/suggest-'))).toEqual([
        'INC-1/suggest-1',
        'INC-1/suggest-3',
        'INC-1/suggest-4',
      ]);
      expect(names(await looked(world, incident, 3))).toEqual([
        ['fixed capacity saturates'],
        ['dns and certificates'],
      ]);
      await act(world, incident, { type: 'title', title: 'kafka consumer lag grows' }, { by: 'LEA' });
      expect((await takeKeys(world)).filter((key) => key.includes('/suggest-'))).toEqual([]);
      expect(names(await looked(world, incident, 9))).toHaveLength(2);
    }),
  );

  it(
    'repeats nothing that it has suggested, dismissed or not',
    onWorlds(async (bare) => {
      const world = await knowing(bare);
      const incident = await declared(world, 'connection pool exhausted');
      const { suggested } = await looked(world, incident);
      const seq = suggested[0]?.seq ?? 0;
      const dismiss = { type: 'dismiss-suggestion', seq, index: 0 } as const;
      await act(world, incident, dismiss, { by: 'KAI' });
      await act(world, incident, dismiss, { by: 'BO' });
      await act(world, incident, { type: 'title', title: 'connection pool full' }, { by: 'LEA' });
      const after = await looked(world, incident, 4);
      expect(after.suggested).toHaveLength(1);
      expect(after.suggested[0]?.dismissed).toEqual({ 0: 'KAI' });
    }),
  );

  it(
    'finds incidents that ended here, their cause only where it was judged, private ones only where they were',
    onWorlds(async (bare) => {
      const world = await knowing(bare);
      await ended(
        world,
        await declared(world, 'vault seals itself', { service: 'vault', channel: 'C8' }),
        'the lease ran out',
      );
      await ended(
        world,
        await declared(world, 'vault errors after reseal', {
          service: 'vault',
          channel: 'P9',
          private: true,
        }),
        'a secret cause',
      );
      const elsewhere = await looked(world, await declared(world, 'vault errors', { service: 'vault' }));
      expect(names(elsewhere)).toEqual([]);
      const open = await declared(world, 'vault seals again', { service: 'vault', channel: 'C2' });
      const found = await looked(world, open);
      expect(names(found)).toEqual([['INC-1 vault seals itself']]);
      // Nobody judged it.
      expect(found.suggested[0]?.suggestions[0]).not.toHaveProperty('says');
      const there = await looked(
        world,
        await declared(world, 'vault errors after reseal', {
          service: 'vault',
          channel: 'P9',
          private: true,
        }),
      );
      expect(names(there)).toEqual([['INC-2 vault errors after reseal']]);
    }),
  );

  it(
    'takes what a team wrote down of an incident in place of the incident, and nothing that is one person’s',
    onWorlds(async (bare, all) => {
      const world = await knowing(bare);
      await ended(
        world,
        await declared(world, 'ledger totals differ', { service: 'ledger', channel: 'C7' }),
        'x',
      );
      all.pass(MINUTE);
      const text = 'INC-1 ledger totals differ: rounding of refunds #ledger';
      await remember(world, { team: TEAM, by: 'KAI', kind: 'incidents', text, org: ORG });
      await remember(world, { team: TEAM, by: 'LEA', kind: 'patterns', text: 'ledger totals: my guess' });
      const incident = await declared(world, 'ledger totals differ again', { service: 'ledger' });
      expect(names(await looked(world, incident))).toEqual([['INC-1 ledger totals differ']]);
      const own = await ownResembling(world, incident, 'LEA');
      expect(own.map(({ one }) => one.entry.key)).toEqual(['ledger totals']);
      expect(await ownResembling(world, incident, 'KAI')).toEqual([]);
    }),
  );

  it(
    'reads the alert that it was declared from',
    onWorlds(async (bare) => {
      const world = await knowing(bare);
      const incident = await declared(world, 'Alert on cart');
      expect(names(await looked(world, incident, 1, 'FIRING: no such host resolving db'))).toEqual([
        ['dns and certificates'],
      ]);
    }),
  );
});

describe('what was of use', () => {
  it(
    'is counted once in an incident, named on its timeline once for each way, and one’s own is counted only',
    onWorlds(async (bare) => {
      const world = await knowing(bare);
      const incident = await declared(world, 'connection pool exhausted');
      const { suggested } = await looked(world, incident);
      const of = suggested[0]?.suggestions[0]?.of;
      if (of?.kind !== 'entry') throw new Error('no entry was suggested');
      const use = (how: 'ran' | 'helped', by: string) =>
        useKnowledge(world, incident, { of, name: of.key, how }, { by, key: `click/${by}/${how}` });
      await use('ran', 'KAI');
      await use('helped', 'LEA');
      await use('helped', 'BO');
      const [row] = (await world.store.knowledge(TEAM, ['shipped'])).filter((one) => one.id === of.id);
      expect(row?.uses).toBe(1);
      expect(await world.store.usedIn(TEAM, of.shelf, of.id)).toEqual([1]);
      const after = await incidentOf(world.store, incident);
      expect(after.usedKnowledge.map(({ how, by }) => `${how} ${by}`)).toEqual(['ran KAI', 'helped LEA']);
      expect(await takeKeys(world)).toEqual(
        expect.arrayContaining(['INC-1/suggested-2', 'INC-1/suggested-2@3']),
      );
      const own = await remember(world, { team: TEAM, by: 'LEA', kind: 'facts', text: 'mine alone' });
      const mine = { kind: 'entry', shelf: own.shelf, id: own.id, key: own.entry.key } as const;
      await useKnowledge(world, incident, { of: mine, name: own.entry.key, how: 'helped' }, { by: 'LEA' });
      expect((await incidentOf(world.store, incident)).version).toBe(after.version);
      expect(await world.store.usedIn(TEAM, own.shelf, own.id)).toEqual([1]);
    }),
  );
});
