import { escapeText } from './compose/render-text.ts';
import type { Messages } from './messages.ts';
import type { Conversation } from './model.ts';
import { APP, TEAM } from './options.ts';
import type { RaiseEvent } from './raise-event.ts';
import type { State } from './state.ts';

/** Who comes and goes, and what becomes of a channel as a whole. */
export interface Membership {
  join(conversation: Conversation, user: string, inviter?: string): void;
  /** `by` is who removed the person, if it was not their own doing. */
  leave(conversation: Conversation, user: string, by?: string): void;
  setTopic(conversation: Conversation, by: string, topic: string): void;
  archive(conversation: Conversation, by: string): void;
  unarchive(conversation: Conversation, by: string): void;
  rename(conversation: Conversation, by: string, name: string): void;
  /** Shares with another company's workspace, or ends that. */
  share(conversation: Conversation, shared: boolean): void;
}

export function createMembership(state: State, messages: Messages, raise: RaiseEvent): Membership {
  const letter = (conversation: Conversation): string => (conversation.kind === 'private' ? 'G' : 'C');
  const family = (conversation: Conversation): string =>
    conversation.kind === 'private' ? 'group' : 'channel';
  return {
    join(conversation, user, inviter) {
      if (conversation.members.has(user)) return;
      conversation.members.add(user);
      const line = `${family(conversation)}_join`;
      messages.systemLine(
        conversation,
        user,
        line,
        `<@${user}> has joined the ${family(conversation)}`,
        inviter === undefined ? undefined : { inviter },
      );
      raise(
        {
          type: 'member_joined_channel',
          user,
          channel: conversation.id,
          channel_type: letter(conversation),
          team: state.users.get(user)?.teamId ?? TEAM.id,
          ...(inviter === undefined ? {} : { inviter }),
        },
        conversation,
      );
      state.changed();
    },
    leave(conversation, user, by) {
      if (!conversation.members.delete(user)) return;
      if (user !== APP.botUserId)
        messages.systemLine(
          conversation,
          user,
          `${family(conversation)}_leave`,
          `<@${user}> has left the ${family(conversation)}`,
        );
      if (user === APP.botUserId)
        raise(
          { type: `${family(conversation)}_left`, channel: conversation.id, actor_id: by ?? user },
          conversation,
        );
      raise(
        {
          type: 'member_left_channel',
          user,
          channel: conversation.id,
          channel_type: letter(conversation),
          team: state.users.get(user)?.teamId ?? TEAM.id,
        },
        conversation,
      );
      state.changed();
    },
    setTopic(conversation, by, topic) {
      conversation.topic = topic;
      const said = topic === '' ? 'cleared the channel topic' : `set the channel topic: ${escapeText(topic)}`;
      messages.systemLine(conversation, by, `${family(conversation)}_topic`, `<@${by}> ${said}`, { topic });
    },
    archive(conversation, by) {
      messages.systemLine(
        conversation,
        by,
        `${family(conversation)}_archive`,
        `<@${by}> archived the channel`,
      );
      conversation.archived = true;
      raise(
        { type: `${family(conversation)}_archive`, channel: conversation.id, user: by, is_moved: 0 },
        conversation,
      );
      state.changed();
    },
    unarchive(conversation, by) {
      conversation.archived = false;
      messages.systemLine(
        conversation,
        by,
        `${family(conversation)}_unarchive`,
        `<@${by}> un-archived the channel`,
      );
      raise({ type: `${family(conversation)}_unarchive`, channel: conversation.id, user: by }, conversation);
      state.changed();
    },
    rename(conversation, by, name) {
      const old_name = conversation.name;
      conversation.name = name;
      const said = `<@${by}> has renamed the channel from "${old_name}" to "${name}"`;
      messages.systemLine(conversation, by, `${family(conversation)}_name`, said, { old_name, name });
      raise(
        {
          type: `${family(conversation)}_rename`,
          channel: {
            id: conversation.id,
            name,
            name_normalized: name,
            created: Math.floor(conversation.created / 1000),
            is_channel: conversation.kind === 'channel',
            is_mpim: false,
          },
        },
        conversation,
      );
      state.changed();
    },
    share(conversation, shared) {
      conversation.shared = shared;
      raise(
        {
          type: shared ? 'channel_shared' : 'channel_unshared',
          channel: conversation.id,
          ...(shared
            ? { connected_team_id: 'T0OTHERCO1' }
            : { previously_connected_team_id: 'T0OTHERCO1', is_ext_shared: false }),
        },
        conversation,
      );
      state.changed();
    },
  };
}
