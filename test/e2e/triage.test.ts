import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type BotKit, startBotKit } from './bot-kit.ts';
import { type Talk, talkIn } from './talk.ts';

describe('stop the bleeding first', () => {
  let kit: BotKit;
  let talk: Talk;
  const underCard = () => kit.thread('checkout', talk.card('checkout').ts);
  const triage = () => underCard().filter((one) => one.includes('stop the bleeding first'));

  beforeEach(async () => {
    kit = await startBotKit({
      everySystem: true,
      toml: '[mitigations]\nrollback = "kubectl rollout undo deployment/{service} --to-revision=previous"',
    });
    talk = talkIn(kit);
  });
  afterEach(async () => {
    await kit.stop();
  });

  it('a P1 is triaged without being asked, and its rollback is announced with the command to run', async () => {
    await talk.declared('checkout', 'P1 checkout 500s');
    await kit.until(() => triage().length > 0, 'the triage', 20_000);
    const [card = ''] = triage();
    expect(card).toMatch(/Did a deploy just happen\? Yes: .*v2\.3\.45.*\(E\d+\)/);
    expect(card).toMatch(/What is firing\? Yes: CheckoutErrorRateHigh.*\(E\d+/);
    expect(card).toMatch(/Is it traffic\? (?:Yes|No): .*\/s now/);
    expect(card).toMatch(/What is new in Sentry\? (?:Yes|No): .*\(E\d+\)/);
    await kit.person('Kai').click('Announce rollback of checkout');
    await kit.settled();
    expect(kit.channel('checkout').at(-1)).toContain('Rolling back checkout');
    expect(kit.channel('checkout').at(-1)).toContain('to mitigate P1. Investigating.');
    expect(talk.whispered('checkout', 'Kai')).toContain(
      "kubectl rollout undo deployment/'checkout' --to-revision=previous",
    );
    // Announced is not mitigated, and once is enough.
    expect(talk.card('checkout').text).toContain('Investigating');
    await kit.person('Lea').click('Announce rollback of checkout');
    await kit.settled();
    expect(talk.whispered('checkout')).toContain('announced that');
    expect(kit.warnings).toEqual([]);
  });

  it('a P2 is triaged when it is raised, and only then', async () => {
    await talk.declared('checkout', 'P2 checkout 500s');
    await kit.bot.round();
    expect(triage()).toEqual([]);
    await talk.say('checkout', '@Steady service checkout');
    await talk.say('checkout', '@Steady sev1');
    await kit.until(() => triage().length > 0, 'the triage', 20_000);
    expect(triage()[0]).toMatch(/Is it traffic\? (?:Yes|No): .*\/s now/);
  });
});
