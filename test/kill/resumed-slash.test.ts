import { expect, it } from 'vitest';
import { MINUTE } from '../../src/domain/time.ts';
import { accountOf } from './account.ts';
import { type KillKit, startKillKit } from './kill-kit.ts';

const NOTE = '/steady note restarted checkout-7f9';

async function declared(point: string): Promise<KillKit> {
  const kit = await startKillKit({ deaths: (stage) => (stage === 2 ? point : undefined) });
  await kit.step(
    'the card',
    () => kit.person('Lea').say('checkout', '@Steady declare P1 checkout 500s here'),
    () => kit.channel('checkout').some((one) => one.includes('INC-1 · P1')),
  );
  return kit;
}

async function notesOf(kit: KillKit): Promise<number> {
  await kit.stopBot();
  const { events } = await accountOf(kit, { dataDir: kit.dataDir, now: kit.clock.now });
  return events.filter((one) => one.includes('"noted"')).length;
}

it('does a slash command once, over which it died after recording it', async () => {
  const kit = await declared('commit:append:after#1');
  try {
    await kit.step(
      'the answer',
      () => kit.person('Kai').slash('checkout', NOTE),
      () => kit.ephemerals('checkout', 'Kai').some((one) => one.includes('noted on the timeline')),
    );
    expect(kit.diedAt()).toHaveLength(1);
    expect(await notesOf(kit)).toBe(1);
  } finally {
    await kit.stop();
  }
}, 60_000);

it('asks whether a slash command is still meant, when it is older than two minutes', async () => {
  const kit = await declared('commit:receive:after#1');
  try {
    await kit.step(
      'the question',
      // What Slack says to the person is not heard; meanwhile nobody starts Steady again.
      () =>
        kit
          .person('Kai')
          .slash('checkout', NOTE)
          .catch(() => kit.workspace.advance(3 * MINUTE)),
      () => kit.ephemerals('checkout', 'Kai').some((one) => one.includes('Still wanted?')),
    );
    expect(kit.diedAt()).toHaveLength(1);
    expect(await notesOf(kit)).toBe(0);
  } finally {
    await kit.stop();
  }
}, 60_000);
