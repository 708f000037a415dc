import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SECOND } from '../../src/domain/time.ts';
import type { Fault } from '../../src/sandbox/slack/faults.ts';
import { type BotKit, startBotKit } from './bot-kit.ts';

describe('when Slack', () => {
  let kit: BotKit;
  beforeEach(async () => {
    kit = await startBotKit();
  });
  afterEach(() => kit.stop());

  const declares = async () => {
    await kit.person('Lea').say('checkout', '@Steady declare P1 checkout 500s here');
    await kit.settled();
  };
  const cards = () => kit.channel('checkout').filter((one) => one.includes('INC-1 · P'));

  const updates = (impact: string) =>
    kit.channel('checkout').filter((one) => one.startsWith('INC-1 P1 · update') && one.includes(impact));

  /** Time passes until what is put off is tried again. */
  async function goesOn() {
    for (let round = 0; round < 4; round++) await kit.pass(15 * SECOND);
  }

  const faults: readonly [string, Fault][] = [
    ['answers 500', { kind: 'http-error', status: 500 }],
    ['answers 503', { kind: 'http-error', status: 503 }],
    ['drops the connection before it did anything', { kind: 'drop-before' }],
    ['drops the connection after the post was there', { kind: 'drop-after' }],
    ['sends half an answer', { kind: 'half-answer' }],
    ['says internal_error', { kind: 'error', error: 'internal_error' }],
  ];
  it.each(faults)('%s to a post, it is there once', async (_name, fault) => {
    kit.workspace.faults.add('chat.postMessage', fault);
    await declares();
    await goesOn();
    expect(cards()).toHaveLength(1);
    await kit.until((state) => state.conversations.get('C0CHECKOUT')?.pins.length === 1, 'the pin');
  });

  it('says 429 to one method, that one waits as long as told and the others go on', async () => {
    await declares();
    kit.workspace.faults.add('chat.update', { kind: 'rate-limited', retryAfter: 1 });
    const lea = kit.person('Lea');
    await lea.say('checkout', '@Steady severity P2');
    await lea.say('checkout', '@Steady note payments was called');
    await kit.settled();
    expect(kit.channel('checkout').join('\n')).toContain('P2');
    await kit.until(() => cards()[0]?.includes('P2') === true, 'the card to be edited after the wait');
  });

  it('has the token revoked later, Steady says so and ends with a code of its own', async () => {
    await declares();
    kit.workspace.revoke('bot', 'invalid_auth');
    await kit.person('Lea').say('checkout', '@Steady status');
    expect(await kit.bot.ended).toBe(3);
    expect(kit.warnings.join('\n')).toContain('invalid_auth');
    expect(kit.warnings.join('\n')).toContain('the connection to Slack is gone for good');
  });

  it('asks for a new socket or cuts it in mid-incident, nothing is lost or done twice', async () => {
    await declares();
    const lea = kit.person('Lea');
    kit.workspace.sockets.refresh();
    await kit.until(() => kit.workspace.sockets.connections() === 1, 'a new socket after the refresh');
    await lea.say('checkout', '@Steady update impact: 23 % of checkouts fail');
    await kit.settled();
    kit.workspace.sockets.cut();
    // Said into the gap: Slack tries again at once, and after a minute.
    await lea.say('checkout', '@Steady update impact: 24 % of checkouts fail');
    await kit.until(() => kit.calls('apps.connections.open') === 3, 'a new socket after the cut');
    await kit.until(() => kit.workspace.sockets.connections() === 1, 'its hello');
    await kit.pass(61 * SECOND);
    expect(updates('23 %')).toHaveLength(1);
    expect(updates('24 %')).toHaveLength(1);
  });
});

describe('every kind of delivery that comes twice', () => {
  let kit: BotKit;
  beforeEach(async () => {
    kit = await startBotKit();
  });
  afterEach(() => kit.stop());

  it('is done once', async () => {
    const { faults } = kit.workspace;
    const lea = kit.person('Lea');
    const kai = kit.person('Kai');
    faults.add('delivery', { kind: 'duplicate' }, Number.POSITIVE_INFINITY);
    await lea.say('checkout', '@Steady declare P1 checkout 500s here');
    await kit.settled();
    await lea.say('checkout', '@Steady update impact: 23 % of checkouts fail');
    const said = await kai.say('checkout', 'the deploy was at 13:50');
    await kai.react('checkout', said, 'pushpin');
    await lea.dm('note called payments');
    await kit.settled();
    await kai.edit('checkout', said, 'the deploy was at 13:51');
    await kit.settled();
    await kai.pin('checkout', said);
    await kit.settled();
    faults.clear();
    faults.add('delivery', { kind: 'lost-ack' });
    await lea.say('checkout', '@Steady note a lost acknowledgement');
    await kit.settled();
    expect(kit.channel('checkout').filter((one) => one.includes('INC-1 · P1 · checkout 500s'))).toHaveLength(
      1,
    );
    expect(
      kit.channel('checkout').filter((one) => /^INC-1 P1 · update.*23 % of checkouts/s.test(one)),
    ).toHaveLength(1);
    const asked = await lea.say('checkout', '@Steady timeline');
    await kit.settled();
    const timeline = kit.thread('checkout', asked).join('\n');
    expect(timeline.match(/the deploy was at 13:51/g)).toHaveLength(1);
    expect(timeline.match(/called payments/g)).toHaveLength(1);
    expect(timeline.match(/a lost acknowledgement/g)).toHaveLength(1);
    expect(kit.warnings).toEqual([]);
  });

  it('and fifty things asked at once are each answered once', async () => {
    const lea = kit.person('Lea');
    await lea.say('checkout', '@Steady declare P1 checkout 500s here');
    await kit.settled();
    const asked = await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        index % 2 === 0
          ? lea.say('checkout', `@Steady prom up + ${index}`)
          : lea.say('checkout', '@Steady status'),
      ),
    );
    await kit.settled();
    await kit.bot.idle();
    await kit.settled();
    const answers = asked.map((ts) => kit.thread('checkout', ts).length);
    expect(answers).toEqual(asked.map(() => 1));
    expect(kit.channel('checkout').filter((one) => one.includes('INC-1 · P1 · checkout 500s'))).toHaveLength(
      1,
    );
    expect(kit.warnings).toEqual([]);
  });
});
