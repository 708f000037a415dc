import { afterEach, beforeEach, expect, it } from 'vitest';
import { SECOND } from '../../../src/domain/time.ts';
import { type BotKit, startBotKit } from '../../e2e/bot-kit.ts';

let kit: BotKit;
beforeEach(async () => {
  kit = await startBotKit();
});
afterEach(() => kit.stop());

const cards = () => kit.channel('checkout').filter((one) => one.includes('INC-1 · P')).length;

// Ten real seconds: the limit of a call to Slack.
it('a post that Slack never answers keeps nobody else waiting; it is given up after the limit and the post is there once', async () => {
  kit.workspace.faults.add('chat.postMessage', { kind: 'hang' });
  const lea = kit.person('Lea');
  await lea.say('checkout', '@Steady declare P1 checkout 500s here');
  await lea.slash('general', '/steady help');
  await kit.until(
    (state) => (state.conversations.get('C0GENERAL1')?.ephemerals.length ?? 0) > 0,
    'help, while a post hangs',
  );
  expect(cards()).toBe(0);
  await kit.bot.idle();
  for (let round = 0; round < 4; round++) await kit.pass(15 * SECOND);
  expect(cards()).toBe(1);
});
