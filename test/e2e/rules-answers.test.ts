import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { slipsIn } from './all-said.ts';
import { type BotKit, startBotKit } from './bot-kit.ts';
import { channelsNamed } from './channels.ts';

const NAMES = [
  'ids',
  'twice',
  'thread',
  'slash',
  'budget',
  'reading',
  'synonyms',
  'typos',
  'quiet',
  'edited',
];

describe('talking in a channel', () => {
  let kit: BotKit;

  beforeAll(async () => {
    kit = await startBotKit({ workspace: { channels: channelsNamed(NAMES) } });
  });
  afterAll(async () => {
    expect(slipsIn(kit)).toEqual([]);
    expect(kit.warnings).toEqual([]);
    await kit.stop();
  });

  const lea = () => kit.person('Lea');
  async function say(channel: string, text: string, who = 'Lea'): Promise<string> {
    const ts = await kit.person(who).say(channel, text);
    await kit.settled();
    return ts;
  }
  async function declared(channel: string, text = `P2 trouble in ${channel}`): Promise<string> {
    await say(channel, `@Steady declare ${text} here`);
    const id = /INC-\d+/.exec(kit.channel(channel).join('\n'))?.[0];
    if (id === undefined) throw new Error(`Nothing was declared: ${kit.ephemerals(channel, 'Lea').join()}`);
    return id;
  }

  it('1.1 the id comes first in card, topic, notification text and home tab, and first in any command anywhere', async () => {
    const id = await declared('ids');
    const card = kit.messages('ids').find((one) => one.text.startsWith(id));
    expect(card?.text).toMatch(new RegExp(`^${id} P2 · `));
    expect(kit.channel('ids').at(1)).toContain(`${id} · P2 · trouble in ids`);
    await kit.until(() => kit.topic('ids').startsWith(`${id} P2`), 'the topic');
    await lea().openHome();
    await kit.settled();
    expect(kit.home('Lea')).toContain(`${id} `);
    const asked = await say('quiet', `@Steady ${id} note asked from elsewhere`);
    expect(kit.thread('quiet', asked).join()).toContain(`${id} noted`);
    await lea().dm(`${id} note asked from a direct message`);
    await kit.settled();
    expect(kit.dm('Lea').at(-1)).toContain(`${id} noted`);
  });

  it('1.1 a second declare offers the open one; a new channel only where that is switched on', async () => {
    const id = await declared('twice');
    await say('twice', '@Steady declare P1 another thing here');
    const offer = kit.ephemerals('twice', 'Lea').at(-1) ?? '';
    expect(offer).toContain(`${id} is open here`);
    expect(offer).toContain(`[Use ${id}]`);
    expect(offer).not.toContain('New channel');
    await lea().click(`Use ${id}`);
    await kit.settled();
    expect(kit.ephemerals('twice', 'Lea').at(-1)).toContain('Nothing waits for you');
    expect(kit.posts('twice')).toBe(1);
  });

  it('1.2 an answer goes in the thread of the message that asked; the card is the start message, pinned, edited in place', async () => {
    const id = await declared('thread');
    const asked = await say('thread', '@Steady prom up');
    expect(kit.thread('thread', asked).join()).toContain('E1');
    const reply = await lea().reply('thread', asked, '@Steady status');
    await kit.settled();
    expect(kit.thread('thread', asked).at(-1)).toContain(id);
    expect(kit.thread('thread', reply)).toEqual([]);
    expect(kit.posts('thread')).toBe(1);
    const card = kit.messages('thread').find((one) => one.text.startsWith(id));
    const { pins } = [...kit.workspace.state.conversations.values()].find((one) => one.name === 'thread') ?? {
      pins: [],
    };
    await kit.until(() => pins.map((pin) => pin.ts).join() === card?.ts, 'the pin');
    await say('thread', '@Steady severity P1');
    await kit.until(
      () => kit.channel('thread').some((one) => one.includes(`${id} · P1 · trouble`)),
      'the edit',
    );
    expect(kit.posts('thread')).toBe(1);
  });

  it('1.2 a /steady query goes under the status card, naming asker and query, with a private link for the asker', async () => {
    const id = await declared('slash');
    await kit.person('Kai').slash('slash', '/steady prom up');
    await kit.settled();
    const card = kit.messages('slash').find((one) => one.text.startsWith(id));
    const answer = kit.thread('slash', card?.ts ?? '').at(-1) ?? '';
    expect(answer).toContain('E1');
    expect(answer).toContain('asked by @Kai');
    expect(answer).toContain('up');
    const told = kit.ephemerals('slash', 'Kai').at(-1) ?? '';
    expect(told).toContain('E1');
    expect(JSON.stringify(lastEphemeral('slash'))).toMatch(
      /https:\/\/acme-sandbox\.slack\.com\/archives\/\w+\/p\d+/,
    );
  });
  function lastEphemeral(channel: string) {
    return [...kit.workspace.state.conversations.values()]
      .find((one) => one.name === channel)
      ?.ephemerals.at(-1)?.blocks;
  }

  it('1.3 at top level only the card, updates and phase changes; the topic changes on declare, phase, severity, lead and is put back', async () => {
    const before = kit.topic('budget');
    await declared('budget');
    const topics = () => kit.messages('budget').filter((one) => one.subtype === 'channel_topic').length;
    await kit.until(() => topics() === 1, 'the topic');
    for (const quiet of [
      'prom up',
      'note a thing',
      'status',
      'timeline',
      'title a better name',
      'service checkout',
      'help',
    ])
      await say('budget', `@Steady ${quiet}`);
    expect(kit.posts('budget')).toBe(1);
    expect(topics()).toBe(1);
    await say('budget', '@Steady severity P1');
    await kit.until(() => kit.topic('budget').includes('P1'), 'the severity');
    await say('budget', '@Steady lead', 'Kai');
    await kit.until(() => kit.topic('budget').includes('lead Kai'), 'the new lead');
    expect(topics()).toBe(3);
    expect(kit.posts('budget')).toBe(1);
    await say('budget', '@Steady update impact: 5 % fail doing: looking');
    await say('budget', '@Steady no change');
    await say('budget', '@Steady mitigate rolled back');
    await kit.until(() => kit.topic('budget').includes('mitigated'), 'the phase');
    await say('budget', '@Steady override it was the deploy');
    expect(kit.posts('budget')).toBe(5);
    await kit.until(() => kit.topic('budget') === before, 'the old topic');
    expect(topics()).toBe(5);
  });

  it('1.4 commands are read literally: links by their text, curly quotes and long dashes made plain and said so', async () => {
    await declared('reading');
    const asked = await say(
      'reading',
      '@Steady prom sum(rate(http_requests_total{service=\u201ccheckout\u201d}[5m]))',
    );
    const answer = kit.thread('reading', asked).join();
    expect(answer).toContain('sum(rate(http_requests_total{service="checkout"}[5m]))');
    expect(answer).toMatch(/curly quotes or long dashes were made plain/);
    await say('reading', '@Steady link https://grafana.example.com/d/checkout?a=1&b=2');
    expect(JSON.stringify(kit.messages('reading').map((one) => one.blocks))).toContain(
      'https://grafana.example.com/d/checkout?a=1&b=2',
    );
    await say('reading', '@Steady title a < b && c > d example.com');
    expect(kit.channel('reading').join('\n')).toContain('a < b && c > d example.com');
  });

  it('1.5 options are whole tokens outside quotes and brackets; in backticks they are text', async () => {
    const asked = await say('reading', '@Steady prom `up` since:10m step:1m');
    expect(kit.thread('reading', asked).join()).toMatch(/\nup\n/);
    const quoted = await say('reading', '@Steady note `since:10m` stays and so does "at:14:00"');
    await say('reading', '@Steady timeline');
    expect(kit.thread('reading', quoted).join()).toContain('noted');
    expect(
      kit
        .channel('reading')
        .concat(kit.messages('reading').map((one) => JSON.stringify(one.blocks)))
        .join(),
    ).toContain('since:10m');
  });

  it('1.6 synonyms: SEV1, close, ack; `declare … here` opens no modal', async () => {
    await say('synonyms', '@Steady declare SEV1 checkout 500s here');
    expect(kit.channel('synonyms').join()).toContain('P1 · checkout 500s');
    expect(kit.modal('Lea')).toBeUndefined();
    await say('synonyms', '@Steady ack', 'Mara');
    await kit.until(() => kit.topic('synonyms').includes('lead Mara'), 'the lead');
    await say('synonyms', '@Steady I’m lead', 'Kai');
    await kit.until(() => kit.topic('synonyms').includes('lead Kai'), 'the lead');
    await say('synonyms', '@Steady close the cache was cold');
    expect(kit.channel('synonyms').at(-1)).toContain('conclusion pending');
  });

  it('1.6 a typo runs nothing and offers the nearest as a button, which then does it', async () => {
    await declared('typos');
    await say('typos', '@Steady mitgate rolled back');
    expect(kit.posts('typos')).toBe(1);
    expect(kit.ephemerals('typos', 'Lea').at(-1)).toContain('[mitigate rolled back]');
    await lea().click('mitigate rolled back');
    await kit.settled();
    expect(kit.channel('typos').at(-1)).toContain('mitigated');
  });

  it('1.7 only a message that begins with the mention is a command; thanks, cc and quotes get no answer', async () => {
    const calls = kit.workspace.state.calls.filter((one) => one.method.startsWith('chat.post')).length;
    await say('quiet', 'thanks @Steady');
    await say('quiet', 'cc @Steady status');
    await say('quiet', '> @Steady resolve');
    expect(kit.workspace.state.calls.filter((one) => one.method.startsWith('chat.post')).length).toBe(calls);
    const greeted = await say('quiet', 'hey @Steady list');
    expect(kit.thread('quiet', greeted).join()).toContain('INC-');
    const asked = await say('quiet', '@Steady thanks!');
    expect(kit.posts('quiet')).toBe(0);
    expect(kit.thread('quiet', asked)).toEqual([]);
  });

  it('1.8 an edited command never runs twice; one that was not understood runs once when edited', async () => {
    await declared('edited');
    const ts = await say('edited', '@Steady update impact: 5 % fail doing: looking');
    expect(kit.posts('edited')).toBe(2);
    await lea().edit('edited', ts, '@Steady update impact: 6 % fail doing: looking');
    await kit.settled();
    expect(kit.posts('edited')).toBe(2);
    const typo = await say('edited', '@Steady udpate known: the cache is cold doing: warming it');
    expect(kit.posts('edited')).toBe(2);
    await lea().edit('edited', typo, '@Steady update known: the cache is cold doing: warming it');
    await kit.settled();
    expect(kit.posts('edited')).toBe(3);
    await lea().edit('edited', typo, '@Steady update known: the cache is very cold doing: warming it');
    await kit.settled();
    expect(kit.posts('edited')).toBe(3);
  });
});
