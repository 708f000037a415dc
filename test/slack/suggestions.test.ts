import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import type { Incident } from '../../src/domain/incident.ts';
import { readFile } from '../../src/domain/knowledge/read-file.ts';
import { DAY, MINUTE } from '../../src/domain/time.ts';
import { act } from '../../src/flows/act.ts';
import { declareIncident } from '../../src/flows/declare.ts';
import { incidentOf } from '../../src/flows/incident-of.ts';
import { remember } from '../../src/flows/knowledge/remember.ts';
import { fillShelves } from '../../src/flows/knowledge/shelve.ts';
import type { World } from '../../src/flows/ports.ts';
import type { Office, Plan } from '../../src/slack/delivery/plan.ts';
import {
  planOwnSuggestions,
  planSuggest,
  planSuggestionCard,
} from '../../src/slack/delivery/plan-suggest.ts';
import type { SeenMessage } from '../../src/slack/outbound/contract.ts';
import { onWorlds, TEAM, takePosts, worlds } from '../flows/worlds.ts';
import { fakeSlack } from './fake-office.ts';

const PATTERNS = readFile('patterns', readFileSync(new URL('../../kb/patterns.md', import.meta.url), 'utf8'));

async function knowing(bare: World): Promise<World> {
  const world: World = { ...bare, knowledge: { shipped: [PATTERNS], orgs: [], staleAfter: DAY } };
  await fillShelves(world, TEAM);
  return world;
}

function declared(world: World, title: string, channel = 'C1', alert?: string): Promise<Incident> {
  const from = alert === undefined ? {} : { alert: { channel: alert, ts: '1.0' } };
  const opening = { title, severity: 'P2', channel, private: false, ...from } as const;
  return declareIncident(world, TEAM, opening, { by: 'LEA' });
}

async function carriedOut(world: World, incident: Incident, plan: Plan): Promise<Incident> {
  if (plan.do === 'run') await plan.run();
  return incidentOf(world.store, incident);
}

it(
  'goes under the card, and stops where another company reads',
  onWorlds(async (bare) => {
    const world = await knowing(bare);
    const { office } = fakeSlack(world);
    const incident = await declared(world, 'connection pool exhausted');
    const post = { kind: 'suggest', incident: 1, because: 1 } as const;
    const found = await carriedOut(world, incident, await planSuggest(office, incident, post));
    const seq = found.suggested[0]?.seq ?? 0;
    const card = { kind: 'suggestion-card', incident: 1, seq } as const;
    expect(await planSuggestionCard(office, found, card)).toMatchObject({ do: 'wait' });
    await world.store.bind({ team: TEAM, channel: 'C1', ts: '5.0', incident: 1, kind: 'card', id: 'card' });
    expect(await planSuggestionCard(office, found, card)).toMatchObject({
      do: 'post',
      to: { channel: 'C1', thread: '5.0' },
      binding: { kind: 'suggestion', id: `${seq}` },
    });
    await act(world, incident, { type: 'share-channel' }, { by: 'steady' });
    const shared = await incidentOf(world.store, incident);
    expect(await planSuggestionCard(office, shared, card)).toMatchObject({ do: 'drop' });
    expect(await planSuggest(office, shared, post)).toMatchObject({ do: 'drop' });
  }),
);

it(
  'reads the alert where everybody can, and nowhere else',
  onWorlds(async (bare) => {
    const world = await knowing(bare);
    const { office } = fakeSlack(world);
    const said = { text: 'FIRING: no such host resolving db', reactions: [], pinned: false };
    const looks: Office['looks'] = {
      ...office.looks,
      message: async () => said as unknown as SeenMessage,
      channel: async (id) => {
        const seen = await office.looks.channel(id);
        return seen && { ...seen, private: id.startsWith('P') };
      },
    };
    const look = async (incident: Incident) => {
      const post = { kind: 'suggest', incident: incident.number, because: 1 } as const;
      const plan = await planSuggest({ ...office, looks }, incident, post);
      const { suggested } = await carriedOut(world, incident, plan);
      return suggested.flatMap(({ suggestions }) => suggestions.map(({ name }) => name));
    };
    expect(await look(await declared(world, 'alert on cart', 'C1', 'C9'))).toEqual(['dns and certificates']);
    expect(await look(await declared(world, 'alert on cart', 'C2', 'P9'))).toEqual([]);
  }),
);

it('tells a person what is theirs alone, at most one thing in ten minutes', async () => {
  const all = worlds();
  try {
    const world = await knowing(await all.open());
    const { office } = fakeSlack(world);
    const text = 'ledger totals differ: restart the importer';
    await remember(world, { team: TEAM, by: 'LEA', kind: 'patterns', text });
    const plan = async (incident: Incident, to = 'LEA') =>
      planOwnSuggestions(office, incident, { kind: 'own-suggestions', incident: incident.number, to });
    const first = await declared(world, 'ledger totals differ');
    expect(await plan(first, 'KAI')).toMatchObject({ do: 'drop', why: 'nothing of theirs is like it' });
    const told = await plan(first);
    expect(told).toMatchObject({ do: 'whisper', to: 'LEA' });
    expect(JSON.stringify(told)).toContain('restart the importer');
    const second = await declared(world, 'ledger totals differ again', 'C2');
    expect(await plan(second)).toMatchObject({ do: 'drop', why: 'it waits in status' });
    all.pass(10 * MINUTE);
    expect(await plan(second)).toMatchObject({ do: 'whisper' });
    expect((await takePosts(world)).filter(({ what }) => what.kind === 'own-suggestions')).toHaveLength(2);
  } finally {
    await all.close();
  }
});
