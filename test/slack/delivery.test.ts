import { describe, expect, it, vi } from 'vitest';
import { RedactionFailed } from '../../src/domain/errors.ts';
import type { Incident } from '../../src/domain/incident.ts';
import { MINUTE, SECOND } from '../../src/domain/time.ts';
import { act } from '../../src/flows/act.ts';
import { declareIncident } from '../../src/flows/declare.ts';
import { incidentOf } from '../../src/flows/incident-of.ts';
import type { World } from '../../src/flows/ports.ts';
import { tick } from '../../src/flows/tick.ts';
import { createDelivery, type Delivery } from '../../src/slack/delivery/deliver.ts';
import type { Store } from '../../src/storage/store.ts';
import { onWorlds, TEAM, type Worlds } from '../flows/worlds.ts';
import { type FakeSlack, fakeSlack, type Kept } from './fake-office.ts';

const LEA = { by: 'LEA' };

interface Scene {
  readonly world: World;
  readonly all: Worlds;
  readonly slack: FakeSlack;
  readonly delivery: Delivery;
  declare(channel?: string, by?: string): Promise<Incident>;
  /** Passes time, ticks, and sends until nothing moves. */
  later(minutes: number): Promise<void>;
  /** Sends until nothing moves, card edits as well. */
  settle(): Promise<void>;
  /** What everyone in a channel sees at top level, first lines. */
  top(channel: string): readonly string[];
}

function scene(test: (scene: Scene) => Promise<void>, more: Partial<World> = {}): () => Promise<void> {
  return onWorlds(
    async (world, all) => {
      const { store, taken } = watched(world.store);
      const slack = fakeSlack({ ...world, store });
      const delivery = createDelivery(slack.office);
      const waiting = async () => {
        // What is sent may ask for more: an edit of the card, a message about a lost channel.
        for (let round = 0; round < 4; round++) {
          await delivery.flush();
          await delivery.idle();
          await vi.waitFor(() => expect(taken.size).toBe(0), { interval: 2 });
        }
      };
      await test({
        world,
        all,
        slack,
        delivery,
        declare: async (channel = 'C1', by = 'LEA') => {
          const incident = await declareIncident(
            world,
            TEAM,
            { title: 'checkout 500s', severity: 'P2', channel, private: false },
            { by },
          );
          await waiting();
          return incident;
        },
        later: async (minutes) => {
          all.pass(minutes * MINUTE);
          await tick(world);
          await waiting();
        },
        settle: waiting,
        top: (channel) =>
          slack.messages
            .filter((one) => one.channel === channel && one.thread === undefined && one.only === undefined)
            .map((one) => one.message.text),
      });
    },
    undefined,
    more,
  );
}

/** A store that knows which rows are in somebody's hands: flush waits for no edits, a test does. */
function watched(store: Store): { store: Store; taken: ReadonlySet<string> } {
  const taken = new Set<string>();
  return {
    taken,
    store: {
      ...store,
      claimPosts: async (...claim) => {
        const rows = await store.claimPosts(...claim);
        for (const row of rows) taken.add(row.key);
        return rows;
      },
      posted: async (team, key, ...more) => {
        await store.posted(team, key, ...more);
        taken.delete(key);
      },
      postFailed: async (team, key, ...more) => {
        await store.postFailed(team, key, ...more);
        taken.delete(key);
      },
      postRefused: async (team, key, ...more) => {
        await store.postRefused(team, key, ...more);
        taken.delete(key);
      },
    },
  };
}

function inThread(slack: FakeSlack, root: Kept | undefined): readonly Kept[] {
  return slack.messages.filter((one) => one.channel === root?.channel && one.thread === root.ts);
}

describe('a post', () => {
  it(
    'is there once, although the answer to it was lost',
    scene(async ({ slack, all, settle, declare, top, world }) => {
      slack.fail('post', 'lost answer');
      await declare();
      expect(top('C1')).toHaveLength(1);
      expect(slack.lookedFor).toHaveLength(0);
      all.pass(9 * SECOND);
      await settle();
      expect(slack.lookedFor).toHaveLength(0);
      all.pass(MINUTE);
      await settle();
      expect(slack.lookedFor).toHaveLength(1);
      expect(top('C1')).toHaveLength(1);
      expect(await world.store.post(TEAM, 'INC-1/card')).toMatchObject({
        state: 'posted',
        message: { channel: 'C1', ts: '1.0' },
      });
      expect(slack.pins).toEqual(['1.0']);
    }),
  );

  it(
    'is sent again where it certainly never arrived',
    scene(async ({ slack, all, settle, declare, top }) => {
      slack.fail('post', 'no answer');
      await declare();
      expect(top('C1')).toHaveLength(0);
      all.pass(MINUTE);
      await settle();
      expect(slack.lookedFor).toHaveLength(1);
      expect(top('C1')).toHaveLength(1);
    }),
  );

  it(
    'is found by whoever takes over after a crash, and remembered',
    scene(async ({ world, all, slack, declare, top }) => {
      const incident = await declare();
      await act(world, incident, { type: 'update', fields: { known: 'x' } }, LEA);
      const dying = {
        ...slack.office,
        world: {
          ...world,
          store: { ...world.store, posted: () => new Promise<never>(() => {}) },
        },
      };
      void createDelivery(dying).flush();
      await vi.waitFor(() => expect(top('C1')).toHaveLength(2));
      all.pass(2 * MINUTE);
      const heir = await all.open();
      await createDelivery({ ...slack.office, world: heir }).flush();
      expect(top('C1')).toHaveLength(2);
      expect((await heir.store.post(TEAM, 'INC-1/update-2'))?.state).toBe('posted');
    }),
  );

  it(
    'two processes send once',
    scene(async ({ world, all, slack, delivery, declare, top }) => {
      const incident = await declare();
      const other = createDelivery({ ...slack.office, world: await all.open() });
      for (let i = 0; i < 5; i++)
        await act(world, incident, { type: 'update', fields: { known: `news ${i}` } }, LEA);
      await Promise.all([delivery.flush(), other.flush(), delivery.flush(), other.flush()]);
      await Promise.all([delivery.idle(), other.idle()]);
      expect(top('C1')).toHaveLength(6);
    }),
  );

  it(
    'that Slack refuses is given up, told, and keeps no other back',
    scene(async ({ world, all, slack, settle, declare, top }) => {
      const incident = await declare();
      slack.fail('post', 'msg_too_long');
      await act(world, incident, { type: 'update', fields: { known: 'too long' } }, LEA);
      await act(world, incident, { type: 'update', fields: { known: 'short' } }, LEA);
      await settle();
      expect(top('C1')).toHaveLength(2);
      expect((await world.store.post(TEAM, 'INC-1/update-2'))?.state).toBe('refused');
      expect(all.faults.join()).toContain('msg_too_long');
    }),
  );
});

describe('what breaks before anything is said', () => {
  it(
    'is tried again after a second, though it broke while it was planned, and not only when its lease ends',
    scene(async ({ world, all, slack, settle, declare, top }) => {
      const incident = await declare();
      const { bindings } = world.store;
      const broken = vi
        .spyOn(slack.office.world.store, 'bindings')
        .mockRejectedValueOnce(new Error('the disk is slow'))
        .mockImplementation(bindings);
      await act(world, incident, { type: 'state-hypothesis', statement: 'x is y', disproof: 'z is up' }, LEA);
      await settle();
      expect(all.faults.join()).toContain('the disk is slow');
      all.pass(SECOND);
      await settle();
      expect(broken.mock.calls.length).toBeGreaterThan(1);
      expect(slack.messages.filter(({ thread }) => thread !== undefined)).toHaveLength(1);
      expect(top('C1')).toHaveLength(1);
    }),
  );

  it(
    'and cannot be checked for secrets is given up after five tries, and who asked hears of it once',
    scene(
      async ({ world, all, slack, settle, declare }) => {
        const incident = await declare();
        Object.assign(slack.office.looks, { permalink: async () => 'https://acme.slack.com/archives/C1/p1' });
        await act(world, incident, { type: 'write-postmortem' }, { by: 'KAI' });
        const direct = () => slack.messages.filter(({ channel }) => channel === 'D-KAI');
        for (let tries = 0; tries < 5; tries++) {
          expect(direct()).toEqual([]);
          await settle();
          all.pass(MINUTE);
        }
        for (let more = 0; more < 5; more++) {
          await settle();
          all.pass(MINUTE);
        }
        const key = 'INC-1/postmortem-1/files';
        expect((await world.store.post(TEAM, key))?.state).toBe('refused');
        expect(all.faults.filter((one) => one.includes(key))).toHaveLength(5);
        expect(all.faults.at(-1)).toContain('given up');
        expect(direct().map(({ message }) => message.text)).toEqual([
          expect.stringContaining('postmortem revision 1 was not written'),
        ]);
      },
      {
        redact: () => {
          throw new RedactionFailed('The text is too long to be checked');
        },
      },
    ),
  );
});

describe('the card', () => {
  it(
    'waits for its pace alone: what is said next goes out meanwhile, and whoever clicked is answered',
    scene(async ({ world, slack, delivery, declare, settle, top }) => {
      const incident = await declare();
      const stated = { type: 'state-hypothesis', statement: 'x is y', disproof: 'z is up' } as const;
      await act(world, incident, stated, LEA);
      await settle();
      // The card of H1 was edited a moment ago, so its next edit is kept back.
      const { promise: paced, resolve: itsTurn } = Promise.withResolvers<void>();
      const update = slack.office.door.update;
      Object.assign(slack.office.door, {
        update: async (...edit: Parameters<typeof update>) => {
          await paced;
          return update(...edit);
        },
      });
      await act(world, incident, { type: 'set-disproof', hypothesis: 'H1', disproof: 'z is down' }, LEA);
      await act(world, incident, { type: 'mitigate' }, LEA);
      await delivery.flush();
      await delivery.sent(incident);
      expect(top('C1').at(-1)).toContain('mitigated');
      const card = () =>
        slack.messages.find((one) => JSON.stringify(one.message).includes('Would be wrong if'));
      expect(JSON.stringify(card()?.message)).not.toContain('z is down');
      itsTurn();
      await settle();
      expect(JSON.stringify(card()?.message)).toContain('z is down');
    }),
  );

  it(
    'is one message, edited to the newest; several edits merge',
    scene(async ({ world, slack, settle, declare }) => {
      const incident = await declare();
      for (const title of ['one', 'two', 'three']) await act(world, incident, { type: 'title', title }, LEA);
      await settle();
      const [card] = slack.messages;
      expect(JSON.stringify(card?.message)).toContain('three');
      expect(card?.edits).toBe(1);
      expect(slack.messages).toHaveLength(1);
    }),
  );

  it(
    'is pinned, the topic says the state and comes back at the end, the dashboard is a bookmark',
    scene(async ({ world, slack, settle, declare }) => {
      const incident = await declare();
      expect(slack.pins).toEqual(['1.0']);
      expect(slack.topics.get('C1')).toMatch(/^INC-1 P2 investigating · lead LEA · checkout 500s$/);
      await act(world, incident, { type: 'link', link: 'https://grafana.example.com/d/1' }, LEA);
      await act(world, incident, { type: 'title', title: 'payments' }, LEA);
      await settle();
      expect(slack.topics.get('C1')).toContain('checkout 500s');
      expect(slack.bookmarks).toContain('INC-1 dashboard https://grafana.example.com/d/1');
      await act(world, incident, { type: 'mitigate' }, LEA);
      await settle();
      expect(slack.topics.get('C1')).toBe('INC-1 P2 mitigated · lead LEA · payments');
      await act(world, incident, { type: 'override', reason: 'it is over' }, LEA);
      await settle();
      expect(slack.topics.get('C1')).toBe('before');
    }),
  );

  it(
    'names a permission that is missing, until it is there',
    scene(async ({ world, slack, settle, declare }) => {
      slack.fail('pin', 'missing_scope');
      const incident = await declare();
      const [card] = slack.messages;
      expect(JSON.stringify(card?.message)).toContain('missing_scope');
      await act(world, incident, { type: 'severity', severity: 'P3' }, LEA);
      await settle();
      expect(JSON.stringify(card?.message)).not.toContain('missing_scope');
      expect(slack.pins).toEqual(['1.0']);
    }),
  );
});

describe('the ladder', () => {
  it(
    'is one nudge in the channel, replies in its thread, messages to those asked, and shrinks when the promise is kept',
    scene(async ({ world, slack, settle, declare, later, top }) => {
      const incident = await declare();
      await later(25);
      const draft = slack.messages.find((one) => one.channel === 'D-LEA');
      expect(draft?.message.text).toContain('INC-1');
      await later(5);
      await later(5);
      await later(10);
      expect(top('C1')).toHaveLength(2);
      const nudge = slack.messages.find((one) => one.channel === 'C1' && one.ts !== '1.0');
      expect(inThread(slack, nudge)).toHaveLength(2);
      expect(slack.messages.filter((one) => one.channel === 'D-LEA')).toHaveLength(3);
      const asked = slack.messages.filter((one) => one.ts !== '1.0');
      expect(JSON.stringify(nudge?.message.blocks)).toContain('actions');
      await act(world, incident, { type: 'update', fields: { known: 'x' } }, LEA);
      await settle();
      for (const one of asked) {
        expect(one.edits).toBe(1);
        expect(JSON.stringify(one.message.blocks ?? [])).not.toContain('"actions"');
      }
    }),
  );

  it(
    'says nothing for a promise that was kept before it could be said',
    scene(async ({ world, all, declare, settle, top }) => {
      const incident = await declare();
      all.pass(30 * MINUTE);
      await tick(world);
      await act(world, incident, { type: 'override', reason: 'it is over' }, LEA);
      await settle();
      expect(top('C1').filter((text) => /promised an update/.test(text))).toEqual([]);
    }),
  );

  it(
    'one copy that cannot be edited any more keeps the others from nothing',
    scene(async ({ world, slack, settle, declare, later }) => {
      const incident = await declare();
      await later(30);
      await later(5);
      const asked = slack.messages.filter((one) => one.ts !== '1.0');
      const [, reply, dm] = asked;
      slack.messages.splice(
        slack.messages.findIndex(({ ts }) => ts === reply?.ts),
        1,
      );
      await act(world, incident, { type: 'update', fields: { known: 'x' } }, LEA);
      await settle();
      expect(dm?.edits).toBe(1);
    }),
  );
});

describe('a channel that is lost', () => {
  it(
    'sends nudges by direct message to lead and declarer, who are told why',
    scene(async ({ world, slack, declare, later, settle, top }) => {
      const incident = await declare();
      await act(world, incident, { type: 'take-lead' }, { by: 'KAI' });
      await settle();
      slack.close('C1', 'not_in_channel');
      await later(30);
      await settle();
      expect((await incidentOf(world.store, incident)).channelLost).toMatch(/not in it/);
      expect(top('C1')).toHaveLength(1);
      const lea = slack.messages.filter((one) => one.channel === 'D-LEA');
      const kai = slack.messages.filter((one) => one.channel === 'D-KAI');
      expect(lea.map((one) => /no longer speak/.test(JSON.stringify(one.message)))).toEqual([true]);
      expect(kai).toHaveLength(2);
      await later(5);
      expect(slack.messages.filter((one) => one.channel === 'D-LEA')).toHaveLength(2);
      expect(slack.messages.filter((one) => one.channel === 'D-KAI')).toHaveLength(3);
    }),
  );

  it(
    'has the author of an update told where it went, whether it was lost before or over it',
    scene(async ({ world, slack, declare, settle, top }) => {
      const incident = await declare();
      await settle();
      slack.close('C1', 'not_in_channel');
      for (const known of ['the first', 'the second']) {
        await act(world, incident, { type: 'update', fields: { known } }, { by: 'BO' });
        await settle();
        await settle();
      }
      expect(top('C1')).toHaveLength(1);
      const told = slack.messages
        .filter((one) => one.channel === 'D-BO')
        .map((one) => JSON.stringify(one.message));
      expect(told).toHaveLength(2);
      for (const [at, words] of ['the first', 'the second'].entries()) {
        expect(told[at]).toContain('nobody in');
        expect(told[at]).toContain('/invite @steady');
        expect(told[at]).toContain(words);
      }
    }),
  );

  it(
    'is never the incident’s where only the announcement’s is closed',
    scene(
      async ({ world, slack, declare, settle, top }) => {
        slack.close('CANN', 'not_in_channel');
        const incident = await declare();
        await act(world, incident, { type: 'update', fields: { known: 'x' } }, LEA);
        await settle();
        expect((await incidentOf(world.store, incident)).channelLost).toBeUndefined();
        expect(top('C1')).toHaveLength(2);
      },
      { announceChannel: 'CANN' },
    ),
  );
});

describe('the announcement', () => {
  it(
    'is one card, edited in place, with updates and phases in its thread',
    scene(
      async ({ world, slack, declare, settle, top }) => {
        const incident = await declare();
        expect(top('CANN')).toHaveLength(1);
        await act(world, incident, { type: 'update', fields: { known: 'payments answers 429' } }, LEA);
        await act(world, incident, { type: 'mitigate' }, LEA);
        await act(world, incident, { type: 'note', text: 'not for everyone' }, LEA);
        await settle();
        const root = slack.messages.find((one) => one.channel === 'CANN');
        expect(inThread(slack, root).map((one) => one.message.text)).toEqual([
          expect.stringContaining('INC-1'),
          expect.stringContaining('mitigated'),
        ]);
        expect(root?.edits).toBeGreaterThan(0);
        expect(JSON.stringify(root?.message).toLowerCase()).toContain('mitigated');
        expect(top('CANN')).toHaveLength(1);
      },
      { announceChannel: 'CANN' },
    ),
  );

  it(
    'that somebody deleted does not keep the card from its edits',
    scene(
      async ({ world, slack, declare, settle }) => {
        const incident = await declare();
        slack.messages.splice(
          slack.messages.findIndex((one) => one.channel === 'CANN'),
          1,
        );
        await act(world, incident, { type: 'title', title: 'payments' }, LEA);
        await settle();
        expect(JSON.stringify(slack.messages[0]?.message)).toContain('payments');
      },
      { announceChannel: 'CANN' },
    ),
  );
});

describe('for one person', () => {
  it(
    'a catch-up is said at most once, even where the answer was lost',
    scene(async ({ world, all, slack, declare, settle }) => {
      const incident = await declare();
      slack.fail('ephemeral', 'lost answer');
      await act(world, incident, { type: 'join', person: 'BO' }, { by: 'BO' });
      await settle();
      all.pass(5 * MINUTE);
      await settle();
      expect(slack.messages.filter((one) => one.only === 'BO')).toHaveLength(1);
    }),
  );

  it(
    'what an incident taught is said under the card, and to its closer alone where another company reads there',
    scene(
      async ({ world, slack, declare, settle }) => {
        const learned = {
          type: 'draft-distillation',
          choice: { keep: [{ id: 'incident' }], out: [], audience: 'team' },
        } as const;
        const over = { type: 'override', reason: 'it is over' } as const;
        const said = () =>
          slack.messages
            .filter((one) => JSON.stringify(one.message).includes(' taught: '))
            .map(({ channel, thread }) => [channel, thread !== undefined]);
        await act(world, await declare(), [learned, over], LEA);
        await settle();
        expect(said()).toEqual([['C1', true]]);
        await act(world, await declare('C2'), [{ type: 'share-channel' }, learned, over], LEA);
        await settle();
        expect(said()).toEqual([
          ['C1', true],
          ['D-LEA', false],
        ]);
      },
      { knowledge: { shipped: [], orgs: [{ name: 'acme' }], staleAfter: MINUTE } },
    ),
  );

  it(
    'the end says how the promises were kept',
    scene(async ({ world, slack, declare, settle }) => {
      const incident = await declare();
      await act(world, incident, { type: 'update', fields: { known: 'x' } }, LEA);
      await act(world, incident, { type: 'override', reason: 'it is over' }, LEA);
      await settle();
      const told = slack.messages.filter((one) => one.channel === 'D-LEA');
      expect(told.map((one) => /1 of 1/.test(JSON.stringify(one.message)))).toEqual([true]);
    }),
  );
});
