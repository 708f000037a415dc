import type { Conversation, Json } from '../model.ts';
import { APP, TEAM } from '../options.ts';
import { appDmPerson, type State } from '../state.ts';

/** A conversation as the app sees it. */
export function presentConversation(conversation: Conversation): Json {
  const created = Math.floor(conversation.created / 1000);
  const shared = {
    is_org_shared: false,
    is_shared: conversation.shared,
    is_ext_shared: conversation.shared,
    context_team_id: TEAM.id,
    updated: conversation.created,
  };
  if (conversation.kind === 'dm') {
    return {
      id: conversation.id,
      created,
      is_archived: false,
      is_im: true,
      is_org_shared: false,
      context_team_id: TEAM.id,
      updated: conversation.created,
      user: appDmPerson(conversation) ?? conversation.creator,
      last_read: conversation.read.get(APP.botUserId) ?? '0000000000.000000',
      is_open: true,
      priority: 0,
    };
  }
  return {
    id: conversation.id,
    name: conversation.name,
    is_channel: conversation.kind === 'channel',
    is_group: conversation.kind === 'private',
    is_im: false,
    is_mpim: false,
    is_private: conversation.kind === 'private',
    created,
    is_archived: conversation.archived,
    is_general: conversation.name === 'general',
    unlinked: 0,
    name_normalized: conversation.name,
    ...shared,
    pending_shared: [],
    pending_connected_team_ids: [],
    is_pending_ext_shared: false,
    creator: conversation.creator,
    shared_team_ids: [TEAM.id],
    is_member: conversation.members.has(APP.botUserId),
    topic: { value: conversation.topic, creator: conversation.creator, last_set: created },
    purpose: { value: '', creator: '', last_set: 0 },
    previous_names: [],
  };
}

/** How many people are in it, apps not counted; only told when asked for. */
export function memberCount(state: State, conversation: Conversation): number {
  return [...conversation.members].filter((id) => state.users.get(id)?.isBot !== true).length;
}
