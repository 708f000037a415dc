import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { type BotKit, startBotKit } from './bot-kit.ts';
import { freePort } from './free-port.ts';

// Put together here, so that no scanner finds a token in this file.
const GITHUB = `ghp_${'k3JmN5pRt7vXy2cBd4fGh6jKs9AzQw8LmNp1'}`;
const AWS = `AKIA${'Q3XJ7ZL5MN2PRTVW'}`;
const PASSWORD = 'Tulip-vortex-58-marmalade';
const HELD = 'plum-Harbour-93-lantern-Quartz';

let kit: BotKit | undefined;
afterEach(async () => {
  await kit?.stop();
  kit = undefined;
});

async function started(options: Parameters<typeof startBotKit>[0] = {}): Promise<BotKit> {
  kit = await startBotKit({ level: 'trace', ...options });
  await kit.person('Lea').say('checkout', '@Steady declare P2 checkout 500s here');
  await kit.settled();
  return kit;
}

/** Every byte that the bot remembers. */
function remembered({ dataDir }: BotKit): Buffer {
  const files = readdirSync(dataDir, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
  expect(files.length).toBeGreaterThan(0);
  return Buffer.concat(files.map((one) => readFileSync(join(one.parentPath, one.name))));
}

/** Every spelling of a secret that somebody could read back. */
function spellings(secret: string): readonly string[] {
  const bytes = Buffer.from(secret);
  return [
    secret,
    encodeURIComponent(secret),
    JSON.stringify(secret).slice(1, -1),
    bytes.toString('base64').replace(/=+$/, ''),
    bytes.toString('base64url'),
    bytes.toString('hex'),
    bytes.toString('utf16le'),
    [...secret].reverse().join(''),
  ];
}

function traces(where: Buffer | string, secrets: readonly string[]): readonly string[] {
  const bytes = Buffer.from(where);
  return secrets.flatMap(spellings).filter((one) => bytes.includes(one));
}

/** All that Steady sent, without what people wrote. */
function sent(bot: BotKit): string {
  return JSON.stringify(bot.workspace.state.calls);
}

const BEARERS = [
  'xoxb-7301948265-8812649103-hT4kWq9ZpLm2',
  'xapp-1-A0STEADY01-55120938-c0ffee77d1',
  'f00dc0de91b2a7',
];

describe('after a whole incident', () => {
  it('no secret that the process holds is in any message, link, log line or stored byte', async () => {
    const [bot = '', app = '', signingSecret = ''] = BEARERS;
    const port = await freePort();
    const steady = await started({
      httpPort: port,
      workspace: { tokens: { bot, app, signingSecret }, ackGrace: 2_000 },
      prometheus: `[prometheus.deployments.prod]\nurl = "http://127.0.0.1:${await freePort()}"\ntoken = "${HELD}"\ncf_access_client_id = "cf-id-44120-lemon.access"\ncf_access_client_secret = "cf-secret-77813-walnut"`,
      toml: '[sentry.deployments.default]\ntoken = "sentry-unused-31337-orchid"\norganization_slug = "acme"\nproject_slug = "shop"',
    });
    const lea = steady.person('Lea');
    await lea.slash('checkout', '/steady status');
    await lea.say('checkout', '@Steady prom up');
    await lea.say('checkout', `@Steady note we hold ${HELD}, or is it ${encodeURIComponent(bot)}?`);
    await lea.say('checkout', '@Steady update impact: 23 % of checkouts fail');
    await lea.shortcut('Declare incident');
    await steady.settled();
    await lea.close();
    await lea.openHome();
    await lea.say('checkout', '@Steady override payments raised our limit');
    await steady.pass(10_000);
    const all = [bot, signingSecret, HELD, 'cf-secret-77813-walnut', 'sentry-unused-31337-orchid'];
    expect(traces(sent(steady), all)).toEqual([]);
    expect(traces(steady.logs.join('\n'), all)).toEqual([]);
    expect(traces(remembered(steady), all)).toEqual([]);
    expect(steady.channel('checkout').at(-1)).toContain('resolved');
  });
});

describe('a secret that somebody types', () => {
  it('to Steady is redacted before it is stored, and never said again', async () => {
    const bot = await started();
    const lea = bot.person('Lea');
    await lea.say('checkout', `@Steady note rotated ${GITHUB} and ${AWS}`);
    await lea.say('checkout', `@Steady note login with password=${PASSWORD}`);
    await lea.say('checkout', `@Steady title checkout ${GITHUB}`);
    await lea.say('checkout', `@Steady prom up{token="${GITHUB}"}`);
    await lea.say('checkout', `@Steady frobnicate ${GITHUB}`);
    await lea.dm(`note ${AWS}`);
    await lea.slash('checkout', `/steady note ${GITHUB}`);
    const said = await lea.say('checkout', `the key was ${GITHUB}`);
    await lea.react('checkout', said, 'pushpin');
    await bot.settled();
    await lea.edit('checkout', said, `the key was ${AWS}`);
    await bot.settled();
    await lea.say('checkout', '@Steady timeline');
    await bot.settled();
    const secrets = [GITHUB, AWS, PASSWORD];
    expect(traces(sent(bot), secrets)).toEqual([]);
    expect(traces(bot.logs.join('\n'), secrets)).toEqual([]);
    expect(traces(remembered(bot), secrets)).toEqual([]);
  });

  it('in an update holds it as a draft, and nothing of it is kept', async () => {
    const bot = await started();
    const before = bot.posts('checkout');
    await bot.person('Lea').say('checkout', `@Steady update impact: 23 % fail, key ${GITHUB}`);
    await bot.settled();
    expect(bot.posts('checkout')).toBe(before);
    expect(bot.ephemerals('checkout', 'Lea').join('\n')).toContain('held and nothing was posted');
    expect(bot.dm('Lea').join('\n')).toMatch(/secret/i);
    expect(traces(remembered(bot), [GITHUB])).toEqual([]);
    await bot.person('Lea').say('checkout', '@Steady status');
    await bot.settled();
    expect(traces(sent(bot), [GITHUB])).toEqual([]);
  });
});

describe('what is not said to Steady', () => {
  it('leaves no trace: neither messages, nor edits, nor reactions of other kinds, nor their logs', async () => {
    const bot = await started();
    const kai = bot.person('Kai');
    const said = await kai.say('checkout', 'the marmoset ate the changelog');
    await kai.reply('checkout', said, 'another marmoset in a thread');
    await kai.react('checkout', said, 'eyes');
    await kai.edit('checkout', said, 'the marmoset ate the whole changelog');
    await kai.say('checkout', 'thanks <@U0STEADY01>, says the marmoset');
    const quoted = await kai.say('checkout', '> <@U0STEADY01> declare P2 marmoset');
    await kai.delete('checkout', quoted);
    await bot.settled();
    const bytes = remembered(bot);
    expect(bytes.includes('marmoset ate')).toBe(false);
    expect(bytes.includes('another marmoset')).toBe(false);
    expect(bytes.includes('U0KAI00001') && bytes.includes('declare P2 marmoset')).toBe(false);
    expect(bot.logs.join('\n')).not.toContain('marmoset');
    expect(sent(bot)).not.toContain('marmoset');
  });

  it('is not even looked at with read_messages = false, and commands go on', async () => {
    const bot = await started({ slack: 'read_messages = false' });
    const kai = bot.person('Kai');
    const said = await kai.say('checkout', 'a plain observation');
    await bot.settled();
    await kai.edit('checkout', said, 'a plain observation, edited');
    await kai.say('checkout', '@Steady status');
    await bot.settled();
    expect(remembered(bot).includes('observation, edited')).toBe(false);
    expect(bot.messages('checkout').some((one) => one.bot && one.threadTs !== undefined)).toBe(true);
    expect(bot.warnings).toEqual([]);
  });
});

describe('what is written down', () => {
  it('in logs is JSON with ids, never what people said, nor where an answer may be sent', async () => {
    const bot = await started();
    const lea = bot.person('Lea');
    await lea.slash('checkout', '/steady status');
    await lea.say('checkout', '@Steady update impact: walruses fail doing: counting walruses');
    await lea.dm('help me with the walruses');
    await lea.say('checkout', '@Steady prom walrus_total');
    await lea.shortcut('Declare incident');
    await bot.settled();
    await lea.close();
    await bot.settled();
    for (const line of bot.logs) {
      expect(() => JSON.parse(line)).not.toThrow();
      expect(line).toBe(line.replace(/\p{Cc}/gu, ''));
    }
    const logs = bot.logs.join('\n');
    expect(logs).toContain('"command":"update"');
    expect(logs).not.toContain('walrus');
    expect(logs).not.toContain('checkout 500s');
    expect(logs).not.toMatch(/\/actions\/|response_url|hooks\.slack/);
    const bytes = remembered(bot);
    expect(bytes.includes('/actions/')).toBe(false);
    expect(bytes.includes('response_url')).toBe(false);
  });

  it('on disk is readable for the user alone', async () => {
    const { dataDir } = await started();
    for (const one of readdirSync(dataDir, { recursive: true, withFileTypes: true })) {
      const mode = statSync(join(one.parentPath, one.name)).mode & 0o777;
      expect([one.name, (mode & 0o077).toString(8)]).toEqual([one.name, '0']);
    }
    expect((statSync(dataDir).mode & 0o077).toString(8)).toBe('0');
  });
});
