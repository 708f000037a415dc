import { afterEach, beforeEach, expect, it } from 'vitest';
import { type BotKit, startBotKit } from '../../e2e/bot-kit.ts';

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

it('Axiom tells events, numbers, metrics, monitors and deploys of the same incident', async () => {
  const events = await asks(
    "axiom ['checkout-logs'] | where status == 500 | project _time, message | take 3",
  );
  expect(events).toContain('E1 · Axiom sandbox');
  expect(events).toContain('payments answered 429, giving up after 4 attempts');
  expect(events).toMatch(/3 rows, \d+,\d{3} examined, 1\d,\d{3} matched/);
  const counted = await asks(
    "apl ['checkout-logs'] | where message contains 'payments' | summarize count() by bin(_time, 1m), region",
  );
  expect(counted).toMatch(/region eu-west-1\s+\d,\d{3} at/);
  expect(counted).toContain("Better: ['checkout-logs'] | where message has_cs 'payments'");
  const nothing = await asks("axiom ['payments-logs'] | where status == 503 since:5m");
  expect(nothing).toMatch(/No rows in .*, \d+,\d{3} rows examined\./);
  expect(await asks("axiom ['checkout-log'] | take 2")).toContain('Nearest: checkout-logs');
  expect(await asks("axiom ['checkout-logs'] | where sttus == 503")).toMatch(/undefined field "sttus"/);
  const metrics = await asks(
    'mpl `shop-metrics`:`http_requests_total` | where service == "checkout" | map rate | align to 1m using avg | group by code using sum',
  );
  expect(metrics).toMatch(/code 500\s+4\d(?:\.\d)? at/);
  expect(await asks('monitors checkout')).toMatch(/state alerting · monitor Checkout errors · since/);
  expect(await asks('axiom annotations since:6h')).toContain('title checkout v2.3.45');
  expect(await asks('discover axiom datasets')).toContain('checkout-logs otel:logs:v1, kept 30 d');
});

it('golden signals are found in the dataset that tells most, in one row about now and one about before', async () => {
  const card = await asks('red axiom payments');
  expect(card).toMatch(/^payments · rate, errors, duration/);
  expect(card).toMatch(/4xx 75(?:\.\d)? % \(was 0 %\) E1, before E2/);
  expect(card).toMatch(/429 \/v1\/charges \| 29\.\d \/s/);
  expect(card).toContain(
    'Traffic from shop-traces (its events with service.name and kind server are counted)',
  );
});
