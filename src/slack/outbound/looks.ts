import type { WebClient } from '@slack/web-api';
import { type Instant, MINUTE, SECOND } from '../../domain/time.ts';
import type { Clock } from '../../flows/ports.ts';
import { type CallSlack, createCaller } from './call-slack.ts';
import { canvasLooks } from './canvas-looks.ts';
import {
  type Looks,
  type Place,
  type SeenMessage,
  type Sent,
  SlackRefusal,
  SlackUncertain,
  SlackUnreached,
} from './contract.ts';
import { carriesKey } from './metadata-key.ts';
import { createPace, type PaceLimits, SLACK_PACE } from './pace.ts';
import { type Download, readFileText } from './read-file-text.ts';

/** Pages that a look-up reads at most; beyond them nothing is certain. */
const PAGES = 10;
const CHANNEL_PAGES = 5;
/** Addresses of messages remembered: they never change. */
const PERMALINKS = 5_000;
const READ = { priority: 0 };

export interface LooksOptions {
  /** From `createSlackClients`: the one for bulk reads. */
  readonly client: Pick<WebClient, 'apiCall'>;
  readonly clock: Clock;
  /** `unlisted` apps read history once a minute, 15 messages at a time. https://docs.slack.dev/apis/web-api/rate-limits */
  readonly rateClass?: 'internal' | 'marketplace' | 'unlisted';
  readonly limits?: Partial<PaceLimits>;
  readonly onTokenLost?: (reason: string) => void;
  /** How files are fetched; without it none are. */
  readonly download?: Download;
}

export function createLooks(options: LooksOptions): Looks {
  const { client, clock, rateClass, limits, onTokenLost, download } = options;
  const unlisted = rateClass === 'unlisted';
  const rates = { ...SLACK_PACE, ...limits };
  const slow = { most: 1, within: MINUTE };
  const method = unlisted
    ? { ...rates.method, 'conversations.history': slow, 'conversations.replies': slow }
    : rates.method;
  const once = createCaller({
    client,
    clock,
    pace: createPace(clock, { ...rates, method }),
    // A look-up after a crash waits for its slot, however far off.
    patience: unlisted ? PAGES * MINUTE : rates.patience,
    ...(onTokenLost && { onTokenLost }),
  });
  /** Reading twice harms nobody. */
  const call: CallSlack = async (name, args, how) => {
    try {
      return await once(name, args, how);
    } catch (error) {
      if (!(error instanceof SlackUncertain)) throw error;
      return once(name, args, how);
    }
  };

  const permalinks = new Map<string, string>();

  /** For what a person waits for: an answer now, or none. */
  async function orNothing<T>(look: () => Promise<T | undefined>): Promise<T | undefined> {
    try {
      return await look();
    } catch (error) {
      const known =
        error instanceof SlackRefusal || error instanceof SlackUncertain || error instanceof SlackUnreached;
      if (known) return undefined;
      throw error;
    }
  }

  async function page(place: Place, since: Instant, cursor: string | undefined): Promise<Page> {
    const { channel, thread } = place;
    const args = {
      channel,
      oldest: String(Math.floor(since / SECOND)),
      inclusive: true,
      include_all_metadata: true,
      limit: unlisted ? 15 : 200,
      ...(cursor !== undefined && { cursor }),
    };
    const answer = thread
      ? await call('conversations.replies', { ...args, ts: thread }, { priority: 2 })
      : await call('conversations.history', args, { priority: 2 });
    return answer as Page;
  }

  async function channelOf(place: Place | { readonly dm: string }): Promise<Place> {
    if (!('dm' in place)) return place;
    const { channel } = (await call('conversations.open', { users: place.dm }, READ)) as {
      channel?: { id?: string };
    };
    if (channel?.id === undefined) throw new SlackUncertain('conversations.open: no channel in the answer');
    return { channel: channel.id };
  }

  return {
    message: (at) =>
      orNothing(async () => {
        const { message } = (await call(
          'reactions.get',
          { channel: at.channel, timestamp: at.ts, full: true },
          READ,
        )) as { message?: RawMessage };
        return message && seen(at, message);
      }),
    async permalink(at) {
      const key = `${at.channel}/${at.ts}`;
      const known = permalinks.get(key);
      if (known !== undefined) return known;
      const found = await orNothing(async () => {
        const { permalink } = (await call(
          'chat.getPermalink',
          { channel: at.channel, message_ts: at.ts },
          READ,
        )) as { permalink?: string };
        return permalink;
      });
      if (found !== undefined && permalinks.size < PERMALINKS) permalinks.set(key, found);
      return found;
    },
    channel: (id) =>
      orNothing(async () => {
        const { channel } = (await call('conversations.info', { channel: id }, READ)) as {
          channel?: RawChannel;
        };
        if (!channel) return undefined;
        return {
          id: channel.id ?? id,
          name: channel.name ?? '',
          private: channel.is_private === true,
          dm: channel.is_im === true || channel.is_mpim === true,
          archived: channel.is_archived === true,
          member: channel.is_member === true || channel.is_im === true,
          shared: channel.is_ext_shared === true,
          topic: channel.topic?.value ?? '',
        };
      }),
    channels: () =>
      orNothing(async () => {
        const found: { id: string; name: string; private: boolean }[] = [];
        let cursor: string | undefined;
        for (let read = 0; read < CHANNEL_PAGES; read++) {
          const answer = (await call(
            'users.conversations',
            {
              types: 'public_channel,private_channel',
              exclude_archived: true,
              limit: 200,
              ...(cursor !== undefined && { cursor }),
            },
            READ,
          )) as { channels?: readonly RawChannel[] } & Page;
          for (const { id = '', name = '', is_private } of answer.channels ?? [])
            found.push({ id, name, private: is_private === true });
          cursor = answer.response_metadata?.next_cursor;
          if (!cursor) break;
        }
        return found;
      }),
    file: (id) =>
      orNothing(async () => {
        const { file } = (await call('files.info', { file: id }, READ)) as { file?: { permalink?: string } };
        return file?.permalink;
      }),
    ...canvasLooks(call, download),
    fileText: (id) => readFileText(id, { call, ...(download && { download }) }),
    async findByKey(where, key, since) {
      const place = await channelOf(where);
      let cursor: string | undefined;
      for (let read = 0; read < PAGES; read++) {
        const { messages = [], response_metadata: next } = await page(place, since, cursor);
        const found = messages.find((one) => carriesKey(one.metadata, key));
        if (found?.ts !== undefined) return { channel: place.channel, ts: found.ts } satisfies Sent;
        cursor = next?.next_cursor;
        if (!cursor) return undefined;
      }
      throw new SlackUncertain(`no such post in the ${PAGES} newest pages`);
    },
  };
}

interface Page {
  readonly messages?: readonly { readonly ts?: string; readonly metadata?: unknown }[];
  readonly response_metadata?: { readonly next_cursor?: string };
}

interface RawMessage {
  readonly user?: string;
  readonly text?: string;
  readonly blocks?: readonly unknown[];
  readonly attachments?: readonly unknown[];
  readonly thread_ts?: string;
  readonly reactions?: readonly { readonly name?: string; readonly users?: readonly string[] }[];
  readonly pinned_to?: readonly string[];
  readonly files?: readonly { readonly id?: string; readonly name?: string }[];
}

interface RawChannel {
  readonly id?: string;
  readonly name?: string;
  readonly is_private?: boolean;
  readonly is_im?: boolean;
  readonly is_mpim?: boolean;
  readonly is_archived?: boolean;
  readonly is_member?: boolean;
  readonly is_ext_shared?: boolean;
  readonly topic?: { readonly value?: string };
}

function seen(at: Sent, message: RawMessage): SeenMessage {
  return {
    channel: at.channel,
    ts: at.ts,
    text: message.text ?? '',
    reactions: (message.reactions ?? []).map(({ name = '', users = [] }) => ({ name, users })),
    pinned: message.pinned_to?.includes(at.channel) === true,
    ...(message.user !== undefined && { user: message.user }),
    ...(message.blocks && { blocks: message.blocks }),
    ...(message.attachments && { attachments: message.attachments }),
    ...(message.files && {
      files: message.files.flatMap(({ id, name = 'file' }) => (id === undefined ? [] : [{ id, name }])),
    }),
    ...(message.thread_ts !== undefined && { threadTs: message.thread_ts }),
  };
}
