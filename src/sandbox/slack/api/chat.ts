import type { Conversation, Json, Message } from '../model.ts';
import { APP } from '../options.ts';
import { permalink, presentMessage } from '../present/message.ts';
import { directMessage } from '../state.ts';
import { ApiError } from './api-error.ts';
import { readContent, timestamp } from './content.ts';
import { type Call, conversationOf, isIn, type Methods, messageOf, needScope } from './method.ts';

const WRITE = ['chat:write'] as const;
/** `chat.update` refuses longer texts. */
const LONGEST_UPDATE = 4_000;

/** https://docs.slack.dev/reference/methods?family=chat */
export const chat: Methods = {
  'chat.postMessage': {
    tier: 'post',
    scopes: WRITE,
    run(call) {
      const conversation = target(call);
      const content = readContent(call.slack, call.args);
      const parent = thread(call, conversation);
      const broadcast = parent !== undefined && call.args.flag('reply_broadcast');
      const message = call.slack.messages.post(conversation, {
        user: APP.botUserId,
        bot: true,
        ...content,
        threadTs: parent,
        subtype: broadcast ? 'thread_broadcast' : undefined,
      });
      const shown = presentMessage(call.slack.state, conversation, message, {
        metadata: true,
        thread: false,
      });
      return {
        channel: conversation.id,
        ts: message.ts,
        message: shown,
        ...(content.truncated ? { warning: 'message_truncated' } : {}),
      };
    },
  },
  'chat.postEphemeral': {
    tier: 4,
    scopes: WRITE,
    run(call) {
      const conversation = conversationOf(call);
      if (conversation.archived) throw new ApiError('is_archived');
      if (!isIn(conversation)) throw new ApiError('not_in_channel');
      const user = call.args.required('user');
      if (!call.slack.state.users.has(user)) throw new ApiError('user_not_found');
      if (!conversation.members.has(user)) throw new ApiError('user_not_in_channel');
      const content = readContent(call.slack, call.args);
      const message = call.slack.messages.whisper(conversation, user, {
        user: APP.botUserId,
        bot: true,
        ...content,
        threadTs: thread(call, conversation),
      });
      return { message_ts: message.ts };
    },
  },
  'chat.update': {
    tier: 3,
    scopes: WRITE,
    run(call) {
      const conversation = conversationOf(call);
      const message = messageOf(call, conversation, 'ts');
      if (message.user !== APP.botUserId || message.subtype === 'channel_join')
        throw new ApiError('cant_update_message');
      if (conversation.archived) throw new ApiError('is_archived');
      if ((call.args.raw('text') ?? '').length > LONGEST_UPDATE) throw new ApiError('msg_too_long');
      const content = readContent(call.slack, call.args);
      if (mismatch(message, content.blocks)) throw new ApiError('block_mismatch');
      call.slack.messages.edit(
        conversation,
        message,
        { ...content, attachments: content.attachments ?? message.attachments },
        APP.botId,
      );
      return {
        channel: conversation.id,
        ts: message.ts,
        text: message.text,
        message: withoutTs(presentMessage(call.slack.state, conversation, message, { metadata: true })),
      };
    },
  },
  'chat.delete': {
    tier: 3,
    scopes: WRITE,
    run(call) {
      const conversation = conversationOf(call);
      const message = messageOf(call, conversation, 'ts');
      if (message.user !== APP.botUserId) throw new ApiError('cant_delete_message');
      call.slack.messages.remove(conversation, message);
      return { channel: conversation.id, ts: message.ts };
    },
  },
  'chat.getPermalink': {
    tier: 'none',
    run(call) {
      const conversation = conversationOf(call);
      const message = messageOf(call, conversation, 'message_ts');
      return { channel: conversation.id, permalink: permalink(conversation, message) };
    },
  },
};

/** Where a post goes; a person's id stands for the direct message with them. */
function target(call: Call): Conversation {
  const id = call.args.required('channel');
  const person = call.slack.state.users.get(id);
  if (person !== undefined) {
    if (person.isBot) throw new ApiError('cannot_dm_bot');
    if (person.deactivated) throw new ApiError('channel_not_found');
    return directMessage(call.slack.state, person.id, APP.botUserId);
  }
  const conversation = conversationOf(call);
  if (conversation.archived) throw new ApiError('is_archived');
  if (!isIn(conversation)) {
    if (!call.slack.state.app.scopes.includes('chat:write.public')) throw new ApiError('not_in_channel');
    needScope(call.slack, ['chat:write.public']);
  }
  if (conversation.restricted) throw new ApiError('restricted_action');
  return conversation;
}

/** The thread to post in: the parent's, when a reply was named. */
function thread(call: Call, conversation: Conversation): string | undefined {
  const ts = timestamp(call.args, 'thread_ts');
  if (ts === undefined) return undefined;
  const parent = conversation.messages.find((message) => message.ts === ts);
  if (parent === undefined) throw new ApiError('thread_not_found');
  return parent.threadTs ?? parent.ts;
}

/** A message that is rich text alone cannot become something else. */
function mismatch(message: Message, blocks: readonly Json[] | undefined): boolean {
  const rich = (block: Json): boolean => block.type === 'rich_text';
  if (blocks === undefined || blocks.length === 0 || message.blocks === undefined) return false;
  return message.blocks.every(rich) && !blocks.some(rich);
}

function withoutTs(message: Json): Json {
  const { ts: _, ...rest } = message;
  return rest;
}
