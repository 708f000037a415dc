import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type BotKit, startBotKit } from './bot-kit.ts';
import { type Talk, talkIn } from './talk.ts';

const RATE = 'sum by (code) (rate(http_requests_total{service="checkout"}[5m]))';

describe('hypotheses, in the channel', () => {
  let kit: BotKit;
  let talk: Talk;
  const underCard = () => kit.thread('checkout', talk.card('checkout').ts);
  const card = (id: string) => underCard().find((one) => one.startsWith(`${id} · `)) ?? '';

  beforeEach(async () => {
    kit = await startBotKit();
    talk = talkIn(kit);
    await talk.declared('checkout', 'P2 checkout 500s');
  });
  afterEach(async () => {
    await kit.stop();
  });

  it('are stated in one line, tested with the expected result first, judged by one click, and led by on the card', async () => {
    const { say } = talk;
    const stated = await say(
      'checkout',
      '@Steady hypothesis the deploy broke it disproof: 500s began before it',
    );
    expect(kit.thread('checkout', stated).join('\n')).toContain('H1 is stated');
    expect(card('H1')).toContain('Would be wrong if  500s began before it');
    await kit.until(
      () => talk.card('checkout').text.includes('H1 the deploy broke it, open'),
      'H1 on the card',
    );

    const asked = await say(
      'checkout',
      `@Steady H1 test prom ${RATE} since:30m expect:"no 500 before 13:56"`,
    );
    const evidence = kit.thread('checkout', asked).join('\n');
    expect(evidence).toContain('Expected  no 500 before 13:56');
    expect(evidence).toContain('Wrong if  500s began before it');
    expect(evidence).toMatch(/Got {2}\d/);
    expect(card('H1')).toContain('being tested');

    const kai = kit.person('Kai');
    await kai.click('Proves H1 wrong');
    await kit.settled();
    expect(card('H1')).toContain('H1 · disproved');
    // What is ruled out asks for the next at once.
    await kai.submit({ statement: 'payments limits us', disproof: 'payments answers no 429' });
    await kit.settled();
    expect(card('H2')).toContain('payments limits us');
    await kit.until(
      () => talk.card('checkout').text.includes('ruled out: H1 the deploy broke it (E1)'),
      'H1 ruled out',
    );

    await say('checkout', '@Steady update doing: asking payments');
    const update = kit.channel('checkout').at(-1);
    expect(update).toContain('Hypothesis  H2 payments limits us, open');
    expect(update).toContain('Ruled out  H1 the deploy broke it (E1)');

    const board = await say('checkout', '@Steady board');
    expect(kit.thread('checkout', board).join('\n')).toMatch(/H1 · disproved[\s\S]*H2 · open/);
    expect(kit.warnings).toEqual([]);
  });

  it('a missing disproof is asked for, and a refusal says the next step', async () => {
    const { say } = talk;
    const asked = await say('checkout', '@Steady hypothesis payments limits us');
    expect(kit.thread('checkout', asked).join('\n')).toContain('What would prove it wrong?');
    const lea = kit.person('Lea');
    await lea.click('Say what would disprove it', { channel: 'checkout' });
    await kit.settled();
    await lea.submit({ disproof: 'none' });
    await kit.settled();
    expect(kit.modal('Lea')).toContain('What would prove it wrong?');
    await lea.submit({ disproof: '429s stay level' });
    await kit.settled();
    expect(card('H1')).toContain('payments limits us');

    await say('checkout', '@Steady H1 supported');
    expect(talk.whispered('checkout')).toContain('needs its disproof run after it was written');
    await lea.click('Run the test');
    await kit.settled();
    await lea.submit({ expected: '429s fall', query: 'status' });
    await kit.settled();
    expect(talk.whispered('checkout')).toContain('A test asks the telemetry');
    await lea.click('Run the test');
    await kit.settled();
    await lea.submit({ expected: '429s fall', query: `prom ${RATE}` });
    await kit.settled();
    await lea.click('As expected');
    await kit.settled();
    expect(card('H1')).toContain('H1 · supported');
    await lea.click('Narrow it');
    await kit.settled();
    await lea.submit({ statement: 'only in eu-west', disproof: 'us-east has 429s too' });
    await kit.settled();
    expect(card('H1.1')).toContain('only in eu-west');

    // In words no form can be opened, so the way to the next is a button.
    await say('checkout', `@Steady H1.1 test prom ${RATE} expect:"no 429s in us-east"`);
    const disproved = await say('checkout', '@Steady H1.1 disproved');
    expect(kit.thread('checkout', disproved).join('\n')).toContain('H1.1 is disproved');
    await lea.click('State the next', { channel: 'checkout' });
    await kit.settled();
    await lea.submit({ statement: 'one pod only', disproof: 'every pod has 429s' });
    await kit.settled();
    expect(card('H2')).toContain('one pod only');
  });

  it('a message becomes one by a shortcut', async () => {
    const { say } = talk;
    const ts = await say('checkout', 'I bet the pool is exhausted', 'Kai');
    const kai = kit.person('Kai');
    await kai.shortcut('State as hypothesis', { channel: 'checkout', ts });
    await kit.settled();
    await kai.submit({ disproof: 'connections in use stay below the limit' });
    await kit.settled();
    expect(card('H1')).toContain('I bet the pool is exhausted');
  });

  it('evidence is attached by a choice on its card, or in words', async () => {
    const { say } = talk;
    await say('checkout', '@Steady hypothesis payments limits us disproof: payments answers no 429');
    await say('checkout', `@Steady prom ${RATE}`);
    await kit.person('Kai').choose('Attach', 'contradicts H1');
    await kit.settled();
    expect(card('H1')).toContain('Against  E1');
    await say('checkout', '@Steady H1 for E1');
    expect(card('H1')).toContain('For  E1');
    await say('checkout', '@Steady H1 for E9');
    expect(talk.whispered('checkout')).toContain('has no E9; its evidence ends at E1');
  });
});
