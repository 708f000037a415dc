import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { type App, type Logger, type ReceiverEvent, SocketModeReceiver } from '@slack/bolt';
import { type Duration, type Instant, SECOND } from '../../domain/time.ts';
import type { Clock } from '../../flows/ports.ts';
import { clientOptions } from '../outbound/clients.ts';

export interface WireOptions {
  readonly appToken: string;
  /** Ends in `/api/`; the socket's address comes from there. */
  readonly apiUrl: string;
  readonly logger: Logger;
  readonly clock: Clock;
  readonly take: (event: ReceiverEvent) => Promise<void>;
  /** Told of deliveries that could not be taken; they stay unacknowledged, so Slack sends them again. */
  readonly fault: (error: unknown, about: string) => void;
  readonly limits: WireLimits;
}

export interface WireLimits {
  /** From opening to Slack's `hello`. */
  readonly hello: Duration;
  /** Longest time without any frame from Slack, which pings every few seconds. */
  readonly silence: Duration;
}

/** One socket, from opening to end; it never reconnects by itself. */
export interface Wire {
  /** Resolves with Slack's count of connections when it is up. Rejects with the SDK's error, or undefined. */
  readonly up: Promise<number>;
  /** Resolves with the reason as soon as it is of no more use; it may still carry acknowledgements for a moment. */
  readonly leaving: Promise<string>;
  close(): Promise<void>;
}

const PING = 'undici:websocket:ping';
/** The SDK pings at a third of this and ends the socket without a pong in time; an event loop may be busy for seconds. */
const PONG_WITHIN: Duration = 15 * SECOND;
const PING_WITHIN: Duration = 30 * SECOND;
const CLOSE_GRACE: Duration = 500;

/**
 * Opens a socket through Bolt's own receiver. Reconnecting is not left to the SDK: it waits before each try, leaves 1 to 5 s
 * without a socket at every routine refresh, and ends the process when a token is refused on the way.
 * https://github.com/slackapi/bolt-js/issues/2496
 */
export function openWire(options: WireOptions): Wire {
  const { appToken, apiUrl, logger, clock, take, fault, limits } = options;
  const receiver = new SocketModeReceiver({
    appToken,
    logger,
    autoReconnectEnabled: false,
    clientPingTimeout: PONG_WITHIN,
    serverPingTimeout: PING_WITHIN,
    installerOptions: { clientOptions: clientOptions({ apiUrl, logger }) },
    processEventErrorHandler: async ({ error }) => {
      fault(error, 'delivery');
      return false;
    },
  });
  const { client } = receiver;
  // The receiver asks of an App only that it processes events.
  receiver.init({ processEvent: take } as unknown as App);

  const leaving = Promise.withResolvers<string>();
  const hello = Promise.withResolvers<number>();
  let url: string | undefined;
  let heard: Instant = clock.now();
  let stopWatching = () => {};
  let ended = false;

  const onPing = (message: unknown) => {
    const { websocket } = message as { websocket?: { url?: string } };
    if (url !== undefined && websocket?.url === url) heard = clock.now();
  };
  client.on('authenticated', (answer: { url?: string }) => {
    // The SDK would go on and open a socket that nobody watches.
    if (ended) throw new Error('given up while asking for an address');
    url = answer.url;
  });
  client.on('disconnected', () => {
    over('the socket closed');
  });

  // The SDK's own listener throws where an envelope holds no event (app_rate_limited), which would end the process.
  const listeners = client.listeners('ws_message');
  client.removeAllListeners('ws_message');
  client.on('ws_message', (data: unknown, binary: unknown) => {
    heard = clock.now();
    const frame = read(data);
    if (frame?.type === 'hello') hello.resolve(frame.num_connections ?? 1);
    if (frame?.type === 'disconnect') leaving.resolve(frame.reason ?? 'disconnect');
    if (frame?.type === 'events_api' && frame.payload?.event === undefined) {
      logger.warn(`Slack says ${frame.payload?.type ?? 'something without an event'}`);
      return;
    }
    for (const listener of listeners)
      Promise.resolve(listener.call(client, data, binary)).catch((error: unknown) => fault(error, 'frame'));
  });

  function over(why: string, error: unknown = new Error(why)): void {
    ended = true;
    stopWatching();
    unsubscribe(PING, onPing);
    leaving.resolve(why);
    hello.reject(error);
  }

  function watch(): void {
    const left = heard + limits.silence - clock.now();
    if (left <= 0) {
      logger.warn(`No frame from Slack for ${limits.silence} ms: the socket is given up.`);
      void abandon('silent socket');
    } else stopWatching = clock.after(left, watch);
  }

  async function abandon(why: string): Promise<void> {
    over(why);
    // The first asks for a closing handshake, the second does not wait for it.
    client.disconnect().catch(() => {});
    client.disconnect().catch(() => {});
  }

  subscribe(PING, onPing);
  const stopWaiting = clock.after(limits.hello, () => {
    logger.warn(`No hello from Slack within ${limits.hello} ms: the socket is given up.`);
    void abandon('no hello');
  });
  const started = client.start().catch((error: unknown) => {
    over('it could not be opened', error);
    throw error;
  });
  hello.promise.catch(() => {});
  const up = Promise.race([started.then(() => hello.promise), hello.promise]).finally(stopWaiting);
  up.then(
    () => {
      heard = clock.now();
      watch();
    },
    () => {},
  );

  return {
    up,
    leaving: leaving.promise,
    close: async () => {
      over('closed');
      const closed = client.disconnect().catch(() => {});
      const late = Promise.withResolvers<void>();
      const cancel = clock.after(CLOSE_GRACE, late.resolve);
      await Promise.race([closed, late.promise]);
      cancel();
      client.disconnect().catch(() => {});
    },
  };
}

interface Frame {
  readonly type?: string;
  readonly reason?: string;
  readonly num_connections?: number;
  readonly payload?: { readonly event?: unknown; readonly type?: string };
}

function read(data: unknown): Frame | undefined {
  if (typeof data !== 'string') return undefined;
  try {
    const frame: unknown = JSON.parse(data);
    return frame !== null && typeof frame === 'object' ? frame : undefined;
  } catch {
    return undefined;
  }
}
