import type { Message, TextFile } from '../../../blocks/message.ts';
import type { CallSlack } from './call-slack.ts';
import { type Place, type Sent, SlackRefusal, SlackUncertain, SlackUnreached } from './contract.ts';
import { carriesKey } from './metadata-key.ts';
import { PRIORITY } from './pace.ts';

/** Pages of a thread that are read to see what is already there. */
const PAGES = 5;

export interface ContinueOptions {
  readonly call: CallSlack;
  readonly post: (place: Place, message: Message, priority: number, key?: string) => Promise<[Sent, Message]>;
  readonly upload: (place: Place, files: readonly TextFile[]) => Promise<void>;
}

export interface Continuation {
  /** The message that is out, and where its rest goes. */
  readonly sent: Sent;
  readonly thread: string;
  readonly message: Message;
  readonly priority: number;
  /** Of the message; its parts get keys of their own. */
  readonly key?: string;
  /** Part of it may be there already. */
  readonly again: boolean;
}

/**
 * Puts what did not fit into the thread. The message itself is out, so a failure here is never one of it: where Slack
 * refuses, a line in the thread says so; where it may work later, this throws SlackUncertain, and the same call with `again`
 * sends only what is missing.
 */
export async function continueThread(options: ContinueOptions, rest: Continuation): Promise<void> {
  const { sent, thread, message, priority, key } = rest;
  const place = { channel: sent.channel, thread };
  try {
    const there = rest.again ? await readThread(options.call, sent, thread) : NOTHING;
    const parts = [...(message.more ?? [])];
    const files = [...(message.files ?? [])];
    for (let index = 1; parts.length > 0; index++) {
      const part = parts.shift();
      if (part === undefined) break;
      const partKey = key === undefined ? undefined : `${key}/${index}`;
      let shown = part;
      if (partKey === undefined || !there.has(partKey))
        [, shown] = await options.post(place, part, priority, partKey);
      parts.unshift(...(shown.more ?? []));
      files.push(...(shown.files ?? []));
    }
    const missing = files.filter((file) => !there.hasFile(file.name));
    if (missing.length > 0) await options.upload(place, missing);
  } catch (error) {
    if (error instanceof SlackUncertain || error instanceof SlackUnreached)
      throw new SlackUncertain(`the rest of a message: ${error.message}`);
    if (!(error instanceof SlackRefusal)) throw error;
    const text = `Part of this could not be posted here: Slack says ${error.reason}${error.needed === undefined ? '' : `, it needs ${error.needed}`}.`;
    await options.post(place, { text, blocks: [] }, priority).catch(() => {});
  }
}

interface There {
  has(key: string): boolean;
  hasFile(name: string): boolean;
}

const NOTHING: There = { has: () => false, hasFile: () => false };

async function readThread(call: CallSlack, sent: Sent, thread: string): Promise<There> {
  const metadata: unknown[] = [];
  const files = new Set<string>();
  let cursor: string | undefined;
  for (let read = 0; read < PAGES; read++) {
    const answer = (await call(
      'conversations.replies',
      {
        channel: sent.channel,
        ts: thread,
        oldest: sent.ts,
        include_all_metadata: true,
        limit: 200,
        ...(cursor !== undefined && { cursor }),
      },
      { priority: PRIORITY.update },
    )) as {
      messages?: readonly { metadata?: unknown; files?: readonly { name?: string }[] }[];
      response_metadata?: { next_cursor?: string };
    };
    for (const one of answer.messages ?? []) {
      if (one.metadata !== undefined) metadata.push(one.metadata);
      for (const { name } of one.files ?? []) if (name !== undefined) files.add(name);
    }
    cursor = answer.response_metadata?.next_cursor;
    if (!cursor) break;
  }
  return {
    has: (key) => metadata.some((one) => carriesKey(one, key)),
    hasFile: (name) => files.has(name),
  };
}
