import type { CallSlack } from './call-slack.ts';
import type { Cleaner } from './clean-payload.ts';
import { type Door, SlackRefusal } from './contract.ts';
import { PRIORITY } from './pace.ts';

/** https://docs.slack.dev/reference/methods/conversations.setTopic */
const TOPIC_LIMIT = 250;
const NAME_LIMIT = 80;
const NAMES_TRIED = 30;
const BEST_EFFORT = { priority: PRIORITY.update };

type ChannelCalls = Pick<
  Door,
  'react' | 'unreact' | 'pin' | 'unpin' | 'setTopic' | 'bookmark' | 'createChannel' | 'invite'
>;

/** What is written about messages and channels. All of it repeats safely but a channel's creation. */
export function createChannels(call: CallSlack, cleaner: Cleaner): ChannelCalls {
  /** Calls it done where Slack says that it already is. */
  async function unless(
    already: readonly string[],
    method: string,
    args: Record<string, unknown>,
  ): Promise<void> {
    try {
      await call(method, args, BEST_EFFORT);
    } catch (error) {
      if (!(error instanceof SlackRefusal) || !already.includes(error.reason)) throw error;
    }
  }

  function checked(method: string, text: string): string {
    const safe = cleaner.text(text);
    if (safe === undefined) throw new SlackRefusal(method, 'withheld');
    return safe;
  }

  async function invite(channel: string, people: readonly string[]): Promise<void> {
    if (people.length === 0) return;
    try {
      await call('conversations.invite', { channel, users: people.join(',') }, BEST_EFFORT);
    } catch (error) {
      if (!(error instanceof SlackRefusal)) throw error;
      if (['already_in_channel', 'cant_invite_self'].includes(error.reason) && people.length === 1) return;
      // One who cannot be invited keeps Slack from inviting the others.
      if (people.length === 1) throw error;
      const refused: unknown[] = [];
      for (const person of people)
        await invite(channel, [person]).catch((failure: unknown) => refused.push(failure));
      if (refused.length > 0) throw refused[0];
    }
  }

  return {
    react: ({ channel, ts }, emoji) =>
      unless(['already_reacted'], 'reactions.add', { channel, timestamp: ts, name: bare(emoji) }),
    unreact: ({ channel, ts }, emoji) =>
      unless(['no_reaction'], 'reactions.remove', { channel, timestamp: ts, name: bare(emoji) }),
    pin: ({ channel, ts }) => unless(['already_pinned'], 'pins.add', { channel, timestamp: ts }),
    unpin: ({ channel, ts }) => unless(['no_pin', 'not_pinned'], 'pins.remove', { channel, timestamp: ts }),
    async setTopic(channel, topic) {
      const text = checked('conversations.setTopic', topic).replace(/\s+/g, ' ').trim();
      const cut = text.length > TOPIC_LIMIT ? `${text.slice(0, TOPIC_LIMIT - 1).toWellFormed()}…` : text;
      await call('conversations.setTopic', { channel, topic: cut }, BEST_EFFORT);
    },
    async bookmark(channel, title, link) {
      const shown = checked('bookmarks.add', title);
      // A link with something taken out leads elsewhere.
      if (cleaner.literal(link) !== link || !/^https?:\/\//i.test(link))
        throw new SlackRefusal('bookmarks.add', 'withheld');
      const listed = (await call('bookmarks.list', { channel_id: channel }, BEST_EFFORT)) as {
        bookmarks?: readonly { id?: string; title?: string; link?: string }[];
      };
      const there = (listed.bookmarks ?? []).find((one) => one.title === shown);
      if (there?.id === undefined) {
        await call('bookmarks.add', { channel_id: channel, title: shown, type: 'link', link }, BEST_EFFORT);
      } else if (there.link !== link) {
        await call(
          'bookmarks.edit',
          { channel_id: channel, bookmark_id: there.id, title: shown, link },
          BEST_EFFORT,
        );
      }
    },
    async createChannel(name) {
      const wanted = channelName(checked('conversations.create', name));
      for (let again = 1; ; again++) {
        const suffix = again === 1 ? '' : `-${again}`;
        try {
          const { channel } = (await call(
            'conversations.create',
            { name: wanted.slice(0, NAME_LIMIT - suffix.length) + suffix },
            { priority: PRIORITY.click },
          )) as { channel?: { id?: string } };
          if (channel?.id === undefined) throw new SlackRefusal('conversations.create', 'no_channel');
          return channel.id;
        } catch (error) {
          const taken = error instanceof SlackRefusal && error.reason === 'name_taken';
          if (!taken || again === NAMES_TRIED) throw error;
        }
      }
    },
    invite,
  };
}

function bare(emoji: string): string {
  return emoji.replace(/^:|:$/g, '');
}

/** Lower case letters, digits, dashes and underscores, at most 80. https://docs.slack.dev/reference/methods/conversations.create */
function channelName(name: string): string {
  const tidy = name
    .toLowerCase()
    .replace(/[^\p{L}\p{N}_-]+/gu, '-')
    .replace(/-{2,}/g, '-')
    .replace(/^-|-$/g, '');
  return tidy === '' ? 'incident' : tidy;
}
