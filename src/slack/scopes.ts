/** Scopes of which one is needed for each kind of channel that Steady works in. */
const READ = ['channels:read', 'groups:read', 'im:read'] as const;
const HISTORY = ['channels:history', 'groups:history', 'im:history'] as const;

/** Every Web API method that Steady calls and the bot scopes it takes. https://docs.slack.dev/reference/methods */
export const METHOD_SCOPES = {
  'auth.test': [],
  'bots.info': ['users:read'],
  'bookmarks.add': ['bookmarks:write'],
  'bookmarks.edit': ['bookmarks:write'],
  'bookmarks.list': ['bookmarks:read'],
  'chat.getPermalink': [],
  'chat.postEphemeral': ['chat:write'],
  'chat.postMessage': ['chat:write'],
  'chat.update': ['chat:write'],
  'conversations.history': HISTORY,
  'conversations.info': READ,
  'conversations.members': READ,
  'conversations.open': ['im:write'],
  'conversations.replies': HISTORY,
  'conversations.setTopic': ['channels:write.topic', 'groups:write.topic'],
  'dnd.info': ['dnd:read'],
  'files.completeUploadExternal': ['files:write'],
  'files.getUploadURLExternal': ['files:write'],
  'files.info': ['files:read'],
  'files.list': ['files:read'],
  'pins.add': ['pins:write'],
  'pins.remove': ['pins:write'],
  'reactions.add': ['reactions:write'],
  'reactions.get': ['reactions:read'],
  'reactions.remove': ['reactions:write'],
  'usergroups.users.list': ['usergroups:read'],
  'users.conversations': READ,
  'users.info': ['users:read'],
  'views.open': [],
  'views.publish': [],
  'views.push': [],
  'views.update': [],
} as const satisfies Readonly<Record<string, readonly string[]>>;

/** Called only with `[slack] new_channels`; their scopes are asked for only then. */
export const NEW_CHANNEL_SCOPES = {
  'conversations.create': ['channels:manage', 'groups:write'],
  'conversations.invite': ['channels:manage', 'groups:write'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

/** Called only for canvases; an app without these scopes has none, and everything else works. */
export const CANVAS_SCOPES = {
  'canvases.access.set': ['canvases:write'],
  'canvases.create': ['canvases:write'],
  'canvases.edit': ['canvases:write'],
  'canvases.sections.lookup': ['canvases:read'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

/** Every event that the manifest subscribes to and the scopes it takes. https://docs.slack.dev/reference/events */
export const EVENT_SCOPES = {
  app_home_opened: [],
  app_mention: ['app_mentions:read'],
  app_uninstalled: [],
  channel_archive: ['channels:read'],
  channel_left: ['channels:read'],
  channel_shared: ['channels:read', 'groups:read'],
  channel_unarchive: ['channels:read'],
  group_archive: ['groups:read'],
  group_left: ['groups:read'],
  group_unarchive: ['groups:read'],
  member_joined_channel: ['channels:read', 'groups:read'],
  'message.channels': ['channels:history'],
  'message.groups': ['groups:history'],
  'message.im': ['im:history'],
  pin_added: ['pins:read'],
  pin_removed: ['pins:read'],
  reaction_added: ['reactions:read'],
  reaction_removed: ['reactions:read'],
  tokens_revoked: [],
} as const satisfies Readonly<Record<string, readonly string[]>>;

/** Slash commands and shortcuts. */
export const COMMAND_SCOPE = 'commands';

/** What the app must have been granted, sorted. */
export function neededScopes({
  newChannels = false,
}: {
  readonly newChannels?: boolean;
} = {}): readonly string[] {
  const all = [
    COMMAND_SCOPE,
    ...Object.values(METHOD_SCOPES).flat(),
    ...Object.values(EVENT_SCOPES).flat(),
    ...(newChannels ? Object.values(NEW_CHANNEL_SCOPES).flat() : []),
  ];
  return [...new Set<string>(all)].sort();
}
