import { afterEach, describe, expect, it } from 'vitest';
import { type FakeServer, startFakeServer } from '../backends/fake-server.ts';
import { type BotKit, startBotKit } from './bot-kit.ts';

let kit: BotKit | undefined;
const servers: FakeServer[] = [];

afterEach(async () => {
  await kit?.stop();
  kit = undefined;
  for (const server of servers.splice(0)) await server[Symbol.asyncDispose]();
});

/** Prometheus, Loki and Alertmanager in one, with one name of each. */
function reply(path: string): object {
  if (path.startsWith('/api/v2/')) return path.endsWith('/receivers') ? [{ name: 'oncall' }] : [];
  if (path.endsWith('/detected_fields')) return { fields: [] };
  if (/\/query(?:_range)?$/.test(path)) {
    const streams = path.startsWith('/loki') ? 'streams' : 'matrix';
    return { status: 'success', data: { resultType: streams, result: [] } };
  }
  if (path.endsWith('/metadata')) return { status: 'success', data: {} };
  if (path.endsWith('/__name__/values')) return { status: 'success', data: ['up'] };
  return { status: 'success', data: ['job'] };
}

async function two(more = ''): Promise<BotKit> {
  const server = await startFakeServer(({ path }) => ({ body: reply(path) }));
  servers.push(server);
  const sections = ['prometheus', 'loki', 'alertmanager'].flatMap((tool) =>
    ['prod', 'staging'].map((name) => `[${tool}.deployments.${name}]\nurl = "${server.url}"\n`),
  );
  kit = await startBotKit({ prometheus: `${sections.join('')}${more}` });
  return kit;
}

async function said(bot: BotKit, text: string) {
  const told = bot.ephemerals('checkout', 'Lea').length;
  const ts = await bot.person('Lea').say('checkout', `@Steady ${text}`);
  await bot.settled();
  await bot.bot.idle();
  await bot.settled();
  return [...bot.thread('checkout', ts), ...bot.ephemerals('checkout', 'Lea').slice(told)].join('\n');
}

const COMMANDS: readonly string[] = [
  'prom up',
  'loki {job="job"}',
  'alerts',
  'schema prom up',
  'values prom up job',
  'api prom GET /api/v1/labels',
  'discover prom metrics',
];

describe('with several environments', () => {
  it('none is guessed: every command asks, with a button for each', async () => {
    const bot = await two();
    for (const command of COMMANDS) {
      const answer = await said(bot, command);
      expect(answer, command).toMatch(/\[(?:\w+ )?prod\] \[(?:\w+ )?staging\]/);
    }
    const overview = await said(bot, 'discover prom');
    expect(overview).toMatch(/Prometheus prod .* discover prom env:prod/);
    expect(overview).toMatch(/Prometheus staging .* discover prom env:staging/);
  });

  it('the named one answers, and the one bound to the channel where none is named', async () => {
    const bot = await two('[slack.environments]\ncheckout = "staging"');
    for (const command of COMMANDS) {
      expect(await said(bot, command), command).toMatch(/(?:Prometheus|Loki|Alertmanager) staging/);
      expect(await said(bot, `${command} env:prod`), command).toMatch(
        /(?:Prometheus|Loki|Alertmanager) prod/,
      );
    }
  });

  it('one that does not exist is refused with those that do', async () => {
    const bot = await two();
    for (const command of COMMANDS)
      expect(await said(bot, `${command} env:porduction`), command).toMatch(/prod.*staging/s);
  });
});
