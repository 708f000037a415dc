import type { Instant } from '../../domain/time.ts';

/** A JSON object as Slack's payloads are made of. */
export type Json = Readonly<Record<string, unknown>>;

export interface User {
  readonly id: string;
  readonly name: string;
  readonly realName: string;
  readonly email: string;
  /** IANA name. */
  readonly tz: string;
  readonly isBot: boolean;
  readonly isAdmin: boolean;
  readonly isGuest: boolean;
  doNotDisturb: boolean;
  deactivated: boolean;
  /** Another workspace's person in a shared channel. */
  readonly teamId: string;
}

export interface Conversation {
  readonly id: string;
  name: string;
  readonly kind: 'channel' | 'private' | 'dm';
  readonly created: Instant;
  readonly creator: string;
  readonly members: Set<string>;
  topic: string;
  archived: boolean;
  /** Shared with another company's workspace. */
  shared: boolean;
  /** Only admins may post. */
  restricted: boolean;
  readonly messages: Message[];
  readonly ephemerals: Message[];
  readonly bookmarks: Bookmark[];
  readonly pins: { readonly ts: string; readonly by: string; readonly at: Instant }[];
  /** Newest `ts` read, by person. */
  readonly read: Map<string, string>;
  canvasId?: string;
}

export interface Message {
  readonly ts: string;
  readonly threadTs?: string;
  readonly user: string;
  readonly bot: boolean;
  readonly clientMsgId?: string;
  text: string;
  blocks?: readonly Json[];
  attachments?: readonly Json[];
  metadata?: Json;
  readonly files: string[];
  readonly subtype?: string;
  /** What a subtype adds: `topic`, `name`, `inviter` … */
  readonly extra?: Json;
  edited?: { readonly user: string; readonly ts: string };
  readonly reactions: { readonly name: string; readonly users: string[] }[];
  /** Ephemeral: seen by this person only. */
  readonly onlyFor?: string;
  /** A deleted parent whose replies remain. */
  tombstone?: boolean;
}

export interface Bookmark {
  readonly id: string;
  title: string;
  link: string;
  emoji: string;
  readonly created: Instant;
  updated: Instant;
  updatedBy: string;
}

export interface StoredFile {
  readonly id: string;
  readonly name: string;
  title: string;
  readonly user: string;
  readonly created: Instant;
  /** The length announced when the upload URL was asked for. */
  readonly announced: number;
  bytes: Uint8Array | undefined;
  mimetype: string;
  /** Set once Slack has looked at the file. */
  processed: boolean;
  /** Calls of `files.info` still to be answered without a mimetype. */
  pendingLooks: number;
  completed: boolean;
  readonly altText?: string;
  readonly shares: { readonly conversation: string; readonly ts: string; readonly threadTs?: string }[];
}

export interface View {
  readonly id: string;
  readonly user: string;
  readonly externalId: string;
  readonly rootId: string;
  readonly previousId?: string;
  hash: string;
  /** The view as the app sent it, with block and action ids filled in. */
  content: Json;
  state: ViewState;
  errors?: Readonly<Record<string, string>>;
}

/** `view.state.values`: block_id, then action_id. */
export type ViewState = Readonly<Record<string, Readonly<Record<string, Json>>>>;

export interface Usergroup {
  readonly id: string;
  readonly handle: string;
  readonly name: string;
  readonly users: readonly string[];
}

export interface Notification {
  readonly at: Instant;
  readonly to: string;
  readonly from: string;
  readonly conversation: string;
  readonly ts: string;
  readonly text: string;
  readonly why: 'mention' | 'dm' | 'thread' | 'broadcast';
  readonly heldBack: boolean;
}

/** One request to the Web API, as tests count them. */
export interface ApiCall {
  readonly at: Instant;
  readonly method: string;
  readonly args: Json;
  readonly ok: boolean;
  readonly error?: string;
}
