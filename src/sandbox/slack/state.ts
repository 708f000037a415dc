import type { Instant } from '../../domain/time.ts';
import type { AppSetup } from './app-setup.ts';
import { isRecord } from './block-kit/check.ts';
import type { Canvas } from './canvas.ts';
import type {
  ApiCall,
  Conversation,
  Json,
  Message,
  Notification,
  StoredFile,
  User,
  Usergroup,
  View,
} from './model.ts';
import {
  APP,
  type ChannelSpec,
  DEFAULT_APP,
  DEFAULT_CHANNELS,
  DEFAULT_PEOPLE,
  DEFAULT_TOKENS,
  type PersonSpec,
  TEAM,
  type Tokens,
  type WorkspaceOptions,
} from './options.ts';

/** Everything the workspace remembers. `changed` must follow every change that somebody can see. */
export interface State {
  readonly options: WorkspaceOptions;
  readonly app: AppSetup;
  readonly tokens: Tokens;
  readonly users: Map<string, User>;
  readonly conversations: Map<string, Conversation>;
  readonly files: Map<string, StoredFile>;
  readonly usergroups: Map<string, Usergroup>;
  readonly homes: Map<string, View>;
  /** By person, bottom first. */
  readonly modals: Map<string, View[]>;
  readonly notifications: Notification[];
  readonly canvases: Map<string, Canvas>;
  readonly calls: ApiCall[];
  /** What Slack answers to a token from now on: `token_revoked`, `invalid_auth` … */
  readonly tokenErrors: Map<string, string>;
  version(): number;
  changed(): void;
  /** Runs after every change; the answer unsubscribes. */
  onChange(fn: () => void): () => void;
  now(): Instant;
  /** A timestamp no message of this workspace has: `1700000000.000100`. */
  nextTs(): string;
  /** `F0000000001`-like ids, unique per workspace. */
  nextId(prefix: string): string;
  /** The same in the shape of a UUID, for envelopes and the like. */
  nextUuid(): string;
}

export function createState(options: WorkspaceOptions): State {
  let version = 1;
  let lastMicros = 0;
  let serial = 0;
  const listeners = new Set<() => void>();
  const now = (): Instant => options.clock.now();
  const users = new Map<string, User>();
  for (const person of options.people ?? DEFAULT_PEOPLE) users.set(person.id, toUser(person));
  const app = options.app ?? DEFAULT_APP;
  users.set(APP.botUserId, {
    ...toUser({ id: APP.botUserId, name: app.name.toLowerCase(), realName: app.name, tz: 'Etc/UTC' }),
    isBot: true,
  });
  const conversations = new Map<string, Conversation>();
  for (const spec of options.channels ?? DEFAULT_CHANNELS)
    conversations.set(spec.id, toConversation(spec, users, now()));
  return {
    options,
    app,
    tokens: { ...DEFAULT_TOKENS, ...options.tokens },
    users,
    conversations,
    files: new Map(),
    usergroups: new Map(),
    homes: new Map(),
    modals: new Map(),
    notifications: [],
    canvases: new Map(),
    calls: [],
    tokenErrors: new Map(),
    version: () => version,
    changed() {
      version += 1;
      for (const listener of [...listeners]) listener();
    },
    onChange(fn) {
      listeners.add(fn);
      return () => listeners.delete(fn);
    },
    now,
    nextTs() {
      lastMicros = Math.max(lastMicros + 1, now() * 1000);
      return `${Math.floor(lastMicros / 1_000_000)}.${String(lastMicros % 1_000_000).padStart(6, '0')}`;
    },
    nextUuid() {
      serial += 1;
      return `00000000-0000-4000-8000-${serial.toString(16).padStart(12, '0')}`;
    },
    nextId(prefix) {
      serial += 1;
      return `${prefix}${serial.toString(36).toUpperCase().padStart(10, '0')}`;
    },
  };
}

function toUser(person: PersonSpec): User {
  return {
    id: person.id,
    name: person.name,
    realName: person.realName,
    email: `${person.name}@acme.example`,
    tz: person.tz,
    isBot: false,
    isAdmin: person.admin === true,
    isGuest: person.guest === true,
    doNotDisturb: false,
    deactivated: false,
    teamId: person.teamId ?? TEAM.id,
  };
}

function toConversation(spec: ChannelSpec, users: ReadonlyMap<string, User>, created: Instant): Conversation {
  const people = [...users.values()].filter((user) => !user.isBot).map((user) => user.id);
  const members = new Set(spec.members ?? people);
  if (spec.appInvited === true) members.add(APP.botUserId);
  return emptyConversation({
    id: spec.id,
    name: spec.name,
    kind: spec.private === true ? 'private' : 'channel',
    created,
    creator: [...members][0] ?? APP.botUserId,
    members,
    topic: spec.topic ?? '',
  });
}

/** A conversation in which nothing was said. */
export function emptyConversation(
  facts: Pick<Conversation, 'id' | 'name' | 'kind' | 'created' | 'creator' | 'members'> & { topic?: string },
): Conversation {
  return {
    topic: '',
    ...facts,
    archived: false,
    shared: false,
    restricted: false,
    messages: [],
    ephemerals: [],
    bookmarks: [],
    pins: [],
    read: new Map(),
  };
}

export function findMessage(conversation: Conversation, ts: string): Message | undefined {
  return conversation.messages.find((message) => message.ts === ts && message.tombstone !== true);
}

/** The person the app's direct message is with; undefined for channels and for people among themselves. */
export function appDmPerson(conversation: Conversation): string | undefined {
  if (conversation.kind !== 'dm' || !conversation.members.has(APP.botUserId)) return undefined;
  return [...conversation.members].find((member) => member !== APP.botUserId);
}

/** The direct message of two people, made when there is none. */
export function directMessage(state: State, one: string, other: string): Conversation {
  for (const conversation of state.conversations.values())
    if (conversation.kind === 'dm' && conversation.members.has(one) && conversation.members.has(other))
      return conversation;
  const conversation = emptyConversation({
    id: state.nextId('D'),
    name: 'directmessage',
    kind: 'dm',
    created: state.now(),
    creator: one,
    members: new Set([one, other]),
  });
  state.conversations.set(conversation.id, conversation);
  state.changed();
  return conversation;
}

/** The replies of a thread, oldest first, without the parent. */
export function repliesOf(conversation: Conversation, ts: string): readonly Message[] {
  return conversation.messages.filter((message) => message.threadTs === ts && message.ts !== ts);
}

/** Slack names every block and every interactive element that the app left unnamed. */
export function nameBlocks(state: State, blocks: readonly unknown[]): readonly Json[] {
  const fill = (value: unknown): Json => {
    const element = isRecord(value) ? value : {};
    const interactive = typeof element.type === 'string' && !PASSIVE.has(element.type);
    return interactive && element.action_id === undefined
      ? { ...element, action_id: state.nextId('').slice(-5) }
      : element;
  };
  return blocks.filter(isRecord).map((block) => {
    const named: Record<string, unknown> = { ...block };
    named.block_id ??= state.nextId('').slice(-5);
    if (Array.isArray(block.elements) && (block.type === 'actions' || block.type === 'context_actions'))
      named.elements = block.elements.map(fill);
    if (block.accessory !== undefined) named.accessory = fill(block.accessory);
    if (block.element !== undefined) named.element = fill(block.element);
    return named;
  });
}

const PASSIVE: ReadonlySet<string> = new Set(['image', 'mrkdwn', 'plain_text']);
