import { findIncident } from '../../flows/incident-of.ts';
import type { Store } from '../../storage/store.ts';
import { notUnderstoodKey, typedOf } from '../words/typed.ts';
import type { Body, Known } from './delivery.ts';

/**
 * Whether what people say is Steady's business: a mention that is a command ("thanks @steady" is none), an edit or deletion of
 * something on a timeline or of a command that was not understood. Everything else is dropped before it is stored.
 */
export async function concerns(
  store: Store,
  { kind, team }: Known,
  { event = {} }: Body,
  botUserId: string,
): Promise<boolean> {
  if (kind === 'mention')
    return (
      typedOf({ ...(event as unknown as Spoken), channel_type: 'channel' }, team, botUserId) !== undefined
    );
  if (kind !== 'edit') return true;
  const { channel } = event as unknown as Spoken;
  const ts = tsOf(event);
  if (ts === undefined) return false;
  if ((await store.recall(team, notUnderstoodKey({ channel, ts }))) != null) return true;
  const here = await store.inChannel(team, channel);
  const incident = here && (await findIncident(store, here.ref));
  return incident?.entries.some((one) => one.message.ts === ts) ?? false;
}

type Spoken = Parameters<typeof typedOf>[0];

function tsOf(event: Readonly<Record<string, unknown>>): string | undefined {
  const { message, deleted_ts: deleted } = event as { message?: { ts?: string }; deleted_ts?: string };
  return message?.ts ?? deleted;
}
