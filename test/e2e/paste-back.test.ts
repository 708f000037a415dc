import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, describe, expect, it } from 'vitest';
import { type BotKit, startBotKit } from './bot-kit.ts';

let kit: BotKit | undefined;

afterEach(async () => {
  await kit?.stop();
  kit = undefined;
});

async function declared(): Promise<BotKit> {
  kit = await startBotKit();
  await kit.person('Lea').say('checkout', '@Steady declare P2 checkout 500s here');
  await kit.settled();
  return kit;
}

async function save(bot: BotKit, at: { channel: string; ts: string }, values: Record<string, string> = {}) {
  await bot.person('Lea').shortcut('Save as evidence', at);
  await bot.settled();
  await bot.person('Lea').submit(values);
  await bot.settled();
  await bot.bot.idle();
  await bot.settled();
}

/** How many values of any table of the bot's database hold these words. */
async function rowsHolding(bot: BotKit, words: string): Promise<number> {
  const file = readdirSync(bot.dataDir).find((name) => /\.(?:db|sqlite3?)$/.test(name)) ?? '';
  const database = new DatabaseSync(join(bot.dataDir, file), { readOnly: true });
  try {
    const tables = database.prepare("select name from sqlite_schema where type = 'table'").all();
    return tables
      .flatMap(({ name }) => database.prepare(`select * from "${name}"`).all())
      .filter((row) => Object.values(row).some((value) => String(value).includes(words))).length;
  } finally {
    database.close();
  }
}

const PODS =
  'NAME         READY   STATUS    RESTARTS   AGE\ncheckout-a   1/1     Running   3          3d\ncheckout-b   0/1     Error     9          2m';

describe('what people paste', () => {
  it('becomes evidence in its thread, marked as supplied by whoever saved it, with the message as its link', async () => {
    const bot = await declared();
    const ts = await bot.person('Kai').say('checkout', `\`\`\`${PODS}\`\`\``);
    await save(bot, { channel: 'checkout', ts }, { 'How was it got?': 'kubectl get pods -n shop' });
    const card = bot.thread('checkout', ts).join('\n');
    expect(card).toContain('E1 · Supplied');
    expect(card).toContain('kubectl get pods -n shop');
    expect(card).toContain('checkout-b | 0/1 | Error');
    expect(card).toMatch(/Supplied by @?Lea, not asked by Steady/);
    expect(card).not.toContain('Re-run now');
    const posted = JSON.stringify(bot.messages('checkout').filter((one) => one.threadTs === ts));
    expect(posted).toContain(`/archives/`);
    expect(posted).toContain(ts.replace('.', ''));
  });

  it('loses its secrets before anything is recorded', async () => {
    const bot = await declared();
    const secret = `ghp_${'a1B2c3D4'.repeat(5)}`.slice(0, 40);
    const ts = await bot.person('Lea').say('checkout', `curl said: token=${secret} is wrong`);
    await save(bot, { channel: 'checkout', ts });
    const card = bot.thread('checkout', ts).join('\n');
    expect(card).toContain('E1 · Supplied');
    expect(card).toContain('curl said');
    expect(card).not.toContain(secret);
  });

  it('a text file is fetched from Slack and kept whole; what is no text is refused with a way on', async () => {
    const bot = await declared();
    const csv = `pod,restarts\n${Array.from({ length: 300 }, (_, i) => `checkout-${i},${i}`).join('\n')}\n`;
    const ts = await bot.person('Lea').upload('checkout', 'pods.csv', Buffer.from(csv));
    await bot.settled();
    await save(bot, { channel: 'checkout', ts });
    const card = bot.thread('checkout', ts).join('\n');
    expect(card).toContain('pods.csv');
    expect(card).toContain('checkout-0 | 0');
    expect(card).toContain('300 rows, 4,893 bytes');

    await bot.person('Lea').choose('evidence-more', 'All rows', { channel: 'checkout' });
    await bot.settled();
    await bot.bot.idle();
    await bot.settled();
    const rows = [...bot.workspace.state.files.values()].find(({ name }) => name === 'e1-rows.csv');
    expect(
      Buffer.from(rows?.bytes ?? [])
        .toString()
        .split('\n'),
    ).toHaveLength(302);

    const picture = await bot.person('Lea').upload('checkout', 'graph.png', Buffer.from('PNG'));
    await bot.settled();
    await save(bot, { channel: 'checkout', ts: picture });
    expect(bot.ephemerals('checkout', 'Lea').join('\n')).toContain(
      'This file is no text. Paste what matters of it',
    );
  });

  it('every file of a message is an evidence of its own', async () => {
    const bot = await declared();
    const lea = bot.person('Lea');
    const ts = await lea.upload('checkout', 'pods.csv', Buffer.from('pod,restarts\na,3\nb,9\n'));
    const other = await lea.upload('checkout', 'events.txt', Buffer.from('OOMKilled a\n'));
    await bot.settled();
    const byTs = (wanted: string) => bot.messages('checkout').find((one) => one.ts === wanted);
    byTs(ts)?.files.push(...(byTs(other)?.files ?? []));
    await save(bot, { channel: 'checkout', ts });
    const cards = bot.thread('checkout', ts);
    expect(cards).toHaveLength(2);
    expect(cards.join('\n')).toMatch(
      /E1 · Supplied[\s\S]*pods\.csv[\s\S]*E2 · Supplied[\s\S]*events\.txt[\s\S]*OOMKilled a/,
    );
  });

  it('from a place that not everybody reads it is kept only once its audience was shown', async () => {
    const bot = await declared();
    const ts = await bot.person('Lea').say('payments-private', 'the limit is 200 since 13:57');
    await bot.person('Lea').shortcut('Save as evidence', { channel: 'payments-private', ts });
    await bot.settled();
    const modal = bot.modal('Lea');
    expect(modal).toContain('Not everybody can read this message.');
    expect(modal).toMatch(/everyone in (?:#checkout|the channel of the incident) can read/);
    expect(await rowsHolding(bot, 'limit is 200')).toBe(0);
    await bot.person('Lea').close();
    await bot.settled();
    expect(await rowsHolding(bot, 'limit is 200')).toBe(0);
    await save(bot, { channel: 'payments-private', ts });
    const said = JSON.stringify(bot.messages('checkout'));
    expect(said).toContain('the limit is 200 since 13:57');
    expect(said).toContain(`/archives/C0PAYMENTS/p${ts.replace('.', '')}`);
  });

  it('without an incident nothing is kept', async () => {
    kit = await startBotKit();
    const ts = await kit.person('Lea').say('checkout', PODS);
    await kit.person('Lea').shortcut('Save as evidence', { channel: 'checkout', ts });
    await kit.settled();
    expect(kit.ephemerals('checkout', 'Lea').join('\n')).toContain('No incident is open');
  });
});
