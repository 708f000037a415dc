import type { PageConversation, PageFile, PageMessage, PageState, PageUser } from '../page-contract.ts';
import { isRecord } from './block-kit/check.ts';
import type { Canvas } from './canvas.ts';
import { mentionsIn } from './mentions.ts';
import type { Conversation, Json, Message, User, View } from './model.ts';
import { APP, TEAM } from './options.ts';
import type { State } from './state.ts';

/** The workspace as one person sees it. Undefined for nobody. */
export function pageState(
  state: State,
  as: string,
  extra: { readonly online: boolean; readonly suggestions: readonly string[] },
): PageState | undefined {
  const me = state.users.get(as);
  if (me === undefined || me.isBot) return undefined;
  const visible = [...state.conversations.values()].filter(
    (item) => item.kind === 'channel' || item.members.has(as),
  );
  const home = state.homes.get(as);
  return {
    version: state.version(),
    now: state.now(),
    team: { id: TEAM.id, name: TEAM.name },
    me: pageUser(me),
    people: [...state.users.values()].filter((user) => !user.isBot).map(pageUser),
    app: { id: APP.id, botUserId: APP.botUserId, name: state.app.name, online: extra.online },
    conversations: visible.map((item) => pageConversation(state, item, as)),
    messages: Object.fromEntries(visible.map((item) => [item.id, pageMessages(state, item, as)])),
    ...(home === undefined ? {} : { home: { blocks: blocksOf(home.content) } }),
    modals: (state.modals.get(as) ?? []).map(pageModal),
    canvases: [...state.canvases.values()]
      .filter((one) => mayOpen(state, one, as))
      .map(({ id, title, access, blocks }) => ({
        id,
        title,
        conversations: [...access.keys()].filter((key) => state.conversations.has(key)),
        blocks,
      })),
    notifications: state.notifications,
    suggestions: extra.suggestions,
    slashCommands: state.app.slashCommands,
    shortcuts: state.app.shortcuts,
  };
}

/** Whoever it was shared with by name, or as one of a channel. */
export function mayOpen(state: State, canvas: Canvas, person: string): boolean {
  return [...canvas.access.keys()].some(
    (key) => key === person || state.conversations.get(key)?.members.has(person) === true,
  );
}

function pageUser(user: User): PageUser {
  return {
    id: user.id,
    name: user.name,
    displayName: user.realName,
    tz: user.tz,
    doNotDisturb: user.doNotDisturb,
    deactivated: user.deactivated,
    isBot: user.isBot,
  };
}

/** System lines that leave a channel read. */
const SILENT = /_(join|leave|topic|name|archive|unarchive)$|^pinned_item$/;

function pageConversation(state: State, conversation: Conversation, as: string): PageConversation {
  const read = conversation.read.get(as) ?? '0';
  const unread = conversation.messages.filter(
    (message) => message.ts > read && message.user !== as && !SILENT.test(message.subtype ?? ''),
  );
  const other = [...conversation.members].find((member) => member !== as) ?? as;
  const member = conversation.members.has(as);
  return {
    id: conversation.id,
    name: conversation.kind === 'dm' ? (state.users.get(other)?.realName ?? '') : conversation.name,
    kind: conversation.kind,
    topic: conversation.topic,
    member,
    archived: conversation.archived,
    appInvited: conversation.members.has(APP.botUserId),
    unread: member ? unread.filter((message) => message.threadTs === undefined).length : 0,
    mentions: member
      ? unread.filter((message) => conversation.kind === 'dm' || mentionsIn(message).users.has(as)).length
      : 0,
    pins: conversation.pins.map((pin) => pin.ts),
    bookmarks: conversation.bookmarks.map(({ title, link }) => ({ title, link })),
  };
}

function pageMessages(state: State, conversation: Conversation, as: string): readonly PageMessage[] {
  const whispered = conversation.ephemerals.filter((message) => message.onlyFor === as);
  const replies = new Map<string, number>();
  for (const { threadTs, ts } of conversation.messages)
    if (threadTs !== undefined && threadTs !== ts) replies.set(threadTs, (replies.get(threadTs) ?? 0) + 1);
  return [...conversation.messages, ...whispered]
    .sort((one, other) => (one.ts < other.ts ? -1 : 1))
    .map((message) => pageMessage(state, message, replies.get(message.ts) ?? 0));
}

function pageMessage(state: State, message: Message, replyCount: number): PageMessage {
  const gone = message.tombstone === true;
  return {
    ts: message.ts,
    ...(message.threadTs === undefined ? {} : { threadTs: message.threadTs }),
    replyCount,
    user: message.user,
    text: gone ? 'This message was deleted.' : message.text,
    ...(message.blocks === undefined || gone ? {} : { blocks: message.blocks }),
    ...(message.attachments === undefined || gone ? {} : { attachments: message.attachments }),
    ...(message.files.length === 0 || gone
      ? {}
      : { files: message.files.flatMap((id) => pageFile(state, id)) }),
    ...(gone ? { subtype: 'tombstone' } : message.subtype === undefined ? {} : { subtype: message.subtype }),
    edited: message.edited !== undefined,
    ephemeral: message.onlyFor !== undefined,
    reactions: message.reactions.map(({ name, users }) => ({ name, users: [...users] })),
  };
}

function pageFile(state: State, id: string): readonly PageFile[] {
  const file = state.files.get(id);
  if (file?.bytes === undefined) return [];
  return [
    {
      id,
      name: file.name,
      ...(file.title === file.name ? {} : { title: file.title }),
      mimetype: file.mimetype,
      size: file.bytes.length,
      ...(file.altText === undefined ? {} : { altText: file.altText }),
      url: `files/${id}/${encodeURIComponent(file.name)}`,
    },
  ];
}

function pageModal(view: View): PageState['modals'][number] {
  const { title, submit, close, notify_on_close } = view.content;
  return {
    id: view.id,
    hash: view.hash,
    title: textOf(title) ?? '',
    ...optional('submit', textOf(submit)),
    ...optional('close', textOf(close)),
    blocks: blocksOf(view.content),
    ...(view.errors === undefined ? {} : { errors: view.errors }),
    notifyOnClose: notify_on_close === true,
  };
}

function optional<K extends string>(key: K, value: string | undefined): { [P in K]?: string } {
  return (value === undefined ? {} : { [key]: value }) as { [P in K]?: string };
}

function textOf(value: unknown): string | undefined {
  return isRecord(value) && typeof value.text === 'string' ? value.text : undefined;
}

function blocksOf(content: Json): readonly Json[] {
  return Array.isArray(content.blocks) ? content.blocks.filter(isRecord) : [];
}
