import type { Instant } from '../../domain/time.ts';
import { ApiError } from './api/api-error.ts';
import { readArguments } from './api/arguments.ts';
import { readContent } from './api/content.ts';
import type { Json, Message } from './model.ts';
import { APP, TEAM } from './options.ts';
import type { Slack } from './slack.ts';
import { findMessage } from './state.ts';

const USES = 5;
const LIFE = 30 * 60_000;

/** Where an answer goes. */
export interface ResponsePlace {
  readonly conversation: string;
  readonly user: string;
  /** The message that was clicked. */
  readonly messageTs?: string | undefined;
  readonly threadTs?: string | undefined;
}

/** The addresses by which an app may answer somebody: five times in 30 minutes. */
export interface ResponseUrls {
  mint(place: ResponsePlace): string;
  /** Takes an answer; throws `used_url`, `expired_url` or what posting throws. */
  use(path: string, body: Json): void;
  /** The same answer given with the acknowledgement of a slash command. */
  answer(place: ResponsePlace, body: Json): void;
}

export function createResponseUrls(slack: () => Slack): ResponseUrls {
  const known = new Map<string, { readonly place: ResponsePlace; readonly minted: Instant; left: number }>();

  function clicked(place: ResponsePlace): Message | undefined {
    const conversation = slack().state.conversations.get(place.conversation);
    if (conversation === undefined || place.messageTs === undefined) return undefined;
    return (
      findMessage(conversation, place.messageTs) ??
      conversation.ephemerals.find((message) => message.ts === place.messageTs)
    );
  }

  function answer(place: ResponsePlace, body: Json): void {
    const { state, messages } = slack();
    const conversation = state.conversations.get(place.conversation);
    if (conversation === undefined) throw new ApiError('channel_not_found');
    const args = readArguments(body);
    const message = clicked(place);
    if (args.flag('delete_original')) {
      if (message?.onlyFor !== undefined)
        conversation.ephemerals.splice(conversation.ephemerals.indexOf(message), 1);
      else if (message !== undefined) messages.remove(conversation, message);
      state.changed();
      return;
    }
    const content = readContent(slack(), args);
    if (args.flag('replace_original') && message !== undefined) {
      if (message.onlyFor === undefined) {
        if (message.user !== APP.botUserId) throw new ApiError('cant_update_message');
        messages.edit(conversation, message, content, APP.botId);
        return;
      }
      message.text = content.text;
      if (content.blocks === undefined) delete message.blocks;
      else message.blocks = content.blocks;
      state.changed();
      return;
    }
    const draft = {
      ...content,
      user: APP.botUserId,
      bot: true,
      threadTs: args.text('thread_ts') ?? (message?.onlyFor === undefined ? undefined : place.threadTs),
    };
    if (args.text('response_type') === 'in_channel') messages.post(conversation, draft);
    else messages.whisper(conversation, place.user, draft);
  }

  return {
    mint(place) {
      for (const [old, url] of known) {
        // The oldest come first.
        if (slack().state.now() - url.minted <= 2 * LIFE) break;
        known.delete(old);
      }
      const path = `${TEAM.id}/${slack().state.nextId('')}/${slack().state.nextId('r')}`;
      known.set(path, { place, minted: slack().state.now(), left: USES });
      return `${slack().origin()}/actions/${path}`;
    },
    use(path, body) {
      const url = known.get(path);
      if (url === undefined || url.left === 0) throw new ApiError('used_url');
      if (slack().state.now() - url.minted > LIFE) throw new ApiError('expired_url');
      answer(url.place, body);
      url.left -= 1;
    },
    answer,
  };
}
