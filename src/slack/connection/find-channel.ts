import type { WebClient } from '@slack/web-api';
import { ConfigError } from '../../domain/errors.ts';

const PAGES = 20;

/** A channel by its id, or by the name of one that Steady is in. Rejects with ConfigError where there is none. */
export async function findChannel(client: Pick<WebClient, 'apiCall'>, channel: string): Promise<string> {
  if (/^[CG][A-Z0-9]{6,30}$/.test(channel)) return channel;
  const name = channel.replace(/^#/, '');
  let cursor: string | undefined;
  for (let read = 0; read < PAGES; read++) {
    const answer = (await client.apiCall('users.conversations', {
      types: 'public_channel,private_channel',
      exclude_archived: true,
      limit: 200,
      ...(cursor !== undefined && { cursor }),
    })) as {
      channels?: readonly { id?: string; name?: string }[];
      response_metadata?: { next_cursor?: string };
    };
    const found = answer.channels?.find((one) => one.name === name);
    if (found?.id !== undefined) return found.id;
    cursor = answer.response_metadata?.next_cursor;
    if (!cursor) break;
  }
  throw new ConfigError([
    `Steady is in no channel called "${name}": type /invite @Steady there, or name its id.`,
  ]);
}
