import { afterEach, expect, it } from 'vitest';
import { type BotKit, startBotKit } from './bot-kit.ts';

let kit: BotKit | undefined;
afterEach(async () => {
  await kit?.stop();
  kit = undefined;
});

async function started(toml = '[knowledge.orgs.acme]\n'): Promise<BotKit> {
  kit = await startBotKit({ toml });
  await kit.person('Lea').say('checkout', '@Steady declare P2 checkout 500s here');
  await kit.settled();
  return kit;
}

/** What a person says, what the thread answers, and what they alone are told by it. */
async function says(bot: BotKit, name: 'Lea' | 'Kai', text: string) {
  const before = bot.ephemerals('checkout', name).length;
  const ts = await bot.person(name).say('checkout', `@Steady ${text}`);
  await bot.settled();
  return {
    thread: bot.thread('checkout', ts).join('\n'),
    told: bot.ephemerals('checkout', name).slice(before).join('\n'),
  };
}

it('what one remembers is theirs alone, also where a channel asks', async () => {
  const bot = await started();
  const saved = await says(bot, 'Lea', 'remember the pool of checkout holds 40 connections #checkout');
  expect(saved.thread).toBe('');
  expect(saved.told).toContain('Saved for you');
  const mine = await says(bot, 'Lea', 'recall pool connections');
  expect(mine.thread).not.toContain('holds 40');
  expect(mine.told).toContain('the pool of checkout holds 40 connections');
  const theirs = await says(bot, 'Kai', 'recall pool connections');
  expect(`${theirs.thread}${theirs.told}`).not.toContain('holds 40');
});

it('what is saved for the team is found by everyone, with its tier, a typo notwithstanding', async () => {
  const bot = await started();
  expect(
    (await says(bot, 'Lea', 'save for the team payments limits us to 500 calls per second #payments')).thread,
  ).toContain('Saved for acme');
  const found = await says(bot, 'Kai', 'recall paymnets limits');
  expect(found.thread).toContain('payments limits us to 500 calls per second');
  expect(found.thread).toContain('facts · acme');
  expect(found.thread).toContain('matches');
});

it('what ships is there from the start, and nothing that was not asked for', async () => {
  const bot = await started();
  expect((await says(bot, 'Kai', 'recall thundering herd')).thread).toMatch(
    /thundering herd[\s\S]*patterns · shipped/,
  );
  expect((await says(bot, 'Kai', 'recall zebra crossing')).thread).toContain('Nothing is known about');
  expect((await says(bot, 'Kai', 'kb patterns')).thread).toMatch(/12 patterns[\s\S]*bad deploy/);
});

it('a query that proved something keeps its window and link', async () => {
  const bot = await started();
  await says(bot, 'Lea', 'prom up');
  await says(bot, 'Lea', 'save for the team query E1 which targets are up #prometheus');
  const { thread } = await says(bot, 'Kai', 'recall targets up');
  expect(thread).toContain('queries · acme');
  expect(thread).toMatch(/Proved by E1 of INC-1, Prometheus prod, \d{4}-/);
  expect(thread).toContain('up');
});

it('what a private incident taught is shared only by somebody who confirms it', async () => {
  const bot = await started();
  await bot.person('Lea').inviteApp('payments-private');
  await bot.person('Lea').say('payments-private', '@Steady declare P2 cards leak here');
  await bot.settled();
  const say = async (text: string) => {
    await bot.person('Lea').say('payments-private', `@Steady ${text}`);
    await bot.settled();
    return bot.ephemerals('payments-private', 'Lea').join('\n');
  };
  expect(await say('save for the team the vault rotates zebras')).toContain('is private');
  expect((await says(bot, 'Kai', 'recall vault zebras')).thread).toContain('Nothing is known');
  await say('save for the team confirmed the vault rotates zebras');
  expect((await says(bot, 'Kai', 'recall vault zebras')).thread).toContain('the vault rotates zebras');
});

it('forgetting can be taken back, shipped knowledge is nobody’s to forget', async () => {
  const bot = await started();
  await says(bot, 'Lea', 'remember gateway: restarts at midnight');
  expect((await says(bot, 'Lea', 'pin gateway')).told).toContain('Pinned: gateway');
  expect((await says(bot, 'Lea', 'forget gateway')).told).toContain('Forgotten: gateway');
  expect((await says(bot, 'Lea', 'recall gateway midnight')).told).not.toContain('restarts at midnight');
  expect((await says(bot, 'Lea', 'kb undo')).told).toContain('Back again: gateway');
  expect((await says(bot, 'Lea', 'recall gateway midnight')).told).toContain('restarts at midnight');
  await says(bot, 'Lea', 'save for the team gateways: come in pairs');
  const exported = await says(bot, 'Lea', 'kb export');
  expect([exported.thread, exported.told]).toEqual(['', expect.stringContaining('in your direct messages')]);
  expect(bot.dm('Lea').join('\n')).toMatch(/What you keep: 1 entry/);
  expect((await says(bot, 'Lea', 'kb import')).told).toMatch(/steady kb import FOLDER --person U/);
  expect((await says(bot, 'Kai', 'kb journal')).thread).toMatch(/1 entry[\s\S]*saved facts\/gateways · @Lea/);
  await bot.person('Lea').dm('kb journal');
  await bot.settled();
  expect(bot.dm('Lea').join('\n')).toMatch(/4 entries[\s\S]*taken back facts\/gateway\b/);
  expect((await says(bot, 'Lea', 'forget bad deploy')).told).toContain('ships with Steady');
});

it('a secret never enters', async () => {
  const bot = await started();
  const secret = 'ghp_' + 'a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8';
  await says(bot, 'Lea', `save for the team the token of the pipeline is ${secret}`);
  const { thread } = await says(bot, 'Kai', 'recall token pipeline');
  expect(thread).toContain('pipeline');
  expect(
    JSON.stringify(
      bot.messages('checkout').filter((one) => one.threadTs !== undefined && one.text.includes('Saved')),
    ),
  ).not.toContain(secret);
  expect(thread).not.toContain(secret);
});

it('says what is wrong, with the next step', async () => {
  const bot = await started('');
  expect((await says(bot, 'Lea', 'save for the team x y z')).told).toContain('[knowledge.orgs.NAME]');
  expect((await says(bot, 'Lea', 'remember')).told).toContain('What should be remembered?');
  expect((await says(bot, 'Lea', 'recall')).told).toContain('Recall what?');
  expect((await says(bot, 'Lea', 'kb')).told).toContain('Which kind?');
  expect((await says(bot, 'Lea', 'forget nothing of the kind')).told).toContain(
    'Nothing is known under that key',
  );
  expect((await says(bot, 'Lea', 'kb doctor')).told).toContain('in good order');
});
