import { App, type ReceiverEvent } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import type { SlackSettings } from '../../config/slack-settings.ts';
import { ConfigError } from '../../domain/errors.ts';
import { type Duration, SECOND } from '../../domain/time.ts';
import type { Clock } from '../../flows/ports.ts';
import type { AskMembers } from '../../safety/group-members.ts';
import type { Redactor } from '../../safety/redactor.ts';
import type { AllowedBroadcasts } from '../../safety/text.ts';
import { createAskMembers } from '../outbound/ask-members.ts';
import { clientOptions, createSlackClients } from '../outbound/clients.ts';
import type { Door, Looks } from '../outbound/contract.ts';
import { createDoor } from '../outbound/door.ts';
import { downloadFile } from '../outbound/download-file.ts';
import { createLooks } from '../outbound/looks.ts';
import type { PaceLimits } from '../outbound/pace.ts';
import { createDesk } from './desk.ts';
import { findChannel } from './find-channel.ts';
import { createHttpMode, type HttpMode } from './http-mode.ts';
import { type Identity, identifyApp } from './identify-app.ts';
import { createSlackLogger, type LogLines } from './slack-logger.ts';
import { createSocketMode, pause, type SocketLimits, type Transport } from './socket-mode.ts';

export interface ConnectOptions {
  readonly slack: SlackSettings;
  readonly redactor: Redactor;
  /** The world's clock. */
  readonly clock: Clock;
  /** Real time, for pace, sockets and the drain, where the world's clock can stand still. Default `clock`. */
  readonly realClock?: Clock;
  readonly log: LogLines;
  readonly fault: (error: unknown, about: string) => void;
  /** Which calls to many people stay live, from the configuration: the groups to escalate to. None by default. */
  readonly broadcasts?: AllowedBroadcasts;
  /** Told before and after every call that goes through the door. */
  readonly crossing?: (name: string) => void | Promise<void>;
  /** Differences from Slack's published rates. */
  readonly limits?: Partial<PaceLimits>;
  readonly socket?: Partial<SocketLimits>;
  /** Longest wait for deliveries under way when stopping. Default 10 s. */
  readonly drain?: Duration;
  /** Where HTTP mode listens; default every address. */
  readonly host?: string;
}

/** Exit code when Slack will not have this app any more. */
export const LOST = 3;

export interface SlackConnection {
  /** For listeners; Bolt's own client in them neither retries nor waits. */
  readonly app: App;
  readonly me: Identity;
  readonly door: Door;
  readonly looks: Looks;
  /** For reads that may be many: never holds up the door. */
  readonly bulk: WebClient;
  /** For `createGroupLookUp`. */
  readonly groupMembers: AskMembers;
  /** A channel by id, or by the name of one that Steady is in. Rejects with ConfigError where there is none. */
  channelId(channel: string): Promise<string>;
  /**
   * Lets deliveries in: each goes through `intake`. `onLost` is told once, with the exit code, when Slack refuses the tokens
   * for good. Rejects with ConfigError where it refuses them at once.
   */
  start(
    intake: { take(event: ReceiverEvent): Promise<void> },
    onLost: (why: string, code: number) => void,
  ): Promise<void>;
  /** Takes nothing new, waits for what is under way (10 s), closes. Safe to call twice. */
  stop(): Promise<void>;
  /** HTTP mode's port; undefined with Socket Mode. */
  port(): number | undefined;
}

const TRIES = 5;

/**
 * Finds out who Steady is and builds everything that talks to Slack, all of it at `[slack] api_url`; nothing comes in before
 * `start`. Rejects with ConfigError where Slack refuses the bot token.
 */
export async function connectSlack(options: ConnectOptions): Promise<SlackConnection> {
  const { slack, redactor, log } = options;
  const clock = options.realClock ?? options.clock;
  const { apiUrl, botToken } = slack;
  const logger = createSlackLogger(log, redactor);
  const clients = createSlackClients({ botToken, apiUrl, logger });
  const me = await patiently(clock, log, () => identifyApp(clients.door, slack));
  log.info({ from: botToken.origin }, `Slack: ${me.line}`);
  if (me.missingScopes.length > 0)
    log.error(
      { missing: me.missingScopes.join(' ') },
      'The app lacks scopes: update it from manifest.yml and install it again.',
    );

  let tell: (why: string) => void = () => {};
  const desk = createDesk({ clock, drain: options.drain ?? 10 * SECOND, lost: (why) => tell(why) });
  const onTokenLost = (reason: string) => desk.lost(`Slack refuses the bot token: ${reason}.`);
  const limits = options.limits && { limits: options.limits };
  const broadcasts = options.broadcasts && { broadcasts: options.broadcasts };
  const door = createDoor({
    client: crossed(clients.door, options.crossing),
    apiUrl,
    redactor,
    clock,
    onTokenLost,
    ...limits,
    ...broadcasts,
  });
  const { rateClass } = slack;
  const download = (address: string, limit: number) =>
    downloadFile({ token: botToken, apiUrl, limit }, address);
  const looks = createLooks({ client: clients.bulk, clock, rateClass, onTokenLost, download, ...limits });

  const transport = transportFor({ ...options, clock }, desk, logger);
  const app = new App({
    // Everything comes through the intake, so Bolt is given no receiver that could bring it anything.
    receiver: { init: () => {}, start: async () => {}, stop: async () => {} },
    authorize: async () => ({
      botToken: botToken.reveal(),
      botId: me.botId,
      botUserId: me.userId,
      teamId: me.team,
    }),
    clientOptions: clientOptions({ apiUrl, logger }),
    logger,
    convoStore: false,
  });
  // Back to the intake: what failed is not finished, and is tried again.
  app.error(async (error) => {
    throw error;
  });

  return {
    app,
    me,
    door,
    looks,
    bulk: clients.bulk,
    groupMembers: createAskMembers(clients.bulk),
    channelId: (channel) => findChannel(clients.bulk, channel),
    start: async (intake, onLost) => {
      tell = (why) => onLost(why, LOST);
      desk.open(intake);
      await transport.start();
    },
    stop: async () => {
      await desk.close();
      await transport.stop();
    },
    port: () => ('port' in transport ? transport.port() : undefined),
  };
}

function transportFor(
  { slack, clock, log, fault, socket, host }: ConnectOptions,
  desk: ReturnType<typeof createDesk>,
  logger: ReturnType<typeof createSlackLogger>,
): Transport | HttpMode {
  const { connection, apiUrl, expectedConnections } = slack;
  if (connection.kind === 'http')
    return createHttpMode({
      signingSecret: connection.signingSecret.reveal(),
      port: connection.port,
      logger,
      take: desk.take,
      fault,
      healthy: desk.isOpen,
      ...(host !== undefined && { host }),
    });
  return createSocketMode({
    appToken: connection.appToken.reveal(),
    apiUrl,
    logger,
    clock,
    log,
    take: desk.take,
    fault,
    expectedConnections,
    onLost: desk.lost,
    ...(socket && { limits: socket }),
  });
}

/** The same client with its calls numbered. */
function crossed(client: WebClient, crossing: ConnectOptions['crossing']): Pick<WebClient, 'apiCall'> {
  if (crossing === undefined) return client;
  return {
    apiCall: async (method, args) => {
      await crossing(`slack:${method}:before`);
      const answer = await client.apiCall(method, args);
      await crossing(`slack:${method}:after`);
      return answer;
    },
  };
}

/** Slack may be away for a moment while everything starts. */
async function patiently<T>(clock: Clock, log: LogLines, ask: () => Promise<T>): Promise<T> {
  for (let tried = 1; ; tried++) {
    try {
      return await ask();
    } catch (error) {
      if (error instanceof ConfigError || tried === TRIES) throw error;
      const wait = tried * tried * SECOND;
      log.warn({ wait }, 'Slack does not answer, trying again');
      await pause(clock, wait, new AbortController().signal);
    }
  }
}
