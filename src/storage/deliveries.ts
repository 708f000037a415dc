import { type SqlBool, sql } from 'kysely';
import { decodeJson, decodeText, encodeJson, encodeKey, encodeText } from './codec.ts';
import type { Session } from './session.ts';
import type { Store } from './store.ts';

/** What Slack brought, each once. */
export function deliveries(
  session: Session,
): Pick<Store, 'receive' | 'finish' | 'claimUnfinished' | 'putBack'> {
  return {
    async receive(delivery, lease) {
      const inserted = await session.single('receive', (db, now) =>
        db
          .insertInto('steady_deliveries')
          .values({
            team: encodeKey(delivery.team),
            key: encodeKey(delivery.key),
            kind: encodeText(delivery.kind),
            body: encodeJson(delivery.body),
            at: delivery.at,
            finished: 0,
            lease_owner: encodeText(lease.owner),
            lease_until: now + lease.for,
          })
          .onConflict((conflict) => conflict.columns(['team', 'key']).doNothing()),
      );
      return inserted === 1 ? 'new' : 'duplicate';
    },

    async finish(team, key) {
      await session.single('finish', (db) =>
        db
          .updateTable('steady_deliveries')
          // The key is all that a duplicate is known by; what people wrote and how to answer it is forgotten.
          .set({ finished: 1, body: 'null', lease_owner: null, lease_until: null })
          .where('team', '=', encodeKey(team))
          .where('key', '=', encodeKey(key)),
      );
    },

    claimUnfinished: (lease) =>
      session.write('claimUnfinished', async (tx) => {
        const now = await session.now(tx);
        const rows = await tx
          .with('orphan', (db) => {
            const query = db
              .selectFrom('steady_deliveries')
              .select(['team', 'key'])
              // Literal, so that the partial index serves.
              .where(sql<SqlBool>`finished = 0`)
              .where((eb) => eb.or([eb('lease_until', 'is', null), eb('lease_until', '<=', now)]))
              .orderBy('at')
              .limit(lease.limit);
            return session.engine.claimLock === undefined ? query : query.forUpdate().skipLocked();
          })
          .updateTable('steady_deliveries as d')
          .from('orphan')
          .set({
            lease_owner: encodeText(lease.owner),
            lease_until: now + lease.for,
            tries: sql<number>`d.tries + 1`,
          })
          .whereRef('d.team', '=', 'orphan.team')
          .whereRef('d.key', '=', 'orphan.key')
          .returningAll()
          .execute();
        return rows
          .sort((a, b) => a.at - b.at)
          .map((row) => ({
            key: decodeText(row.key),
            team: decodeText(row.team),
            kind: decodeText(row.kind),
            body: decodeJson(row.body),
            at: row.at,
            tries: row.tries,
          }));
      }),

    async putBack(team, key, until) {
      await session.single('putBack', (db) =>
        db
          .updateTable('steady_deliveries')
          .set({ lease_owner: null, lease_until: until })
          .where('team', '=', encodeKey(team))
          .where('key', '=', encodeKey(key))
          .where('finished', '=', 0),
      );
    },
  };
}
