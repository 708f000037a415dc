import { afterEach, expect, it } from 'vitest';
import { MINUTE } from '../../../src/domain/time.ts';
import { type BotKit, startBotKit } from '../../e2e/bot-kit.ts';
import { type Talk, talkIn } from '../../e2e/talk.ts';

let kit: BotKit;
let talk: Talk;
afterEach(() => kit.stop());

/** Every call that the making of a postmortem writes or reads with, first and again. */
const FIRST = [
  'files.getUploadURLExternal',
  'upload',
  'files.completeUploadExternal',
  'canvases.create',
  'canvases.access.set',
  'files.info',
  'chat.postMessage',
] as const;
const AGAIN = ['canvases.edit', 'canvases.sections.lookup', 'files.info', 'chat.update'] as const;

async function begin(): Promise<void> {
  kit = await startBotKit();
  talk = talkIn(kit);
  await talk.declared('checkout', 'P2 checkout 500s');
}

/** Asks for one and lets time go on until whatever was lost is done again. */
async function write(): Promise<void> {
  await talk.say('checkout', '@Steady postmortem');
  for (let round = 0; round < 6; round++) await kit.pass(MINUTE);
}

function shared(revisions: number): void {
  const files = [...kit.workspace.state.files.values()].filter(
    (one) => one.completed && one.shares.length > 0,
  );
  for (const ending of ['md', 'html', 'json'])
    expect(files.filter(({ name }) => name.endsWith(`-postmortem.${ending}`))).toHaveLength(revisions);
  expect(kit.workspace.state.canvases.size).toBe(1);
  const [canvas] = kit.workspace.state.canvases.values();
  expect(canvas?.access.get('C0CHECKOUT')).toBe('write');
  const under = kit.thread('checkout', talk.card('checkout').ts);
  const said = under.filter((one) => one.includes('postmortem draft · revision'));
  expect(said).toHaveLength(1);
  expect(said[0]).toContain(`revision ${revisions}`);
  expect(said[0]).not.toContain('Left as people changed them');
}

it.each(
  FIRST.flatMap((method) => (['drop-after', 'drop-before'] as const).map((kind) => [method, kind] as const)),
)('a postmortem is there once though %s met %s', async (method, kind) => {
  await begin();
  kit.workspace.faults.add(method, { kind });
  await write();
  shared(1);
});

it.each(
  AGAIN.flatMap((method) => (['drop-after', 'drop-before'] as const).map((kind) => [method, kind] as const)),
)('and is brought up to date once though %s met %s', async (method, kind) => {
  await begin();
  await write();
  await talk.say('checkout', '@Steady update impact: checkouts fail doing: looking');
  await talk.say('checkout', '@Steady postmortem well the rollback was fast');
  kit.workspace.faults.add(method, { kind });
  await write();
  shared(2);
  const canvas = [...kit.workspace.state.canvases.values()][0]?.blocks.map(({ markdown }) => markdown) ?? [];
  expect(canvas.filter((one) => one === 'the rollback was fast')).toHaveLength(1);
  expect(canvas.filter((one) => one.startsWith('**State**'))).toHaveLength(1);
});

it('goes on where a process ended in the middle of it', async () => {
  await begin();
  // The answer of the second file never comes: the process ends while it waits.
  kit.workspace.faults.add('canvases.create', { kind: 'hang' });
  await talk.say('checkout', '@Steady prom up');
  const asked = kit.person('Lea').say('checkout', '@Steady postmortem');
  await asked;
  await kit.until(
    ({ files }) => [...files.values()].filter(({ completed }) => completed).length >= 3,
    'the files',
  );
  await kit.bot.stop();
  await kit.restart();
  for (let round = 0; round < 6; round++) await kit.pass(MINUTE);
  shared(1);
});
