import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Secret } from '../../../src/domain/secret.ts';
import type { SlackConnection } from '../../../src/slack/connection/connect.ts';
import { type SlackKit, startSlackKit } from '../../slack-kit/slack-kit.ts';
import { connect, keeping, type Line, settingsFor } from './connection-kit.ts';

describe('HTTP', () => {
  let kit: SlackKit;
  let connection: SlackConnection;
  let intake: ReturnType<typeof keeping>;
  let origin: string;
  let lines: readonly Line[];

  beforeEach(async () => {
    kit = await startSlackKit();
    const signingSecret = new Secret(kit.workspace.tokens.signingSecret, 'env SLACK_SIGNING_SECRET');
    const made = await connect(kit.workspace, {
      slack: settingsFor(kit.workspace, { kind: 'http', signingSecret, port: 0 }),
      host: '127.0.0.1',
    });
    ({ connection, lines } = made);
    intake = keeping();
    await connection.start(intake, () => {});
    origin = `http://127.0.0.1:${connection.port()}`;
  });
  afterEach(async () => {
    await connection.stop();
    await kit.stop();
  });

  function post(body: string, options: { age?: number; secret?: string } = {}): Promise<Response> {
    const at = Math.floor(Date.now() / 1_000) - (options.age ?? 0);
    const secret = options.secret ?? kit.workspace.tokens.signingSecret;
    const signature = createHmac('sha256', secret).update(`v0:${at}:${body}`).digest('hex');
    return fetch(`${origin}/slack/events`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-slack-request-timestamp': String(at),
        'x-slack-signature': `v0=${signature}`,
      },
      body,
    });
  }

  it('takes what people say, signed', async () => {
    kit.workspace.deliverTo(`${origin}/slack/events`);
    await kit.person('Lea').say('checkout', 'over HTTP');
    await kit.workspace.settled();
    expect(intake.taken.map((event) => event.body.event.text)).toContain('over HTTP');
  });

  it('refuses what is unsigned, signed by another, or six minutes old', async () => {
    const body = JSON.stringify({ type: 'event_callback', event: { type: 'message', text: 'old' } });
    expect((await post(body, { age: 360 })).status).toBe(401);
    expect((await post(body, { secret: 'another secret' })).status).toBe(401);
    const bare = await fetch(`${origin}/slack/events`, { method: 'POST', body });
    expect(bare.status).toBe(401);
    expect(intake.taken).toEqual([]);
    expect((await post(body)).status).toBe(200);
    expect(intake.taken).toHaveLength(1);
    expect(JSON.stringify(lines)).not.toContain('old');
  });

  it('answers Slack that asks whether it is there', async () => {
    const answer = await post(JSON.stringify({ type: 'url_verification', challenge: 'abc' }));
    expect(await answer.text()).toContain('abc');
    expect((await fetch(`${origin}/healthz`)).status).toBe(200);
    expect((await fetch(`${origin}/nothing`)).status).toBe(404);
  });

  it('says that its port is taken', async () => {
    const signingSecret = new Secret(kit.workspace.tokens.signingSecret, 'a test');
    const port = connection.port() ?? 0;
    const second = await connect(kit.workspace, {
      slack: settingsFor(kit.workspace, { kind: 'http', signingSecret, port }),
      host: '127.0.0.1',
    });
    await expect(second.connection.start(keeping(), () => {})).rejects.toThrow(
      `Steady cannot listen on port ${port}: EADDRINUSE.`,
    );
  });

  it('answers 503 while it stops, so that Slack sends it again, and finishes what is under way', async () => {
    const slow = await connect(kit.workspace, {
      slack: settingsFor(kit.workspace, {
        kind: 'http',
        signingSecret: new Secret(kit.workspace.tokens.signingSecret, 'a test'),
        port: 0,
      }),
      host: '127.0.0.1',
    });
    const begun = Promise.withResolvers<void>();
    const finish = Promise.withResolvers<void>();
    await slow.connection.start(
      {
        take: async (event) => {
          begun.resolve();
          await finish.promise;
          await event.ack();
        },
      },
      () => {},
    );
    origin = `http://127.0.0.1:${slow.connection.port()}`;
    const body = JSON.stringify({ type: 'event_callback', event: { type: 'message' } });
    const first = post(body);
    await begun.promise;
    const stopping = slow.connection.stop();
    expect((await post(body)).status).toBe(503);
    expect((await fetch(`${origin}/healthz`)).status).toBe(503);
    finish.resolve();
    expect((await first).status).toBe(200);
    await stopping;
    await expect(fetch(`${origin}/healthz`)).rejects.toThrow();
  });
});
