/**
 * What the sandbox's page and its server say to each other. The page shows a `PageState` and sends `PageAction`s; it keeps
 * no truth of its own. All paths are below the random token of the address (`/<token>/…`), on loopback only.
 *
 * - `GET  state?as=<user id>`  -> PageState, as that person sees the workspace
 * - `GET  events`              -> server-sent events; each `data: <version>` means "ask for the state again"
 * - `POST act`                 -> body PageAction, answer PageReply
 * - `GET  files/<id>/<name>`   -> an uploaded file's bytes
 */
export interface PageState {
  readonly version: number;
  /** Slack's notion of now in this workspace, milliseconds since the epoch; moves on by itself and by `advance`. */
  readonly now: number;
  readonly team: { readonly id: string; readonly name: string };
  readonly me: PageUser;
  /** The people one can be; the app and its bot user are not among them. */
  readonly people: readonly PageUser[];
  readonly app: {
    readonly id: string;
    readonly botUserId: string;
    readonly name: string;
    readonly online: boolean;
  };
  /** Channels and direct messages that `me` can see, in the order to show them. */
  readonly conversations: readonly PageConversation[];
  /** Messages by conversation, oldest first, replies included (`threadTs` differs from `ts`), ephemerals for `me` included. */
  readonly messages: Readonly<Record<string, readonly PageMessage[]>>;
  /** The app's home tab for `me`, if published. */
  readonly home?: { readonly blocks: readonly unknown[] };
  /** The modal stack of `me`, bottom first; the last one is on top. */
  readonly modals: readonly PageModal[];
  /** Canvases that `me` may open. */
  readonly canvases: readonly PageCanvas[];
  /** Every notification the workspace would have sent, newest first, for all people. */
  readonly notifications: readonly PageNotification[];
  /** What a newcomer may type first, as whole composer texts. */
  readonly suggestions: readonly string[];
  readonly slashCommands: readonly {
    readonly command: string;
    readonly description: string;
    readonly usageHint: string;
  }[];
  readonly shortcuts: readonly {
    readonly callbackId: string;
    readonly name: string;
    readonly type: 'global' | 'message';
  }[];
}

export interface PageUser {
  readonly id: string;
  readonly name: string;
  readonly displayName: string;
  /** IANA name, `Europe/Berlin`. */
  readonly tz: string;
  readonly doNotDisturb: boolean;
  readonly deactivated: boolean;
  readonly isBot: boolean;
}

export interface PageConversation {
  readonly id: string;
  /** Without `#`; for a direct message the other side's name. */
  readonly name: string;
  readonly kind: 'channel' | 'private' | 'dm';
  readonly topic: string;
  readonly member: boolean;
  readonly archived: boolean;
  /** The app is a member and can post. */
  readonly appInvited: boolean;
  readonly unread: number;
  readonly mentions: number;
  /** `ts` of pinned messages. */
  readonly pins: readonly string[];
  readonly bookmarks: readonly { readonly title: string; readonly link: string }[];
}

export interface PageMessage {
  readonly ts: string;
  readonly threadTs?: string;
  readonly replyCount: number;
  /** User id of the author, bot user included. */
  readonly user: string;
  readonly text: string;
  readonly blocks?: readonly unknown[];
  readonly attachments?: readonly unknown[];
  readonly files?: readonly PageFile[];
  /** `channel_join`, `channel_topic`, `pinned_item` … : a system line. */
  readonly subtype?: string;
  readonly edited: boolean;
  readonly ephemeral: boolean;
  readonly reactions: readonly { readonly name: string; readonly users: readonly string[] }[];
}

export interface PageCanvas {
  readonly id: string;
  readonly title: string;
  /** Channels that it was shared with. */
  readonly conversations: readonly string[];
  readonly blocks: readonly { readonly id: string; readonly kind: string; readonly markdown: string }[];
}

export interface PageFile {
  readonly id: string;
  readonly name: string;
  /** Shown above it, where it is not the name. */
  readonly title?: string;
  readonly mimetype: string;
  readonly size: number;
  readonly altText?: string;
  /** Relative to the page's own address. */
  readonly url: string;
}

export interface PageModal {
  readonly id: string;
  readonly hash: string;
  readonly title: string;
  readonly submit?: string;
  readonly close?: string;
  readonly blocks: readonly unknown[];
  /** Set after `response_action: errors`: message by block_id. */
  readonly errors?: Readonly<Record<string, string>>;
  readonly notifyOnClose: boolean;
}

export interface PageNotification {
  readonly at: number;
  readonly to: string;
  readonly from: string;
  readonly conversation: string;
  readonly ts: string;
  readonly text: string;
  readonly why: 'mention' | 'dm' | 'thread' | 'broadcast';
  /** Held back by Do Not Disturb: recorded, not shown to the person. */
  readonly heldBack: boolean;
}

/** The value of one interactive element, in the shape Slack puts under `view.state.values` or in an action. */
export type ElementValue = Readonly<Record<string, unknown>>;

export type PageAction = { readonly as: string } & (
  | {
      readonly kind: 'post';
      readonly conversation: string;
      readonly text: string;
      readonly threadTs?: string;
    }
  | { readonly kind: 'edit'; readonly conversation: string; readonly ts: string; readonly text: string }
  | { readonly kind: 'delete'; readonly conversation: string; readonly ts: string }
  | {
      readonly kind: 'react' | 'unreact';
      readonly conversation: string;
      readonly ts: string;
      readonly name: string;
    }
  | { readonly kind: 'pin' | 'unpin'; readonly conversation: string; readonly ts: string }
  | {
      /** A click or choice on a message. `action` carries type, action_id, block_id and what the element type adds. */
      readonly kind: 'messageAction';
      readonly conversation: string;
      readonly ts: string;
      readonly action: ElementValue;
      readonly state: Readonly<Record<string, Readonly<Record<string, ElementValue>>>>;
    }
  | {
      /** A click or choice with dispatch in the top modal or on the home tab (`view` absent). */
      readonly kind: 'viewAction';
      readonly view?: string;
      readonly action: ElementValue;
      readonly state: Readonly<Record<string, Readonly<Record<string, ElementValue>>>>;
    }
  | {
      readonly kind: 'submit';
      readonly view: string;
      readonly state: Readonly<Record<string, Readonly<Record<string, ElementValue>>>>;
    }
  | {
      readonly kind: 'close';
      readonly view: string;
      readonly state?: Readonly<Record<string, Readonly<Record<string, ElementValue>>>>;
    }
  | {
      readonly kind: 'messageShortcut';
      readonly conversation: string;
      readonly ts: string;
      readonly callbackId: string;
    }
  | { readonly kind: 'globalShortcut'; readonly callbackId: string }
  | { readonly kind: 'openHome' }
  | { readonly kind: 'openDm'; readonly user: string }
  | { readonly kind: 'join' | 'leave' | 'inviteApp'; readonly conversation: string }
  | { readonly kind: 'read'; readonly conversation: string }
  | {
      readonly kind: 'upload';
      readonly conversation: string;
      readonly name: string;
      readonly base64: string;
      /** What was typed with it. */
      readonly text?: string;
    }
  /** A piece of a canvas as it reads from now on; empty takes it out. */
  | { readonly kind: 'editCanvas'; readonly canvas: string; readonly block: string; readonly text: string }
  | { readonly kind: 'dnd'; readonly on: boolean }
  /** Moves the workspace's clock forward; the bot in the same process moves with it. */
  | { readonly kind: 'advance'; readonly ms: number }
);

/** `error` is a sentence to show beside the composer or in the modal. */
export type PageReply =
  | { readonly ok: true; readonly ts?: string; readonly conversation?: string }
  | { readonly ok: false; readonly error: string };
