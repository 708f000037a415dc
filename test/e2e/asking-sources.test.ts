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

async function said(text: string, who = 'Lea') {
  kit ??= await startBotKit({ everySystem: true });
  const told = kit.ephemerals('checkout', who).length;
  const ts = await kit.person(who).say('checkout', `@Steady ${text}`);
  await kit.settled();
  await kit.bot.idle();
  await kit.settled();
  const messages = kit.messages('checkout').filter((one) => one.threadTs === ts);
  const card = [...kit.thread('checkout', ts), ...kit.ephemerals('checkout', who).slice(told)].join('\n');
  return { card, blocks: JSON.stringify(messages) };
}

describe('discovery', () => {
  it('shows every tool at once, with counts and how to look in, and Slack itself', async () => {
    const { card } = await said('discover');
    expect(card).toMatch(/Prometheus sandbox\s+5 jobs, \d+ metrics, \d+ labels · now · discover prom/);
    expect(card).toMatch(/Loki sandbox\s+4 labels, \d+ streams · now · discover loki/);
    expect(card).toMatch(/Alertmanager sandbox\s+2 receivers, 3 alerts · now · discover alerts/);
    expect(card).toMatch(/Slack \S+\s+\d+ channels? · now · discover slack/);
  });

  it('names the channels that everyone may know, and only counts the private ones', async () => {
    const { card } = await said('discover slack');
    expect(card).toContain('#checkout');
    expect(card).not.toMatch(/#.*secret|#war-room/);
  });

  it('what timed out is unavailable until discovered again, and is tried again alone', async () => {
    let silent = true;
    const server = await startFakeServer(({ path }) => {
      if (path.endsWith('/__name__/values'))
        return silent ? () => undefined : { body: { status: 'success', data: ['up'] } };
      return { body: { status: 'success', data: ['job'] } };
    });
    servers.push(server);
    kit = await startBotKit({
      prometheus: `[discovery]\ntimeout = "1s"\n[prometheus.deployments.prod]\nurl = "${server.url}"`,
    });
    const first = await said('discover');
    expect(first.card).toMatch(/metrics unavailable until discovered again: .*did not answer in time/);
    expect(first.blocks).toContain('Try metrics again');
    expect(first.blocks).toContain('discover prom metrics');
    silent = false;
    const before = server.received.length;
    const second = await said('discover prom metrics');
    expect(second.card).toContain('1 metric\nup');
    const asked = server.received.slice(before).map(({ path }) => path);
    expect(asked.filter((path) => path.includes('label'))).toEqual(['/api/v1/label/__name__/values']);
  });
});

describe('what sources are made of', () => {
  it('a metric’s labels, a stream’s fields, the labels of alerts; whose it is, is found', async () => {
    const metric = await said('schema http_requests_total');
    expect(metric.card).toContain('Prometheus sandbox · http_requests_total');
    expect(metric.card).toContain('counter: Requests answered, by status code.');
    expect(metric.card).toMatch(/code\s+label/);
    expect(metric.blocks).toContain('values prom http_requests_total code');
    const stream = await said('schema {service_name="checkout"}');
    expect(stream.card).toContain('Loki sandbox');
    expect(stream.card).toMatch(/upstream_status\s+int · after \| json/);
    expect((await said('schema alerts CheckoutErrorRateHigh')).card).toMatch(/severity\s+label · on 1 of 1/);
  });

  it('an unknown source is refused with the nearest of all tools', async () => {
    const { card } = await said('schema http_request_total');
    expect(card).toContain('There is no source http_request_total.');
    expect(card).toContain('http_requests_total');
  });

  it('values are evidence, counted, and can be asked again', async () => {
    await said('declare P2 checkout 500s here');
    const { card, blocks } = await said('values loki {service_name="checkout"} level');
    expect(card).toContain('E1 · Loki sandbox');
    expect(card).toContain('the values of level in {service_name="checkout"}');
    expect(card).toMatch(/error \| [\d,]+/);
    expect(blocks).toContain('topk(100, sum by (level)');
    const labels = await said('values http_requests_total code');
    expect(labels.card).toContain('E2 · Prometheus sandbox');
    expect(labels.card).toMatch(/\b500\b/);
    expect((await said('values checkout')).card).toContain('Which field of checkout?');
  });
});

describe('before a query', () => {
  it('fields that the source lacks are pointed at, once its schema was read', async () => {
    await said('declare P2 checkout 500s here');
    const { card } = await said('loki {service_name="checkout"} | json | upstream_statu = 429');
    expect(card).toContain('{service_name="checkout"} has no field upstream_statu in this time.');
    expect(card).toContain('Nearest: upstream_status');
    expect(card).toContain('No rows');
  });

  it('a filter that finds nothing offers the schema and the values of its field', async () => {
    await said('declare P2 checkout 500s here');
    const { card, blocks } = await said('prom http_requests_total{code="501"}');
    expect(card).toContain('No data');
    expect(blocks).toContain('Top values of code');
    expect(blocks).toMatch(/values prometheus http_requests_total code env:sandbox from:\S+Z to:\S+Z/);
    expect(blocks).toContain('schema prometheus http_requests_total env:sandbox');
    const button = /values prometheus http_requests_total code env:sandbox from:\S+Z to:\S+?Z/.exec(
      blocks,
    )?.[0];
    expect((await said(button ?? '')).card).toMatch(/\b500\b/);
  });
});

describe('paths that no command covers', () => {
  it('are read from an allow-list, as evidence with the request that reproduces it', async () => {
    await said('declare P2 checkout 500s here');
    const { card } = await said('api alerts GET /api/v2/receivers');
    expect(card).toContain('E1 · Alertmanager sandbox');
    expect(card).toContain('GET /api/v2/receivers');
    expect(card).toContain('name oncall');
    expect(card).toContain('No link shows this; the request that reproduces it:');
    expect((await said('api prom GET /api/v1/targets?state=active')).card).toContain(
      'E2 · Prometheus sandbox',
    );
  });

  it('nothing else is sent: other verbs, other paths, other hosts', async () => {
    expect((await said('api prom POST /api/v1/admin/tsdb/delete_series')).card).toContain(
      'POST is not sent: Steady only reads.',
    );
    for (const path of [
      '/api/v1/../../-/reload',
      '/api/v1/%2e%2e/x',
      '//evil.example/x',
      '/api/v1/status/config',
    ])
      expect((await said(`api prom GET ${path}`)).card).toContain('none of the paths that only read');
    expect((await said('api GET /api/v1/targets')).card).toContain('Which tool?');
  });
});
