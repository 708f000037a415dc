import { afterEach, expect, it } from 'vitest';
import { type BotKit, startBotKit } from './bot-kit.ts';

let kit: BotKit | undefined;

afterEach(async () => {
  await kit?.stop();
  kit = undefined;
});

it('every row that somebody said leads to what they said, and is asked for once', async () => {
  kit = await startBotKit();
  const lea = kit.person('Lea');
  await lea.say('checkout', '@Steady declare P1 checkout 500s here');
  await kit.settled();
  const note = await lea.say('checkout', '@Steady note payments was called');
  const update = await lea.say('checkout', '@Steady update doing: halving our retries');
  await kit.settled();
  const timeline = async () => {
    const before = kit?.calls('chat.getPermalink') ?? 0;
    const ts = await lea.say('checkout', '@Steady timeline');
    await kit?.settled();
    const all = [...(kit?.workspace.state.conversations.values() ?? [])].flatMap((one) => [
      ...one.messages.filter(({ threadTs }) => threadTs === ts),
      ...one.ephemerals,
    ]);
    const shown = JSON.stringify(all);
    return { shown, asked: (kit?.calls('chat.getPermalink') ?? 0) - before };
  };
  const first = await timeline();
  for (const ts of [note, update]) expect(first.shown).toContain(`/p${ts.replace('.', '')}`);
  expect(first.asked).toBeGreaterThan(0);
  const second = await timeline();
  expect(second.asked).toBe(0);
  expect(second.shown).toContain(`/p${note.replace('.', '')}`);
});
