import { type Expression, type ExpressionBuilder, type SqlBool, sql, type UpdateObject } from 'kysely';
import type { Instant } from '../domain/time.ts';
import { writeBinding } from './bindings.ts';
import { decodeText, encodeKey, encodeText } from './codec.ts';
import { fromRow, insertPosts } from './outbox-rows.ts';
import type { Schema } from './schema.ts';
import type { Commit, Session } from './session.ts';
import type { Store } from './store.ts';

type Outbox = Pick<
  Store,
  'enqueue' | 'claimPosts' | 'posting' | 'posted' | 'postFailed' | 'postRefused' | 'post'
>;

type Keys = readonly { readonly team: string; readonly key: string }[];

/** Messages that must appear once. */
export function outbox(session: Session): Outbox {
  /** Changes a post that is still to be sent; one that is out or refused stays as it is. */
  async function change(
    commit: Commit,
    team: string,
    key: string,
    set: (now: Instant) => UpdateObject<Schema, 'steady_posts'>,
  ): Promise<void> {
    await session.single(commit, (db, now) =>
      db
        .updateTable('steady_posts')
        .set(set(now))
        .where('team', '=', encodeKey(team))
        .where('key', '=', encodeKey(key))
        .where('state', '=', 'waiting'),
    );
  }

  return {
    enqueue: (team, post) =>
      session.write('enqueue', async (tx) =>
        (await insertPosts(tx, team, [post], await session.now(tx))) === 1 ? 'new' : 'duplicate',
      ),

    async claimPosts(lease, keys) {
      if (keys?.length === 0) return [];
      return session.write('claimPosts', async (tx) => {
        const now = await session.now(tx);
        const rows = await tx
          .with('ready', (db) => {
            let query = db
              .selectFrom('steady_posts')
              .select(['team', 'key'])
              // Literal, so that the partial index serves.
              .where(sql<SqlBool>`state = 'waiting'`)
              .where('ready_at', '<=', now)
              .where((eb) => eb.or([eb('lease_until', 'is', null), eb('lease_until', '<=', now)]))
              .orderBy('priority')
              .orderBy('created_at')
              .orderBy('place')
              .limit(lease.limit);
            if (keys !== undefined) query = query.where((eb) => oneOf(eb, keys));
            return session.engine.claimLock === undefined ? query : query.forUpdate().skipLocked();
          })
          .updateTable('steady_posts as p')
          .from('ready')
          .set({ lease_owner: encodeText(lease.owner), lease_until: now + lease.for })
          .whereRef('p.team', '=', 'ready.team')
          .whereRef('p.key', '=', 'ready.key')
          .returningAll()
          .execute();
        return rows
          .sort((a, b) => a.priority - b.priority || a.created_at - b.created_at || a.place - b.place)
          .map(fromRow);
      });
    },

    posting: (team, key) =>
      change('posting', team, key, () => ({ uncertain: 1, attempts: sql<number>`attempts + 1` })),

    posted: (team, key, message, binding) =>
      session.write('posted', async (tx) => {
        const now = await session.now(tx);
        await tx
          .updateTable('steady_posts')
          .set({
            state: 'posted',
            uncertain: 0,
            channel: encodeText(message.channel),
            ts: encodeText(message.ts),
            done_at: now,
            lease_owner: null,
            lease_until: null,
          })
          .where('team', '=', encodeKey(team))
          .where('key', '=', encodeKey(key))
          // A refusal that a late answer of Slack proves wrong is corrected; of two answers the first stays.
          .where('state', '<>', 'posted')
          .execute();
        if (binding !== undefined) await writeBinding(tx, { team, ...message, ...binding });
      }),

    postFailed: (team, key, retry) =>
      change('postFailed', team, key, () => ({
        ready_at: retry.at,
        not_before: retry.at,
        why: encodeText(retry.why),
        // What was marked was counted then.
        ...(retry.tried && { attempts: sql<number>`attempts + 1 - uncertain` }),
        uncertain: retry.certain ? 0 : 1,
        lease_owner: null,
        lease_until: null,
      })),

    postRefused: (team, key, why) =>
      change('postRefused', team, key, (now) => ({
        state: 'refused',
        why: encodeText(why),
        done_at: now,
        lease_owner: null,
        lease_until: null,
      })),

    async post(team, key) {
      const row = await session.read((db) =>
        db
          .selectFrom('steady_posts')
          .selectAll()
          .where('team', '=', encodeKey(team))
          .where('key', '=', encodeKey(key))
          .executeTakeFirst(),
      );
      if (row === undefined) return undefined;
      const message =
        row.channel === null || row.ts === null
          ? {}
          : { message: { channel: decodeText(row.channel), ts: decodeText(row.ts) } };
      return { ...fromRow(row), state: row.state, ...message };
    },
  };
}

function oneOf(eb: ExpressionBuilder<Schema, 'steady_posts'>, keys: Keys): Expression<SqlBool> {
  const byTeam = Map.groupBy(keys, ({ team }) => team);
  return eb.or(
    [...byTeam].map(([team, of]) =>
      eb.and([
        eb('team', '=', encodeKey(team)),
        eb(
          'key',
          'in',
          of.map(({ key }) => encodeKey(key)),
        ),
      ]),
    ),
  );
}
