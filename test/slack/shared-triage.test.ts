import { describe, expect, it } from 'vitest';
import { act } from '../../src/flows/act.ts';
import { declareIncident } from '../../src/flows/declare.ts';
import { incidentOf } from '../../src/flows/incident-of.ts';
import type { World } from '../../src/flows/ports.ts';
import { createDelivery } from '../../src/slack/delivery/deliver.ts';
import type { Office } from '../../src/slack/delivery/plan.ts';
import { onWorlds, TEAM } from '../flows/worlds.ts';
import { fakeSlack } from './fake-office.ts';

interface Channel {
  /** Slack says that another company reads it. */
  readonly shared?: boolean;
  /** Steady heard when it became so. */
  readonly heard?: boolean;
  readonly named?: boolean;
}

/** What a P1 in such a channel makes everyone there, and its lead, read. */
async function p1(world: World, { shared = false, heard = false, named = false }: Channel) {
  const slack = fakeSlack(world);
  const office: Office = {
    ...slack.office,
    sharedChannels: named ? ['C1'] : [],
    looks: {
      ...slack.office.looks,
      channel: async (id) => {
        const seen = await slack.office.looks.channel(id);
        return seen && { ...seen, shared };
      },
    },
  };
  const incident = await declareIncident(
    world,
    TEAM,
    { title: 'checkout 500s', severity: 'P2', channel: 'C1', private: false },
    { by: 'LEA' },
  );
  if (heard) await act(world, incident, { type: 'share-channel' }, { by: 'steady' });
  await act(world, incident, { type: 'severity', severity: 'P1' }, { by: 'LEA' });
  const delivery = createDelivery(office);
  for (let round = 0; round < 4; round++) {
    await delivery.flush();
    await delivery.quiet();
  }
  const texts = (channel: string) =>
    slack.messages.filter((one) => one.channel === channel).map((one) => JSON.stringify(one.message));
  return {
    triages: texts('C1').filter((one) => one.includes('Did a deploy just happen?')),
    card: texts('C1')[0] ?? '',
    lead: texts('D-LEA').filter((one) => one.includes('evidence is no longer shown')),
    after: await incidentOf(world.store, incident),
  };
}

describe('the triage of a P1', () => {
  it(
    'is shown in a channel of our own',
    onWorlds(async (world) => {
      const { triages, after } = await p1(world, {});
      expect(triages).toHaveLength(1);
      expect(after.triages).toHaveLength(1);
    }),
  );

  it(
    'is shown in a shared channel that the configuration names, which the card does not contradict',
    onWorlds(async (world) => {
      const { triages, card, lead } = await p1(world, { shared: true, heard: true, named: true });
      expect(triages).toHaveLength(1);
      expect(card).not.toContain('evidence is not shown here');
      expect(lead).toEqual([]);
    }),
  );

  it(
    'asks no system for a shared channel that is not named',
    onWorlds(async (world) => {
      const { triages, card, lead, after } = await p1(world, { shared: true, heard: true });
      expect(triages).toEqual([]);
      expect(after.triages).toEqual([]);
      expect(card).toContain('evidence is not shown here');
      expect(lead).toHaveLength(1);
    }),
  );

  it(
    'stops at a channel that became shared while Steady was away, and the lead is told',
    onWorlds(async (world) => {
      const { triages, lead, after } = await p1(world, { shared: true });
      expect(triages).toEqual([]);
      expect(after.shared).toBe(true);
      expect(lead).toHaveLength(1);
    }),
  );
});
