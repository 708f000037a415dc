import { afterEach, expect, it } from 'vitest';
import { type BotKit, startBotKit } from './bot-kit.ts';

let kit: BotKit;
afterEach(() => kit.stop());

it('lets members of the groups that the configuration names act from outside the channel, and nobody else', async () => {
  kit = await startBotKit({ slack: 'allow_groups = ["S0ONCALL01"]' });
  const [lea, kai, mara] = [kit.person('Lea'), kit.person('Kai'), kit.person('Mara')];
  kit.workspace.addUsergroup({ id: 'S0ONCALL01', handle: 'oncall', name: 'On call', users: [mara.id] });
  await lea.say('checkout', '@Steady declare P2 checkout is slow here');
  await kit.settled();
  await kai.leave('checkout');
  await mara.leave('checkout');
  await kit.settled();
  await mara.dm('INC-1 severity P1');
  await kai.dm('INC-1 severity P3');
  await kit.settled();
  expect(kit.dm('Mara').join('\n')).toContain('is P1 now');
  expect(kit.dm('Kai').join('\n')).toContain('you are not in it');
  expect(kit.warnings).toEqual([]);
});
