import type { Messages } from './messages.ts';
import type { Conversation, Json, Message } from './model.ts';
import { permalink, presentMessage } from './present/message.ts';
import type { RaiseEvent } from './raise-event.ts';
import type { State } from './state.ts';

/** Reactions and pins. Each answers whether anything changed. */
export interface Marks {
  react(conversation: Conversation, message: Message, name: string, by: string): boolean;
  unreact(conversation: Conversation, message: Message, name: string, by: string): boolean;
  pin(conversation: Conversation, message: Message, by: string): boolean;
  unpin(conversation: Conversation, message: Message, by: string): boolean;
}

export function createMarks(state: State, messages: Messages, raise: RaiseEvent): Marks {
  function reaction(
    type: string,
    conversation: Conversation,
    message: Message,
    name: string,
    by: string,
  ): void {
    state.changed();
    raise(
      {
        type,
        user: by,
        reaction: name,
        item: { type: 'message', channel: conversation.id, ts: message.ts },
        item_user: message.user,
      },
      conversation,
    );
  }
  function pinEvent(type: string, conversation: Conversation, message: Message, by: string): void {
    state.changed();
    const created = Math.floor(state.now() / 1000);
    raise(
      {
        type,
        user: by,
        channel_id: conversation.id,
        item: pinItem(state, conversation, message, by, created),
        item_user: message.user,
        pin_count: conversation.pins.length,
        ...(type === 'pin_added'
          ? { pinned_info: { channel: conversation.id, pinned_by: by, pinned_ts: created } }
          : { has_pins: conversation.pins.length > 0 }),
      },
      conversation,
    );
  }
  return {
    react(conversation, message, name, by) {
      const known = message.reactions.find((mark) => mark.name === name);
      if (known?.users.includes(by) === true) return false;
      if (known === undefined) message.reactions.push({ name, users: [by] });
      else known.users.push(by);
      reaction('reaction_added', conversation, message, name, by);
      return true;
    },
    unreact(conversation, message, name, by) {
      const known = message.reactions.find((mark) => mark.name === name);
      const at = known?.users.indexOf(by) ?? -1;
      if (known === undefined || at < 0) return false;
      known.users.splice(at, 1);
      if (known.users.length === 0) message.reactions.splice(message.reactions.indexOf(known), 1);
      reaction('reaction_removed', conversation, message, name, by);
      return true;
    },
    pin(conversation, message, by) {
      if (conversation.pins.some((pin) => pin.ts === message.ts)) return false;
      conversation.pins.push({ ts: message.ts, by, at: state.now() });
      messages.systemLine(conversation, by, 'pinned_item', `<@${by}> pinned a message to this channel.`);
      pinEvent('pin_added', conversation, message, by);
      return true;
    },
    unpin(conversation, message, by) {
      const at = conversation.pins.findIndex((pin) => pin.ts === message.ts);
      if (at < 0) return false;
      conversation.pins.splice(at, 1);
      pinEvent('pin_removed', conversation, message, by);
      return true;
    },
  };
}

/** A pinned message as `pins.list` and the pin events carry it. */
export function pinItem(
  state: State,
  conversation: Conversation,
  message: Message,
  by: string,
  created: number,
): Json {
  return {
    type: 'message',
    created,
    created_by: by,
    channel: conversation.id,
    message: {
      ...presentMessage(state, conversation, message, { thread: false }),
      permalink: permalink(conversation, message),
    },
  };
}

/** Most pins a channel takes. */
export const MOST_PINS = 100;
