import type { SandboxClock } from '../clock.ts';
import type { AppSetup } from './app-setup.ts';

/** How the workspace behaves. Everything is optional for `startWorkspace` but the clock. */
export interface WorkspaceOptions {
  readonly clock: SandboxClock;
  /** Port of the Web API on 127.0.0.1; 0 picks a free one. */
  readonly port?: number;
  readonly app?: AppSetup;
  readonly tokens?: Partial<Tokens>;
  /** Where signed requests go. Without it the app is reached by Socket Mode. */
  readonly requestUrl?: string;
  readonly people?: readonly PersonSpec[];
  readonly channels?: readonly ChannelSpec[];
  /** Calls of `files.info` that answer without a mimetype before the file is ready. Default 1. */
  readonly fileLooks?: number;
  /** What the workspace's plan allows of canvases. Default `paid`. */
  readonly canvases?: 'paid' | 'free' | 'off';
  /** Typed quotes become curly outside code. Default true. */
  readonly smartQuotes?: boolean;
  /** 429 by Slack's published tiers. Default false. */
  readonly strictRates?: boolean;
  /** Reads history as a commercial unlisted app may: once a minute, 15 items. Default false. */
  readonly restrictedHistory?: boolean;
  /** An edit that keeps its mention is a new `app_mention` too. Default false: only an added mention is. */
  readonly mentionOnEveryEdit?: boolean;
  /** Real milliseconds that an app gets to acknowledge when the clock was moved past its 3 seconds. Default 300. */
  readonly ackGrace?: number;
  /** Starts real timers, for what the app is given in real time. */
  readonly setTimer: (ms: number, fn: () => void) => () => void;
}

export interface Tokens {
  readonly bot: string;
  readonly app: string;
  readonly signingSecret: string;
}

export interface PersonSpec {
  readonly id: string;
  readonly name: string;
  readonly realName: string;
  readonly tz: string;
  readonly admin?: boolean;
  /** A guest in one or a few channels. */
  readonly guest?: boolean;
  /** Another company's person, in a channel shared with it. */
  readonly teamId?: string;
}

export interface ChannelSpec {
  readonly id: string;
  readonly name: string;
  readonly private?: boolean;
  readonly topic?: string;
  /** Person ids; everybody without it. */
  readonly members?: readonly string[];
  readonly appInvited?: boolean;
}

export const TEAM = { id: 'T0ACME0001', name: 'Acme', domain: 'acme-sandbox' } as const;
export const APP = { id: 'A0STEADY01', botId: 'B0STEADY01', botUserId: 'U0STEADY01' } as const;

export const DEFAULT_TOKENS: Tokens = {
  bot: 'xoxb-sandbox-bot-token',
  app: 'xapp-sandbox-app-token',
  signingSecret: 'sandbox-signing-secret',
};

export const DEFAULT_PEOPLE: readonly PersonSpec[] = [
  { id: 'U0LEA00001', name: 'lea', realName: 'Lea', tz: 'Europe/Berlin', admin: true },
  { id: 'U0KAI00001', name: 'kai', realName: 'Kai', tz: 'America/Los_Angeles' },
  { id: 'U0MARA0001', name: 'mara', realName: 'Mara', tz: 'Asia/Kolkata' },
];

export const DEFAULT_CHANNELS: readonly ChannelSpec[] = [
  { id: 'C0CHECKOUT', name: 'checkout', topic: 'Checkout service', appInvited: true },
  { id: 'C0GENERAL1', name: 'general', topic: 'Company-wide' },
  { id: 'C0INCIDENT', name: 'incidents' },
  { id: 'C0PAYMENTS', name: 'payments-private', private: true, members: ['U0LEA00001', 'U0KAI00001'] },
];

/** What Steady's manifest asks for; a test keeps the two equal. */
export const DEFAULT_APP: AppSetup = {
  name: 'Steady',
  scopes: [
    'app_mentions:read',
    'commands',
    'im:history',
    'channels:history',
    'channels:read',
    'groups:history',
    'groups:read',
    'im:read',
    'chat:write',
    'files:read',
    'files:write',
    'im:write',
    'bookmarks:read',
    'bookmarks:write',
    'channels:write.topic',
    'groups:write.topic',
    'pins:read',
    'pins:write',
    'reactions:read',
    'reactions:write',
    'canvases:read',
    'canvases:write',
    'dnd:read',
    'usergroups:read',
    'users:read',
  ],
  events: [
    'app_home_opened',
    'app_mention',
    'app_uninstalled',
    'channel_archive',
    'channel_left',
    'channel_shared',
    'channel_unarchive',
    'group_archive',
    'group_left',
    'group_unarchive',
    'member_joined_channel',
    'message.channels',
    'message.groups',
    'message.im',
    'pin_added',
    'pin_removed',
    'reaction_added',
    'reaction_removed',
    'tokens_revoked',
  ],
  slashCommands: [
    {
      command: '/steady',
      description: 'Run an incident - declare, update, ask Prometheus, resolve',
      usageHint: 'declare P1 checkout returns 500s | status | help',
      shouldEscape: true,
    },
  ],
  shortcuts: [
    { callbackId: 'declare', name: 'Declare incident', type: 'global' },
    { callbackId: 'declare_from_message', name: 'Declare incident', type: 'message' },
    { callbackId: 'add_to_timeline', name: 'Add to timeline', type: 'message' },
    { callbackId: 'post_as_update', name: 'Post as update', type: 'message' },
    { callbackId: 'save_as_evidence', name: 'Save as evidence', type: 'message' },
    { callbackId: 'state_as_hypothesis', name: 'State as hypothesis', type: 'message' },
    { callbackId: 'remember_this', name: 'Remember this', type: 'message' },
  ],
};
