import {
  type WebAPICallResult,
  WebAPIHTTPError,
  WebAPIPlatformError,
  WebAPIRateLimitedError,
  WebAPIRequestError,
  type WebClient,
} from '@slack/web-api';
import { type Duration, SECOND } from '../../domain/time.ts';
import type { Clock } from '../../flows/ports.ts';
import { SlackRefusal, SlackUncertain, SlackUnreached } from './contract.ts';
import type { Pace } from './pace.ts';

/** Slack's words for a token that will not work again. https://docs.slack.dev/reference/methods/auth.test#errors */
export const TOKEN_GONE: ReadonlySet<string> = new Set([
  'invalid_auth',
  'not_authed',
  'account_inactive',
  'token_revoked',
  'token_expired',
  'user_removed_from_team',
  'team_disabled',
  'app_uninstalled',
]);
/** "It's possible some aspect of the operation succeeded before the error was raised": Slack's own words. */
const HALF_DONE: ReadonlySet<string> = new Set(['internal_error', 'fatal_error', 'service_unavailable']);
/** Slack got the request broken: nothing was done. */
const NOT_READ: ReadonlySet<string> = new Set(['request_timeout', 'team_added_to_org', 'accesslimited']);
/** The connection was never there, so the request was not either. */
const NO_CONNECTION: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]);
/** Where Slack says `ratelimited` without saying for how long. */
const UNSAID_WAIT: Duration = SECOND;

export interface CallOptions {
  readonly priority: number;
  /** Whose pace and Retry-After the call shares. */
  readonly channel?: string;
  /** Longest wait for a turn; a trigger lives 3 s. */
  readonly patience?: Duration;
}

/**
 * Calls one method in its turn. Throws SlackRefusal, SlackUncertain or SlackUnreached; a 429 is waited out for this method
 * and channel alone.
 */
export type CallSlack = (
  method: string,
  args: Readonly<Record<string, unknown>>,
  options: CallOptions,
) => Promise<WebAPICallResult>;

export interface CallerOptions {
  readonly client: Pick<WebClient, 'apiCall'>;
  readonly pace: Pace;
  readonly clock: Clock;
  readonly patience: Duration;
  /** Told when Slack says that the token is gone. */
  readonly onTokenLost?: (reason: string) => void;
}

export function createCaller(options: CallerOptions): CallSlack {
  const { client, pace, clock, patience, onTokenLost } = options;
  return async (method, args, call) => {
    const until = clock.now() + (call.patience ?? patience);
    const turn = { method, priority: call.priority, until, ...(call.channel && { channel: call.channel }) };
    for (;;) {
      try {
        return await pace.run(turn, () => client.apiCall(method, { ...args }));
      } catch (error) {
        const wait = waitOf(error);
        if (wait === undefined) throw typed(method, error, onTokenLost);
        pace.hold(method, call.channel, clock.now() + wait);
      }
    }
  };
}

function waitOf(error: unknown): Duration | undefined {
  if (error instanceof WebAPIRateLimitedError) return Math.max(1, error.retryAfter) * SECOND;
  if (error instanceof WebAPIPlatformError && /^rate_?limited$/.test(error.data.error)) return UNSAID_WAIT;
  return undefined;
}

/** What an error of the SDK means for what was asked. Messages carry no request and no answer. */
export function typed(method: string, error: unknown, onTokenLost?: (reason: string) => void): Error {
  if (error instanceof SlackUnreached) return error;
  if (error instanceof WebAPIPlatformError) {
    const reason = error.data.error;
    // The SDK passes an answer that is not JSON as its "error": a proxy's page, or half an answer.
    if (typeof reason !== 'string' || !/^[a-z][a-z0-9_]{1,79}$/.test(reason))
      return new SlackUncertain(`${method}: not an answer of Slack's`);
    if (HALF_DONE.has(reason)) return new SlackUncertain(`${method}: ${reason}`);
    if (NOT_READ.has(reason)) return new SlackUnreached(`${method}: ${reason}`);
    if (TOKEN_GONE.has(reason)) {
      onTokenLost?.(reason);
      return new SlackUnreached(`${method}: ${reason}`);
    }
    return new SlackRefusal(method, reason, neededOf(error.data));
  }
  if (error instanceof WebAPIHTTPError) return new SlackUncertain(`${method}: HTTP ${error.statusCode}`);
  const code = codeOf(error instanceof WebAPIRequestError ? error.original : error);
  if (code !== undefined && NO_CONNECTION.has(code)) return new SlackUnreached(`${method}: ${code}`);
  return new SlackUncertain(`${method}: ${code ?? 'no answer'}`);
}

function neededOf(answer: WebAPICallResult): string | undefined {
  const { needed } = answer as { needed?: unknown };
  return typeof needed === 'string' ? needed : undefined;
}

/** The system's word for what went wrong, wherever it hides. */
export function codeOf(error: unknown): string | undefined {
  for (let at = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth++) {
    if ('code' in at && typeof at.code === 'string') return at.code;
    if (at.name === 'TimeoutError') return 'timeout';
  }
  return undefined;
}
