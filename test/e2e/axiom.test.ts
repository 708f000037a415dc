import { afterEach, beforeEach, expect, it } from 'vitest';
import { type BotKit, startBotKit } from './bot-kit.ts';

let kit: BotKit;

beforeEach(async () => {
  kit = await startBotKit({ everySystem: true });
  await asks('declare P2 checkout 500s here');
});
afterEach(() => kit.stop());

async function quiet() {
  await kit.settled();
  await kit.bot.idle();
  await kit.settled();
}

async function asks(text: string) {
  const ts = await kit.person('Lea').say('checkout', `@Steady ${text}`);
  await quiet();
  return [...kit.thread('checkout', ts), ...kit.ephemerals('checkout', 'Lea')].join('\n');
}

/** Everything in threads of the channel, newest last. */
const replies = () => kit.messages('checkout').filter(({ threadTs }) => threadTs !== undefined);

it('asks the better way by one click, over the same time', async () => {
  const first = await asks("axiom ['checkout-logs'] | where message contains 'payments' | count since:5m");
  expect(first).toContain("Better: ['checkout-logs'] | where message has_cs 'payments' | count");
  const counted = /Count (\d+)/.exec(first)?.[1];
  await kit.person('Lea').click('Ask it that way');
  await quiet();
  const card = JSON.stringify(replies().at(-1));
  expect(card).toContain("['checkout-logs'] | where message has_cs 'payments' | count");
  expect(card).toContain('E2 · Axiom sandbox');
  expect(card).toContain(`Count ${counted}`);
  expect(card).not.toContain('Ask it that way');
});

it('points at a field that the schema lacks, with the nearest', async () => {
  const told = await asks("axiom ['checkout-logs'] | where stats == 503");
  expect(told).toContain('undefined field "stats"');
  const schema = await asks('schema axiom checkout-logs');
  for (const field of ['status', 'attributes.custom', 'duration_ms']) expect(schema).toContain(field);
  expect(await asks("schema axiom ['shop-traces']")).toContain('slow');
  expect(await asks('schema axiom shop-metrics:http_requests_total')).toContain('route');
});

it('counts the values of a field, and lists those of a tag', async () => {
  expect(await asks('values axiom checkout-logs level since:5m')).toMatch(/error \| \d+/);
  expect(await asks('values axiom shop-metrics:http_requests_total code')).toContain('value 500');
});

it('reads what no command covers, and nothing that holds secrets', async () => {
  expect(await asks('api axiom GET /v2/monitors')).toContain('mon_checkout_errors');
  expect(await asks('api axiom GET /v2/tokens')).toContain('none of the paths that only read');
});

it('the way back shows the same in the console of the sandbox', async () => {
  await asks("axiom ['checkout-logs'] | where status == 500 | project message | take 3");
  const link = /http:\/\/127\.0\.0\.1:\d+\/sandbox\/query\?initForm=[^"\\]+/.exec(
    JSON.stringify(replies().at(-1)),
  )?.[0];
  const page = await (await fetch(link ?? '')).text();
  expect(page).toContain('payments answered 429, giving up after 4 attempts');
});
