import type { Insertable, Kysely, Selectable } from 'kysely';
import type { Instant } from '../domain/time.ts';
import { decodeJson, decodeText, encodeJson, encodeKey } from './codec.ts';
import type { PostRow, Schema } from './schema.ts';
import type { OutboxPost, OutboxRow } from './store.ts';

/** Writes posts whose key is new; answers how many were. */
export async function insertPosts(
  db: Kysely<Schema>,
  team: string,
  posts: readonly OutboxPost[],
  now: Instant,
): Promise<number> {
  let written = 0;
  for (const [place, post] of posts.entries()) {
    const { numInsertedOrUpdatedRows } = await db
      .insertInto('steady_posts')
      .values(toRow(team, post, place, now))
      .onConflict((conflict) => conflict.columns(['team', 'key']).doNothing())
      .executeTakeFirstOrThrow();
    written += Number(numInsertedOrUpdatedRows ?? 0n);
  }
  return written;
}

function toRow(team: string, post: OutboxPost, place: number, now: Instant): Insertable<PostRow> {
  return {
    team: encodeKey(team),
    key: encodeKey(post.key),
    incident: post.incident ?? null,
    priority: post.priority,
    ready_at: post.notBefore ?? now,
    not_before: post.notBefore ?? null,
    created_at: now,
    place,
    body: encodeJson(post.post),
    state: 'waiting',
    attempts: 0,
    uncertain: 0,
    why: null,
    channel: null,
    ts: null,
    done_at: null,
    lease_owner: null,
    lease_until: null,
  };
}

/** The post as its sender needs it. */
export function fromRow(row: Selectable<PostRow>): OutboxRow {
  return {
    team: decodeText(row.team),
    key: decodeText(row.key),
    post: decodeJson(row.body),
    ...(row.incident === null ? {} : { incident: row.incident }),
    priority: row.priority,
    ...(row.not_before === null ? {} : { notBefore: row.not_before }),
    attempts: row.attempts,
    uncertain: row.uncertain === 1,
    createdAt: row.created_at,
  };
}
