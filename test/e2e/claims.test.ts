import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type BotKit, startBotKit } from './bot-kit.ts';
import { type Talk, talkIn } from './talk.ts';

describe('claims, in the channel', () => {
  let kit: BotKit;
  let talk: Talk;
  const underCard = () => kit.thread('checkout', talk.card('checkout').ts);
  const claim = (id: string) => underCard().filter((one) => one.startsWith(`${id} `));

  beforeEach(async () => {
    kit = await startBotKit();
    talk = talkIn(kit);
    await talk.declared('checkout', 'P2 checkout 500s');
    await talk.say('checkout', '@Steady prom up since:30m');
  });
  afterEach(async () => {
    await kit.stop();
  });

  it('are one line under the card, and what is wrong with their evidence is said to their author alone', async () => {
    await talk.say('checkout', '@Steady claim up is at 1 (E1)');
    expect(claim('C1')).toEqual([expect.stringMatching(/^C1 up is at 1 \(E1\) · by @Lea/)]);
    await talk.say('checkout', '@Steady claim the cache is cold E1 E9, INC-99 E2');
    expect(claim('C2')[0]).toContain('⚠️ UNVERIFIED: the cache is cold E1 E9');
    const hints = talk.whispered('checkout');
    expect(hints).toContain('names E9, which INC-1 does not have; its evidence ends at E1');
    expect(hints).toContain('names E2 of INC-99');
    expect(hints).toContain('names E1, which has none of its numbers and names');
    await talk.say('checkout', '@Steady mitigate the cache is warm (E7)');
    expect(talk.whispered('checkout')).toContain('names E7, which INC-1 does not have');
    expect(kit.channel('checkout').at(-1)).toContain('⚠️ UNVERIFIED: the cache is warm (E7)');
    await talk.say('checkout', '@Steady resolve the cache is warm (E8)');
    expect(talk.whispered('checkout')).toContain('names E8, which INC-1 does not have');
    expect(kit.warnings).toEqual([]);
  });
});
