import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MINUTE } from '../../src/domain/time.ts';
import { type BotKit, startBotKit } from './bot-kit.ts';
import { type Talk, talkIn } from './talk.ts';

describe('guards, in private', () => {
  let kit: BotKit;
  let talk: Talk;
  const lines = (who = 'Lea') => kit.ephemerals('checkout', who).join('\n');

  beforeEach(async () => {
    kit = await startBotKit();
    talk = talkIn(kit);
    await talk.declared('checkout', 'P2 checkout 500s');
  });
  afterEach(async () => {
    await kit.stop();
  });

  it('say their reason once, at most one in ten minutes; the rest waits in status', async () => {
    const { say } = talk;
    for (const metric of ['up', 'build_info', 'db_pool_connections'])
      await say('checkout', `@Steady prom ${metric}`);
    expect(lines()).toContain('Three queries, no lead.');
    expect(kit.channel('checkout').join('\n')).not.toContain('no lead');
    for (const metric of ['upstream_max_attempts', 'process_cpu_seconds_total'])
      await say('checkout', `@Steady prom ${metric}`);
    expect(lines()).not.toContain('Five queries, and no hypothesis is open.');
    await kit.person('Lea').slash('checkout', '/steady status');
    await kit.settled();
    expect(lines()).toContain('Five queries, and no hypothesis is open.');
    expect(lines().match(/Three queries, no lead/g)).toHaveLength(2);
    await kit.person('Lea').click('Not now');
    await kit.settled();
    await kit.person('Lea').slash('checkout', '/steady status');
    await kit.settled();
    expect(talk.whispered('checkout')).not.toContain('Three queries, no lead');
    expect(kit.warnings).toEqual([]);
  });

  it('are muted for the incident, on the timeline', async () => {
    const { say } = talk;
    await say('checkout', '@Steady mute all');
    for (const metric of ['up', 'build_info', 'db_pool_connections'])
      await say('checkout', `@Steady prom ${metric}`);
    expect(lines()).not.toContain('no lead');
    const timeline = await say('checkout', '@Steady timeline');
    expect(kit.thread('checkout', timeline).join('\n')).toContain('muted the guard all');
    await say('checkout', '@Steady mute nonsense');
    expect(talk.whispered('checkout')).toContain('Which one?');
  });

  it('ask whoever is alone for half an hour whether somebody should join', async () => {
    await kit.pass(20 * MINUTE);
    await talk.say('checkout', '@Steady note still looking');
    await kit.pass(11 * MINUTE);
    await kit.until(() => lines().includes('You have been alone on this P2'), 'the guard');
  });
});
