import { createServer } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { ConfigError } from '../../src/domain/errors.ts';
import { MINUTE } from '../../src/domain/time.ts';
import { type BotKit, startBotKit } from './bot-kit.ts';
import { freePort } from './free-port.ts';
import { talkIn } from './talk.ts';

describe('the metrics port', () => {
  let kit: BotKit | undefined;
  afterEach(async () => {
    await kit?.stop();
    kit = undefined;
  });

  it('tells commands, posts, queries and overdue promises by name, and nothing that people wrote', async () => {
    const port = await freePort();
    kit = await startBotKit({ toml: `[metrics]\nport = ${port}` });
    const get = (path: string, init?: RequestInit) => fetch(`http://127.0.0.1:${port}${path}`, init);
    const lea = kit.person('Lea');
    await lea.say('checkout', '@Steady declare P2 melted basement here');
    await kit.settled();
    await lea.say('checkout', '@Steady prom up');
    await lea.say('checkout', '@Steady prom sum(');
    await lea.say('checkout', '@Steady frobnicate');
    await kit.settled();
    await kit.pass(31 * MINUTE);

    const answer = await get('/metrics');
    expect(answer.headers.get('content-type')).toContain('text/plain; version=0.0.4');
    const text = await answer.text();
    for (const line of [
      'steady_commands_total{command="declare",outcome="done"} 1',
      'steady_commands_total{command="prom",outcome="refused"} 1',
      'steady_commands_total{command="unknown",outcome="unknown"} 1',
      'steady_posts_total{kind="card",outcome="posted"} 1',
      'steady_posts_total{kind="nudge",outcome="posted"} 1',
      'steady_backend_queries_total{tool="prometheus",failure="none"} 1',
      'steady_incidents_open 1',
      'steady_promises_overdue 1',
    ])
      expect(text.split('\n')).toContain(line);
    expect(text).toMatch(/^steady_tick_lateness_seconds_count [1-9]/m);
    expect(text).not.toMatch(/melted|checkout|C0|U0|T0/);

    const health = await get('/healthz');
    expect([health.status, await health.text()]).toEqual([200, 'ok\n']);
    expect((await get('/')).status).toBe(404);
    expect((await get('/metrics', { method: 'POST' })).status).toBe(405);
  });

  it('says which systems cannot tell what changes while a P2 is open, and the channel does not', async () => {
    const [port, dead] = [await freePort(), await freePort()];
    kit = await startBotKit({
      toml: `[metrics]\nport = ${port}\n[changes]\nlook_every = "2m"\n[sentry.deployments.prod]\nurl = "http://127.0.0.1:${dead}"\ntoken = "0123456789abcdef"\norganization_slug = "acme"`,
    });
    await talkIn(kit).declared('checkout', 'P2 checkout 500s');
    const said = kit.channel('checkout');
    await kit.pass(2 * MINUTE);
    await expect
      .poll(async () => (await fetch(`http://127.0.0.1:${port}/healthz`)).text())
      .toMatch(/^ok\nSentry prod: changes unread since \S+Z \(unavailable\)\n$/);
    expect(kit.channel('checkout')).toEqual(said);
  });

  it('is on loopback unless told otherwise, and is not there without a port', async () => {
    kit = await startBotKit();
    expect(kit.config.metrics).toBeUndefined();
    await kit.stop();
    kit = await startBotKit({ toml: `[metrics]\nport = ${await freePort()}` });
    expect(kit.config.metrics?.host).toBe('127.0.0.1');
  });

  it('that is taken keeps Steady from starting, says so, and leaves nothing running', async () => {
    const taken = createServer();
    const port = await freePort();
    await new Promise<void>((done) => taken.listen(port, '127.0.0.1', done));
    try {
      const starting = startBotKit({ toml: `[metrics]\nport = ${port}` });
      await expect(starting).rejects.toThrow(ConfigError);
      await expect(starting).rejects.toThrow(
        `The metrics port ${port} on 127.0.0.1 cannot be opened (EADDRINUSE)`,
      );
    } finally {
      taken.close();
    }
  });
});
