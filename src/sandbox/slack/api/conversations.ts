import type { Conversation, Message } from '../model.ts';
import { APP } from '../options.ts';
import { memberCount, presentConversation } from '../present/conversation.ts';
import { presentMessage } from '../present/message.ts';
import { directMessage, emptyConversation, repliesOf } from '../state.ts';
import { ApiError } from './api-error.ts';
import { timestamp } from './content.ts';
import {
  type Call,
  conversationOf,
  isIn,
  type Methods,
  needScope,
  ownConversation,
  page,
  scopesFor,
} from './method.ts';

const READ = scopesFor('read');
const HISTORY = scopesFor('history');
const MANAGE = { channel: ['channels:manage'], private: ['groups:write'], dm: ['im:write'] } as const;
const TOPIC = {
  channel: ['channels:manage', 'channels:write.topic'],
  private: ['groups:write', 'groups:write.topic'],
  dm: ['im:write.topic'],
} as const;
const INVITE = {
  channel: ['channels:manage', 'channels:write.invites'],
  private: ['groups:write', 'groups:write.invites'],
  dm: ['im:write'],
} as const;

/** https://docs.slack.dev/reference/methods?family=conversations */
export const conversations: Methods = {
  'conversations.info': {
    tier: 3,
    run(call) {
      const conversation = conversationOf(call, 'channel', READ);
      const counted = call.args.flag('include_num_members') && conversation.kind !== 'dm';
      return {
        channel: {
          ...presentConversation(conversation),
          ...(counted ? { num_members: memberCount(call.slack.state, conversation) } : {}),
        },
      };
    },
  },
  'conversations.list': {
    tier: 2,
    run(call) {
      const kinds = wantedKinds(call);
      const all = [...call.slack.state.conversations.values()].filter(
        (item) =>
          kinds.includes(item.kind) &&
          (item.kind === 'channel' || isIn(item)) &&
          !(item.archived && call.args.flag('exclude_archived')),
      );
      const { items, next } = page(call, all, 100);
      return {
        channels: items.map((item) => presentConversation(item)),
        response_metadata: { next_cursor: next },
      };
    },
  },
  'conversations.members': {
    tier: 4,
    run(call) {
      const conversation = conversationOf(call, 'channel', READ);
      const { items, next } = page(call, [...conversation.members], 100);
      return { members: items, response_metadata: { next_cursor: next } };
    },
  },
  'conversations.history': {
    tier: 3,
    run(call) {
      const conversation = conversationOf(call, 'channel', HISTORY);
      if (!isIn(conversation)) throw new ApiError('not_in_channel');
      const shown = conversation.messages
        .filter((message) => message.threadTs === undefined || message.subtype === 'thread_broadcast')
        .filter(within(call))
        .reverse();
      return { ...readPage(call, conversation, shown), pin_count: conversation.pins.length };
    },
  },
  'conversations.replies': {
    tier: 3,
    run(call) {
      const conversation = conversationOf(call, 'channel', HISTORY);
      if (!isIn(conversation)) throw new ApiError('not_in_channel');
      const ts = call.args.required('ts');
      const found = conversation.messages.find((message) => message.ts === ts);
      if (found === undefined) throw new ApiError('thread_not_found');
      const root = found.threadTs ?? found.ts;
      const parent = conversation.messages.filter((message) => message.ts === root);
      const replies = repliesOf(conversation, root).filter(within(call));
      return readPage(call, conversation, [...parent, ...replies]);
    },
  },
  'conversations.open': {
    tier: 3,
    scopes: ['im:write', 'mpim:write'],
    run(call) {
      const { state } = call.slack;
      const given = call.args.text('channel');
      if (given !== undefined) return { channel: { id: conversationOf(call).id } };
      const [user, ...others] = call.args.names('users');
      if (user === undefined) throw new ApiError('users_list_not_supplied');
      if (others.length > 0) throw new ApiError('too_many_users');
      const person = state.users.get(user);
      if (person === undefined) throw new ApiError('user_not_found');
      if (person.deactivated) throw new ApiError('user_disabled');
      if (person.isBot) throw new ApiError('cannot_dm_bot');
      const before = state.conversations.size;
      const conversation = directMessage(state, user, APP.botUserId);
      const known = state.conversations.size === before;
      return {
        ...(known ? { no_op: true, already_open: true } : {}),
        channel: call.args.flag('return_im') ? presentConversation(conversation) : { id: conversation.id },
      };
    },
  },
  'conversations.create': {
    tier: 2,
    run(call) {
      const { state } = call.slack;
      const hidden = call.args.flag('is_private');
      needScope(call.slack, hidden ? MANAGE.private : MANAGE.channel);
      const name = call.args.required('name');
      if (name.length > 80) throw new ApiError('invalid_name_maxlength');
      if (!/^[\p{Ll}\p{Lo}\p{N}_-]+$/u.test(name)) throw new ApiError('invalid_name_specials');
      if (/^[_-]+$/.test(name)) throw new ApiError('invalid_name_punctuation');
      if ([...state.conversations.values()].some((item) => item.name === name))
        throw new ApiError('name_taken');
      const conversation = emptyConversation({
        id: state.nextId('C'),
        name,
        kind: hidden ? 'private' : 'channel',
        created: state.now(),
        creator: APP.botUserId,
        members: new Set([APP.botUserId]),
      });
      state.conversations.set(conversation.id, conversation);
      state.changed();
      return { channel: presentConversation(conversation) };
    },
  },
  'conversations.join': {
    tier: 3,
    scopes: ['channels:join'],
    run(call) {
      const conversation = conversationOf(call);
      if (conversation.kind !== 'channel') throw new ApiError('method_not_supported_for_channel_type');
      if (conversation.archived) throw new ApiError('is_archived');
      const already = isIn(conversation);
      call.slack.membership.join(conversation, APP.botUserId);
      return {
        channel: presentConversation(conversation),
        ...(already
          ? { warning: 'already_in_channel', response_metadata: { warnings: ['already_in_channel'] } }
          : {}),
      };
    },
  },
  'conversations.invite': {
    tier: 3,
    run(call) {
      const conversation = ownConversation(call, 'channel', INVITE);
      const users = call.args.names('users');
      if (users.length === 0) throw new ApiError('no_user');
      for (const user of users) {
        if (user === APP.botUserId) throw new ApiError('cant_invite_self');
        const person = call.slack.state.users.get(user);
        if (person === undefined || person.deactivated) throw new ApiError('user_not_found');
        if (conversation.members.has(user)) throw new ApiError('already_in_channel');
      }
      for (const user of users) call.slack.membership.join(conversation, user, APP.botUserId);
      return { channel: presentConversation(conversation) };
    },
  },
  'conversations.setTopic': {
    tier: 2,
    run(call) {
      const conversation = ownConversation(call, 'channel', TOPIC);
      if (conversation.kind === 'dm') throw new ApiError('method_not_supported_for_channel_type');
      const topic = call.args.raw('topic') ?? '';
      if (topic.length > 250) throw new ApiError('too_long');
      call.slack.membership.setTopic(conversation, APP.botUserId, topic);
      return { channel: presentConversation(conversation) };
    },
  },
};

function wantedKinds(call: Call): readonly Conversation['kind'][] {
  const types = call.args.text('types') ?? 'public_channel';
  const kinds: Conversation['kind'][] = [];
  for (const type of types.split(',').map((item) => item.trim())) {
    if (type === 'public_channel') kinds.push('channel');
    else if (type === 'private_channel') kinds.push('private');
    else if (type === 'im') kinds.push('dm');
    else if (type !== 'mpim') throw new ApiError('invalid_types');
  }
  for (const kind of kinds) needScope(call.slack, READ[kind]);
  return kinds;
}

function within(call: Call): (message: Message) => boolean {
  const oldest = Number(timestamp(call.args, 'oldest') ?? '0');
  const latest = Number(timestamp(call.args, 'latest') ?? 'Infinity');
  const inclusive = call.args.flag('inclusive');
  return ({ ts }) => {
    const at = Number(ts);
    return inclusive ? at >= oldest && at <= latest : at > oldest && at < latest;
  };
}

/** Fifteen at a time for apps under Slack's restriction of May 2025. */
function readPage(call: Call, conversation: Conversation, messages: readonly Message[]) {
  const cap = call.slack.state.options.restrictedHistory === true ? 15 : 1000;
  const limit = Math.min(cap, call.args.number('limit', Math.min(cap, 100)));
  const capped = { ...call, args: { ...call.args, number: () => limit } };
  const { items, next } = page(capped, messages, limit);
  const metadata = call.args.flag('include_all_metadata');
  return {
    messages: items.map((message) => presentMessage(call.slack.state, conversation, message, { metadata })),
    has_more: next !== '',
    ...(next === '' ? {} : { response_metadata: { next_cursor: next } }),
  };
}
