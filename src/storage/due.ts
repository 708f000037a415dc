import { type Kysely, type SqlBool, sql } from 'kysely';
import type { Instant } from '../domain/time.ts';
import { encodeKey, encodeText } from './codec.ts';
import { toProjection } from './incidents.ts';
import type { Schema } from './schema.ts';
import type { Engine, Session } from './session.ts';
import type { Lease, Store } from './store.ts';

/** Who looks after which incident whose promise is due. */
export function due(session: Session): Pick<Store, 'claimDue' | 'releaseDue'> {
  return {
    claimDue: (lease) =>
      session.write('claimDue', async (tx) => {
        const now = await session.now(tx);
        const rows = await claimStatement(tx, session.engine.claimLock, now, lease).execute();
        return rows
          .sort((a, b) => (a.due_at ?? 0) - (b.due_at ?? 0) || a.number - b.number)
          .map(toProjection);
      }),

    async releaseDue(ref, owner) {
      await session.single('releaseDue', (db) =>
        db
          .updateTable('steady_incidents')
          .set({ lease_owner: null, lease_until: null })
          .where('team', '=', encodeKey(ref.team))
          .where('number', '=', ref.number)
          .where('lease_owner', '=', encodeText(owner)),
      );
    },
  };
}

/** Its cost follows how many are due, not how many are open: the plan is tested. */
export function claimStatement(
  db: Kysely<Schema>,
  claimLock: Engine['claimLock'],
  now: Instant,
  lease: Lease,
) {
  return db
    .with('due', (from) => {
      const query = from
        .selectFrom('steady_incidents')
        .select(['team', 'number'])
        // Literal, so that the partial index serves.
        .where(sql<SqlBool>`open = 1 and due_at is not null`)
        .where('due_at', '<=', now)
        .where((eb) => eb.or([eb('lease_until', 'is', null), eb('lease_until', '<=', now)]))
        .orderBy('due_at')
        .limit(lease.limit);
      return claimLock === undefined ? query : query.forUpdate().skipLocked();
    })
    .updateTable('steady_incidents as i')
    .from('due')
    .set({ lease_owner: encodeText(lease.owner), lease_until: now + lease.for })
    .whereRef('i.team', '=', 'due.team')
    .whereRef('i.number', '=', 'due.number')
    .returningAll();
}
