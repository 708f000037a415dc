import type { Kysely } from 'kysely';
import { decodeBytes, encodeKey } from './codec.ts';
import type { Schema } from './schema.ts';
import type { Session } from './session.ts';
import type { Store, Write } from './store.ts';

/** Answers of backends as they came, compressed by whoever saves them. */
export function snapshots(session: Session): Pick<Store, 'snapshot' | 'saveSnapshot'> {
  return {
    async snapshot(team, key) {
      const row = await session.read((db) =>
        db
          .selectFrom('steady_snapshots')
          .select('bytes')
          .where('team', '=', encodeKey(team))
          .where('key', '=', encodeKey(key))
          .executeTakeFirst(),
      );
      return row === undefined ? undefined : decodeBytes(row.bytes);
    },

    saveSnapshot: (team, key, bytes) =>
      session.write('saveSnapshot', (tx) => writeSnapshots(tx, team, [{ key, bytes }])),
  };
}

/** Saves snapshots, each over an older one of its key. */
export async function writeSnapshots(
  db: Kysely<Schema>,
  team: string,
  saved: NonNullable<Write['snapshots']>,
): Promise<void> {
  for (const { key, bytes } of saved) {
    await db
      .insertInto('steady_snapshots')
      .values({ team: encodeKey(team), key: encodeKey(key), bytes })
      .onConflict((conflict) => conflict.columns(['team', 'key']).doUpdateSet({ bytes }))
      .execute();
  }
}
