import { afterEach, describe, expect, it } from 'vitest';
import { type FakeServer, startFakeServer } from '../backends/fake-server.ts';
import { type BotKit, type BotKitOptions, startBotKit } from './bot-kit.ts';
import { prometheusThat, success } from './fake-prometheus.ts';
import { type Talk, talkIn } from './talk.ts';

let kit: BotKit;
let talk: Talk;
let server: FakeServer | undefined;

async function start(options: BotKitOptions = {}): Promise<void> {
  kit = await startBotKit(options);
  talk = talkIn(kit);
  await talk.declared('checkout', 'P2 checkout 500s');
}

async function told(text: string): Promise<string> {
  await talk.say('checkout', `@Steady ${text}`);
  return talk.whispered('checkout');
}

/** A Prometheus with a token that may read everything but what is named here. */
async function startClosed(path: RegExp): Promise<void> {
  server = await startFakeServer((received) => {
    if (path.test(received.path)) return { status: 403, body: { status: 'error', error: 'forbidden' } };
    return prometheusThat(() => success({ resultType: 'matrix', result: [] }))(received);
  });
  await start({
    prometheus: `[prometheus.deployments.prod]\nurl = "${server.url}"\ntoken = "made-up-for-this-test-0123"`,
  });
}

describe('a system that cannot be asked', () => {
  afterEach(async () => {
    await kit.stop();
    await server?.[Symbol.asyncDispose]();
    server = undefined;
  });

  it('that Steady does not know: says which it does, who connects them, and how else it becomes evidence', async () => {
    await start();
    const refusal = await told('ask datadog avg:checkout.errors{*}');
    expect(refusal).toContain('I cannot ask datadog, only prom');
    expect(refusal).toContain('whoever runs Steady connects those');
    expect(refusal).toContain('paste the answer here and take Save as evidence from its menu');
    expect(await told('datadog avg:checkout.errors{*}')).toContain('Save as evidence');
    expect(await told('flibber')).not.toContain('Save as evidence');
  });

  it('that is known and not configured: says who configures it, and the way round', async () => {
    await start();
    const refusal = await told('loki {service_name="checkout"}');
    expect(refusal).toContain('No loki is configured. Whoever runs Steady adds [loki.deployments.NAME]');
    expect(refusal).toContain('Until then ask it by hand, paste the answer here');
  });

  it('asking one that is configured by `ask` is asking it', async () => {
    await start();
    const ts = await talk.say('checkout', '@Steady ask prom up since:5m');
    expect(kit.thread('checkout', ts).join('\n')).toContain('E1 · Prometheus prod');
  });

  it.each([
    ['whose names the token may not read', /\/label\/__name__\//],
    ['whose answers the token may not read', /\/query/],
  ])('%s: says who grants it, and the exact command, without the secret', async (_, path) => {
    await startClosed(path);
    const refusal = await told('prom up since:5m');
    expect(refusal).toContain('Whoever administers Prometheus prod can grant read access');
    expect(refusal).toContain('Save as evidence');
    expect(refusal).toMatch(/curl -sS -H "Authorization: Bearer \$TOKEN" .*\/api\/v1\//);
    expect(refusal).not.toContain('made-up-for-this-test');
  });
});
