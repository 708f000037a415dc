import type { Message, TextFile, View } from '../../../blocks/message.ts';
import type { PersonId } from '../../domain/incident.ts';
import type { Instant } from '../../domain/time.ts';

/** A place to say something. */
export interface Place {
  readonly channel: string;
  /** `ts` of the thread's first message. */
  readonly thread?: string;
}

export interface PostOptions {
  readonly key?: string;
  /** 0 clicks, 1 nudges, 2 updates (default), 3 card edits. */
  readonly priority?: number;
  /** From `findByKey`. */
  readonly found?: Sent;
}

export interface Sent {
  readonly channel: string;
  readonly ts: string;
}

/**
 * The one door out: everything that Steady writes to Slack goes through it. It redacts first and fails closed, neutralises
 * broadcasts, fits Slack's limits without silent cuts, paces, and honours Retry-After. Methods throw `SlackRefusal` where
 * Slack said no, `SlackUncertain` where it may have said yes.
 */
export interface Door {
  /**
   * `key` goes along as opaque metadata, so that a post can be found again after a crash. With `found`, the message itself is
   * already out: only what of its continuation is missing is sent.
   */
  post(place: Place, message: Message, options?: PostOptions): Promise<Sent>;
  update(at: Sent, message: Message, options?: { readonly priority?: number }): Promise<void>;
  ephemeral(place: Place, to: PersonId, message: Message): Promise<void>;
  dm(to: PersonId, message: Message, options?: PostOptions): Promise<Sent>;
  /** Answers a command or click through its response_url, only on Slack's host or `api_url`'s. */
  respond(
    responseUrl: string,
    message: Message,
    options?: { readonly replaceOriginal?: boolean; readonly inChannel?: boolean },
  ): Promise<void>;
  openView(triggerId: string, view: View): Promise<{ readonly id: string; readonly hash: string }>;
  pushView(triggerId: string, view: View): Promise<{ readonly id: string; readonly hash: string }>;
  updateView(id: string, view: View, hash?: string): Promise<void>;
  publishHome(person: PersonId, view: View): Promise<void>;
  react(at: Sent, emoji: string): Promise<void>;
  unreact(at: Sent, emoji: string): Promise<void>;
  /** Uploads texts as files into a place; redacted like everything else. */
  upload(place: Place, files: readonly TextFile[]): Promise<void>;
  /** Shares one file in a place; where `once` knows one that is there already, that is all. */
  share(place: Place, file: SharedFile, once: ShareOnce): Promise<'shared' | 'there'>;
  pin(at: Sent): Promise<void>;
  unpin(at: Sent): Promise<void>;
  /** At most 250 characters. https://docs.slack.dev/reference/methods/conversations.setTopic */
  setTopic(channel: string, topic: string): Promise<void>;
  /** Listed first, so that a repeat edits instead of adding. */
  bookmark(channel: string, title: string, link: string): Promise<void>;
  /** Only with `[slack] new_channels`; a taken name gets `-2`, `-3` … Answers the channel's id. Steady is its member. */
  createChannel(name: string): Promise<string>;
  invite(channel: string, people: readonly PersonId[]): Promise<void>;
  /** Answers its id. Seen by nobody until somebody is let in; with `channel`, a tab of it, which a free workspace wants. */
  createCanvas(title: string, markdown: string, channel?: string): Promise<string>;
  /** Everybody in the channel may read and write it. */
  letIntoCanvas(id: string, channel: string): Promise<void>;
  /** One section, or everything. */
  replaceInCanvas(id: string, markdown: string, section?: string): Promise<void>;
  deleteInCanvas(id: string, section: string): Promise<void>;
  /** Redacted and fitted as `update` would send it: for answers that travel in an acknowledgement (`response_action`). */
  clean(view: View): Promise<View>;
}

/** A file that is large or not text. A picture's texts were redacted before it was drawn; text is redacted here as it comes. */
export interface SharedFile {
  readonly content: Uint8Array | AsyncIterable<string>;
  /** Asked when all of the content was read. */
  about(): {
    readonly name: string;
    readonly title: string;
    /** What a picture shows, for those who do not see it. */
    readonly alt?: string;
    /** Words of ours above the file. */
    readonly comment?: string;
  };
}

/** How a file is shared once: its id is remembered before it is shared, and looked for when that may have been. */
export interface ShareOnce {
  /** The id of an earlier try. */
  readonly known?: string;
  remember(id: string): Promise<void>;
}

/** Slack answered, and the answer was no; nothing was written. */
export class SlackRefusal extends Error {
  override readonly name = 'SlackRefusal';
  readonly method: string;
  /** Slack's own word: `not_in_channel`. */
  readonly reason: string;
  readonly needed?: string;

  constructor(method: string, reason: string, needed?: string) {
    super(`${method}: ${reason}${needed === undefined ? '' : ` (needs ${needed})`}`);
    this.method = method;
    this.reason = reason;
    if (needed !== undefined) this.needed = needed;
  }
}

/** No answer, or a broken one: Slack may have done it. */
export class SlackUncertain extends Error {
  override readonly name = 'SlackUncertain';
}

/** Nothing was written and nobody said no: no connection, too busy, or a token that Slack refuses. Safe to send again. */
export class SlackUnreached extends Error {
  override readonly name = 'SlackUnreached';
}

/** What Steady reads from Slack. Bulk reads never hold up the door. */
export interface Looks {
  /** A message with its text, author and reactions; covers replies. Undefined where it cannot be read. */
  message(at: Sent): Promise<SeenMessage | undefined>;
  permalink(at: Sent): Promise<string | undefined>;
  channel(channel: string): Promise<SeenChannel | undefined>;
  /** The channels that Steady is in, archived ones left out; at most the first 1,000. */
  channels(): Promise<readonly Pick<SeenChannel, 'id' | 'name' | 'private'>[] | undefined>;
  /** The address of a file of ours that was shared; undefined where there is none of that id any more. */
  file(id: string): Promise<string | undefined>;
  /** The text of a file, from Slack's file host alone. Throws `SlackRefusal` for a file that is none, too long or elsewhere. */
  fileText(id: string): Promise<SeenFile>;
  /** A canvas with its address and, where it can be fetched, its content. Throws `SlackRefusal` where there is none. */
  canvas(id: string): Promise<{ readonly url?: string; readonly html?: string }>;
  /** The sections of a canvas that contain these words. */
  canvasSections(id: string, text: string): Promise<readonly string[]>;
  /** A canvas of ours by its title, after a crash; `user` is Steady's own id. */
  canvasTitled(title: string, user: string): Promise<string | undefined>;
  /** Our own message by its opaque key, after a crash; undefined where Slack certainly has none. Bounded, and slow on purpose. */
  findByKey(place: Place | { readonly dm: PersonId }, key: string, since: Instant): Promise<Sent | undefined>;
}

export interface SeenMessage extends Sent {
  readonly user?: string;
  readonly text: string;
  readonly blocks?: readonly unknown[];
  readonly attachments?: readonly unknown[];
  readonly threadTs?: string;
  readonly files?: readonly { readonly id: string; readonly name: string }[];
  readonly reactions: readonly { readonly name: string; readonly users: readonly string[] }[];
  readonly pinned: boolean;
}

export interface SeenFile {
  readonly name: string;
  readonly text: string;
}

export interface SeenChannel {
  readonly id: string;
  readonly name: string;
  readonly private: boolean;
  readonly dm: boolean;
  readonly archived: boolean;
  /** Steady is a member. */
  readonly member: boolean;
  /** Shared with another company. */
  readonly shared: boolean;
  readonly topic: string;
}
