import type { Delivery } from './delivery/deliver.ts';
import type { Conversation, Json } from './model.ts';
import { APP, TEAM } from './options.ts';
import type { State } from './state.ts';

/** Hands an inner event to the app, if its manifest subscribes to it and it may see the conversation. */
export type RaiseEvent = (event: Json, conversation?: Conversation) => void;

const CHANNEL_TYPE = { channel: 'channel', private: 'group', dm: 'im' } as const;

/** `channel`, `group` or `im`. */
export function channelType(conversation: Conversation): string {
  return CHANNEL_TYPE[conversation.kind];
}

const MESSAGE_NAME = { channel: 'message.channels', private: 'message.groups', dm: 'message.im' } as const;

/** Events about public channels that reach an app outside them. */
const PUBLIC: ReadonlySet<string> = new Set([
  'channel_archive',
  'channel_unarchive',
  'channel_rename',
  'channel_created',
  'channel_shared',
  'channel_unshared',
]);

export function createRaiseEvent(state: State, delivery: Delivery): RaiseEvent {
  return (event, conversation) => {
    const type = String(event.type);
    const name = type === 'message' && conversation !== undefined ? MESSAGE_NAME[conversation.kind] : type;
    if (!state.app.events.includes(name)) return;
    if (conversation !== undefined && !conversation.members.has(APP.botUserId) && !PUBLIC.has(type)) {
      const leaving =
        type === 'channel_left' ||
        type === 'group_left' ||
        (type === 'member_left_channel' && event.user === APP.botUserId);
      if (!leaving) return;
    }
    const payload = {
      token: 'sandbox-verification-token',
      team_id: TEAM.id,
      context_team_id: TEAM.id,
      context_enterprise_id: null,
      api_app_id: APP.id,
      event: { ...event, event_ts: event.event_ts ?? state.nextTs() },
      type: 'event_callback',
      event_id: state.nextId('Ev'),
      event_time: Math.floor(state.now() / 1000),
      authorizations: [
        {
          enterprise_id: null,
          team_id: TEAM.id,
          user_id: APP.botUserId,
          is_bot: true,
          is_enterprise_install: false,
        },
      ],
      is_ext_shared_channel: conversation?.shared ?? false,
      event_context: `4-${state.nextId('')}`,
    };
    delivery.event({ kind: 'events_api', payload, acceptsResponse: false });
  };
}
