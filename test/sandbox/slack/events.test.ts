import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DEFAULT_APP } from '../../../src/sandbox/slack/options.ts';
import type { StartOptions } from '../../../src/sandbox/slack/workspace.ts';
import { openRawSocket, type RawSocket } from '../../slack-kit/raw-socket.ts';
import { type SlackKit, startSlackKit } from '../../slack-kit/slack-kit.ts';

/** Subscribed to more than Steady is. */
const EVERYTHING = {
  ...DEFAULT_APP,
  events: [...DEFAULT_APP.events, 'member_left_channel', 'channel_rename', 'channel_unshared'],
};

let kit: SlackKit;
let app: RawSocket;

async function start(options: Partial<StartOptions> = {}): Promise<void> {
  await kit?.stop();
  kit = await startSlackKit({ app: EVERYTHING, ...options });
  app = await openRawSocket(kit.workspace);
  await app.got('hello');
}
beforeEach(() => start());
afterEach(() => kit.stop());

const lea = () => kit.person('Lea');
const kai = () => kit.person('Kai');

/** What the app heard of `what`, as names of events. */
async function heard(what: () => Promise<unknown>): Promise<readonly string[]> {
  await kit.workspace.settled();
  const before = app.events().length;
  await what();
  await kit.workspace.settled();
  return app.events().slice(before);
}

describe('events', () => {
  it('one mention is a message and an app_mention with the same ts and different ids', async () => {
    const ts = await lea().say('checkout', '@Steady help');
    await kit.workspace.settled();
    const payloads = app.received.flatMap((item) => (item.payload === undefined ? [] : [item.payload]));
    expect(payloads.map((item) => item.event)).toEqual([
      expect.objectContaining({ type: 'message', ts, channel_type: 'channel', text: '<@U0STEADY01> help' }),
      expect.objectContaining({ type: 'app_mention', ts, channel: 'C0CHECKOUT' }),
    ]);
    expect(new Set(payloads.map((item) => item.event_id)).size).toBe(2);
  });

  it('hears only conversations it is in', async () => {
    expect(await heard(() => lea().say('general', '@Steady hello'))).toEqual([]);
    expect(await heard(() => lea().inviteApp('general'))).toEqual([
      'message:channel_join',
      'member_joined_channel',
    ]);
    expect(await heard(() => lea().say('general', '@Steady hello'))).toEqual(['message', 'app_mention']);
    expect(await heard(() => lea().slash('general', '/remove @Steady'))).toEqual([
      'channel_left',
      'member_left_channel',
    ]);
    expect(await heard(() => lea().say('general', 'hello'))).toEqual([]);
  });

  it('hears a direct message once, without app_mention', async () => {
    expect(await heard(() => lea().dm('@Steady list'))).toEqual(['message']);
    expect(app.received.at(-1)?.payload?.event).toMatchObject({ channel_type: 'im' });
  });

  it('hears only what the manifest subscribes to', async () => {
    await start({ app: { ...DEFAULT_APP, events: ['app_mention'] } });
    expect(await heard(() => lea().say('checkout', '@Steady hi'))).toEqual(['app_mention']);
    expect(await heard(() => lea().say('checkout', 'hi'))).toEqual([]);
  });

  it('hears edits, a mention again only when it was added', async () => {
    const ts = await lea().say('checkout', 'Steady help');
    expect(await heard(() => lea().edit('checkout', ts, '@Steady help'))).toEqual([
      'message:message_changed',
      'app_mention',
    ]);
    expect(app.received.at(-1)?.payload?.event).toMatchObject({ ts, edited: { user: lea().id } });
    expect(await heard(() => lea().edit('checkout', ts, '@Steady help me'))).toEqual([
      'message:message_changed',
    ]);
  });

  it('re-fires every edited mention where told', async () => {
    await start({ mentionOnEveryEdit: true });
    const ts = await lea().say('checkout', '@Steady hlep');
    expect(await heard(() => lea().edit('checkout', ts, '@Steady help'))).toEqual([
      'message:message_changed',
      'app_mention',
    ]);
  });

  it('hears deletions; a parent with replies becomes a tombstone', async () => {
    const alone = await lea().say('checkout', 'a');
    expect(await heard(() => lea().delete('checkout', alone))).toEqual(['message:message_deleted']);
    const parent = await lea().say('checkout', 'b');
    await kai().reply('checkout', parent, 'reply');
    expect(await heard(() => lea().delete('checkout', parent))).toEqual(['message:message_changed']);
    expect(app.received.at(-1)?.payload?.event).toMatchObject({ message: { subtype: 'tombstone' } });
    expect(kit.thread('checkout', parent)).toEqual(['reply']);
  });

  it('hears reactions and pins, the pinned message inside', async () => {
    const ts = await kai().say('checkout', 'root cause?');
    expect(await heard(() => lea().react('checkout', ts, 'pushpin'))).toEqual(['reaction_added']);
    expect(app.received.at(-1)?.payload?.event).toMatchObject({ item_user: kai().id, item: { ts } });
    expect(await heard(() => lea().react('checkout', ts, 'pushpin'))).toEqual([]);
    expect(await heard(() => lea().unreact('checkout', ts, 'pushpin'))).toEqual(['reaction_removed']);
    expect(await heard(() => lea().pin('checkout', ts))).toEqual(['message:pinned_item', 'pin_added']);
    expect(app.received.at(-1)?.payload?.event).toMatchObject({
      item: { message: { ts, text: 'root cause?' } },
    });
    expect(await heard(() => lea().unpin('checkout', ts))).toEqual(['pin_removed']);
  });

  it('hears of topics, names, archives, shares, and people who come and go', async () => {
    const channel = kit.workspace.state.conversations.get('C0CHECKOUT');
    if (channel === undefined) throw new Error('no channel');
    expect(await heard(() => kai().leave('checkout'))).toEqual([
      'message:channel_leave',
      'member_left_channel',
    ]);
    expect(await heard(() => kai().join('checkout'))).toEqual([
      'message:channel_join',
      'member_joined_channel',
    ]);
    expect(await heard(() => lea().slash('checkout', '/topic all fine'))).toEqual(['message:channel_topic']);
    expect(app.received.at(-1)?.payload?.event).toMatchObject({
      topic: 'all fine',
      text: '<@U0LEA00001> set the channel topic: all fine',
    });
    expect(await heard(() => lea().slash('checkout', '/rename pay'))).toEqual([
      'message:channel_name',
      'channel_rename',
    ]);
    expect(await heard(async () => kit.workspace.membership.share(channel, true))).toEqual([
      'channel_shared',
    ]);
    expect(await heard(() => lea().slash('pay', '/archive'))).toEqual([
      'message:channel_archive',
      'channel_archive',
    ]);
    expect(
      await heard(async () => kit.workspace.raise({ type: 'tokens_revoked', tokens: { bot: ['U1'] } })),
    ).toEqual(['tokens_revoked']);
    await expect(lea().say('pay', 'too late')).rejects.toThrow('archived');
    expect(await heard(() => lea().slash('pay', '/unarchive'))).toEqual([
      'message:channel_unarchive',
      'channel_unarchive',
    ]);
    await lea().say('pay', 'here again');
  });

  it('names people of another company by their own team', async () => {
    const people = [
      { id: 'U0LEA00001', name: 'lea', realName: 'Lea', tz: 'Europe/Berlin' },
      { id: 'U0GUEST001', name: 'gus', realName: 'Gus', tz: 'Etc/UTC', teamId: 'T0OTHERCO1' },
    ];
    await start({ people });
    await kit.person('Gus').say('checkout', 'hi');
    await kit.workspace.settled();
    expect(app.received.at(-1)?.payload).toMatchObject({
      team_id: 'T0ACME0001',
      event: { user: 'U0GUEST001', team: 'T0OTHERCO1', user_team: 'T0OTHERCO1' },
    });
    await kit.person('Gus').shortcut('Declare incident');
    expect(app.received.at(-1)?.payload).toMatchObject({
      team: { id: 'T0ACME0001' },
      user: { team_id: 'T0OTHERCO1' },
    });
  });

  it('hears files and its own posts', async () => {
    expect(await heard(() => lea().upload('checkout', 'a.png', Buffer.from('x')))).toEqual([
      'message:file_share',
    ]);
    const post = () =>
      fetch(`${kit.workspace.apiUrl}chat.postMessage`, {
        method: 'POST',
        headers: { authorization: `Bearer ${kit.workspace.tokens.bot}` },
        body: new URLSearchParams({ channel: 'C0CHECKOUT', text: 'mine' }),
      });
    expect(await heard(post)).toEqual(['message']);
    expect(app.received.at(-1)?.payload?.event).toMatchObject({ bot_id: 'B0STEADY01', user: 'U0STEADY01' });
  });
});

describe('notifications', () => {
  it('tells whom a message would reach and why', async () => {
    kit.workspace.addUsergroup({ id: 'S0ONCALL01', handle: 'oncall', name: 'On call', users: [kai().id] });
    const ts = await lea().say('checkout', 'burning, @Kai');
    await lea().say('checkout', '@oncall please');
    await lea().say('checkout', '@here all');
    await kai().reply('checkout', ts, 'looking');
    await lea().reply('checkout', ts, 'thanks');
    expect(kit.notifications('Kai')).toEqual([
      'mention: burning, <@U0KAI00001>',
      'mention: <!subteam^S0ONCALL01> please',
      'broadcast: <!here> all',
      'thread: thanks',
    ]);
    expect(kit.notifications('Lea')).toEqual(['thread: looking']);
    expect(kit.notifications('Mara')).toEqual(['broadcast: <!here> all']);
  });

  it('nobody for edits, for outsiders, and in code', async () => {
    const ts = await lea().say('checkout', 'hello');
    await lea().edit('checkout', ts, 'hello @Kai');
    await lea().say('payments-private', 'hello @Mara');
    await lea().say('checkout', '`@Kai`');
    expect(kit.notifications('Kai')).toEqual([]);
    expect(kit.notifications('Mara')).toEqual([]);
  });

  it('nobody who has left the company', async () => {
    kit.workspace.deactivate(kai().id);
    await lea().say('checkout', '@Kai ping');
    expect(kit.notifications('Kai')).toEqual([]);
    await expect(kai().say('checkout', 'hello')).rejects.toThrow('Nobody is signed in');
  });

  it('holds back in Do Not Disturb', async () => {
    await kit.person('Mara').doNotDisturb(true);
    await lea().say('checkout', '@Mara ping');
    expect(kit.notifications('Mara')).toEqual(['mention: <@U0MARA0001> ping (held back)']);
  });
});
