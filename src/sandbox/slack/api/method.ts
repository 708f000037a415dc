import type { Conversation, Json, Message, User } from '../model.ts';
import { APP } from '../options.ts';
import type { Slack } from '../slack.ts';
import { findMessage } from '../state.ts';
import { ApiError } from './api-error.ts';
import type { Arguments } from './arguments.ts';

/** Slack's tiers of requests per minute; `post` is one per second and channel. https://docs.slack.dev/apis/web-api/rate-limits */
export type Tier = 1 | 2 | 3 | 4 | 'post' | 'none';

export interface Call {
  readonly slack: Slack;
  readonly args: Arguments;
}

export interface Method {
  readonly tier: Tier;
  /** Which token it takes; `none` needs no token. Default bot. */
  readonly token?: 'bot' | 'app' | 'either' | 'none';
  /** Any one of these lets it run; methods on conversations look themselves. */
  readonly scopes?: readonly string[];
  run(call: Call): Json | Promise<Json>;
}

export type Methods = Readonly<Record<string, Method>>;

/** Throws `missing_scope` unless the manifest asks for one of `scopes`. */
export function needScope(slack: Slack, scopes: readonly string[]): void {
  if (scopes.length === 0 || scopes.some((scope) => slack.state.app.scopes.includes(scope))) return;
  throw new ApiError('missing_scope', {
    needed: scopes.join(','),
    provided: slack.state.app.scopes.join(','),
  });
}

type Scopes = Readonly<Record<Conversation['kind'], readonly string[]>>;

/** The scopes of one right over each kind of conversation: `channels:history`, `groups:history`, `im:history`. */
export function scopesFor(right: string): Scopes {
  return { channel: [`channels:${right}`], private: [`groups:${right}`], dm: [`im:${right}`] };
}

/** The conversation named by an argument. Private ones that the app is not in do not exist for it. */
export function conversationOf(call: Call, name = 'channel', scopes?: Scopes): Conversation {
  const conversation = call.slack.state.conversations.get(call.args.required(name));
  if (conversation === undefined) throw new ApiError('channel_not_found');
  if (scopes !== undefined) needScope(call.slack, scopes[conversation.kind]);
  if (conversation.kind !== 'channel' && !isIn(conversation)) throw new ApiError('channel_not_found');
  return conversation;
}

/** The same, and the app must be in it and it must not be archived. */
export function ownConversation(call: Call, name = 'channel', scopes?: Scopes): Conversation {
  const conversation = conversationOf(call, name, scopes);
  if (conversation.archived) throw new ApiError('is_archived');
  if (!isIn(conversation)) throw new ApiError('not_in_channel');
  return conversation;
}

export function isIn(conversation: Conversation): boolean {
  return conversation.members.has(APP.botUserId);
}

export function messageOf(call: Call, conversation: Conversation, name = 'timestamp'): Message {
  const message = findMessage(conversation, call.args.required(name));
  if (message === undefined) throw new ApiError('message_not_found');
  return message;
}

export function personOf(call: Call, name = 'user'): User {
  const user = call.slack.state.users.get(call.args.required(name));
  if (user === undefined) throw new ApiError('user_not_found');
  return user;
}

/** One page of a list, with Slack's cursor. Throws `invalid_cursor`. */
export function page<T>(
  call: Call,
  items: readonly T[],
  fallback: number,
  most = 1000,
): { readonly items: readonly T[]; readonly next: string } {
  const limit = call.args.number('limit', fallback);
  if (limit < 1 || limit > most) throw new ApiError('invalid_limit');
  const cursor = call.args.text('cursor');
  const start =
    cursor === undefined ? 0 : Number(/^next:(\d+)$/.exec(Buffer.from(cursor, 'base64').toString())?.[1]);
  if (!Number.isInteger(start)) throw new ApiError('invalid_cursor');
  const end = start + limit;
  return {
    items: items.slice(start, end),
    next: end < items.length ? Buffer.from(`next:${end}`).toString('base64') : '',
  };
}
