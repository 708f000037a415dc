import { isRecord } from './block-kit/check.ts';
import type { Message } from './model.ts';

export interface Mentions {
  readonly users: ReadonlySet<string>;
  readonly usergroups: ReadonlySet<string>;
  readonly broadcast: boolean;
}

/**
 * Whom a message names. Where it has blocks they decide, else its text: what is only in the notification text of a message
 * with blocks is seen by nobody in the channel.
 */
export function mentionsIn(message: Pick<Message, 'text' | 'blocks'>): Mentions {
  const found = { users: new Set<string>(), usergroups: new Set<string>(), broadcast: false };
  const readText = (text: string): void => {
    for (const match of text.matchAll(/<@([UW][A-Z0-9]+)(?:\|[^>]*)?>/g)) found.users.add(match[1] ?? '');
    for (const match of text.matchAll(/<!subteam\^(S[A-Z0-9]+)(?:\|[^>]*)?>/g))
      found.usergroups.add(match[1] ?? '');
    if (/<!(?:here|channel|everyone)(?:\|[^>]*)?>/.test(text)) found.broadcast = true;
  };
  const read = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(read);
    if (!isRecord(value)) return;
    if (value.type === 'user' && typeof value.user_id === 'string') found.users.add(value.user_id);
    if (value.type === 'usergroup' && typeof value.usergroup_id === 'string')
      found.usergroups.add(value.usergroup_id);
    if (value.type === 'broadcast') found.broadcast = true;
    if ((value.type === 'mrkdwn' || value.type === 'markdown') && typeof value.text === 'string')
      readText(value.text);
    for (const item of Object.values(value)) if (typeof item === 'object') read(item);
  };
  if (message.blocks !== undefined && message.blocks.length > 0) read(message.blocks);
  else readText(message.text);
  return found;
}
