import type { WebAPICallResult, WebClient } from '@slack/web-api';
import type { Message, TextFile, View } from '../../../blocks/message.ts';
import { type Duration, SECOND } from '../../domain/time.ts';
import type { Clock } from '../../flows/ports.ts';
import { type Redactor, WITHHELD } from '../../safety/redactor.ts';
import type { AllowedBroadcasts } from '../../safety/text.ts';
import { type CallOptions, createCaller } from './call-slack.ts';
import { createCanvases } from './canvas-calls.ts';
import { createChannels } from './channel-calls.ts';
import { createCleaner } from './clean-payload.ts';
import { CALL_TIMEOUT } from './clients.ts';
import { continueThread } from './continue-thread.ts';
import { type Door, type Place, type Sent, SlackRefusal } from './contract.ts';
import { fitMessage, fitView, saying, WITHHELD_MESSAGE, withheldView, withoutBlocks } from './fit-message.ts';
import { createMergeEdits } from './merge-edits.ts';
import { metadataOf } from './metadata-key.ts';
import { createPace, type PaceLimits, PRIORITY, SLACK_PACE } from './pace.ts';
import { respondTo } from './respond.ts';
import { shareFile } from './share-file.ts';
import { uploadFiles } from './upload.ts';

export interface DoorOptions {
  /** From `createSlackClients`: one that neither retries nor waits. */
  readonly client: Pick<WebClient, 'apiCall'>;
  /** The same address that `client` calls, ending in `/api/`. */
  readonly apiUrl: string;
  readonly redactor: Redactor;
  /** For pace and Retry-After. */
  readonly clock: Clock;
  /** Which calls to many people stay live; none by default. */
  readonly broadcasts?: AllowedBroadcasts;
  /** Differences from `SLACK_PACE`. */
  readonly limits?: Partial<PaceLimits>;
  /** For uploads. */
  readonly fetch?: typeof fetch;
  /** Longest wait for an answer to those, and of a response_url. Default 10 s. */
  readonly timeout?: Duration;
  /** Told when Slack says that the bot's token is gone. */
  readonly onTokenLost?: (reason: string) => void;
}

/** A trigger lives for 3 s. https://docs.slack.dev/interactivity/handling-user-interaction#modal_responses */
const TRIGGER: CallOptions = { priority: PRIORITY.click, patience: 2_500 };
/** Slack's words for blocks that it will not have; nothing was posted, so the words can go without them. */
const NOT_AS_DRAWN: ReadonlySet<string> = new Set([
  'invalid_blocks',
  'invalid_blocks_format',
  'msg_blocks_too_long',
  'block_mismatch',
]);
/** A response_url takes five answers. */
const ANSWERS = 5;
/** Continuations remembered, so that an edit that changes nothing in them does not repeat them. */
const REMEMBERED = 500;

export function createDoor(options: DoorOptions): Door {
  const { client, apiUrl, redactor, clock, fetch = globalThis.fetch, timeout = CALL_TIMEOUT } = options;
  const limits = { ...SLACK_PACE, ...options.limits };
  const cleaner = createCleaner(redactor, options.broadcasts);
  const { onTokenLost } = options;
  const call = createCaller({
    client,
    clock,
    pace: createPace(clock, limits),
    patience: limits.patience,
    ...(onTokenLost && { onTokenLost }),
  });
  const continued = new Map<string, string>();
  /** What is fixed is checked once, and again when there is one more secret to look for. */
  const checkedOnce = new WeakMap<Message, { readonly message: Message; readonly generation: number }>();

  function ready(message: Message): Message {
    const { generation } = redactor;
    const known = checkedOnce.get(message);
    if (known?.generation === generation) return known.message;
    const checked = check(message);
    if (Object.isFrozen(message)) checkedOnce.set(message, { message: checked, generation });
    return checked;
  }

  function check(message: Message): Message {
    const { files, ...said } = message;
    const checked = cleaner.payload(said);
    if (checked === undefined) return WITHHELD_MESSAGE;
    return fitMessage(files === undefined ? checked : { ...checked, files: files.map(readyFile) });
  }

  function readyFile(file: TextFile): TextFile {
    const title = cleaner.text(file.title) ?? WITHHELD;
    const name = (cleaner.literal(file.name) ?? 'withheld.txt').replace(/[^\w.-]+/g, '-');
    return { name, title, text: cleaner.literal(file.text) ?? WITHHELD };
  }

  function readyView(view: View): View {
    const checked = cleaner.payload(view);
    return checked === undefined ? withheldView(view) : fitView(checked);
  }

  /** Sends as drawn, else as words with a file. */
  async function drawn<T>(message: Message, send: (message: Message) => Promise<T>): Promise<[T, Message]> {
    try {
      return [await send(message), message];
    } catch (error) {
      if (!(error instanceof SlackRefusal) || !NOT_AS_DRAWN.has(error.reason)) throw error;
      const words = fitMessage(withoutBlocks(message));
      return [await send(words), words];
    }
  }

  async function postOne(
    place: Place,
    message: Message,
    priority: number,
    key?: string,
  ): Promise<[Sent, Message]> {
    return drawn(message, async ({ text, blocks }) => {
      const answer = await call(
        'chat.postMessage',
        {
          channel: place.channel,
          text,
          ...(blocks.length > 0 && { blocks }),
          ...(place.thread !== undefined && { thread_ts: place.thread }),
          ...(key !== undefined && { metadata: metadataOf(key) }),
          unfurl_links: false,
          unfurl_media: false,
        },
        { priority, channel: place.channel },
      );
      return sentOf(answer, place.channel);
    });
  }

  const upload = (place: Place, files: readonly TextFile[]) =>
    uploadFiles({ call, fetch, apiUrl, timeout }, place, files);

  const hands = { call, post: postOne, upload };

  const editLater = createMergeEdits<Message>(clock, limits.editEvery, async (at, message, priority) => {
    const [, shown] = await drawn(message, ({ text, blocks }) =>
      call(
        'chat.update',
        { channel: at.channel, ts: at.ts, text, blocks },
        { priority, channel: at.channel },
      ),
    );
    const what = restOf(shown);
    const where = `${at.channel}/${at.ts}`;
    if (what === undefined || continued.get(where) === what) return;
    await continueThread(hands, { sent: at, thread: at.ts, message: shown, priority, again: false });
    remember(continued, where, what);
  });

  async function view(method: string, args: Record<string, unknown>, how: CallOptions) {
    const { view: shown } = (await call(method, args, how)) as { view?: { id?: string; hash?: string } };
    return { id: shown?.id ?? '', hash: shown?.hash ?? '' };
  }

  const post: Door['post'] = async (place, message, options = {}) => {
    const { key, priority = PRIORITY.update, found } = options;
    const whole = ready(message);
    const [sent, shown] = found ? [found, whole] : await postOne(place, whole, priority, key);
    const what = restOf(shown);
    if (what === undefined) return sent;
    await continueThread(hands, {
      sent,
      thread: place.thread ?? sent.ts,
      message: shown,
      priority,
      again: found !== undefined,
      ...(key !== undefined && { key }),
    });
    remember(continued, `${sent.channel}/${sent.ts}`, what);
    return sent;
  };

  return {
    ...createChannels(call, cleaner),
    ...createCanvases(call, cleaner),
    post,
    update: (at, message, { priority = PRIORITY.click } = {}) => editLater(at, ready(message), priority),
    async ephemeral(place, to, message) {
      const whole = ready(message);
      const one = async (part: Message) => {
        await drawn(part, ({ text, blocks }) =>
          call(
            'chat.postEphemeral',
            {
              channel: place.channel,
              user: to,
              text,
              ...(blocks.length > 0 && { blocks }),
              ...(place.thread !== undefined && { thread_ts: place.thread }),
            },
            { priority: PRIORITY.click, channel: place.channel },
          ),
        );
      };
      const files = allFiles(whole);
      await one(files.length > 0 ? saying(whole, 'The whole text is in your messages with Steady.') : whole);
      for (const part of flat(whole.more)) await one(part);
      if (files.length === 0) return;
      // A file has no private place in a channel.
      const note = await post(
        { channel: to },
        { text: whole.text, blocks: [] },
        { priority: PRIORITY.click },
      );
      await upload({ channel: note.channel, thread: note.ts }, files);
    },
    dm: (to, message, how) => post({ channel: to }, message, how),
    async respond(responseUrl, message, { replaceOriginal = false, inChannel = false } = {}) {
      const whole = ready(message);
      const parts = [whole, ...flat(whole.more)];
      const left = parts.length - ANSWERS;
      const shown = parts.slice(0, ANSWERS).map(({ text, blocks }) => ({ text, blocks }));
      if (left > 0)
        shown[ANSWERS - 1] = saying(
          shown[ANSWERS - 1] ?? whole,
          `… ${left} more parts do not fit an answer like this; ask in the channel to see all.`,
        );
      if (allFiles(whole).length > 0)
        shown[0] = saying(
          whole,
          'The text is longer than this answer can be; ask in the channel to see all.',
        );
      for (const [index, { text, blocks }] of shown.entries())
        await respondTo({ apiUrl, timeout }, responseUrl, {
          text,
          ...(blocks.length > 0 && { blocks }),
          response_type: inChannel ? 'in_channel' : 'ephemeral',
          replace_original: replaceOriginal && index === 0,
          unfurl_links: false,
          unfurl_media: false,
        });
    },
    openView: (trigger, shown) =>
      view('views.open', { trigger_id: trigger, view: readyView(shown) }, TRIGGER),
    pushView: (trigger, shown) =>
      view('views.push', { trigger_id: trigger, view: readyView(shown) }, TRIGGER),
    async updateView(id, shown, hash) {
      await view(
        'views.update',
        { view_id: id, view: readyView(shown), ...(hash !== undefined && { hash }) },
        { priority: PRIORITY.click, patience: 10 * SECOND },
      );
    },
    async publishHome(person, shown) {
      await call('views.publish', { user_id: person, view: readyView(shown) }, { priority: PRIORITY.update });
    },
    upload: (place, files) => upload(place, files.map(readyFile)),
    share: (place, file, once) => {
      const about = () => {
        const { alt, comment, ...said } = file.about();
        const { name, title } = readyFile({ ...said, text: '' });
        return {
          name,
          title,
          ...(alt !== undefined && { alt: cleaner.literal(alt) ?? WITHHELD }),
          ...(comment !== undefined && { comment: cleaner.text(comment) ?? WITHHELD }),
        };
      };
      const literal = (text: string) => cleaner.literal(text) ?? `${WITHHELD}\n`;
      return shareFile({ call, fetch, apiUrl, timeout }, place, { ...file, about }, { ...once, literal });
    },
    clean: async (shown) => readyView(shown),
  };
}

function sentOf(answer: WebAPICallResult, channel: string): Sent {
  const { ts, channel: at } = answer as { ts?: unknown; channel?: unknown };
  return { channel: typeof at === 'string' ? at : channel, ts: typeof ts === 'string' ? ts : '' };
}

/** What goes on in the thread, to be compared; undefined where nothing does. */
function restOf({ more = [], files = [] }: Message): string | undefined {
  return more.length + files.length === 0 ? undefined : JSON.stringify([more, files]);
}

function flat(more: readonly Message[] = []): readonly Message[] {
  return more.flatMap((one) => [one, ...flat(one.more)]);
}

function allFiles(message: Message): readonly TextFile[] {
  return [message, ...flat(message.more)].flatMap((one) => one.files ?? []);
}

function remember(known: Map<string, string>, key: string, value: string): void {
  known.delete(key);
  known.set(key, value);
  if (known.size <= REMEMBERED) return;
  const [oldest] = known.keys();
  if (oldest !== undefined) known.delete(oldest);
}
