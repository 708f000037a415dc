import { WebClient, type WebClientOptions } from '@slack/web-api';
import type { Secret } from '../../domain/secret.ts';
import { type Duration, SECOND } from '../../domain/time.ts';

/** Longest wait for an answer of Slack; the SDK alone would wait for ever. */
export const CALL_TIMEOUT: Duration = 10 * SECOND;

export interface SlackClients {
  /** For writing and for what a person waits for. */
  readonly door: WebClient;
  /** For reads that may be many. A queue of its own: whatever Slack makes it wait for, the door goes on. */
  readonly bulk: WebClient;
}

export interface ClientOptions {
  readonly botToken: Secret;
  /** Ends in `/api/`. */
  readonly apiUrl: string;
  readonly logger?: WebClientOptions['logger'];
  /** Default `CALL_TIMEOUT`. */
  readonly timeout?: Duration;
}

/**
 * Never retries by itself, because a retry after a lost answer posts twice; never waits out a 429, because that would hold
 * the client's whole queue.
 */
export function clientOptions({ apiUrl, logger, timeout = CALL_TIMEOUT }: Omit<ClientOptions, 'botToken'>) {
  return {
    slackApiUrl: apiUrl,
    timeout,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    allowAbsoluteUrls: false,
    ...(logger && { logger }),
  } satisfies WebClientOptions;
}

export function createSlackClients(options: ClientOptions): SlackClients {
  const token = options.botToken.reveal();
  return {
    door: new WebClient(token, clientOptions(options)),
    bulk: new WebClient(token, clientOptions(options)),
  };
}
