import type { BotKit } from './bot-kit.ts';

/** The few things that every test of the rules does. */
export interface Talk {
  /** Says it and waits until nothing is on its way. Answers the message's `ts`. */
  say(channel: string, text: string, who?: string): Promise<string>;
  /** Declares in a channel and answers the incident's id. */
  declared(channel: string, text?: string, who?: string): Promise<string>;
  /** The status card of a channel's newest incident: its `ts` and what a reader sees. */
  card(channel: string): { readonly ts: string; readonly text: string };
  /** The newest private answer that this person got in a channel. */
  whispered(channel: string, who?: string): string;
}

export function talkIn(kit: BotKit): Talk {
  const bot = kit.workspace.state.users;
  const card: Talk['card'] = (channel) => {
    const at = kit
      .messages(channel)
      .findLast(
        ({ user, blocks, threadTs }) =>
          bot.get(user)?.isBot === true && threadTs === undefined && blocks?.[0]?.type === 'header',
      );
    const text = kit.channel(channel).findLast((one) => /^\S* ?INC-\d+ · P\d · /.test(one));
    if (at === undefined || text === undefined) throw new Error(`There is no card in ${channel}.`);
    return { ts: at.ts, text };
  };
  const say: Talk['say'] = async (channel, text, who = 'Lea') => {
    const ts = await kit.person(who).say(channel, text);
    await kit.settled();
    return ts;
  };
  return {
    say,
    card,
    whispered: (channel, who = 'Lea') => kit.ephemerals(channel, who).at(-1) ?? '',
    async declared(channel, text = `P2 trouble in ${channel}`, who = 'Lea') {
      await say(channel, `@Steady declare ${text} here`, who);
      return /INC-\d+/.exec(card(channel).text)?.[0] ?? '';
    },
  };
}
