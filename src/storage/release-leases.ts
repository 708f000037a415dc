import type { Kysely } from 'kysely';
import { type Instant, SECOND } from '../domain/time.ts';
import type { Schema } from './schema.ts';

/** Slack's own history needs a moment until what was posted can be found in it. */
const LOOK_AFTER = 10 * SECOND;

/**
 * Ends every lease. For whoever holds the data folder alone: what the process before was at, nobody is at any more, and people
 * wait for it. What may be out already, a post or an answer, is left for a moment, so that it can be looked up.
 */
export async function releaseLeases(db: Kysely<Schema>, now: Instant): Promise<void> {
  const free = { lease_owner: null, lease_until: null };
  const later = now + LOOK_AFTER;
  await db.transaction().execute(async (tx) => {
    await tx.updateTable('steady_incidents').set(free).where('lease_owner', 'is not', null).execute();
    await tx
      .updateTable('steady_deliveries')
      .set({ lease_until: later })
      .where('finished', '=', 0)
      .where('lease_until', '>', later)
      .execute();
    await tx
      .updateTable('steady_posts')
      .set({ ready_at: later })
      .where('lease_owner', 'is not', null)
      .where('uncertain', '=', 1)
      .where('ready_at', '<', later)
      .execute();
    await tx.updateTable('steady_posts').set(free).where('lease_owner', 'is not', null).execute();
  });
}
