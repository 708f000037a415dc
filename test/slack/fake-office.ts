import type { Message } from '../../blocks/message.ts';
import type { Instant } from '../../src/domain/time.ts';
import type { World } from '../../src/flows/ports.ts';
import type { Office } from '../../src/slack/delivery/plan.ts';
import {
  type Door,
  type Looks,
  type Place,
  type Sent,
  SlackRefusal,
  SlackUncertain,
} from '../../src/slack/outbound/contract.ts';

/** A message as the workspace has it. */
export interface Kept extends Sent {
  readonly thread?: string;
  readonly key?: string;
  message: Message;
  /** How often it was edited. */
  edits: number;
  /** Undefined for everyone; the one person who sees it else. */
  readonly only?: string;
}

/** A workspace in memory, behind the contract of the door. */
export interface FakeSlack {
  readonly office: Office;
  readonly messages: Kept[];
  readonly topics: Map<string, string>;
  readonly pins: string[];
  readonly bookmarks: string[];
  /** What the next calls of a method meet: `lost answer` writes and then loses the answer; anything else is Slack's refusal. */
  fail(method: string, ...how: string[]): void;
  /** Every call from now on whose channel is this one is refused. */
  close(channel: string, reason: string): void;
  open(channel: string): void;
  /** Look-ups by key so far. */
  readonly lookedFor: string[];
}

export function fakeSlack(world: World): FakeSlack {
  const messages: Kept[] = [];
  const topics = new Map<string, string>([['C1', 'before']]);
  const pins: string[] = [];
  const bookmarks: string[] = [];
  const lookedFor: string[] = [];
  const failures = new Map<string, string[]>();
  const closed = new Map<string, string>();
  let ts = 0;

  function meet(method: string, channel: string): boolean {
    const reason = closed.get(channel);
    if (reason !== undefined) throw new SlackRefusal(method, reason);
    const next = failures.get(method)?.shift();
    if (next === undefined) return false;
    if (next === 'lost answer') return true;
    if (next === 'no answer') throw new SlackUncertain('no answer');
    throw new SlackRefusal(method, next);
  }

  function put(method: string, place: Place, message: Message, more: Partial<Kept> = {}): Sent {
    const lost = meet(method, place.channel);
    const kept: Kept = {
      channel: place.channel,
      ts: `${++ts}.0`,
      message,
      edits: 0,
      ...(place.thread !== undefined && { thread: place.thread }),
      ...more,
    };
    messages.push(kept);
    if (lost) throw new SlackUncertain('the answer was lost');
    return { channel: kept.channel, ts: kept.ts };
  }

  const unused = async (): Promise<never> => {
    throw new Error('delivery does not do this');
  };
  const door: Door = {
    post: async (place, message, options) =>
      options?.found ?? put('post', place, message, options?.key === undefined ? {} : { key: options.key }),
    dm: async (to, message, options) =>
      options?.found ??
      put('dm', { channel: `D-${to}` }, message, options?.key === undefined ? {} : { key: options.key }),
    update: async (at, message) => {
      meet('update', at.channel);
      const found = messages.find((one) => one.channel === at.channel && one.ts === at.ts);
      if (!found) throw new SlackRefusal('update', 'message_not_found');
      found.message = message;
      found.edits++;
    },
    ephemeral: async (place, to, message) => {
      put('ephemeral', place, message, { only: to });
    },
    pin: async (at) => {
      meet('pin', at.channel);
      if (!pins.includes(at.ts)) pins.push(at.ts);
    },
    setTopic: async (channel, topic) => {
      meet('setTopic', channel);
      topics.set(channel, topic);
    },
    bookmark: async (channel, title, link) => {
      meet('bookmark', channel);
      bookmarks.push(`${title} ${link}`);
    },
    respond: unused,
    openView: unused,
    pushView: unused,
    updateView: unused,
    publishHome: unused,
    react: unused,
    unreact: unused,
    upload: unused,
    share: unused,
    unpin: unused,
    createChannel: unused,
    invite: unused,
    createCanvas: unused,
    letIntoCanvas: unused,
    replaceInCanvas: unused,
    deleteInCanvas: unused,
    clean: unused,
  };
  const looks: Looks = {
    message: unused,
    channels: unused,
    fileText: unused,
    permalink: unused,
    file: unused,
    canvas: unused,
    canvasSections: unused,
    canvasTitled: unused,
    channel: async (id) => ({
      id,
      name: id,
      private: false,
      dm: false,
      archived: false,
      member: true,
      shared: false,
      topic: topics.get(id) ?? '',
    }),
    findByKey: async (place, key: string, _since: Instant) => {
      lookedFor.push(key);
      const channel = 'dm' in place ? `D-${place.dm}` : place.channel;
      const found = messages.find((one) => one.channel === channel && one.key === key);
      return found && { channel: found.channel, ts: found.ts };
    },
  };
  return {
    office: {
      world,
      door,
      looks,
      self: 'USTEADY',
      sharedChannels: [],
      directory: {
        ...world.people,
        name: async (_team, person) => person,
        zone: async () => 'UTC',
        standing: async () => undefined,
        inChannel: async () => true,
        changed: () => {},
      },
    },
    messages,
    topics,
    pins,
    bookmarks,
    lookedFor,
    fail: (method, ...how) => failures.set(method, how),
    close: (channel, reason) => closed.set(channel, reason),
    open: (channel) => closed.delete(channel),
  };
}
