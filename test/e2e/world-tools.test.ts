import { afterEach, describe, expect, it } from 'vitest';
import { type FakeServer, startFakeServer } from '../backends/fake-server.ts';
import { START } from '../slack-kit/test-clock.ts';
import { type BotKit, startBotKit } from './bot-kit.ts';

let kit: BotKit | undefined;
const servers: FakeServer[] = [];

afterEach(async () => {
  await kit?.stop();
  kit = undefined;
  for (const server of servers.splice(0)) await server[Symbol.asyncDispose]();
});

const lokiReply = (path: string): object => {
  if (path.endsWith('/labels')) return { status: 'success', data: ['service_name'] };
  if (path.endsWith('/values')) return { status: 'success', data: ['checkout', 'payments'] };
  const stream = { service_name: 'checkout' };
  const values = [[`${START - 60_000}123456`, 'upstream <timed> out']];
  return { status: 'success', data: { resultType: 'streams', result: [{ stream, values }] } };
};

const alertmanagerReply = (path: string): object => {
  if (path.endsWith('/receivers')) return [{ name: 'oncall' }];
  const until = new Date(START + 3_600_000).toISOString();
  if (path.endsWith('/silences')) return [{ id: 's1', createdBy: 'mara', comment: 'known', endsAt: until }];
  const alert = (alertname: string, state: string, silencedBy: string[]) => ({
    labels: { alertname },
    annotations: {},
    fingerprint: alertname,
    startsAt: new Date(START - 600_000).toISOString(),
    status: { state, silencedBy, inhibitedBy: [] },
  });
  return [alert('PoolExhausted', 'active', []), alert('DiskFull', 'suppressed', ['s1'])];
};

async function started(): Promise<BotKit> {
  const loki = await startFakeServer(({ path }) => ({ body: lokiReply(path) }));
  servers.push(loki);
  const alertmanager = await startFakeServer(({ path }) => ({ body: alertmanagerReply(path) }));
  servers.push(alertmanager);
  kit = await startBotKit({
    toml: `[loki.deployments.prod]
url = "${loki.url}"
grafana_url = "https://grafana.example.com"
grafana_uid = "P8E"
[alertmanager.deployments.prod]
url = "${alertmanager.url}"
link_url = "https://alerts.example.com"
`,
  });
  await kit.person('Lea').say('checkout', '@Steady declare P2 checkout 500s here');
  await kit.settled();
  return kit;
}

async function asks(bot: BotKit, text: string) {
  const ts = await bot.person('Lea').say('checkout', `@Steady ${text}`);
  await bot.settled();
  await bot.bot.idle();
  await bot.settled();
  const messages = bot.messages('checkout').filter((one) => one.threadTs === ts);
  const told = bot.ephemerals('checkout', 'Lea').join('\n');
  return { card: bot.thread('checkout', ts).join('\n'), blocks: JSON.stringify(messages), told };
}

describe('tools beside Prometheus', () => {
  it('shows lines of Loki as evidence, with their exact time and a link to Explore', async () => {
    const { card, blocks } = await asks(await started(), 'loki {service_name="checkout"} |= "timed"');
    expect(card).toContain('E1 · Loki prod');
    expect(card).toContain('upstream <timed> out');
    expect(card).toMatch(/time \S+123456 UTC/);
    expect(blocks).toContain('https://grafana.example.com/explore?');
  });

  it('says which alerts fire and who silenced the others, asked without a word', async () => {
    const { card, blocks } = await asks(await started(), 'alerts');
    expect(card).toContain('E1 · Alertmanager prod');
    expect(card).toContain('1 firing, 1 silenced.');
    expect(card).toContain('state firing · alert PoolExhausted');
    expect(card).toMatch(/state silenced · alert DiskFull · by mara until \S+: known/);
    expect(blocks).toContain('https://alerts.example.com/#/alerts?');
  });

  it('asks Grafana for alerts where that is all there is, and says what is missing where one of both fails', async () => {
    const rules = { status: 'success', data: { groups: [] } };
    const grafana = await startFakeServer(({ path }) => ({
      body: path === '/api/datasources' ? [] : path.includes('/rules') ? rules : alertmanagerReply(path),
    }));
    servers.push(grafana);
    const gone = await startFakeServer(() => ({ status: 500 }));
    servers.push(gone);
    const deployments = `[grafana.deployments.prod]\nurl = "${grafana.url}"\n[alertmanager.deployments.staging]\nurl = "${gone.url}"\n[grafana.deployments.staging]\nurl = "${grafana.url}"\n`;
    kit = await startBotKit({ toml: deployments });
    await kit.person('Lea').say('checkout', '@Steady declare P2 checkout 500s here');
    await kit.settled();
    const alone = await asks(kit, 'alerts env:prod');
    expect(alone.card).toContain('E1 · Grafana prod');
    expect(alone.card).toContain('1 firing, 1 silenced.');
    expect((await asks(kit, 'alerts')).told).toContain('Which environment? env:staging, env:prod');
    const half = await asks(kit, 'alerts env:staging');
    expect(half.card).toContain('E2 · Grafana staging');
    expect(half.told).toContain('Alertmanager staging');
  });

  it('lists what is inside a data source of Grafana that no discovery looked into yet', async () => {
    const sources = Array.from({ length: 7 }, (_, index) => ({
      uid: `p${index}`,
      name: `P${index}`,
      type: 'prometheus',
    }));
    const grafana = await startFakeServer(({ path }) => ({
      body:
        path === '/api/datasources' ? sources : { status: 'success', data: ['http_requests_total', 'up'] },
    }));
    servers.push(grafana);
    kit = await startBotKit({ toml: `[grafana.deployments.prod]\nurl = "${grafana.url}"\n` });
    const listed = await asks(kit, 'discover grafana');
    expect(listed.card).toContain('P4/metrics');
    expect(listed.card).not.toContain('P6/metrics');
    expect((await asks(kit, 'discover grafana P6/metrics http')).card).toContain('http_requests_total');
    expect((await asks(kit, 'discover grafana P9/metrics')).told).toContain('Grafana prod has');
  });

  it('discovers the tool that is named, and asks which where none is', async () => {
    const bot = await started();
    const loki = await asks(bot, 'discover loki streams pay');
    expect(loki.card).toContain('service_name="payments"');
    expect(loki.card).not.toContain('checkout"');
    expect((await asks(bot, 'discover alerts')).card).toContain('oncall');
    expect((await asks(bot, 'discover prom jobs')).card).toContain('Prometheus prod');
    const { card, told } = await asks(bot, 'discover');
    for (const way of ['discover prom', 'discover loki', 'discover alerts'])
      expect(card + told).toContain(way);
  });
});
