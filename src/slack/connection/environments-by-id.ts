import type { SlackConnection } from './connect.ts';

/** Channels may be named in the configuration; Slack speaks of them by id. */
export async function environmentsById(
  connection: Pick<SlackConnection, 'channelId'>,
  environments: Readonly<Record<string, string>>,
): Promise<Readonly<Record<string, string>>> {
  const entries = Object.entries(environments).map(
    async ([channel, environment]) => [await connection.channelId(channel), environment] as const,
  );
  return Object.fromEntries(await Promise.all(entries));
}
