import { afterEach, describe, expect, it } from 'vitest';
import { SECOND } from '../../src/domain/time.ts';
import { startTelemetry, type Telemetry } from '../../src/sandbox/telemetry/start-telemetry.ts';
import { type FakeServer, startFakeServer } from '../backends/fake-server.ts';
import { START } from '../slack-kit/test-clock.ts';
import { type BotKit, startBotKit } from './bot-kit.ts';
import { prometheusThat, series } from './fake-prometheus.ts';

let kit: BotKit | undefined;
const servers: { stop(): Promise<void> }[] = [];

afterEach(async () => {
  await kit?.stop();
  kit = undefined;
  for (const server of servers.splice(0)) await server.stop();
});

async function started(options: Parameters<typeof startBotKit>[0] = {}): Promise<BotKit> {
  kit = await startBotKit(options);
  await kit.person('Lea').say('checkout', '@Steady declare P2 checkout 500s here');
  await kit.settled();
  return kit;
}

async function telemetry(): Promise<Telemetry> {
  const started = await startTelemetry({ now: () => START, port: 0 });
  servers.push({ stop: () => started.stop() });
  return started;
}

async function fake(...[reply]: Parameters<typeof startFakeServer>): Promise<FakeServer> {
  const server = await startFakeServer(reply);
  servers.push({ stop: async () => server[Symbol.asyncDispose]() });
  return server;
}

async function asks(bot: BotKit, person: string, text: string, channel = 'checkout') {
  const before = bot.ephemerals(channel, person).length;
  const ts = await bot.person(person).say(channel, `@Steady ${text}`);
  await bot.settled();
  await bot.bot.idle();
  await bot.settled();
  return {
    card: bot.thread(channel, ts).join('\n'),
    told: bot.ephemerals(channel, person).slice(before).join('\n'),
    link: /"url":"(http[^"]*)"/.exec(
      JSON.stringify(bot.messages(channel).filter((one) => one.threadTs === ts)),
    )?.[1],
  };
}

function channelOf(bot: BotKit, id: string) {
  const conversation = bot.workspace.state.conversations.get(id);
  if (conversation === undefined) throw new Error(`no channel ${id}`);
  return conversation;
}

describe('the window of a query', () => {
  // Lea is in Berlin (UTC+1 in March), Kai in Los Angeles (UTC-7 after its change on 8 March); it is 14:00 UTC.
  it.each([
    ['Lea', 'prom up', '13:30 UTC–14:00 UTC', '2026-03-10 14:00:00', '30m'],
    ['Lea', 'prom up since:1h', '13:00 UTC–14:00 UTC', '2026-03-10 14:00:00', '1h'],
    ['Lea', 'prom up from:14:10 to:14:40', '13:10 UTC–13:40 UTC', '2026-03-10 13:40:00', '30m'],
    ['Kai', 'prom up from:06:10 to:06:40', '13:10 UTC–13:40 UTC', '2026-03-10 13:40:00', '30m'],
    ['Lea', 'prom up around:14:32', '13:17 UTC–13:47 UTC', '2026-03-10 13:47:00', '30m'],
    ['Lea', 'prom up at:14:40', '13:40 UTC–13:40 UTC', '2026-03-10 13:40:00', '1h'],
  ])(
    'that %s means by `%s` is absolute, in the reader’s zone, and the same in card and link',
    async (who, text, shown, end, range) => {
      const bot = await started();
      const { card, link } = await asks(bot, who, text);
      expect(card).toContain(shown);
      const { searchParams } = new URL(link ?? '');
      expect([
        searchParams.get('g0.expr'),
        searchParams.get('g0.end_input'),
        searchParams.get('g0.range_input'),
      ]).toEqual(['up', end, range]);
    },
  );

  it('that makes no sense is said so, with a way on', async () => {
    const bot = await started();
    const { card, told } = await asks(bot, 'Lea', 'prom up from:9:00 to:1:00');
    expect(card).toBe('');
    expect(told).toContain('is not after');
    expect(told).toContain('[Last 30 minutes]');
  });
});

describe('an evidence', () => {
  it('opens in the very Prometheus that was asked, with the same query, time and numbers', async () => {
    const bot = await started();
    const query = 'sum by (code) (rate(http_requests_total{service="checkout"}[5m]))';
    const { card, link = '' } = await asks(bot, 'Lea', `prom ${query} since:1h`);
    expect(card).toContain('E1');
    expect(new URL(link).origin).toBe(bot.telemetry.url);
    const page = await (await fetch(link)).text();
    expect(page).toContain('sum by (code) (rate(http_requests_total{service=&quot;checkout&quot;}[5m]))');
    expect(page).toMatch(/from 2026-03-10 13:00:00.* to 2026-03-10 14:00:00/);
    const code = /^(?:code )?(\d{3})/m.exec(card)?.[1];
    expect(page).toContain(`${code}`);
    const second = await asks(bot, 'Kai', 'prom up');
    expect(second.card).toContain('E2');
  });

  it('outside an incident is an answer without a number', async () => {
    kit = await startBotKit();
    const { card, link } = await asks(kit, 'Lea', 'prom up');
    expect(card).toContain('Prometheus prod');
    expect(card).not.toMatch(/\bE\d/);
    expect(link).toContain('g0.expr=up');
  });
});

describe('a query', () => {
  it('is asked as typed in backticks, and curly quotes outside them are made plain and said so', async () => {
    const bot = await started();
    const ticked = await asks(bot, 'Lea', 'prom `up{job="checkout"}`');
    expect(ticked.card).toContain('up{job="checkout"}');
    expect(ticked.card).not.toContain('curly');
    expect((await asks(bot, 'Lea', 'prom ```up{job="checkout"}```')).card).toContain('E2');
    const curly = await asks(bot, 'Lea', 'prom up{job=“checkout”} / 0');
    expect(curly.card).toContain('up{job="checkout"} / 0');
    expect(curly.card).toContain('Note: curly quotes or long dashes were made plain');
  });

  it('keeps what looks like an option inside backticks, after `--`, and as a metric’s name', async () => {
    const bot = await started();
    expect((await asks(bot, 'Lea', 'prom -- up since:30m')).told).toContain('refuses the query');
    expect((await asks(bot, 'Lea', 'prom `up since:30m`')).told).toContain('refuses the query');
    expect((await asks(bot, 'Lea', 'prom env:errors:rate5m')).told).toContain('no metric env:errors:rate5m');
  });
});

describe('with two deployments', () => {
  async function two(bound = ''): Promise<BotKit> {
    const [prod, staging] = [await telemetry(), await telemetry()];
    return started({
      prometheus: `[prometheus.deployments.prod]\nurl = "${prod.url}"\n[prometheus.deployments.staging]\nurl = "${staging.url}"`,
      toml: bound,
    });
  }

  it('the person is asked which, and one click answers', async () => {
    const bot = await two();
    const { card, told } = await asks(bot, 'Lea', 'prom up');
    expect(card).toBe('');
    expect(told).toContain('Which prometheus? env:prod, env:staging');
    await bot.person('Lea').click('staging', { channel: 'checkout' });
    await bot.settled();
    await bot.bot.idle();
    expect(bot.messages('checkout').some((one) => one.text.includes('E1 · Prometheus staging'))).toBe(true);
    expect((await asks(bot, 'Lea', 'prom up env:prod')).card).toContain('E2 · Prometheus prod');
    expect((await asks(bot, 'Lea', 'prom up env:qa')).told).toContain('There is no prometheus qa.');
  });

  it('the channel’s binding answers, by its name, and may be overruled', async () => {
    const bot = await two('[slack.environments]\ncheckout = "staging"');
    expect((await asks(bot, 'Lea', 'prom up')).card).toContain('E1 · Prometheus staging');
    expect((await asks(bot, 'Lea', 'prom up env:prod')).card).toContain('E2 · Prometheus prod');
  });
});

describe('a discovery that takes too long', () => {
  it('leaves names unavailable until discovered again, and *Try again* does', async () => {
    let slow = true;
    const answers = prometheusThat((received) => series(received, { __name__: 'up', job: 'a' }, ['1']));
    const server = await fake((received) =>
      slow && received.path.includes('/label/__name__/') ? () => {} : answers(received),
    );
    const bot = await started({
      prometheus: `[prometheus.deployments.prod]\nurl = "${server.url}"`,
      toml: '[discovery]\ntimeout = "1s"',
    });
    const { card, told } = await asks(bot, 'Lea', 'prom up');
    expect(card).toBe('');
    expect(told).toContain('unavailable until discovered again');
    expect(told).toContain('[Try again]');
    expect(server.received.some((one) => one.path.endsWith('/query_range'))).toBe(false);
    slow = false;
    await bot.pass(30 * SECOND);
    await bot.person('Lea').click('Try again', { channel: 'checkout' });
    await bot.settled();
    await bot.bot.idle();
    await bot.settled();
    expect(bot.messages('checkout').some((one) => one.text.includes('E1 · Prometheus prod'))).toBe(true);
  });
});

describe('a channel that becomes shared with another company', () => {
  it('shows no more evidence, and its lead is told', async () => {
    const bot = await started();
    const conversation = channelOf(bot, 'C0CHECKOUT');
    expect((await asks(bot, 'Lea', 'prom up')).card).toContain('E1');
    conversation.shared = true;
    bot.workspace.raise(
      { type: 'channel_shared', connected_team_id: 'T0PARTNER1', channel: 'C0CHECKOUT' },
      conversation,
    );
    await bot.settled();
    const { card, told } = await asks(bot, 'Lea', 'prom up');
    expect(card).toBe('');
    expect(told).toContain('shared with another company');
    expect(bot.dm('Lea').join('\n')).toContain('shared with another company');
    const shown = bot.messages('checkout').length;
    await bot.person('Lea').click('Re-run now', { channel: 'checkout' });
    await bot.settled();
    expect((await asks(bot, 'Lea', 'discover')).card).toBe('');
    expect(
      bot
        .messages('checkout')
        .slice(shown)
        .filter((one) => one.bot),
    ).toEqual([]);
    // Somewhere internal it is answered, naming the incident.
    bot.workspace.membership.join(channelOf(bot, 'C0GENERAL1'), 'U0STEADY01');
    expect((await asks(bot, 'Lea', 'prom up', 'general')).card).toContain('Prometheus prod');
  });

  it('and one without an incident shows none either, unless the configuration names it', async () => {
    kit = await startBotKit();
    channelOf(kit, 'C0CHECKOUT').shared = true;
    const { card, told } = await asks(kit, 'Lea', 'prom up');
    expect(card).toBe('');
    expect(told).toContain('shared with another company');
    await kit.stop();
    kit = await startBotKit({ slack: 'shared_channels = ["checkout"]' });
    channelOf(kit, 'C0CHECKOUT').shared = true;
    expect((await asks(kit, 'Lea', 'prom up')).card).toContain('Prometheus prod');
  });
});
