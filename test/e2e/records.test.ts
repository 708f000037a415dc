import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type BotKit, startBotKit } from './bot-kit.ts';
import { type Talk, talkIn } from './talk.ts';

describe('what was understood, and what was fixed', () => {
  let kit: BotKit;
  let talk: Talk;
  const underCard = () => kit.thread('checkout', talk.card('checkout').ts).join('\n');

  beforeEach(async () => {
    kit = await startBotKit();
    talk = talkIn(kit);
    await talk.declared('checkout', 'P2 checkout 500s');
  });
  afterEach(async () => {
    await kit.stop();
  });

  it('a statement is confirmed, refused or corrected, in place', async () => {
    await talk.say('checkout', '@Steady confirm only eu-west is hurt');
    expect(underCard()).toContain('Is that right? only eu-west is hurt');
    await kit.person('Kai').click('Yes');
    await kit.settled();
    await kit.person('Mara').click('Correct me');
    await kit.settled();
    await kit.person('Mara').submit({ words: 'us-east fails as well' });
    await kit.settled();
    expect(underCard()).toContain('Yes · @Kai');
    expect(underCard()).toContain('No · @Mara: us-east fails as well');
    expect(underCard().match(/Is that right\?/g)).toHaveLength(1);
  });

  it('a fix report has no empty part', async () => {
    await kit.person('Lea').slash('checkout', '/steady bugfix');
    await kit.settled();
    const parts = {
      'fix-symptom': '200 expected, 500 came: curl checkout',
      'fix-mechanism': 'retries multiplied the calls',
      'fix-introduced': 'unknown',
      'fix-test': 'retry budget: red before, green now',
      fix: 'a budget of 10 %',
      'fix-ran': 'npm test',
    };
    await kit.person('Lea').submit(parts);
    await kit.settled();
    expect(talk.whispered('checkout')).toContain('A fix report has no empty part');
    await kit.person('Lea').click('Fill it in');
    await kit.settled();
    await kit.person('Lea').submit({ ...parts, 'fix-introduced': 'unknown: git log since May' });
    await kit.settled();
    expect(underCard()).toContain('Fix report · by @Lea');
    expect(underCard()).toContain('unknown: git log since May');
    expect(kit.warnings).toEqual([]);
  });
});
