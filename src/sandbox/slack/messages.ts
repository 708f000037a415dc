import { mentionsIn } from './mentions.ts';
import type { Conversation, Json, Message } from './model.ts';
import { notify } from './notify.ts';
import { APP } from './options.ts';
import { presentMessage } from './present/message.ts';
import { channelType, type RaiseEvent } from './raise-event.ts';
import { repliesOf, type State } from './state.ts';

export interface Draft {
  readonly user: string;
  readonly bot: boolean;
  readonly text: string;
  readonly blocks?: readonly Json[] | undefined;
  readonly attachments?: readonly Json[] | undefined;
  readonly metadata?: Json | undefined;
  readonly threadTs?: string | undefined;
  readonly files?: readonly string[] | undefined;
  readonly subtype?: string | undefined;
  readonly extra?: Json | undefined;
  readonly clientMsgId?: string | undefined;
}

export interface Change {
  readonly text: string;
  readonly blocks?: readonly Json[] | undefined;
  readonly attachments?: readonly Json[] | undefined;
  /** Left out: the metadata stay as they are; an empty object removes them. */
  readonly metadata?: Json | undefined;
}

/** What happens to messages, whoever does it: the record, the events, the notifications. */
export interface Messages {
  post(conversation: Conversation, draft: Draft): Message;
  edit(conversation: Conversation, message: Message, change: Change, by: string): void;
  remove(conversation: Conversation, message: Message): void;
  /** Seen by one person only; in no history, notifies nobody. */
  whisper(conversation: Conversation, onlyFor: string, draft: Draft): Message;
  /** `Lea has joined the channel` and its like. */
  systemLine(conversation: Conversation, user: string, subtype: string, text: string, extra?: Json): Message;
}

export function createMessages(state: State, raise: RaiseEvent): Messages {
  const place = (conversation: Conversation): Json => ({
    channel: conversation.id,
    channel_type: channelType(conversation),
  });

  function build(draft: Draft, onlyFor?: string): Message {
    return {
      ts: state.nextTs(),
      user: draft.user,
      bot: draft.bot,
      text: draft.text,
      files: [...(draft.files ?? [])],
      reactions: [],
      ...(draft.threadTs === undefined ? {} : { threadTs: draft.threadTs }),
      ...(draft.blocks === undefined ? {} : { blocks: draft.blocks }),
      ...(draft.attachments === undefined ? {} : { attachments: draft.attachments }),
      ...(draft.metadata === undefined ? {} : { metadata: draft.metadata }),
      ...(draft.subtype === undefined ? {} : { subtype: draft.subtype }),
      ...(draft.extra === undefined ? {} : { extra: draft.extra }),
      ...(draft.clientMsgId === undefined ? {} : { clientMsgId: draft.clientMsgId }),
      ...(onlyFor === undefined ? {} : { onlyFor }),
    };
  }

  function raiseMention(conversation: Conversation, message: Message, eventTs: string): void {
    if (conversation.kind === 'dm' || message.bot) return;
    const shown = presentMessage(state, conversation, message, { thread: false });
    raise({ ...shown, type: 'app_mention', channel: conversation.id, event_ts: eventTs }, conversation);
  }

  const namesApp = (message: Pick<Message, 'text' | 'blocks'>): boolean =>
    mentionsIn(message).users.has(APP.botUserId) || message.text.includes(`<@${APP.botUserId}>`);

  function post(conversation: Conversation, draft: Draft): Message {
    const message = build(draft);
    conversation.messages.push(message);
    conversation.read.set(message.user, message.ts);
    notify(state, conversation, message);
    state.changed();
    raise(
      {
        ...presentMessage(state, conversation, message, { thread: false }),
        ...place(conversation),
        event_ts: message.ts,
      },
      conversation,
    );
    if (message.subtype === undefined || message.subtype === 'file_share')
      if (namesApp(message)) raiseMention(conversation, message, message.ts);
    return message;
  }

  return {
    post,
    edit(conversation, message, change, by) {
      const named = namesApp(message);
      const previous = presentMessage(state, conversation, message);
      const ts = state.nextTs();
      message.text = change.text;
      if (change.blocks === undefined || change.blocks.length === 0) delete message.blocks;
      else message.blocks = change.blocks;
      if (change.attachments === undefined || change.attachments.length === 0) delete message.attachments;
      else message.attachments = change.attachments;
      if (change.metadata !== undefined && Object.keys(change.metadata).length === 0) delete message.metadata;
      else if (change.metadata !== undefined) message.metadata = change.metadata;
      message.edited = { user: by, ts };
      state.changed();
      raise(
        {
          type: 'message',
          subtype: 'message_changed',
          ...place(conversation),
          hidden: true,
          message: presentMessage(state, conversation, message),
          previous_message: previous,
          ts,
          event_ts: ts,
        },
        conversation,
      );
      if (namesApp(message) && (!named || state.options.mentionOnEveryEdit === true))
        raiseMention(conversation, message, ts);
    },
    remove(conversation, message) {
      const previous = presentMessage(state, conversation, message);
      const ts = state.nextTs();
      const pinned = conversation.pins.findIndex((pin) => pin.ts === message.ts);
      if (pinned >= 0) conversation.pins.splice(pinned, 1);
      const keep = repliesOf(conversation, message.ts).length > 0;
      if (keep) message.tombstone = true;
      else conversation.messages.splice(conversation.messages.indexOf(message), 1);
      state.changed();
      const common = { ...place(conversation), hidden: true, previous_message: previous, ts, event_ts: ts };
      raise(
        keep
          ? {
              type: 'message',
              subtype: 'message_changed',
              ...common,
              message: presentMessage(state, conversation, message),
            }
          : { type: 'message', subtype: 'message_deleted', ...common, deleted_ts: message.ts },
        conversation,
      );
    },
    whisper(conversation, onlyFor, draft) {
      const message = build(draft, onlyFor);
      conversation.ephemerals.push(message);
      state.changed();
      return message;
    },
    systemLine: (conversation, user, subtype, text, extra) =>
      post(conversation, { user, bot: user === APP.botUserId, text, subtype, extra }),
  };
}
