import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MINUTE } from '../../src/domain/time.ts';
import { slipsIn } from './all-said.ts';
import { type BotKit, startBotKit } from './bot-kit.ts';
import { channelsNamed } from './channels.ts';
import { type Talk, talkIn } from './talk.ts';

const NAMES = [
  'ladder',
  'resting',
  'gone',
  'outside',
  'beat',
  'snooze',
  'held',
  'fix',
  'asis',
  'twins',
  'other',
  'restart',
  'quiet',
];

describe('the promise', () => {
  let kit: BotKit;
  let talk: Talk;

  beforeAll(async () => {
    kit = await startBotKit({
      workspace: {
        channels: channelsNamed(NAMES),
        people: [
          { id: 'U0LEA00001', name: 'lea', realName: 'Lea', tz: 'Europe/Berlin', admin: true },
          { id: 'U0KAI00001', name: 'kai', realName: 'Kai', tz: 'America/Los_Angeles' },
          { id: 'U0MARA0001', name: 'mara', realName: 'Mara', tz: 'Asia/Kolkata' },
          { id: 'U0IDA00001', name: 'ida', realName: 'Ida', tz: 'Europe/Berlin' },
          { id: 'U0OLE00001', name: 'ole', realName: 'Ole', tz: 'Europe/Berlin' },
        ],
      },
      toml: '[cadence]\nescalate_to = ["U0IDA00001"]',
    });
    talk = talkIn(kit);
  });
  afterAll(async () => {
    expect(slipsIn(kit)).toEqual([]);
    await kit.stop();
  });

  async function end(channel: string): Promise<void> {
    await talk.say(channel, '@Steady override it is over');
  }

  it('2.1, 2.3: a draft by DM at T−5, one nudge at T for the lead, replies at T+5 and T+15 with a DM each, and one line once kept', async () => {
    const id = await talk.declared('ladder', 'P1 ladder');
    await talk.say('ladder', '@Steady role comms @Kai');
    await talk.say('ladder', '@Steady update impact: 23 % of checkouts fail doing: rolling back');
    await kit.pass(25 * MINUTE);
    expect(kit.dm('Lea').at(-1)).toMatch(/an update is due at .* A draft from the timeline/);
    expect(kit.dm('Lea').at(-1)).toContain('[Post as is]');
    expect(kit.notifications('Lea').at(-1)).toMatch(/^dm: /);
    const before = kit.posts('ladder');
    await kit.pass(5 * MINUTE);
    expect(kit.posts('ladder')).toBe(before + 1);
    const nudge = kit.messages('ladder').at(-1);
    expect(kit.channel('ladder').at(-1)).toContain('was promised an update');
    expect(kit.notifications('Lea').at(-1)).toMatch(/^mention: INC-\d+ P1 · update was due/);
    await kit.pass(5 * MINUTE);
    expect(kit.posts('ladder')).toBe(before + 1);
    expect(kit.thread('ladder', nudge?.ts ?? '')).toHaveLength(1);
    expect(
      kit
        .notifications('Kai')
        .map((one) => one.split(':')[0])
        .slice(-2)
        .sort(),
    ).toEqual(['dm', 'mention']);
    await kit.pass(10 * MINUTE);
    expect(kit.thread('ladder', nudge?.ts ?? '')).toHaveLength(2);
    expect(
      kit
        .notifications('Ida')
        .map((one) => one.split(':')[0])
        .slice(-2)
        .sort(),
    ).toEqual(['dm', 'mention']);
    expect(kit.dm('Ida').at(-1)).toContain('overdue by 15 min');
    await talk.say('ladder', '@Steady update impact: 2 % fail doing: watching');
    await kit.until(
      () => kit.channel('ladder').some((one) => one.includes('came at')),
      'the nudge to shrink',
    );
    const shrunk = kit.channel('ladder').find((one) => one.includes('came at')) ?? '';
    expect(shrunk).not.toContain('[');
    expect(shrunk.split('\n')).toHaveLength(1);
    await kit.until(() => kit.dm('Ida').at(-1)?.includes('came at') === true, 'the DM to shrink');
    expect(id).toBe('INC-1');
    await talk.say('ladder', '@Steady override rolled back');
    expect(kit.dm('Lea').at(-1)).toMatch(/kept 1 of 2/);
    await kit.pass(60 * MINUTE);
    expect(kit.channel('ladder').at(-1)).toContain('resolved');
  });

  it('2.2 a lead in Do Not Disturb: the card says so and the next rung comes at once', async () => {
    const id = await talk.declared('resting', 'P1 resting', 'Mara');
    await kit.person('Mara').doNotDisturb(true);
    await kit.pass(30 * MINUTE);
    await kit.until(() => talk.card('resting').text.includes('in Do Not Disturb'), 'the card to say so');
    expect(kit.dm('Ida').at(-1)).toContain(id);
    await kit.person('Mara').doNotDisturb(false);
    await end('resting');
  });

  it('2.2 a deactivated lead', async () => {
    const id = await talk.declared('gone', 'P1 gone', 'Ole');
    kit.workspace.deactivate(kit.person('Ole').id);
    await kit.pass(30 * MINUTE);
    await kit.until(() => talk.card('gone').text.includes('deactivated'), 'the card to say so');
    expect(kit.dm('Ida').at(-1)).toContain(id);
    await end('gone');
  });

  it('2.2 a lead outside the channel; 1.9 whoever gives the role is told how to invite', async () => {
    await kit.person('Kai').leave('outside');
    await talk.declared('outside', 'P1 outside');
    const asked = await talk.say('outside', '@Steady lead @Kai');
    expect(kit.thread('outside', asked).join()).toContain('/invite @Kai');
    await kit.pass(30 * MINUTE);
    await kit.until(() => talk.card('outside').text.includes('not in the channel'), 'the card to say so');
    await end('outside');
  });

  it('2.4 two heartbeats in a row at most, each saying what changed; the third asks for a sentence', async () => {
    await talk.declared('beat', 'P1 beat', 'Kai');
    await kit.pass(MINUTE);
    await talk.say('beat', '@Steady prom up', 'Kai');
    await talk.say('beat', '@Steady no change', 'Kai');
    expect(kit.channel('beat').at(-1)).toMatch(/Since the last word: 1 query/);
    await kit.pass(10 * MINUTE);
    await talk.say('beat', '@Steady no change', 'Kai');
    expect(kit.channel('beat').at(-1)).toMatch(/Nothing new since .*2nd time/);
    const before = kit.posts('beat');
    await talk.say('beat', '@Steady no change', 'Kai');
    expect(kit.posts('beat')).toBe(before);
    expect(talk.whispered('beat', 'Kai')).toContain('One sentence, please');
    await talk.say('beat', '@Steady update known: waiting for the vendor doing: asking again', 'Kai');
    await talk.say('beat', '@Steady no change', 'Kai');
    expect(kit.channel('beat').at(-1)).toContain('no change');
    await end('beat');
  });

  it('2.4 snooze is one click on a menu of reason and time; a double click is harmless', async () => {
    await talk.declared('snooze', 'P1 snooze', 'Mara');
    await talk.say('snooze', '@Steady mute hero', 'Mara');
    await kit.pass(30 * MINUTE);
    const nudge = kit.messages('snooze').at(-1);
    const menu = JSON.stringify(nudge?.blocks);
    const value = /"value":"(\d+\/\d+\/15m\/[^"]+)"/.exec(menu)?.[1] ?? '';
    const where = { channel: 'snooze', ts: nudge?.ts ?? '' };
    await Promise.all([
      kit.person('Mara').choose('snooze', value, where),
      kit.person('Mara').choose('snooze', value, where),
    ]);
    await kit.settled();
    await kit.until(() => talk.card('snooze').text.includes('snoozed by @Mara'), 'the card to say so');
    expect(talk.whispered('snooze', 'Mara')).toContain('@Mara put it off');
    await kit.until(
      () => kit.channel('snooze').at(-1)?.includes('put the update off') === true,
      'the nudge to shrink',
    );
    const posts = kit.posts('snooze');
    await kit.pass(9 * MINUTE);
    expect(kit.posts('snooze')).toBe(posts);
    await kit.pass(6 * MINUTE);
    expect(kit.posts('snooze')).toBe(posts + 1);
    await end('snooze');
  });

  it('2.5 an update is held for a secret, a broadcast or the same words, and kept: by DM, on the home tab, in status', async () => {
    await talk.declared('held', 'P1 held', 'Kai');
    const kai = kit.person('Kai');
    await talk.say(
      'held',
      '@Steady update impact: all fail doing: rotating ghp_0123456789abcdefghijklmnopqrstuvwxyz',
      'Kai',
    );
    expect(kit.posts('held')).toBe(1);
    expect(kit.dm('Kai').at(-1)).toContain('your update is held');
    expect(kit.dm('Kai').at(-1)).not.toContain('ghp_0123');
    await talk.say('held', '@Steady update impact: @here look doing: nothing', 'Kai');
    expect(kit.posts('held')).toBe(1);
    expect(kit.dm('Kai').at(-1)).toContain('would have called everyone');
    await talk.say('held', '@Steady update impact: 5 % fail doing: looking', 'Kai');
    await talk.say('held', '@Steady update impact: 5 % fail doing: looking', 'Kai');
    expect(kit.posts('held')).toBe(2);
    expect(kit.dm('Kai').at(-1)).toContain('word for word');
    await kai.openHome();
    await kit.settled();
    expect(kit.home('Kai')).toContain('Waiting for you');
    await kai.dm('status');
    await kit.settled();
    expect(kit.dm('Kai').at(-1)).toContain('Waiting for you');
    await kit.restart();
    await kai.click('Discard', { channel: dmOf('Kai') });
    await kit.settled();
    expect(kit.dm('Kai').at(-1)).toContain('thrown away');
    await end('held');
  });
  function dmOf(who: string): string {
    const id = kit.person(who).id;
    return (
      [...kit.workspace.state.conversations.values()].find((one) => one.kind === 'dm' && one.members.has(id))
        ?.id ?? ''
    );
  }

  it('2.5, 2.6 hints follow privately with Fix, which edits the post; claims are labelled by field, Doing never', async () => {
    await talk.declared('fix', 'P1 fix', 'Mara');
    await talk.say(
      'fix',
      '@Steady update impact: some checkouts fail known: payments changed limits doing: calling them',
      'Mara',
    );
    const post = kit.channel('fix').at(-1) ?? '';
    expect(post.match(/UNVERIFIED/g)).toHaveLength(2);
    expect(/Doing[^\n]*/.exec(post)?.[0]).not.toContain('UNVERIFIED');
    expect(talk.whispered('fix', 'Mara')).toContain('some');
    const notified = kit.notifications('Kai').length;
    await kit.person('Mara').click('Fix', { channel: 'fix' });
    await kit.settled();
    await kit.person('Mara').submit({ impact: '7 of 30 checkouts fail' });
    await kit.settled();
    expect(kit.channel('fix').at(-1)).toContain('7 of 30 checkouts fail');
    expect(kit.posts('fix')).toBe(2);
    expect(kit.notifications('Kai')).toHaveLength(notified);
    await end('fix');
  });

  it('2.1 Post as is from the direct message: one tap, and the second says that it is settled', async () => {
    await talk.declared('asis', 'P1 asis', 'Mara');
    await talk.say('asis', '@Steady update impact: 5 % fail doing: looking', 'Mara');
    await kit.pass(25 * MINUTE);
    const where = { channel: dmOf('Mara') };
    const before = kit.posts('asis');
    await talk.say('asis', '@Steady prom up', 'Mara');
    const held = kit.dm('Mara').at(-1) ?? '';
    expect(held).toContain('[Post as is]');
    await kit.person('Mara').click('Post as is', where);
    await kit.settled();
    const posted = kit.posts('asis');
    expect(posted + kit.dm('Mara').filter((one) => one.includes('held')).length).toBe(before + 1);
    await kit
      .person('Mara')
      .click('No change', { channel: 'asis' })
      .catch(() => undefined);
    await kit.settled();
    await end('asis');
  });

  it('2.2 one lead with two incidents due together gets one direct message', async () => {
    await talk.declared('twins', 'P2 twin one', 'Mara');
    await talk.declared('other', 'P2 twin two', 'Mara');
    const before = kit.dm('Mara').length;
    await kit.pass(27 * MINUTE);
    expect(kit.dm('Mara')).toHaveLength(before + 1);
    expect(kit.dm('Mara').at(-1)).toMatch(/INC-\d+ P2[\s\S]*INC-\d+ P2/);
    await end('twins');
    await end('other');
  });

  it('3.2 clicks on messages from before a restart work, and a nudge that fell due meanwhile comes once', async () => {
    await talk.declared('restart', 'P1 restart', 'Mara');
    await kit.restart(() => kit.workspace.advance(32 * MINUTE));
    await kit.bot.round();
    await kit.settled();
    expect(kit.channel('restart').filter((one) => one.includes('was promised an update'))).toHaveLength(1);
    await kit.restart();
    await kit.person('Mara').click('No change', { channel: 'restart' });
    await kit.settled();
    expect(kit.channel('restart').at(-1)).toContain('no change');
    await end('restart');
  });

  it('2.8 resolve silences everything at once; a stale button then says what happened', async () => {
    await talk.declared('quiet', 'P1 quiet', 'Mara');
    await kit.pass(30 * MINUTE);
    const nudge = kit.messages('quiet').at(-1);
    const seen = nudge?.blocks;
    await end('quiet');
    await kit.until(
      () => kit.channel('quiet').some((one) => one.includes('is resolved; no update is due')),
      'the nudge to shrink',
    );
    const posts = kit.posts('quiet');
    if (nudge) nudge.blocks = seen ?? [];
    await kit.person('Mara').click('No change', { channel: 'quiet', ts: nudge?.ts ?? '' });
    await kit.settled();
    expect(talk.whispered('quiet', 'Mara')).toContain('is resolved');
    await kit.pass(90 * MINUTE);
    expect(kit.posts('quiet')).toBe(posts);
  });
});
