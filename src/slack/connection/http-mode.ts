import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { type App, HTTPReceiver, type Logger, type ReceiverEvent } from '@slack/bolt';
import { ConfigError } from '../../domain/errors.ts';
import { codeOf } from '../outbound/call-slack.ts';
import type { Transport } from './socket-mode.ts';

export interface HttpModeOptions {
  readonly signingSecret: string;
  /** 0 picks a free one. */
  readonly port: number;
  /** Default: every address, because Slack must reach it. */
  readonly host?: string;
  readonly logger: Logger;
  readonly take: (event: ReceiverEvent) => Promise<void>;
  readonly fault: (error: unknown, about: string) => void;
  /** Whether deliveries are taken: answers `/healthz`. */
  readonly healthy: () => boolean;
}

export interface HttpMode extends Transport {
  /** Rejects with ConfigError where the port is taken. */
  start(): Promise<void>;
  /** Known once it listens. */
  port(): number;
}

/**
 * Signed requests at `/slack/events`: unsigned ones and ones older than five minutes get 401. What could not be taken gets
 * 503, so that Slack sends it again. https://docs.slack.dev/authentication/verifying-requests-from-slack
 */
export function createHttpMode(options: HttpModeOptions): HttpMode {
  const { signingSecret, port, host, logger, take, fault, healthy } = options;
  const receiver = new HTTPReceiver({
    signingSecret,
    port,
    logger,
    endpoints: ['/slack/events'],
    customRoutes: [
      {
        path: '/healthz',
        method: ['GET', 'HEAD'],
        handler: (_request: IncomingMessage, response: ServerResponse) => {
          response.writeHead(healthy() ? 200 : 503, { 'content-type': 'text/plain' }).end();
        },
      },
    ],
    processEventErrorHandler: async ({ error, response }) => {
      fault(error, 'delivery');
      if (!response.headersSent) response.writeHead(503).end();
      return false;
    },
  });
  receiver.init({ processEvent: take } as unknown as App);
  let server: Server | undefined;
  return {
    start: async () => {
      try {
        // Bolt's own type allows an HTTPS server, which this never is.
        server = (await receiver.start({ port, ...(host !== undefined && { host }) })) as Server;
      } catch (error) {
        throw new ConfigError([`Steady cannot listen on port ${port}: ${codeOf(error) ?? 'refused'}.`]);
      }
    },
    stop: async () => {
      if (server === undefined) return;
      const closing = receiver.stop();
      server.closeIdleConnections();
      await closing;
      server = undefined;
    },
    port: () => {
      const address = server?.address();
      return address !== null && typeof address === 'object' ? address.port : port;
    },
  };
}
