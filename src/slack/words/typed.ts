import type { Request } from '../request.ts';
import { readText } from './read-text.ts';

/** Something typed to Steady. */
export interface Typed {
  readonly request: Request;
  /** What followed the mention, literally. */
  readonly text: string;
}

interface SlackMessage {
  readonly user?: string;
  readonly channel: string;
  readonly ts: string;
  readonly thread_ts?: string;
  readonly text?: string;
  readonly blocks?: readonly unknown[];
  readonly channel_type?: string;
  readonly team?: string;
  readonly user_team?: string;
  readonly bot_id?: string;
}

const GREETING = /^(?:(?:hey|hi|hello|ok|okay|good (?:morning|evening|night))[\s,!.]*)?/i;

/**
 * Reads a message as a command: only one that begins with the mention (after a greeting) is one, so "thanks @steady", quotes
 * and forwards get no answer. In a direct message the mention may be left out.
 */
export function typedOf(message: SlackMessage, team: string, botUserId: string): Typed | undefined {
  if (message.user === undefined || message.bot_id !== undefined) return undefined;
  const direct = message.channel_type === 'im';
  const whole = readText(message).trimStart();
  const rest = whole.slice(GREETING.exec(whole)?.[0].length ?? 0);
  const mention = `<@${botUserId}>`;
  const begins = rest.startsWith(mention);
  if (!begins && !direct) return undefined;
  const request: Request = {
    kind: direct ? 'dm' : 'mention',
    key: `message/${message.channel}/${message.ts}`,
    team,
    byTeam: message.user_team ?? message.team ?? team,
    by: message.user,
    channel: message.channel,
    direct,
    ts: message.ts,
    at: Math.round(Number(message.ts) * 1000),
    ...(message.thread_ts !== undefined && { thread: message.thread_ts }),
  };
  return { request, text: begins ? rest.slice(mention.length).trim() : whole };
}

/** Where a command that was not understood is remembered, so that its edit runs once. */
export function notUnderstoodKey({ channel, ts }: Pick<Request, 'channel' | 'ts'>): string {
  return `not-understood/${channel}/${ts}`;
}
