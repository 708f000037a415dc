import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openRawSocket, type Received } from '../../slack-kit/raw-socket.ts';
import { type SlackKit, startSlackKit } from '../../slack-kit/slack-kit.ts';

let kit: SlackKit;
beforeEach(async () => {
  kit = await startSlackKit({ ackGrace: 30 });
});
afterEach(() => kit.stop());

const lea = () => kit.person('Lea');
const attempts = (received: readonly Received[]) =>
  received
    .filter((item) => item.type === 'events_api')
    .map((item) => [item.retry_attempt, item.retry_reason]);

describe('Socket Mode', () => {
  it('says hello and counts the connections', async () => {
    const one = await openRawSocket(kit.workspace);
    const two = await openRawSocket(kit.workspace);
    expect((await one.got('hello')).num_connections).toBe(1);
    expect((await two.got('hello')).num_connections).toBe(2);
    expect(kit.workspace.see(lea().id)?.app.online).toBe(true);
    await one.close();
    await two.close();
    await kit.until(() => kit.workspace.sockets.connections() === 0);
  });

  it('pings, so that the app can tell a dead socket', async () => {
    await kit.stop();
    const timers: (() => void)[] = [];
    kit = await startSlackKit({
      setTimer: (ms, fn) => {
        if (ms === 5_000) timers.push(fn);
        return () => {};
      },
    });
    const app = await openRawSocket(kit.workspace);
    await app.got('hello');
    timers[0]?.();
    await app.pinged;
    expect(timers).toHaveLength(2);
    await app.close();
  });

  it('sends each event to one of the connections, in turn', async () => {
    const one = await openRawSocket(kit.workspace);
    const two = await openRawSocket(kit.workspace);
    await Promise.all([one.got('hello'), two.got('hello')]);
    for (const text of ['a', 'b', 'c', 'd']) await lea().say('checkout', text);
    await kit.workspace.settled();
    expect(one.events()).toHaveLength(2);
    expect(two.events()).toHaveLength(2);
  });

  it('takes a ticket once', async () => {
    const answer = await fetch(`${kit.workspace.apiUrl}apps.connections.open`, {
      method: 'POST',
      headers: { authorization: `Bearer ${kit.workspace.tokens.app}` },
    });
    const { url } = (await answer.json()) as { url: string };
    const open = async (): Promise<string> => {
      const socket = new WebSocket(url);
      return new Promise((resolve) => {
        socket.onopen = () => resolve('open');
        socket.onerror = () => resolve('refused');
      });
    };
    expect(await open()).toBe('open');
    expect(await open()).toBe('refused');
  });

  it('refuses an eleventh connection', async () => {
    const sockets = await Promise.all(Array.from({ length: 10 }, () => openRawSocket(kit.workspace)));
    await expect(openRawSocket(kit.workspace)).rejects.toThrow('429');
    await Promise.all(sockets.map((socket) => socket.close()));
  });

  it('asks to come back, and tries what fell into the gap again', async () => {
    const first = await openRawSocket(kit.workspace);
    await first.got('hello');
    kit.workspace.sockets.refresh();
    expect((await first.got('disconnect')).reason).toBe('refresh_requested');
    await first.closed;
    await lea().say('checkout', 'in the gap');
    await kit.workspace.settled();
    const second = await openRawSocket(kit.workspace);
    await second.got('hello');
    await kit.advance(60_000);
    expect(attempts(second.received)).toEqual([[2, 'connection_failed']]);
  });

  it('tries a missing acknowledgement again at once, after a minute, after five, then gives up', async () => {
    const deaf = await openRawSocket(kit.workspace, false);
    await deaf.got('hello');
    await lea().say('checkout', 'a');
    await deaf.got('events_api');
    await kit.clock.advance(3_000);
    await deaf.got('events_api', 2);
    await kit.clock.advance(3_000);
    await kit.clock.advance(60_000);
    await deaf.got('events_api', 3);
    await kit.clock.advance(3_000);
    await kit.clock.advance(300_000);
    await deaf.got('events_api', 4);
    expect(attempts(deaf.received)).toEqual([
      [0, ''],
      [1, 'timeout'],
      [2, 'timeout'],
      [3, 'timeout'],
    ]);
    const ids = new Set(deaf.received.map((item) => item.payload?.event_id).filter((id) => id !== undefined));
    expect(ids.size).toBe(1);
    await kit.clock.advance(3_000);
    await kit.until(() => kit.workspace.lostEvents() === 1);
    await kit.clock.advance(600_000);
    expect(attempts(deaf.received)).toHaveLength(4);
  });

  it('does not take an app that answers for late when the clock jumps', async () => {
    const app = await openRawSocket(kit.workspace);
    await app.got('hello');
    await lea().say('checkout', 'a');
    await kit.clock.advance(600_000);
    await kit.workspace.settled();
    expect(attempts(app.received)).toEqual([[0, '']]);
  });

  it('tells the person when a click was not acknowledged, and does not try again', async () => {
    const deaf = await openRawSocket(kit.workspace, false);
    await deaf.got('hello');
    const clicked = lea().slash('checkout', '/steady help');
    clicked.catch(() => {});
    await deaf.got('slash_commands');
    await kit.clock.advance(3_000);
    await expect(clicked).rejects.toThrow('operation_timeout');
    await kit.clock.advance(600_000);
    expect(deaf.received.filter((item) => item.type === 'slash_commands')).toHaveLength(1);
  });

  it('says dispatch_failed when the app is away', async () => {
    await expect(lea().slash('checkout', '/steady help')).rejects.toThrow('dispatch_failed');
  });

  it('says what came with the acknowledgement of a command', async () => {
    const app = await openRawSocket(kit.workspace, (item) =>
      item.type === 'slash_commands' ? { text: 'for you', response_type: 'ephemeral' } : undefined,
    );
    await app.got('hello');
    await lea().slash('checkout', '/steady help "me" <@U1>');
    expect(kit.ephemerals('checkout', 'Lea')).toEqual(['for you']);
    expect(app.received.at(-1)?.payload).toMatchObject({ command: '/steady', text: 'help "me" <@U1>' });
    expect(app.received.at(-1)?.accepts_response_payload).toBe(true);
  });
});

describe('faults of delivery', () => {
  it.each([
    ['duplicate', 2, ['message', 'message']],
    ['lost-ack', 2, ['message', 'message']],
  ] as const)('%s: the same event twice', async (kind, count, expected) => {
    const app = await openRawSocket(kit.workspace);
    await app.got('hello');
    kit.workspace.faults.add('delivery', { kind });
    await lea().say('checkout', 'a');
    await app.got('events_api', count);
    expect(app.events()).toEqual(expected);
    const ids = app.received.flatMap((item) => (item.payload === undefined ? [] : [item.payload.event_id]));
    expect(new Set(ids).size).toBe(1);
  });

  it('reorder: overtaken by the next one', async () => {
    const app = await openRawSocket(kit.workspace);
    await app.got('hello');
    kit.workspace.faults.add('delivery', { kind: 'reorder' });
    await lea().say('checkout', 'first');
    await lea().say('checkout', 'second');
    await app.got('events_api', 2);
    const texts = app.received.flatMap((item) => (item.payload?.event as { text?: string })?.text ?? []);
    expect(texts).toEqual(['second', 'first']);
  });

  it('refuses upgrades and opens silent sockets', async () => {
    kit.workspace.faults.add('upgrade', { kind: 'refuse-upgrade', status: 408 });
    await expect(openRawSocket(kit.workspace)).rejects.toThrow('408');
    kit.workspace.faults.add('upgrade', { kind: 'silent-socket' });
    const silent = await openRawSocket(kit.workspace);
    const heard = await openRawSocket(kit.workspace);
    await heard.got('hello');
    await lea().say('checkout', 'a');
    await heard.got('events_api');
    expect(silent.received).toEqual([]);
    await silent.close();
  });
});

describe('signed HTTP', () => {
  let server: Server;
  const requests: { readonly headers: IncomingHttpHeaders; readonly body: string }[] = [];
  let status = 200;
  let extra: Record<string, string> = {};
  beforeEach(async () => {
    requests.length = 0;
    status = 200;
    extra = {};
    server = createServer(async (request, response) => {
      let body = '';
      for await (const part of request) body += String(part);
      requests.push({ headers: request.headers, body });
      response.writeHead(status, extra).end();
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    kit.workspace.deliverTo(`http://127.0.0.1:${(server.address() as AddressInfo).port}/slack/events`);
  });
  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  it('retries with number and reason', async () => {
    status = 500;
    await lea().say('checkout', 'a');
    await kit.workspace.settled();
    expect(
      requests.map((item) => [item.headers['x-slack-retry-num'], item.headers['x-slack-retry-reason']]),
    ).toEqual([
      [undefined, undefined],
      ['1', 'http_error'],
    ]);
    status = 200;
    await kit.advance(60_000);
    expect(requests[2]?.headers['x-slack-retry-num']).toBe('2');
    await kit.advance(600_000);
    expect(requests).toHaveLength(3);
  });

  it('stops when told not to retry', async () => {
    status = 500;
    extra = { 'x-slack-no-retry': '1' };
    await lea().say('checkout', 'a');
    await kit.workspace.settled();
    await kit.advance(600_000);
    expect(requests).toHaveLength(1);
  });

  it('sends commands and interactions as forms', async () => {
    await lea().slash('checkout', '/steady status');
    await lea().shortcut('Declare incident');
    expect(new URLSearchParams(requests[0]?.body).get('text')).toBe('status');
    expect(JSON.parse(new URLSearchParams(requests[1]?.body).get('payload') ?? '')).toMatchObject({
      type: 'shortcut',
      callback_id: 'declare',
    });
  });
});
