import type { Bookmark, Conversation, Json } from '../model.ts';
import { APP, TEAM } from '../options.ts';
import { ApiError } from './api-error.ts';
import { type Call, type Methods, ownConversation } from './method.ts';

const WRITE = ['bookmarks:write'] as const;
const MOST_BOOKMARKS = 100;

/** https://docs.slack.dev/reference/methods?family=bookmarks */
export const bookmarks: Methods = {
  'bookmarks.add': {
    tier: 2,
    scopes: WRITE,
    run(call) {
      const conversation = ownConversation(call, 'channel_id');
      if (conversation.bookmarks.length >= MOST_BOOKMARKS) throw new ApiError('too_many_bookmarks');
      if (call.args.required('type') !== 'link') throw new ApiError('invalid_bookmark_type');
      const now = call.slack.state.now();
      const bookmark: Bookmark = {
        id: call.slack.state.nextId('Bk'),
        title: call.args.required('title'),
        link: link(call),
        emoji: call.args.text('emoji') ?? '',
        created: now,
        updated: now,
        updatedBy: APP.botUserId,
      };
      conversation.bookmarks.push(bookmark);
      call.slack.state.changed();
      return { bookmark: present(conversation, bookmark) };
    },
  },
  'bookmarks.edit': {
    tier: 2,
    scopes: WRITE,
    run(call) {
      const conversation = ownConversation(call, 'channel_id');
      const bookmark = find(call, conversation);
      bookmark.title = call.args.text('title') ?? bookmark.title;
      if (call.args.text('link') !== undefined) bookmark.link = link(call);
      bookmark.emoji = call.args.text('emoji') ?? bookmark.emoji;
      bookmark.updated = call.slack.state.now();
      call.slack.state.changed();
      return { bookmark: present(conversation, bookmark) };
    },
  },
  'bookmarks.remove': {
    tier: 2,
    scopes: WRITE,
    run(call) {
      const conversation = ownConversation(call, 'channel_id');
      conversation.bookmarks.splice(conversation.bookmarks.indexOf(find(call, conversation)), 1);
      call.slack.state.changed();
      return {};
    },
  },
  'bookmarks.list': {
    tier: 3,
    scopes: ['bookmarks:read'],
    run(call) {
      const conversation = ownConversation(call, 'channel_id');
      return { bookmarks: conversation.bookmarks.map((bookmark) => present(conversation, bookmark)) };
    },
  },
};

function find(call: Call, conversation: Conversation): Bookmark {
  const id = call.args.required('bookmark_id');
  const bookmark = conversation.bookmarks.find((candidate) => candidate.id === id);
  if (bookmark === undefined) throw new ApiError('not_found');
  return bookmark;
}

function link(call: Call): string {
  const given = call.args.required('link');
  if (!/^https?:\/\/\S+$/i.test(given)) throw new ApiError('invalid_link');
  return given;
}

function present(conversation: Conversation, bookmark: Bookmark): Json {
  return {
    id: bookmark.id,
    channel_id: conversation.id,
    title: bookmark.title,
    link: bookmark.link,
    emoji: bookmark.emoji,
    icon_url: null,
    type: 'link',
    entity_id: null,
    date_created: Math.floor(bookmark.created / 1000),
    date_updated: Math.floor(bookmark.updated / 1000),
    rank: 'i',
    last_updated_by_user_id: bookmark.updatedBy,
    last_updated_by_team_id: TEAM.id,
    shortcut_id: null,
    app_id: APP.id,
  };
}
