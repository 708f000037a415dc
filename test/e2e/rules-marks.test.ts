import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MINUTE } from '../../src/domain/time.ts';
import type { Conversation } from '../slack-kit/types.ts';
import { slipsIn } from './all-said.ts';
import { type BotKit, startBotKit } from './bot-kit.ts';
import { channelsNamed } from './channels.ts';
import { type Talk, talkIn } from './talk.ts';

const NAMES = ['marks', 'pins', 'edits', 'replies', 'alerts', 'entries', 'publish', 'home', 'global'];

describe('marks, shortcuts and the home tab', () => {
  let kit: BotKit;
  let talk: Talk;

  beforeAll(async () => {
    kit = await startBotKit({ workspace: { channels: channelsNamed(NAMES) } });
    talk = talkIn(kit);
  });
  afterAll(async () => {
    expect(slipsIn(kit)).toEqual([]);
    expect(kit.warnings).toEqual([]);
    await kit.stop();
  });

  const place = (name: string): Conversation => {
    const found = [...kit.workspace.state.conversations.values()].find((one) => one.name === name);
    if (found === undefined) throw new Error(`no ${name}`);
    return found;
  };
  const reactions = (name: string, ts: string) =>
    kit
      .messages(name)
      .find((one) => one.ts === ts)
      ?.reactions.map((one) => `${one.name} ${one.users.length}`);
  async function timeline(channel: string): Promise<string> {
    const asked = await talk.say(channel, '@Steady timeline');
    return kit.thread(channel, asked).join('\n');
  }

  it('1.8 and 3.4: a 📌 puts a message on the timeline with its own time and a link, answered with ✅; the last mark removes it', async () => {
    await talk.declared('marks');
    const ts = await talk.say('marks', 'the cache node was replaced', 'Kai');
    await kit.pass(3 * MINUTE);
    const [lea, mara] = [kit.person('Lea'), kit.person('Mara')];
    await lea.react('marks', ts, 'pushpin');
    await mara.react('marks', ts, 'pushpin');
    await kit.settled();
    expect(reactions('marks', ts)).toContain('white_check_mark 1');
    const told = await timeline('marks');
    expect(told).toContain('the cache node was replaced');
    expect(told).toContain('14:00');
    expect(JSON.stringify(kit.messages('marks').map((one) => one.blocks))).toContain(
      `/archives/${place('marks').id}/p${ts.replace('.', '')}`,
    );
    await lea.unreact('marks', ts, 'pushpin');
    await kit.settled();
    expect(await timeline('marks')).toContain('the cache node was replaced');
    await mara.unreact('marks', ts, 'pushpin');
    await kit.settled();
    expect(await timeline('marks')).not.toMatch(/\n.*the cache node was replaced[^\n]*$/);
    expect(reactions('marks', ts)).not.toContain('white_check_mark 1');
  });

  it('1.8 a pin is a mark too, its own pin is not; taking one mark away leaves the other', async () => {
    await talk.declared('pins');
    await kit.until(() => place('pins').pins.length === 1, 'the card to be pinned');
    expect(await timeline('pins')).not.toContain('pinned');
    const ts = await talk.say('pins', 'rolled back v2.3.45', 'Kai');
    await kit.person('Lea').pin('pins', ts);
    await kit.person('Mara').react('pins', ts, 'pushpin');
    await kit.settled();
    expect(await timeline('pins')).toContain('rolled back v2.3.45');
    await kit.person('Lea').unpin('pins', ts);
    await kit.settled();
    expect(reactions('pins', ts)).toContain('white_check_mark 1');
    await kit.person('Mara').unreact('pins', ts, 'pushpin');
    await kit.settled();
    expect(reactions('pins', ts)).not.toContain('white_check_mark 1');
  });

  it('1.8 an entry follows the edits and the deletion of its message', async () => {
    await talk.declared('edits');
    const ts = await talk.say('edits', 'error rate is 5 %', 'Kai');
    await kit.person('Lea').react('edits', ts, 'pushpin');
    await kit.settled();
    await kit.person('Kai').edit('edits', ts, 'error rate is 7 %');
    await kit.settled();
    expect(await timeline('edits')).toContain('error rate is 7 %');
    await kit.person('Kai').delete('edits', ts);
    await kit.settled();
    const told = await timeline('edits');
    expect(told).toMatch(/removed|deleted|taken off/);
  });

  it('3.4 a 📌 on a reply in a thread counts', async () => {
    await talk.declared('replies');
    const root = await talk.say('replies', 'what changed?', 'Kai');
    const reply = await kit.person('Mara').reply('replies', root, 'a deploy at 13:56');
    await kit.person('Lea').react('replies', reply, 'pushpin');
    await kit.settled();
    expect(await timeline('replies')).toContain('a deploy at 13:56');
    expect(reactions('replies', reply)).toContain('white_check_mark 1');
  });

  it('1.10 Declare incident on an alert with empty text and no user: title and link from the alert, its message kept', async () => {
    const ts = alertIn('alerts');
    await kit.person('Kai').shortcut('declare_from_message', { channel: 'alerts', ts });
    await kit.settled();
    const view = kit.workspace.state.modals.get(kit.person('Kai').id)?.at(-1)?.content;
    expect(JSON.stringify(view)).toContain('"initial_value":"[FIRING] Checkout 5xx above 5 %"');
    expect(JSON.stringify(view)).toContain('https://grafana.example.com/d/checkout');
    await kit.person('Kai').submit();
    await kit.settled();
    expect(talk.card('alerts').text).toContain('[FIRING] Checkout 5xx above 5 %');
    const card = JSON.stringify(
      kit.messages('alerts').find((one) => one.ts === talk.card('alerts').ts)?.blocks,
    );
    expect(card).toContain(`p${ts.replace('.', '')}`);
    expect(card).toContain('https://grafana.example.com/d/checkout');
  });

  function alertIn(channel: string): string {
    const { state } = kit.workspace;
    const ts = state.nextTs();
    place(channel).messages.push({
      ts,
      user: 'U0STEADY01',
      bot: true,
      text: '',
      files: [],
      reactions: [],
      extra: { user: undefined, bot_id: 'B0ALERT001', app_id: 'A0ALERT001', subtype: 'bot_message' },
      attachments: [
        {
          title: '[FIRING] Checkout 5xx above 5 %',
          title_link: 'https://grafana.example.com/d/checkout',
          text: 'value 23 %',
        },
      ],
    });
    return ts;
  }

  it('Add to timeline: a message by shortcut, with words of one’s own', async () => {
    await talk.declared('entries');
    const ts = await talk.say('entries', 'I restarted pod 3', 'Kai');
    await kit.person('Mara').shortcut('add_to_timeline', { channel: 'entries', ts });
    await kit.settled();
    expect(JSON.stringify(kit.workspace.state.modals.get(kit.person('Mara').id))).toContain(
      'I restarted pod 3',
    );
    await kit.person('Mara').submit();
    await kit.settled();
    expect(await timeline('entries')).toContain('I restarted pod 3');
    expect(reactions('entries', ts)).toContain('white_check_mark 1');
  });

  it('1.10 Post as update names the author and who published', async () => {
    await talk.declared('publish');
    const ts = await talk.say('publish', 'Impact: 23 % of checkouts fail. Doing: rolling back', 'Kai');
    await kit.person('Mara').shortcut('post_as_update', { channel: 'publish', ts });
    await kit.settled();
    await kit.person('Mara').submit();
    await kit.settled();
    const post = kit.channel('publish').at(-1) ?? '';
    expect(post).toContain('by @Kai, published by @Mara');
    expect(post).toContain('23 % of checkouts fail');
  });

  it('the global shortcut opens the same modal, and a channel without Steady is refused with the exact invitation', async () => {
    await kit.person('Kai').shortcut('Declare incident');
    await kit.settled();
    await kit.person('Kai').submit({ title: 'search is slow', severity: 'P3', channel: 'global' });
    await kit.settled();
    expect(talk.card('global').text).toContain('P3 · search is slow');
  });

  it('2.7 the home tab is published on opening, and on change for ten minutes after', async () => {
    const id = await talk.declared('home', 'P1 home is burning');
    await kit.person('Mara').openHome();
    await kit.settled();
    expect(kit.home('Mara')).toContain('home is burning');
    const published = kit.calls('views.publish');
    await kit.bot.round();
    expect(kit.calls('views.publish')).toBe(published);
    await talk.say('home', '@Steady handoff @Mara');
    await kit.bot.round();
    await kit.until(
      () => kit.home('Mara')?.includes('Waiting for you') === true,
      'the offer on the home tab',
    );
    await kit.person('Mara').click('Accept', { home: true });
    await kit.settled();
    await kit.bot.round();
    expect(kit.home('Mara')).toContain('you lead');
    expect(kit.home('Mara')).not.toContain('Waiting for you');
    await kit.pass(11 * MINUTE);
    const before = kit.calls('views.publish');
    await talk.say('home', `@Steady ${id} title home is wet`);
    await kit.bot.round();
    expect(kit.calls('views.publish')).toBe(before);
  });
});
