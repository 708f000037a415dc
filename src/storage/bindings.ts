import type { Kysely, Selectable } from 'kysely';
import { decodeText, encodeKey, encodeText } from './codec.ts';
import type { BindingRow, Schema } from './schema.ts';
import type { Session } from './session.ts';
import type { Binding, Store } from './store.ts';

/** Which row a Slack message belongs to. */
export function bindings(session: Session): Pick<Store, 'bind' | 'unbind' | 'binding' | 'bindings'> {
  return {
    bind: (binding) => session.write('bind', (tx) => writeBinding(tx, binding)),

    async unbind(team, channel, ts) {
      await session.single('unbind', (db) =>
        db
          .deleteFrom('steady_bindings')
          .where('team', '=', encodeKey(team))
          .where('channel', '=', encodeKey(channel))
          .where('ts', '=', encodeKey(ts)),
      );
    },

    async binding(team, channel, ts) {
      const row = await session.read((db) =>
        db
          .selectFrom('steady_bindings')
          .selectAll()
          .where('team', '=', encodeKey(team))
          .where('channel', '=', encodeKey(channel))
          .where('ts', '=', encodeKey(ts))
          .executeTakeFirst(),
      );
      return row === undefined ? undefined : fromRow(row);
    },

    async bindings(ref, kind) {
      const rows = await session.read((db) => {
        const query = db
          .selectFrom('steady_bindings')
          .selectAll()
          .where('team', '=', encodeKey(ref.team))
          .where('incident', '=', ref.number);
        return (kind === undefined ? query : query.where('kind', '=', encodeText(kind))).execute();
      });
      // Compared here: the engines order text differently.
      return rows.map(fromRow).sort((a, b) => compare(a.ts, b.ts) || compare(a.channel, b.channel));
    },
  };
}

/** Binds a message, or binds it anew. */
export async function writeBinding(db: Kysely<Schema>, binding: Binding): Promise<void> {
  const { team, channel, ts } = binding;
  const what = {
    incident: binding.incident ?? null,
    kind: encodeKey(binding.kind),
    id: encodeText(binding.id),
  };
  await db
    .insertInto('steady_bindings')
    .values({ team: encodeKey(team), channel: encodeKey(channel), ts: encodeKey(ts), ...what })
    .onConflict((conflict) => conflict.columns(['team', 'channel', 'ts']).doUpdateSet(what))
    .execute();
}

function fromRow(row: Selectable<BindingRow>): Binding {
  return {
    team: decodeText(row.team),
    channel: decodeText(row.channel),
    ts: decodeText(row.ts),
    ...(row.incident === null ? {} : { incident: row.incident }),
    kind: decodeText(row.kind),
    id: decodeText(row.id),
  };
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
