import { afterEach, expect, it } from 'vitest';
import { MINUTE } from '../../src/domain/time.ts';
import { type BotKit, startBotKit } from './bot-kit.ts';

let kit: BotKit;
afterEach(() => kit.stop());

it('calls the user group that the configuration names, and nobody else may', async () => {
  kit = await startBotKit({ toml: '[cadence]\nescalate_to = ["S0ONCALL01"]' });
  kit.workspace.addUsergroup({
    id: 'S0ONCALL01',
    handle: 'oncall',
    name: 'On call',
    users: [kit.person('Mara').id],
  });
  const lea = kit.person('Lea');
  await lea.say('checkout', '@Steady declare P2 checkout is slow here');
  await kit.settled();
  await kit.pass(30 * MINUTE);
  const root = kit.messages('checkout').findLast((one) => one.text.includes('update was due'));
  expect(root).toBeDefined();
  await kit.pass(15 * MINUTE);
  const last = kit.messages('checkout').at(-1);
  expect(last?.threadTs).toBe(root?.ts);
  expect(JSON.stringify(last?.blocks)).toContain('"usergroup_id":"S0ONCALL01"');
  expect(kit.warnings).toEqual([]);

  await lea.say('checkout', '@Steady note tell <!subteam^S0OTHER001> and <!channel>');
  await kit.settled();
  expect(JSON.stringify(kit.messages('checkout').at(-1)?.blocks)).not.toMatch(/subteam|"broadcast"/);
});
