import type { Kysely, Selectable } from 'kysely';
import { decodeJson, decodeText, encodeJson, encodeKey, encodeText } from './codec.ts';
import type { DraftRow, Schema } from './schema.ts';
import type { Session } from './session.ts';
import type { Draft, Store } from './store.ts';

/** What somebody must still act on. */
export function drafts(session: Session): Pick<Store, 'draft' | 'drafts' | 'saveDraft' | 'settleDraft'> {
  return {
    async draft(team, key) {
      const row = await session.read((db) =>
        db
          .selectFrom('steady_drafts')
          .selectAll()
          .where('team', '=', encodeKey(team))
          .where('key', '=', encodeKey(key))
          .executeTakeFirst(),
      );
      return row === undefined ? undefined : fromRow(row);
    },

    async drafts(team, person) {
      const rows = await session.read((db) =>
        db
          .selectFrom('steady_drafts')
          .selectAll()
          .where('team', '=', encodeKey(team))
          .where('person', '=', encodeKey(person))
          .execute(),
      );
      return rows.map(fromRow).sort((a, b) => a.at - b.at || (a.key < b.key ? -1 : 1));
    },

    saveDraft: (draft) => session.write('saveDraft', (tx) => writeDrafts(tx, draft.team, [draft], [])),

    async settleDraft(team, key) {
      const deleted = await session.single('settleDraft', (db) =>
        db.deleteFrom('steady_drafts').where('team', '=', encodeKey(team)).where('key', '=', encodeKey(key)),
      );
      return deleted === 1;
    },
  };
}

/** Settles drafts, then saves others, each over an older one of its key. */
export async function writeDrafts(
  db: Kysely<Schema>,
  team: string,
  saved: readonly Draft[],
  settled: readonly string[],
): Promise<void> {
  if (settled.length > 0) {
    await db
      .deleteFrom('steady_drafts')
      .where('team', '=', encodeKey(team))
      .where('key', 'in', settled.map(encodeKey))
      .execute();
  }
  for (const draft of saved) {
    const what = {
      person: encodeKey(draft.person),
      incident: draft.incident ?? null,
      kind: encodeText(draft.kind),
      body: encodeJson(draft.body),
      at: draft.at,
    };
    await db
      .insertInto('steady_drafts')
      .values({ team: encodeKey(draft.team), key: encodeKey(draft.key), ...what })
      .onConflict((conflict) => conflict.columns(['team', 'key']).doUpdateSet(what))
      .execute();
  }
}

function fromRow(row: Selectable<DraftRow>): Draft {
  return {
    team: decodeText(row.team),
    key: decodeText(row.key),
    person: decodeText(row.person),
    ...(row.incident === null ? {} : { incident: row.incident }),
    kind: decodeText(row.kind),
    body: decodeJson(row.body),
    at: row.at,
  };
}
