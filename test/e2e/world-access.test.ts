import { afterEach, describe, expect, it } from 'vitest';
import { DEFAULT_PEOPLE } from '../../src/sandbox/slack/options.ts';
import { type BotKit, startBotKit } from './bot-kit.ts';

const PEOPLE = [
  ...DEFAULT_PEOPLE,
  { id: 'U0PIA00001', name: 'pia', realName: 'Pia', tz: 'Europe/Paris', teamId: 'T0PARTNER1' },
  { id: 'U0GUS00001', name: 'gus', realName: 'Gus', tz: 'Europe/Paris', guest: true },
];

let kit: BotKit | undefined;
afterEach(async () => {
  await kit?.stop();
  kit = undefined;
});

async function started(slack = ''): Promise<BotKit> {
  kit = await startBotKit({ slack, workspace: { people: PEOPLE } });
  await kit.person('Lea').say('checkout', '@Steady declare P2 checkout 500s here');
  await kit.settled();
  return kit;
}

/** What Steady said, to all. */
const said = (bot: BotKit) => bot.posts('checkout');

describe('someone of another company in the channel', () => {
  it('is refused, typed or clicked, with who can help', async () => {
    const bot = await started();
    const before = said(bot);
    const pia = bot.person('Pia');
    await pia.say('checkout', '@Steady override it was us');
    await bot.settled();
    expect(bot.ephemerals('checkout', 'Pia').join('\n')).toContain(
      'This is for members of the workspace that runs Steady. Ask one of them in this channel.',
    );
    await pia.click('Post update', { channel: 'checkout' });
    await bot.settled();
    expect(bot.modal('Pia')).toBeUndefined();
    expect(said(bot)).toBe(before);
    expect(bot.channel('checkout').join('\n')).not.toContain('resolved');
  });

  it('may act where the configuration names their workspace', async () => {
    const bot = await started('allow_teams = ["T0PARTNER1"]');
    await bot.person('Pia').say('checkout', '@Steady update impact: our side is slow');
    await bot.settled();
    expect(bot.channel('checkout').at(-1)).toContain('our side is slow');
  });
});

describe('a guest', () => {
  it('is refused with who can help, and may act where the configuration lets guests in', async () => {
    const bot = await started();
    await bot.person('Gus').say('checkout', '@Steady update impact: from a guest');
    await bot.settled();
    expect(bot.ephemerals('checkout', 'Gus').join('\n')).toContain(
      'Guests cannot do this here. Ask a full member in this channel.',
    );
    expect(bot.channel('checkout').at(-1)).not.toMatch(/^INC-1/);
    await bot.stop();
    const open = await started('allow_guests = true');
    await open.person('Gus').say('checkout', '@Steady update impact: from a guest');
    await open.settled();
    expect(open.channel('checkout').at(-1)).toMatch(/^INC-1 P2 · update.*from a guest/s);
  });
});

describe('an app', () => {
  it('that mentions Steady gets no answer', async () => {
    const bot = await started();
    const before = bot.workspace.state.calls.filter((one) => one.method.startsWith('chat.')).length;
    const channel = bot.workspace.state.conversations.get('C0CHECKOUT');
    bot.workspace.raise(
      {
        type: 'app_mention',
        user: 'U0OTHERBOT',
        bot_id: 'B0OTHER001',
        channel: 'C0CHECKOUT',
        ts: '1773151299.000100',
        text: '<@U0STEADY01> resolve automatically',
      },
      channel,
    );
    await bot.settled();
    expect(bot.workspace.state.calls.filter((one) => one.method.startsWith('chat.')).length).toBe(before);
  });
});

describe('an incident in a private channel', () => {
  it('is not there for those outside, neither asked for nor listed', async () => {
    const bot = await started();
    const lea = bot.person('Lea');
    await lea.inviteApp('payments-private');
    await lea.say('payments-private', '@Steady declare P2 ledger drift here');
    await bot.settled();
    const mara = bot.person('Mara');
    for (const text of ['INC-2 status', 'list', 'INC-2 resolve done', 'INC-2 prom up', 'INC-2 timeline'])
      await mara.dm(text);
    await mara.openHome();
    await bot.settled();
    const seen = [...bot.dm('Mara').filter((one) => !one.startsWith('INC-2')), bot.home('Mara')].join('\n');
    expect(seen).toContain('no INC-2');
    expect(seen).not.toContain('ledger');
    await bot.person('Kai').dm('INC-2 status');
    await bot.settled();
    expect(bot.dm('Kai').join('\n')).toContain('ledger drift');
  });
});
