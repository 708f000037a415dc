import { ConfigError } from '../domain/errors.ts';
import type { Secret } from '../domain/secret.ts';

/** How Steady reaches one Slack workspace, and what it may do there. */
export interface SlackSettings {
  readonly botToken: Secret;
  readonly connection: SlackConnection;
  /** Base of the Web API, ending in `/api/`. Default `https://slack.com/api/`; https unless loopback. */
  readonly apiUrl: string;
  /** Channel (id, or name without `#`) that gets one card per incident; undefined = none. */
  readonly announceChannel: string | undefined;
  /** Offer *New channel* on declare; needs the optional scopes `channels:manage` and `groups:write`. Default false. */
  readonly newChannels: boolean;
  /** Listen to messages of incident channels (drafts, edits, pins by reaction in threads). Default true. */
  readonly readMessages: boolean;
  /** The reaction that puts a message on the timeline, without colons. Default `pushpin`. */
  readonly emoji: string;
  /** The reaction that says a message was recorded. Default `white_check_mark`. */
  readonly recordedEmoji: string;
  /** Telemetry environment (NAME of a deployment) by channel id or name without `#`, for questions that name none. */
  readonly environments: Readonly<Record<string, string>>;
  /** Channels (id, or name without `#`) shared with other companies where Steady may declare and show evidence. */
  readonly sharedChannels: readonly string[];
  /** Who may act although the default rule refuses them. */
  readonly openings: {
    readonly guests: boolean;
    readonly teams: readonly string[];
    readonly bots: readonly string[];
  };
  /** User group ids (`S…`) whose members may act beside the members of the channel. */
  readonly allowGroups: readonly string[];
  /** Team ids (`T…`, `E…`) Steady serves; empty = the team the bot token belongs to. */
  readonly teams: readonly string[];
  /** Which of Slack's rate classes the app is in; decides how often history may be read. Default `internal`. */
  readonly rateClass: RateClass;
  /** Socket connections expected for this app; more is warned about loudly. Default 1, at most 10. */
  readonly expectedConnections: number;
}

/** Chosen by which secret is there: an app token means Socket Mode, a signing secret HTTP; with both, Socket Mode. */
export type SlackConnection =
  | { readonly kind: 'socket'; readonly appToken: Secret }
  | { readonly kind: 'http'; readonly signingSecret: Secret; readonly port: number };

/** https://docs.slack.dev/apis/web-api/rate-limits */
export type RateClass = 'internal' | 'marketplace' | 'unlisted';

/** One sentence for `check`: which rate class applies, as far as the configuration and the address tell. */
export function sayRateClass(slack: Pick<SlackSettings, 'rateClass' | 'apiUrl'>): string {
  if (new URL(slack.apiUrl).host !== 'slack.com')
    return `rate class: decided by the server at ${new URL(slack.apiUrl).host}`;
  if (slack.rateClass === 'unlisted')
    return 'rate class: commercial app outside the Marketplace; history 1 request a minute, 15 messages each';
  const standing = slack.rateClass === 'internal' ? 'internal app' : 'Marketplace app';
  return `rate class: ${standing} as configured, history 50 requests a minute (Slack does not say which class an app is in)`;
}

/** The Slack settings, or a ConfigError that names both ways to reach Slack. Never half-starts. */
export function requireSlack(config: {
  readonly slack: SlackSettings | undefined;
  readonly file: string | undefined;
  readonly warnings: readonly string[];
}): SlackSettings {
  if (config.slack !== undefined) return config.slack;
  throw new ConfigError([
    'There is no way to reach Slack: no bot token, and neither an app token nor a signing secret.',
    'Way 1, Socket Mode (no public address needed): set SLACK_BOT_TOKEN (xoxb-…) and SLACK_APP_TOKEN (xapp-…, scope connections:write), or bot_token and app_token under [slack].',
    'Way 2, HTTP: set SLACK_BOT_TOKEN and SLACK_SIGNING_SECRET (and PORT), or bot_token and signing_secret under [slack]; Slack must reach that port at /slack/events.',
    ...config.warnings.filter((line) => line.includes('[slack.workspaces.')),
  ]);
}
