import { decodeJson, encodeJson, encodeKey } from './codec.ts';
import type { Session } from './session.ts';
import type { Store } from './store.ts';

/** Small remembered values. */
export function memories(session: Session): Pick<Store, 'recall' | 'remember' | 'rememberOnce'> {
  return {
    async recall(team, key) {
      const row = await session.read((db) =>
        db
          .selectFrom('steady_memories')
          .select('value')
          .where('team', '=', encodeKey(team))
          .where('key', '=', encodeKey(key))
          .executeTakeFirst(),
      );
      return row === undefined ? undefined : decodeJson(row.value);
    },

    async remember(team, key, value) {
      await session.write('remember', async (tx) => {
        const what = { value: encodeJson(value), at: await session.now(tx) };
        await tx
          .insertInto('steady_memories')
          .values({ team: encodeKey(team), key: encodeKey(key), ...what })
          .onConflict((conflict) => conflict.columns(['team', 'key']).doUpdateSet(what))
          .execute();
      });
    },

    rememberOnce: (team, key, value, age) =>
      session.write('rememberOnce', async (tx) => {
        const now = await session.now(tx);
        const what = { value: encodeJson(value), at: now };
        const { numInsertedOrUpdatedRows } = await tx
          .insertInto('steady_memories')
          .values({ team: encodeKey(team), key: encodeKey(key), ...what })
          .onConflict((conflict) =>
            conflict
              .columns(['team', 'key'])
              .doUpdateSet(what)
              .where('steady_memories.at', '<=', now - age),
          )
          .executeTakeFirstOrThrow();
        return numInsertedOrUpdatedRows === 1n;
      }),
  };
}
