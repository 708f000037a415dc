import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MINUTE } from '../../src/domain/time.ts';
import { type BotKit, startBotKit } from './bot-kit.ts';
import { freePort } from './free-port.ts';

describe('over HTTP', () => {
  let kit: BotKit;
  let port: number;

  beforeEach(async () => {
    port = await freePort();
    kit = await startBotKit({ httpPort: port, workspace: { ackGrace: 2_000 } });
  });
  afterEach(() => kit.stop());

  const origin = () => `http://127.0.0.1:${port}`;

  function post(
    body: string,
    how: { age?: number; secret?: string; path?: string; headers?: Record<string, string> } = {},
  ) {
    const at = Math.floor(Date.now() / 1_000) - (how.age ?? 0);
    const secret = how.secret ?? kit.workspace.tokens.signingSecret;
    const signature = createHmac('sha256', secret).update(`v0:${at}:${body}`).digest('hex');
    return fetch(`${origin()}${how.path ?? '/slack/events'}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-slack-request-timestamp': String(at),
        'x-slack-signature': `v0=${signature}`,
        ...how.headers,
      },
      body,
    });
  }

  /** A declare as Slack would send it, from Lea in #checkout. */
  function declared(id: string): string {
    const { id: lea } = kit.person('Lea');
    return JSON.stringify({
      type: 'event_callback',
      team_id: 'T0ACME0001',
      api_app_id: 'A0STEADY01',
      event_id: id,
      event_time: 1773151200,
      authorizations: [{ team_id: 'T0ACME0001', user_id: 'U0STEADY01', is_bot: true }],
      event: {
        type: 'app_mention',
        user: lea,
        team: 'T0ACME0001',
        channel: 'C0CHECKOUT',
        ts: '1773151200.000900',
        event_ts: '1773151200.000900',
        text: '<@U0STEADY01> declare P2 forged here',
      },
    });
  }

  it('the same incident plays through, with commands, clicks, a modal and the ladder', async () => {
    const lea = kit.person('Lea');
    await lea.slash('checkout', '/steady declare P2 checkout 500s here');
    await kit.settled();
    expect(kit.channel('checkout').join('\n')).toContain('INC-1 · P2 · checkout 500s');
    const asked = await lea.say('checkout', '@Steady prom up');
    await kit.settled();
    expect(kit.thread('checkout', asked).join('\n')).toContain('E1');
    await kit.pass(31 * MINUTE);
    await lea.click('No change', { channel: 'checkout' });
    await kit.settled();
    expect(kit.channel('checkout').at(-1)).toContain('no change');
    await lea.shortcut('Declare incident');
    await kit.settled();
    expect(kit.modal('Lea')).toContain('What is happening?');
    await lea.close();
    await lea.say('checkout', '@Steady override payments raised our limit');
    await kit.settled();
    expect(kit.channel('checkout').at(-1)).toContain('resolved');
    expect(kit.warnings).toEqual([]);
  });

  it('unsigned, wrongly signed and six minutes old is 401, elsewhere is 404, and nothing happens', async () => {
    const body = declared('Ev1');
    const bare = await fetch(`${origin()}/slack/events`, { method: 'POST', body });
    const statuses = [
      bare.status,
      (await post(body, { secret: 'another-signing-secret' })).status,
      (await post(body, { age: 360 })).status,
      (await post(body, { path: '/' })).status,
      (await post(body, { path: '/slack/events/../admin' })).status,
    ];
    await kit.settled();
    expect(statuses).toEqual([401, 401, 401, 404, 404]);
    expect(kit.channel('checkout')).toEqual([]);
    expect((await post(body)).status).toBe(200);
    await kit.settled();
    expect(kit.channel('checkout').join()).toContain('INC-1 · P2 · forged');
  });

  it('Slack’s second and third try of one event, and the same event at the same moment, do it once', async () => {
    const retry = (number: number) => ({
      headers: { 'x-slack-retry-num': String(number), 'x-slack-retry-reason': 'http_timeout' },
    });
    const tries = await Promise.all([post(declared('Ev2')), post(declared('Ev2'), retry(1))]);
    expect(tries.map((one) => one.status)).toEqual([200, 200]);
    expect((await post(declared('Ev2'), retry(2))).status).toBe(200);
    await kit.settled();
    expect(kit.posts('checkout')).toBe(1);
    expect(kit.calls('chat.postEphemeral')).toBe(0);
  });
});
