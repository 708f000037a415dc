import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MINUTE } from '../../src/domain/time.ts';
import { type BotKit, startBotKit } from './bot-kit.ts';

describe('one incident, from declare to resolve', () => {
  let kit: BotKit;

  beforeEach(async () => {
    kit = await startBotKit();
  });
  afterEach(async () => {
    await kit.stop();
  });

  it('plays through in one channel', async () => {
    const lea = kit.person('Lea');
    await lea.say('checkout', '@Steady declare P1 checkout 500s here');
    await kit.settled();
    expect(kit.channel('checkout').join('\n')).toContain('INC-1 · P1 · checkout 500s');

    const asked = await lea.say(
      'checkout',
      '@Steady prom sum by (code) (rate(http_requests_total{service="checkout"}[5m]))',
    );
    await kit.settled();
    expect(kit.thread('checkout', asked).join('\n')).toMatch(/E\d /);

    await lea.say('checkout', '@Steady update impact: 23 % of checkouts fail doing: looking at payments');
    await kit.settled();
    expect(kit.channel('checkout').at(-1)).toContain('update');

    await kit.pass(26 * MINUTE);
    expect(kit.dm('Lea').join('\n')).toContain('an update is due');

    await kit.pass(5 * MINUTE);
    expect(kit.channel('checkout').at(-1)).toContain('was promised an update');
    expect(kit.notifications('Lea').at(-1)).toContain('mention');

    await lea.click('No change', { channel: 'checkout' });
    await kit.settled();
    expect(kit.channel('checkout').at(-1)).toContain('no change');

    await lea.say('checkout', '@Steady mitigate retries halved');
    await kit.settled();
    await lea.say('checkout', '@Steady override payments raised our limit');
    await kit.settled();
    expect(kit.channel('checkout').at(-1)).toContain('resolved');

    await kit.pass(120 * MINUTE);
    expect(kit.channel('checkout').at(-1)).toContain('resolved');
    expect(kit.warnings).toEqual([]);
  });
});
