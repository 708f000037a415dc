import type { Conversation, Json, Message } from '../model.ts';
import { APP, TEAM } from '../options.ts';
import { repliesOf, type State } from '../state.ts';
import { presentFile } from './file.ts';

const ICONS = {
  image_36: 'https://a.slack-edge.com/80588/img/plugins/app/bot_36.png',
  image_48: 'https://a.slack-edge.com/80588/img/plugins/app/bot_48.png',
  image_72: 'https://a.slack-edge.com/80588/img/plugins/app/service_72.png',
};

/** The app as messages and `bots.info` describe it. */
export function botProfile(state: State): Json {
  return {
    id: APP.botId,
    app_id: APP.id,
    user_id: APP.botUserId,
    name: state.app.name,
    icons: ICONS,
    deleted: false,
    updated: 1_700_000_000,
    team_id: TEAM.id,
  };
}

/** A message as the Web API answers it. Metadata is in it only when asked for. */
export function presentMessage(
  state: State,
  conversation: Conversation,
  message: Message,
  options: { metadata?: boolean; thread?: boolean } = {},
): Json {
  if (message.tombstone === true) return tombstone(conversation, message);
  const isReply = message.threadTs !== undefined && message.threadTs !== message.ts;
  const replies = options.thread === false || isReply ? [] : repliesOf(conversation, message.ts);
  const pinned = conversation.pins.some((pin) => pin.ts === message.ts);
  const parent = isReply ? conversation.messages.find((other) => other.ts === message.threadTs) : undefined;
  return {
    type: 'message',
    ...(message.subtype === undefined ? {} : { subtype: message.subtype }),
    user: message.user,
    text: message.text,
    ts: message.ts,
    ...teamFields(state.users.get(message.user)?.teamId),
    ...(message.clientMsgId === undefined ? {} : { client_msg_id: message.clientMsgId }),
    ...(message.bot
      ? { bot_id: APP.botId, app_id: APP.id, bot_profile: withoutUser(botProfile(state)) }
      : {}),
    ...(message.blocks === undefined ? {} : { blocks: message.blocks }),
    ...(message.attachments === undefined ? {} : { attachments: message.attachments }),
    ...(message.files.length === 0
      ? {}
      : { files: presentFiles(state, message), upload: false, display_as_bot: false }),
    ...(message.edited === undefined ? {} : { edited: message.edited }),
    ...(isReply ? { thread_ts: message.threadTs, parent_user_id: parent?.user ?? message.user } : {}),
    ...(replies.length === 0 ? {} : threadFields(message, replies)),
    ...(message.reactions.length === 0 ? {} : { reactions: presentReactions(message) }),
    ...(pinned ? { pinned_to: [conversation.id] } : {}),
    ...(options.metadata === true && message.metadata !== undefined ? { metadata: message.metadata } : {}),
    ...message.extra,
  };
}

function tombstone(conversation: Conversation, message: Message): Json {
  return {
    type: 'message',
    subtype: 'tombstone',
    text: 'This message was deleted.',
    user: 'USLACKBOT',
    hidden: true,
    ts: message.ts,
    ...threadFields(message, repliesOf(conversation, message.ts)),
  };
}

/** A person of another company is named with their own team. */
function teamFields(team = TEAM.id as string): Json {
  return team === TEAM.id ? { team } : { team, user_team: team, source_team: team };
}

export function presentReactions(message: Message): readonly Json[] {
  return message.reactions.map(({ name, users }) => ({ name, users: [...users], count: users.length }));
}

function presentFiles(state: State, message: Message): readonly Json[] {
  return message.files.flatMap((id) => {
    const file = state.files.get(id);
    return file === undefined ? [] : [presentFile(state, file)];
  });
}

function threadFields(parent: Message, replies: readonly Message[]): Json {
  const users = [...new Set(replies.map((reply) => reply.user))];
  return {
    thread_ts: parent.ts,
    reply_count: replies.length,
    reply_users_count: users.length,
    latest_reply: replies.at(-1)?.ts,
    reply_users: users.slice(0, 5),
    is_locked: false,
    subscribed: false,
  };
}

function withoutUser(profile: Json): Json {
  const { user_id: _, ...rest } = profile;
  return rest;
}

/** https://slack.com/help: a reply's link carries its thread. */
export function permalink(conversation: Conversation, message: Pick<Message, 'ts' | 'threadTs'>): string {
  const link = `https://${TEAM.domain}.slack.com/archives/${conversation.id}/p${message.ts.replace('.', '')}`;
  const isReply = message.threadTs !== undefined && message.threadTs !== message.ts;
  return isReply ? `${link}?thread_ts=${message.threadTs}&cid=${conversation.id}` : link;
}
