import { WebAPIPlatformError, WebAPIRateLimitedError } from '@slack/web-api';
import { ConfigError } from '../../domain/errors.ts';
import { type Duration, SECOND } from '../../domain/time.ts';
import type { Clock } from '../../flows/ports.ts';
import { TOKEN_GONE } from '../outbound/call-slack.ts';
import type { LogLines } from './slack-logger.ts';
import { openWire, type Wire, type WireLimits, type WireOptions } from './wire.ts';

export interface SocketLimits extends WireLimits {
  /** Waits between tries to connect, the last one repeated. `apps.connections.open` may be held to once a minute. */
  readonly backoff: readonly Duration[];
  /** How often in a row Slack must refuse the token before it is believed. */
  readonly refusals: number;
}

export const SOCKET_LIMITS: SocketLimits = {
  hello: 10 * SECOND,
  silence: 45 * SECOND,
  backoff: [0.2, 1, 2, 5, 10, 20, 30].map((seconds) => seconds * SECOND),
  refusals: 3,
};

export interface SocketModeOptions extends Omit<WireOptions, 'limits'> {
  readonly log: LogLines;
  /** More connections than this are somebody else's. https://github.com/slackapi/bolt-js/issues/2327 */
  readonly expectedConnections: number;
  /** Told once, when Slack will not have this app any more. */
  readonly onLost: (why: string) => void;
  readonly limits?: Partial<SocketLimits>;
}

/** A socket that is there as long as Slack lets it. */
export interface Transport {
  /** Resolves when deliveries can come. Rejects with ConfigError where Slack refuses the token. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

export function createSocketMode(options: SocketModeOptions): Transport {
  const { clock, log, onLost, expectedConnections } = options;
  const limits = { ...SOCKET_LIMITS, ...options.limits };
  const open = new Set<Wire>();
  const stopping = new AbortController();
  const { signal } = stopping;

  /** Opens until one is up. Resolves with nothing when stopped meanwhile; rejects when Slack refuses for good. */
  async function connect(): Promise<Wire | undefined> {
    let refused = 0;
    for (let failures = 0; !signal.aborted; failures++) {
      const wire = openWire({ ...options, limits });
      open.add(wire);
      try {
        const connections = await wire.up;
        if (signal.aborted) break;
        warnOfOthers(connections);
        return wire;
      } catch (error) {
        open.delete(wire);
        await wire.close();
        const reason = reasonOf(error);
        refused = TOKEN_GONE.has(reason) ? refused + 1 : 0;
        if (refused >= limits.refusals) throw new ConfigError([`Slack refuses the app token: ${reason}.`]);
        const wait = Math.max(
          limits.backoff[Math.min(failures, limits.backoff.length - 1)] ?? 0,
          waitOf(error),
        );
        log.warn({ reason, wait }, 'no connection to Slack, trying again');
        await pause(clock, wait, signal);
      }
    }
    return undefined;
  }

  /** Two sockets of ours are open for a moment at every refresh. */
  function warnOfOthers(connections: number): void {
    const ours = open.size;
    if (connections > expectedConnections + ours - 1)
      log.error(
        { connections, expected: expectedConnections },
        'MORE CONNECTIONS THAN EXPECTED: another process uses this app token and gets part of the events. Stop it, or set [slack] expected_connections.',
      );
  }

  function keep(wire: Wire): void {
    void wire.leaving.then(async (why) => {
      if (signal.aborted) return;
      log.info({ why }, 'a new connection to Slack is opened');
      try {
        const next = await connect();
        if (next) keep(next);
      } catch (error) {
        onLost(error instanceof Error ? error.message : 'the connection is lost');
      } finally {
        open.delete(wire);
        await wire.close();
      }
    });
  }

  return {
    start: async () => {
      const wire = await connect();
      if (wire) keep(wire);
    },
    stop: async () => {
      stopping.abort();
      await Promise.all([...open].map((wire) => wire.close()));
      open.clear();
    },
  };
}

function reasonOf(error: unknown): string {
  if (error instanceof WebAPIPlatformError && /^[a-z_]{1,60}$/.test(error.data.error))
    return error.data.error;
  return error instanceof Error ? error.name : 'closed';
}

function waitOf(error: unknown): Duration {
  return error instanceof WebAPIRateLimitedError ? error.retryAfter * SECOND : 0;
}

/** Resolves after a while, or as soon as it is called off. */
export function pause(clock: Clock, wait: Duration, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const done = () => {
      cancel();
      signal.removeEventListener('abort', done);
      resolve();
    };
    const cancel = clock.after(wait, done);
    signal.addEventListener('abort', done, { once: true });
  });
}
