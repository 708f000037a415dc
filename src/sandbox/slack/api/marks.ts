import { MOST_PINS, pinItem } from '../marks.ts';
import { APP } from '../options.ts';
import { presentMessage, presentReactions } from '../present/message.ts';
import { findMessage } from '../state.ts';
import { ApiError } from './api-error.ts';
import { conversationOf, type Methods, messageOf, ownConversation } from './method.ts';

/** Pins and reactions. https://docs.slack.dev/reference/methods?family=pins https://docs.slack.dev/reference/methods?family=reactions */
export const marks: Methods = {
  'pins.add': {
    tier: 2,
    scopes: ['pins:write'],
    run(call) {
      const conversation = ownConversation(call);
      const message = messageOf(call, conversation);
      if (conversation.pins.length >= MOST_PINS && !conversation.pins.some((pin) => pin.ts === message.ts))
        throw new ApiError('too_many_pins');
      if (!call.slack.marks.pin(conversation, message, APP.botUserId)) throw new ApiError('already_pinned');
      return {};
    },
  },
  'pins.remove': {
    tier: 2,
    scopes: ['pins:write'],
    run(call) {
      const conversation = ownConversation(call);
      const message = messageOf(call, conversation);
      if (!call.slack.marks.unpin(conversation, message, APP.botUserId)) throw new ApiError('no_pin');
      return {};
    },
  },
  'pins.list': {
    tier: 2,
    scopes: ['pins:read'],
    run(call) {
      const conversation = conversationOf(call);
      const items = [...conversation.pins].reverse().flatMap((pin) => {
        const message = findMessage(conversation, pin.ts);
        return message === undefined
          ? []
          : [pinItem(call.slack.state, conversation, message, pin.by, Math.floor(pin.at / 1000))];
      });
      return { items };
    },
  },
  'reactions.add': {
    tier: 3,
    scopes: ['reactions:write'],
    run(call) {
      const conversation = ownConversation(call);
      const message = messageOf(call, conversation);
      if (
        !call.slack.marks.react(conversation, message, emojiName(call.args.required('name')), APP.botUserId)
      )
        throw new ApiError('already_reacted');
      return {};
    },
  },
  'reactions.remove': {
    tier: 2,
    scopes: ['reactions:write'],
    run(call) {
      const conversation = ownConversation(call);
      const message = messageOf(call, conversation);
      const name = emojiName(call.args.required('name'));
      if (!call.slack.marks.unreact(conversation, message, name, APP.botUserId))
        throw new ApiError('no_reaction');
      return {};
    },
  },
  'reactions.get': {
    tier: 3,
    scopes: ['reactions:read'],
    run(call) {
      const conversation = conversationOf(call);
      const message = messageOf(call, conversation);
      return {
        type: 'message',
        channel: conversation.id,
        message: {
          ...presentMessage(call.slack.state, conversation, message),
          ...(message.reactions.length === 0 ? {} : { reactions: presentReactions(message) }),
          permalink: `https://acme-sandbox.slack.com/archives/${conversation.id}/p${message.ts.replace('.', '')}`,
        },
      };
    },
  },
};

function emojiName(name: string): string {
  const bare = name.replace(/^:|:$/g, '');
  if (!/^[\p{L}\p{N}_+'-]+(::skin-tone-[2-6])?$/u.test(bare)) throw new ApiError('invalid_name');
  return bare;
}
