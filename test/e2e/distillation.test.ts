import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type BotKit, startBotKit } from './bot-kit.ts';
import { five, type Investigate, investigateIn } from './investigate.ts';
import { type Talk, talkIn } from './talk.ts';

const ERRORS = 'sum by (code) (rate(http_requests_total{service="checkout"}[2m]))';

let kit: BotKit;
let talk: Talk;

function lookIn(channel: string): Investigate {
  return investigateIn(kit, talk, channel);
}

/** A supported cause in a channel, proposed as the end. */
async function proposed(channel: string): Promise<Investigate> {
  const look = lookIn(channel);
  await talk.declared(channel, 'P3 checkout 500s');
  await talk.say(channel, '@Steady hypothesis payments limits us disproof: payments answers no 429');
  await talk.say(channel, `@Steady H1 test prom ${ERRORS} expect:"some 429s"`);
  await look.click('Lea', 'As expected');
  await talk.say(channel, '@Steady resolve payments raised our limit (E1)');
  return look;
}

const YES = five(['E1', 'E1', 'E1', 'E1', 'E1']);

describe('what an incident taught', () => {
  beforeEach(async () => {
    kit = await startBotKit({
      toml: '[knowledge.orgs.acme]\n[conclusions]\nskip_judge = ["P3", "P4"]',
    });
    talk = talkIn(kit);
  });
  afterEach(() => kit.stop());

  it('is kept with the one submit, in the words that a person left', async () => {
    const look = await proposed('checkout');
    await look.click('Lea', 'Answer the five questions');
    expect(kit.modal('Lea')).toContain('Kept for acme: everyone in');
    // One is taken out, the words of another changed; put away and taken up again, all of it is still there.
    await kit.person('Lea').close({ 'kept-lessons': ['incident', 'fact/H1', 'query/E1'], assumptions: 'E1' });
    await kit.settled();
    await look.click('Lea', 'Answer the five questions');
    await look.click('Lea', 'Change the words');
    expect(kit.modal('Lea')).toContain('Fact: payments limits us');
    expect(kit.modal('Lea')).not.toContain('Pattern:');
    const { assumptions: _kept, ...left } = YES;
    await look.submit('Lea', { ...left, 'lesson-2': 'payments limits us to 200 /s since May' });
    expect(look.form('Lea')).toBeUndefined();
    expect(look.top()).toContain('resolved');
    await kit.until(
      () =>
        look.underCard().some((one) => one.includes('taught: 1 incident, 1 fact, 1 query, kept for acme')),
      'what was kept',
    );
    const asked = await talk.say('checkout', '@Steady recall 200 /s since May', 'Kai');
    const known = kit.thread('checkout', asked).join('\n');
    expect(known).toContain('payments limits us to 200 /s since May');
    expect(known).toContain('Proved by E1 of INC-1');
    const named = await talk.say('checkout', '@Steady recall INC-1', 'Kai');
    expect(kit.thread('checkout', named).join('\n')).toContain('INC-1 checkout 500s');
    expect(kit.warnings).toEqual([]);
  });

  it('of a private incident stays with whoever closes it, unless they were told who will see it', async () => {
    await kit.person('Lea').inviteApp('payments-private');
    const look = await proposed('payments-private');
    await look.click('Lea', 'Answer the five questions');
    expect(kit.modal('Lea')).toContain('This incident is private. Who may know what it taught?');
    await look.submit('Lea', YES);
    await kit.until(() => kit.dm('Lea').some((one) => one.includes('kept for you alone')), 'what was kept');
    const asked = await talk.say('checkout', '@Steady recall payments limits', 'Kai');
    expect(kit.thread('checkout', asked).join('\n')).not.toContain('INC-1');

    await proposed('payments-private');
    await look.click('Lea', 'Answer the five questions');
    await look.submit('Lea', { ...YES, 'lessons-for': 'team' });
    await kit.until(() => look.underCard().some((one) => one.includes('kept for acme')), 'what was shared');
    const again = await talk.say('checkout', '@Steady recall payments limits', 'Kai');
    expect(kit.thread('checkout', again).join('\n')).toContain('INC-2');
  });

  it('is owed where it ended without being asked, and may be nothing, for a reason', async () => {
    const look = lookIn('checkout');
    await talk.declared('checkout', 'P2 checkout 500s');
    await talk.say('checkout', '@Steady override nobody else is awake');
    await kit.until(
      () => kit.dm('Lea').some((one) => one.includes('Nothing of it is kept for next time yet')),
      'the offer',
    );
    await kit.person('Lea').slash('checkout', '/steady status');
    await kit.settled();
    expect(talk.whispered('checkout') + kit.dm('Lea').join('\n')).toContain('Keep what it taught');
    await look.click('Lea', 'Keep what it taught');
    await look.submit('Lea', { 'kept-lessons': [] });
    expect(look.form('Lea')?.errors).toEqual({
      'lessons-reason': expect.stringContaining('nothing worth keeping'),
    });
    await look.submit('Lea', { 'kept-lessons': [], 'lessons-reason': 'known since May' });
    const timeline = await talk.say('checkout', '@Steady INC-1 timeline');
    expect(kit.thread('checkout', timeline).join('\n')).toContain('nothing of it is kept: known since May');
    await talk.say('checkout', '@Steady INC-1 distil');
    await look.click('Lea', 'Keep what it taught');
    expect(talk.whispered('checkout')).toContain('What INC-1 taught is said already');
    expect(kit.warnings).toEqual([]);
  });
});
