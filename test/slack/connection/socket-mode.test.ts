import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocketServer } from 'ws';
import type { ConnectOptions } from '../../../src/slack/connection/connect.ts';
import { openRawSocket } from '../../slack-kit/raw-socket.ts';
import { type SlackKit, startSlackKit } from '../../slack-kit/slack-kit.ts';
import { setRealTimer } from '../../slack-kit/test-clock.ts';
import { connect, keeping } from './connection-kit.ts';

/** What the SDK leaves uncaught would end the process. */
const uncaught: unknown[] = [];
const note = (reason: unknown) => void uncaught.push(reason);

describe('Socket Mode', () => {
  let kit: SlackKit;
  beforeEach(async () => {
    uncaught.length = 0;
    process.on('unhandledRejection', note);
    kit = await startSlackKit();
  });
  afterEach(async () => {
    await kit.stop();
    process.off('unhandledRejection', note);
    expect(uncaught).toEqual([]);
  });

  async function running(options: Partial<ConnectOptions> = {}) {
    const made = await connect(kit.workspace, options);
    const intake = keeping();
    const lost: string[] = [];
    const heard = Promise.withResolvers<void>();
    await made.connection.start(intake, (why, code) => {
      lost.push(`${code}: ${why}`);
      heard.resolve();
    });
    const texts = () => intake.taken.map((event) => event.body.event?.text);
    return { ...made, intake, lost, texts, gone: heard.promise };
  }

  async function says(text: string): Promise<void> {
    await kit.person('Lea').say('checkout', text);
    await kit.workspace.settled();
  }

  it('says who it is before it connects, then takes what people say', async () => {
    const { connection, lines } = await connect(kit.workspace);
    expect(kit.workspace.sockets.connections()).toBe(0);
    expect(lines.map((line) => line.what)).toContain(
      'Slack: workspace Acme (T0ACME0001), app Steady (A0STEADY01) as @steady',
    );
    const intake = keeping();
    await connection.start(intake, () => {});
    await says('hello');
    expect(intake.taken.map((event) => event.body.event.text)).toContain('hello');
    await connection.stop();
    await kit.until(() => kit.workspace.sockets.connections() === 0);
  });

  it("brings what the intake lets through to Bolt's listeners, whose client calls the same Slack", async () => {
    const { connection } = await connect(kit.workspace);
    const heard = Promise.withResolvers<{ text: string; me: string | undefined }>();
    connection.app.message(async ({ message, client }) => {
      const me = await client.auth.test();
      heard.resolve({ text: 'text' in message ? (message.text ?? '') : '', me: me.user_id });
    });
    await connection.start({ take: (event) => connection.app.processEvent(event) }, () => {});
    await kit.person('Lea').say('checkout', 'to the listener');
    expect(await heard.promise).toEqual({ text: 'to the listener', me: connection.me.userId });
    await connection.stop();
  });

  it('leaves no socket behind that was given up while its address was asked for', async () => {
    kit.workspace.faults.add('apps.connections.open', { kind: 'slow', ms: 150 });
    const { connection } = await running({ socket: { hello: 50, backoff: [1, 300] } });
    const asked = () => kit.workspace.state.calls.filter((call) => call.method === 'apps.connections.open');
    await kit.until(() => asked().length === 2);
    // A socket opened with the late address would be up before one that is asked for only now.
    const other = await openRawSocket(kit.workspace);
    await other.got('hello');
    expect(kit.workspace.sockets.connections()).toBe(2);
    await other.close();
    await connection.stop();
    await kit.until(() => kit.workspace.sockets.connections() === 0);
  });

  it('is back within a moment after a routine refresh', async () => {
    const { connection, texts } = await running();
    kit.workspace.sockets.refresh();
    expect(kit.workspace.sockets.connections()).toBe(0);
    // The SDK alone would wait for 5,034 ms; what is waited for here is the handshake.
    await kit.until(() => kit.workspace.sockets.connections() === 1, 'a new socket', 4_500);
    await says('after the refresh');
    expect(texts()).toContain('after the refresh');
    await connection.stop();
  });

  it('comes back after a cut, five 503 and a refused upgrade', async () => {
    const { connection, texts } = await running();
    kit.workspace.faults.add('apps.connections.open', { kind: 'http-error', status: 503 }, 5);
    kit.workspace.faults.add('upgrade', { kind: 'refuse-upgrade', status: 408 }, 2);
    kit.workspace.sockets.cut();
    await kit.until(() => kit.workspace.sockets.connections() === 0);
    await kit.until(() => kit.workspace.sockets.connections() === 1);
    await says('back');
    expect(texts()).toContain('back');
    await connection.stop();
  });

  it('comes back when a token was refused for a moment', async () => {
    const { connection, lost } = await running();
    kit.workspace.faults.add('apps.connections.open', { kind: 'error', error: 'invalid_auth' }, 2);
    kit.workspace.sockets.cut();
    await kit.until(() => kit.workspace.sockets.connections() === 0);
    await kit.until(() => kit.workspace.sockets.connections() === 1);
    expect(lost).toEqual([]);
    await connection.stop();
  });

  it('says so and gives up when a token stays refused on reconnecting', async () => {
    const { connection, lost, gone } = await running();
    kit.workspace.revoke('app', 'invalid_auth');
    kit.workspace.sockets.cut();
    await gone;
    expect(lost).toEqual(['3: Slack refuses the app token: invalid_auth.']);
    await connection.stop();
  });

  it('refuses to start with a token that Slack refuses', async () => {
    const { connection } = await connect(kit.workspace);
    kit.workspace.revoke('app');
    await expect(connection.start(keeping(), () => {})).rejects.toThrow(
      'Slack refuses the app token: token_revoked.',
    );
    kit.workspace.revoke('bot', 'invalid_auth');
    await expect(connect(kit.workspace)).rejects.toThrow(
      'Slack refuses the bot token (env SLACK_BOT_TOKEN): invalid_auth',
    );
  });

  it('gives up a socket that never says hello, and opens another', async () => {
    kit.workspace.faults.add('upgrade', { kind: 'silent-socket' });
    const { connection, texts } = await running({ socket: { hello: 150, backoff: [10] } });
    await says('heard');
    expect(texts()).toContain('heard');
    await connection.stop();
  });

  it('takes a delivery again whose acknowledgement was lost, and a duplicate: the intake knows them', async () => {
    const { connection, intake } = await running();
    kit.workspace.faults.add('delivery', { kind: 'lost-ack' });
    await says('once more');
    kit.workspace.faults.add('delivery', { kind: 'duplicate' });
    await says('twice');
    const seen = intake.taken.map((event) => [event.body.event.text, event.retryNum]);
    expect(seen).toEqual([
      ['once more', 0],
      ['once more', 1],
      ['twice', 0],
      ['twice', 0],
    ]);
    await connection.stop();
  });

  it('leaves unacknowledged what could not be taken, so that it comes again', async () => {
    const failed = Promise.withResolvers<unknown>();
    const again = Promise.withResolvers<string>();
    const { connection } = await connect(kit.workspace, { fault: failed.resolve });
    let broken = true;
    await connection.start(
      {
        take: async (event) => {
          if (broken) {
            broken = false;
            throw new Error('the disk is full');
          }
          await event.ack();
          again.resolve(event.body.event.text);
        },
      },
      () => {},
    );
    await kit.person('Lea').say('checkout', 'keep me');
    expect(await failed.promise).toMatchObject({ message: 'the disk is full' });
    // Slack waits 3 s, then tries again at once.
    void kit.advance(4_000);
    expect(await again.promise).toBe('keep me');
    await connection.stop();
  });

  it('shouts when somebody else is connected as this app', async () => {
    const other = await openRawSocket(kit.workspace);
    const { connection, lines } = await running();
    expect(lines.filter((line) => line.level === 'error').map((line) => line.what)).toEqual([
      expect.stringContaining('MORE CONNECTIONS THAN EXPECTED'),
    ]);
    await connection.stop();
    await other.close();
  });

  it('finishes what is under way before it closes, and takes nothing new meanwhile', async () => {
    const { connection } = await connect(kit.workspace);
    const begun = Promise.withResolvers<void>();
    const finish = Promise.withResolvers<void>();
    const taken: string[] = [];
    await connection.start(
      {
        take: async (event) => {
          taken.push(event.body.event.text);
          begun.resolve();
          await finish.promise;
          await event.ack();
        },
      },
      () => {},
    );
    await kit.person('Lea').say('checkout', 'slow');
    await begun.promise;
    let stopped = false;
    const stopping = connection.stop().then(() => {
      stopped = true;
    });
    await kit.person('Lea').say('checkout', 'too late');
    expect(stopped).toBe(false);
    expect(kit.workspace.sockets.connections()).toBe(1);
    finish.resolve();
    await stopping;
    expect(taken).toEqual(['slow']);
    await kit.until(() => kit.workspace.sockets.connections() === 0);
  });

  it('stops all the same when something hangs', async () => {
    const { connection } = await connect(kit.workspace, { drain: 50 });
    const begun = Promise.withResolvers<void>();
    const hang = {
      take: () => {
        begun.resolve();
        return new Promise<void>(() => {});
      },
    };
    await connection.start(hang, () => {});
    await kit.person('Lea').say('checkout', 'slow');
    await begun.promise;
    await connection.stop();
    await kit.until(() => kit.workspace.sockets.connections() === 0);
  });

  it.each(['app_uninstalled', 'tokens_revoked'])('says that the app is gone: %s', async (type) => {
    const { connection, lost, gone } = await running();
    kit.workspace.raise({ type, tokens: { oauth: [], bot: ['U0STEADY01'] } } as never);
    await gone;
    expect(lost).toHaveLength(1);
    await connection.stop();
  });

  it('says that the bot token is gone when the door hears of it', async () => {
    const { connection, lost } = await running();
    kit.workspace.revoke('bot');
    await expect(connection.door.pin({ channel: 'C0CHECKOUT', ts: '1.1' })).rejects.toThrow();
    await expect(connection.door.pin({ channel: 'C0CHECKOUT', ts: '1.1' })).rejects.toThrow();
    expect(lost).toEqual(['3: Slack refuses the bot token: token_revoked.']);
    await connection.stop();
  });
});

/** A Slack whose sockets are up and then say nothing, not even a ping; optionally with an envelope that holds no event. */
async function startMute(first?: object): Promise<{ server: Server; apiUrl: string; opened(): number }> {
  const sockets = new WebSocketServer({ noServer: true });
  let opened = 0;
  const server = createServer((request, response) => {
    const { port } = server.address() as AddressInfo;
    const url = `ws://127.0.0.1:${port}/link?ticket=${opened}`;
    const answer = { ok: true, url, team: 'Acme', team_id: 'T1', user_id: 'U1', bot_id: 'B1' };
    request.resume();
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
  });
  server.on('upgrade', (request, socket, head) => {
    sockets.handleUpgrade(request, socket, head, (ws) => {
      opened += 1;
      ws.send(JSON.stringify({ type: 'hello', num_connections: 1 }));
      if (first) ws.send(JSON.stringify(first));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { server, apiUrl: `http://127.0.0.1:${port}/api/`, opened: () => opened };
}

describe('a socket that went silent', () => {
  it('is given up and replaced', async () => {
    const mute = await startMute();
    const tokens = { bot: 'xoxb-mute-bot', app: 'xapp-mute-app', signingSecret: '' };
    const { connection, lines } = await connect(
      { apiUrl: mute.apiUrl, tokens },
      { socket: { silence: 100, backoff: [10] } },
    );
    await connection.start(keeping(), () => {});
    while (mute.opened() < 3) await new Promise<void>((resolve) => void setRealTimer(20, resolve));
    expect(lines.map((line) => line.what)).toContain(
      'No frame from Slack for 100 ms: the socket is given up.',
    );
    await connection.stop();
    mute.server.closeAllConnections();
    mute.server.close();
  });

  it('and one that sends what the SDK cannot read ends nothing', async () => {
    const mute = await startMute({
      type: 'events_api',
      envelope_id: 'e1',
      payload: { type: 'app_rate_limited', team_id: 'T1' },
    });
    const tokens = { bot: 'xoxb-mute-bot', app: 'xapp-mute-app', signingSecret: '' };
    process.on('unhandledRejection', note);
    uncaught.length = 0;
    const { connection, lines } = await connect({ apiUrl: mute.apiUrl, tokens });
    await connection.start(keeping(), () => {});
    while (!lines.some((line) => line.what.includes('app_rate_limited')))
      await new Promise<void>((resolve) => void setRealTimer(5, resolve));
    await connection.stop();
    expect(uncaught).toEqual([]);
    process.off('unhandledRejection', note);
    mute.server.closeAllConnections();
    mute.server.close();
  });
});
