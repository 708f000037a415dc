import { expect, it } from 'vitest';
import type { Incident } from '../../../src/domain/incident.ts';
import { DAY } from '../../../src/domain/time.ts';
import { act } from '../../../src/flows/act.ts';
import { declareIncident } from '../../../src/flows/declare.ts';
import { incidentOf } from '../../../src/flows/incident-of.ts';
import { remember } from '../../../src/flows/knowledge/remember.ts';
import { serviceFacts, takeFacts } from '../../../src/flows/knowledge/service-facts.ts';
import type { World } from '../../../src/flows/ports.ts';
import { onWorlds, TEAM } from '../worlds.ts';

const CART = 'https://grafana.example.com/d/cart';

async function knowing(bare: World): Promise<World> {
  const world: World = { ...bare, knowledge: { shipped: [], orgs: [{ name: 'acme' }], staleAfter: DAY } };
  const save = (text: string, by = 'LEA', org = true) =>
    remember(world, { team: TEAM, by, kind: 'facts', text, ...(org && { org: { name: 'acme' } }) });
  await save(`cart: the basket\ndashboard: ${CART}\nowner: <@U0MARA1>`);
  await save('pay: money\ndataset: payments');
  await save('the database: service: db\ndataset: postgres');
  await save('cart: mine\nowner: <@U0SELF11>', 'KAI', false);
  return world;
}

async function taken(world: World, title: string, channel: string, service?: string): Promise<Incident> {
  const opening = { title, severity: 'P2', channel, private: false, ...(service && { service }) } as const;
  const incident = await declareIncident(world, TEAM, opening, { by: 'LEA' });
  await takeFacts(world, incident);
  return incidentOf(world.store, incident);
}

it(
  'takes what facts say of the service, or of the only one that the title names, and nobody’s own',
  onWorlds(async (bare) => {
    const world = await knowing(bare);
    const named = await taken(world, 'nothing works', 'C1', 'cart');
    expect(named).toMatchObject({ link: CART, facts: { service: 'cart' } });
    expect(named.facts?.facts.owner).toMatchObject({ value: '<@U0MARA1>', from: { shelf: 'org/acme' } });
    expect(await taken(world, 'cart shows nothing', 'C2')).toMatchObject({ service: 'cart', link: CART });
    // Two may be meant; a part of a word is none; and what nobody knows says nothing.
    for (const [title, channel] of [
      ['cart and pay fail', 'C3'],
      ['carthage fails', 'C4'],
      ['search fails', 'C5'],
    ] as const) {
      const { service, facts, version } = await taken(world, title, channel);
      expect([service, facts, version]).toEqual([undefined, undefined, 1]);
    }
    // Looked for again after a crash, nothing is said twice.
    await takeFacts(world, named);
    expect((await incidentOf(world.store, named)).version).toBe(named.version);
  }),
);

it(
  'leaves what a person said, and lets facts go with their service',
  onWorlds(async (bare) => {
    const world = await knowing(bare);
    const incident = await taken(world, 'cart fails', 'C1');
    const mine = 'https://grafana.example.com/d/mine';
    const other = await act(world, incident, { type: 'service', service: 'pay' }, { by: 'LEA' });
    expect([other.after.link, other.after.facts]).toEqual([undefined, undefined]);
    await act(world, incident, { type: 'link', link: mine }, { by: 'LEA' });
    await act(world, incident, { type: 'service', service: 'cart' }, { by: 'LEA' });
    await takeFacts(world, await incidentOf(world.store, incident));
    expect(await incidentOf(world.store, incident)).toMatchObject({ link: mine, facts: { service: 'cart' } });
  }),
);

it(
  'tells one person their own first, also of a service whose name is short',
  onWorlds(async (bare) => {
    const world = await knowing(bare);
    expect((await serviceFacts(world, TEAM, 'cart', 'KAI')).owner?.value).toBe('<@U0SELF11>');
    expect((await serviceFacts(world, TEAM, 'cart', 'KAI')).dashboard?.value).toBe(CART);
    expect((await serviceFacts(world, TEAM, 'cart')).owner?.value).toBe('<@U0MARA1>');
    expect((await serviceFacts(world, TEAM, 'db')).dataset?.value).toBe('postgres');
  }),
);
