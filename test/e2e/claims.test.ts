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

  it('are verified later, in place: by naming evidence, or by picking its number', async () => {
    await talk.say('checkout', '@Steady claim payments limits us');
    expect(claim('C1')[0]).toContain('⚠️ UNVERIFIED: payments limits us');
    const kai = kit.person('Kai');
    await kai.click('Verify');
    await kit.settled();
    expect(talk.whispered('checkout', 'Kai')).toContain('Which number of E1 shows it?');
    const [first = ''] =
      kit
        .ephemerals('checkout', 'Kai')
        .at(-1)
        ?.match(/[^\n·[]+ · last 1/) ?? [];
    await kai.choose('Pick the number', first.trim());
    await kit.settled();
    expect(claim('C1')).toEqual([expect.stringMatching(/^C1 payments limits us \(.*1, E1\) · by @Lea/)]);
    expect(claim('C1')[0]).not.toContain('Verify');
    expect(talk.whispered('checkout', 'Kai')).toContain('C1 is verified by E1; its message is edited.');

    await talk.say('checkout', '@Steady update impact: 1 of 3 pods is up');
    expect(kit.channel('checkout').at(-1)).toContain('Impact  ⚠️ UNVERIFIED: 1 of 3 pods is up');
    await talk.say('checkout', '@Steady verify');
    expect(talk.whispered('checkout')).toContain('Impact in the update: 1 of 3 pods is up');
    await talk.say('checkout', '@Steady verify impact E9');
    expect(talk.whispered('checkout')).toContain('INC-1 has no E9; its evidence ends at E1');
    await talk.say('checkout', '@Steady verify impact E1');
    expect(kit.channel('checkout').join('\n')).toContain('Impact  1 of 3 pods is up (E1)');
    // The card says it the same way.
    await kit.until(() => !kit.channel('checkout').join('\n').includes('UNVERIFIED'), 'nothing unverified');
    expect(kit.warnings).toEqual([]);
  });

  it('a mitigation asks for the evidence of the recovery, and takes it by one click', async () => {
    await talk.say('checkout', '@Steady mitigate');
    expect(kit.channel('checkout').at(-1)).toContain('⚠️ UNVERIFIED: customers no longer hurt');
    const offer = talk.whispered('checkout');
    expect(offer).toContain('INC-1 the recovery is unverified');
    const [first = ''] = offer.match(/[^\n·[]+ · last 1/) ?? [];
    await kit.person('Lea').choose('Pick the number', first.trim());
    await kit.settled();
    expect(kit.channel('checkout').at(-1)).toMatch(/customers no longer hurt \(.*1, E1\)/);
    expect(kit.channel('checkout').at(-1)).not.toContain('UNVERIFIED');
    expect(kit.warnings).toEqual([]);
  });

  it('a resolution is verified later, on its message and on the card', async () => {
    await talk.say('checkout', '@Steady resolve the cache is warm');
    expect(kit.channel('checkout').at(-1)).toContain('⚠️ UNVERIFIED: the cache is warm');
    await talk.say('checkout', '@Steady override nobody else is awake');
    const resolved = () => kit.channel('checkout').findLast((one) => one.includes('· resolved')) ?? '';
    expect(resolved()).toContain('⚠️ UNVERIFIED: the cache is warm');
    const card = () => talk.card('checkout').text;
    await kit.until(() => card().includes('Cause  ⚠️ UNVERIFIED: the cache is warm'), 'the card says it');
    await talk.say('checkout', '@Steady verify resolution E1');
    const [first = ''] = talk.whispered('checkout').match(/[^\n·[]+ · last 1/) ?? [];
    await kit.person('Lea').choose('Pick the number', first.trim());
    await kit.settled();
    expect(talk.whispered('checkout')).toContain('the resolution is verified by E1; its message is edited.');
    expect(resolved()).toMatch(/the cache is warm \(.*1, E1\)/);
    await kit.until(() => /Cause {2}the cache is warm \(.*1, E1\)/.test(card()), 'the card names it');
    expect(kit.warnings).toEqual([]);
  });
});

it('names that lead somewhere are links in what Steady posts', async () => {
  const kit = await startBotKit({
    toml: '[links]\n\'PROJ-\\d+\' = "https://issues.example.com/browse/$0"\n',
  });
  try {
    const talk = talkIn(kit);
    await talk.declared('checkout', 'P2 checkout 500s');
    await talk.say('checkout', '@Steady update doing: PROJ-12, not `PROJ-13`');
    await talk.say('checkout', '@Steady claim PROJ-14 broke it');
    const posted = JSON.stringify([...kit.messages('checkout')].map(({ blocks }) => blocks));
    expect(posted).toContain('"https://issues.example.com/browse/PROJ-12"');
    expect(posted).toContain('"https://issues.example.com/browse/PROJ-14"');
    expect(posted).not.toContain('"https://issues.example.com/browse/PROJ-13"');
  } finally {
    await kit.stop();
  }
});
