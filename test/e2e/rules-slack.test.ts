import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { slipsIn } from './all-said.ts';
import { type BotKit, startBotKit } from './bot-kit.ts';
import { channelsNamed } from './channels.ts';
import { type Talk, talkIn } from './talk.ts';

const NAMES = ['modals', 'closing', 'stale', 'doubles', 'pinless', 'texts', 'tables', 'hands'];

describe('Slack as it is', () => {
  let kit: BotKit;
  let talk: Talk;

  beforeAll(async () => {
    kit = await startBotKit({ workspace: { channels: channelsNamed(NAMES) } });
    talk = talkIn(kit);
  });
  afterAll(async () => {
    expect(slipsIn(kit)).toEqual([]);
    await kit.stop();
  });

  it('3.1 a mention has no trigger, so it answers with words and buttons; /steady opens the modal', async () => {
    await talk.say('modals', '@Steady declare checkout 500s');
    expect(kit.modal('Lea')).toBeUndefined();
    expect(talk.whispered('modals')).toContain('[P1] [P2] [P3] [P4]');
    await kit.person('Lea').click('P3', { channel: 'modals' });
    await kit.settled();
    expect(talk.card('modals').text).toContain('P3 · checkout 500s');
    await talk.say('modals', '@Steady update');
    expect(talk.whispered('modals')).toContain('[No change]');
    await kit.person('Lea').slash('modals', '/steady update');
    await kit.settled();
    expect(kit.modal('Lea')).toContain('What we know');
    await kit.person('Lea').close();
  });

  it('3.1 what cannot be right is said under its input, and the modal stays', async () => {
    const kai = kit.person('Kai');
    await kai.slash('hands', '/steady declare');
    await kit.settled();
    await kai.submit({ title: 'slow', channel: 'hands', link: 'ftp://user:secret@example.com' });
    await kit.settled();
    const view = kit.workspace.state.modals.get(kai.id)?.at(-1);
    expect(view?.errors).toEqual({ link: expect.stringContaining('http') });
    await kai.submit({ title: 'slow', channel: 'hands', link: 'https://grafana.example.com/d/1' });
    await kit.settled();
    expect(talk.card('hands').text).toContain('P2 · slow');
  });

  it('3.1 closing an update keeps what was typed as a draft, and it is there when opened again', async () => {
    await talk.declared('closing');
    await kit.person('Lea').click('Post update', { channel: 'closing' });
    await kit.settled();
    await kit.person('Lea').close({ 'What we know': 'payments answers 429' });
    await kit.settled();
    await kit.person('Lea').click('Post update', { channel: 'closing' });
    await kit.settled();
    const view = JSON.stringify(kit.workspace.state.modals.get(kit.person('Lea').id)?.at(-1)?.content);
    expect(view).toContain('payments answers 429');
    await kit.person('Lea').submit();
    await kit.settled();
    expect(kit.channel('closing').at(-1)).toContain('payments answers 429');
    expect(kit.posts('closing')).toBe(2);
  });

  it('3.1, 3.2 state is read again on submit: an incident that ended meanwhile says so', async () => {
    const id = await talk.declared('stale');
    await kit.person('Lea').click('Mitigated', { channel: 'stale' });
    await kit.settled();
    await talk.say('stale', '@Steady override it went away', 'Kai');
    await kit.person('Lea').submit();
    await kit.settled();
    expect(talk.whispered('stale')).toContain(`${id} is resolved`);
    expect(kit.posts('stale')).toBe(2);
  });

  it('3.2 a delivery that comes twice, and a double click, do it once', async () => {
    kit.workspace.faults.add('delivery', { kind: 'duplicate' }, 3);
    await talk.declared('doubles');
    await talk.say('doubles', '@Steady update impact: 5 % fail doing: looking');
    expect(kit.posts('doubles')).toBe(2);
    const card = { channel: 'doubles', ts: talk.card('doubles').ts };
    const buttons = kit.messages('doubles').find((one) => one.ts === card.ts)?.blocks;
    await talk.say('doubles', '@Steady override done');
    const message = kit.messages('doubles').find((one) => one.ts === card.ts);
    await kit.until(() => JSON.stringify(message?.blocks).includes('Reopen'), 'the card of the end');
    await Promise.all([kit.person('Lea').click('reopen', card), kit.person('Kai').click('reopen', card)]);
    await kit.settled();
    expect(kit.channel('doubles').filter((one) => one.includes('reopened'))).toHaveLength(1);
    expect([...kit.ephemerals('doubles', 'Lea'), ...kit.ephemerals('doubles', 'Kai')].join()).toContain(
      'is open',
    );
    expect(buttons).toBeDefined();
  });

  it('3.7 a pin that is refused is one line on the card naming the permission, tried again at the next change', async () => {
    const refuse = { kind: 'error', error: 'missing_scope' } as const;
    const allow = kit.workspace.faults.add('pins.add', refuse, Number.POSITIVE_INFINITY);
    await talk.declared('pinless');
    await kit.until(() => talk.card('pinless').text.includes('no pin'), 'the line on the card');
    expect(talk.card('pinless').text).toMatch(/no pin: .*(?:missing_scope|pins:write)/);
    allow();
    await talk.say('pinless', '@Steady severity P1');
    await kit.until(() => !talk.card('pinless').text.includes('no pin'), 'the pin at the second try');
  });

  it('3.8 notification text comes with the incident first and stays under 90 characters of substance', async () => {
    await talk.declared('texts', `P1 ${'a very long title '.repeat(9)}`);
    await talk.say('texts', `@Steady update impact: ${'many words '.repeat(30)} doing: looking`);
    await talk.say('texts', '@Steady mitigate rolled back');
    const texts = kit
      .messages('texts')
      .filter((one) => one.bot && one.threadTs === undefined && one.subtype === undefined)
      .map((one) => one.text);
    expect(texts).toHaveLength(3);
    for (const text of texts) {
      expect(text).toMatch(/^INC-\d+ P1 · /);
      expect(text.replace(/<@\w+>/g, '').length).toBeLessThanOrEqual(120);
    }
  });

  it('3.10 a pipe table and Markdown in a person’s text do not reach the channel as such', async () => {
    await talk.declared('tables');
    await talk.say(
      'tables',
      '@Steady update known: **bold** # head\n| code | n |\n|---|---|\n| 500 | 7 |\ndoing: looking',
    );
    const post = kit.messages('tables').findLast((one) => one.bot && one.threadTs === undefined);
    const drawn = kit.channel('tables').at(-1) ?? '';
    expect(drawn).toContain('500');
    expect(drawn).not.toContain('|---|');
    expect(post?.blocks?.some((block) => block.type === 'markdown' || block.type === 'section')).toBe(false);
  });
});
