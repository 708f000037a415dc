import { type Kysely, type Selectable, sql } from 'kysely';
import { decodeJson, decodeText, encodeJson, encodeKey } from './codec.ts';
import type { KnowledgeTableRow, Schema } from './schema.ts';
import {
  type FoundRow,
  nearly,
  searchable,
  searchedWords,
  searchStatements,
  whichExist,
} from './search-knowledge.ts';
import type { Session } from './session.ts';
import type { KnowledgeEntry, KnowledgeRow, Store } from './store.ts';

/** Rows written by one statement. */
const BATCH = 50;
/** With such a share of what was asked for nobody looks less strictly. */
const ENOUGH = 1 / 3;
/** Without what is searched by, which is larger than the entry itself. */
const SHOWN = ['shelf', 'id', 'kind', 'entry', 'uses', 'used_on'] as const;

/** What is known, on its shelves. */
export function knowledge(
  session: Session,
): Pick<
  Store,
  | 'saveKnowledge'
  | 'replaceShelf'
  | 'knowledge'
  | 'countKnowledge'
  | 'searchKnowledge'
  | 'countUse'
  | 'usedIn'
  | 'takeUses'
  | 'forgetKnowledge'
> {
  return {
    saveKnowledge: (team, shelf, entries, beside) =>
      session.write('saveKnowledge', async (tx) => {
        await put(tx, team, shelf, entries);
        if (beside) await put(tx, team, beside.shelf, beside.entries);
      }),

    replaceShelf: (team, shelf, all) => {
      const entries = [...all];
      return session.write('replaceShelf', async (tx) => {
        const kept = new Set(entries.map((one) => encodeKey(one.id)));
        const there = await tx
          .selectFrom('steady_knowledge')
          .select('id')
          .where('team', '=', encodeKey(team))
          .where('shelf', '=', encodeKey(shelf))
          .execute();
        const gone = there.map((row) => row.id).filter((id) => !kept.has(id));
        for (const ids of batches(gone))
          await tx
            .deleteFrom('steady_knowledge')
            .where('team', '=', encodeKey(team))
            .where('shelf', '=', encodeKey(shelf))
            .where('id', 'in', ids)
            .execute();
        await put(tx, team, shelf, entries);
      });
    },

    async knowledge(team, shelves, kind) {
      if (shelves.length === 0) return [];
      const rows = await session.read((db) => {
        const query = db
          .selectFrom('steady_knowledge')
          .select(SHOWN)
          .where('team', '=', encodeKey(team))
          .where('shelf', 'in', shelves.map(encodeKey))
          .where('gone_at', 'is', null)
          .orderBy('shelf')
          .orderBy('id');
        return (kind === undefined ? query : query.where('kind', '=', encodeKey(kind))).execute();
      });
      return rows.map(fromRow);
    },

    async countKnowledge(team, shelf) {
      const rows = await session.read((db) =>
        db
          .selectFrom('steady_knowledge')
          .select(['kind', sql<number>`count(*)`.as('entries')])
          .where('team', '=', encodeKey(team))
          .where('shelf', '=', encodeKey(shelf))
          .where('gone_at', 'is', null)
          .groupBy('kind')
          .orderBy('kind')
          .execute(),
      );
      return rows.map(({ kind, entries }) => ({ kind: decodeText(kind), entries: Number(entries) }));
    },

    async searchKnowledge(team, shelves, asked, limit) {
      if (shelves.length === 0) return [];
      const words = searchedWords(asked);
      if (words.length === 0) return [];
      // As a part of a select, because those go to the thread that only reads.
      const there = await session.read((db) =>
        db
          .selectFrom(sql<Readonly<Record<string, unknown>>>`(${whichExist(session, words)})`.as('there'))
          .selectAll()
          .executeTakeFirstOrThrow(),
      );
      const terms = words.map((word, index) => (there[`w${index}`] ? [word] : nearly(word)));
      const found = new Map<string, KnowledgeRow>();
      for (const { statement, last } of searchStatements(session, team, shelves, terms, limit)) {
        if (last && found.size > 0) break;
        const rows = await session.read((db) =>
          db
            .selectFrom(sql<FoundRow>`(${statement})`.as('found'))
            .selectAll()
            .orderBy('place')
            .orderBy('n')
            .execute(),
        );
        for (const row of rows.map(fromRow)) {
          const key = `${row.shelf}/${row.id}`;
          if (!found.has(key) && found.size < limit) found.set(key, row);
        }
        if (found.size >= limit * ENOUGH) break;
      }
      return [...found.values()];
    },

    async countUse(team, shelf, id, day, incident) {
      const one = { team: encodeKey(team), shelf: encodeKey(shelf), id: encodeKey(id) };
      await session.write('countUse', async (tx) => {
        if (incident !== undefined) {
          const { numInsertedOrUpdatedRows } = await tx
            .insertInto('steady_knowledge_uses')
            .values({ ...one, incident })
            .onConflict((conflict) => conflict.doNothing())
            .executeTakeFirstOrThrow();
          if (numInsertedOrUpdatedRows !== 1n) return;
        }
        await tx
          .updateTable('steady_knowledge')
          .set({ uses: sql`uses + 1`, used_on: day })
          .where('team', '=', one.team)
          .where('shelf', '=', one.shelf)
          .where('id', '=', one.id)
          .execute();
      });
    },

    async usedIn(team, shelf, id) {
      const rows = await session.read((db) =>
        db
          .selectFrom('steady_knowledge_uses')
          .select('incident')
          .where('team', '=', encodeKey(team))
          .where('shelf', '=', encodeKey(shelf))
          .where('id', '=', encodeKey(id))
          .orderBy('incident')
          .execute(),
      );
      return rows.map(({ incident }) => Number(incident));
    },

    takeUses: (team, shelf, taken) =>
      session.write('takeUses', async (tx) => {
        for (const { id, uses } of taken)
          await tx
            .updateTable('steady_knowledge')
            .set({ uses: sql`case when uses > ${uses} then uses - ${uses} else 0 end` })
            .where('team', '=', encodeKey(team))
            .where('shelf', '=', encodeKey(shelf))
            .where('id', '=', encodeKey(id))
            .execute();
      }),

    forgetKnowledge: (team, shelf, id, { undo = false, beside } = {}) =>
      session.write('forgetKnowledge', async (tx) => {
        const { numUpdatedRows } = await tx
          .updateTable('steady_knowledge')
          .set({ gone_at: undo ? null : await session.now(tx) })
          .where('team', '=', encodeKey(team))
          .where('shelf', '=', encodeKey(shelf))
          .where('id', '=', encodeKey(id))
          .where('gone_at', undo ? 'is not' : 'is', null)
          .executeTakeFirstOrThrow();
        if (numUpdatedRows === 1n && beside) await put(tx, team, beside.shelf, beside.entries);
        return numUpdatedRows === 1n;
      }),
  };
}

async function put(
  db: Kysely<Schema>,
  team: string,
  shelf: string,
  entries: readonly KnowledgeEntry[],
): Promise<void> {
  // A batch may name an id once only.
  const newest = new Map(entries.map((one) => [one.id, one]));
  for (const batch of batches([...newest.values()]))
    await db
      .insertInto('steady_knowledge')
      .values(
        batch.map((one) => ({
          team: encodeKey(team),
          shelf: encodeKey(shelf),
          id: encodeKey(one.id),
          kind: encodeKey(one.kind),
          entry: encodeJson(one.entry),
          search: searchable(one.search),
          uses: 0,
        })),
      )
      .onConflict((conflict) =>
        conflict
          .columns(['team', 'shelf', 'id'])
          .doUpdateSet((row) => ({
            kind: row.ref('excluded.kind'),
            entry: row.ref('excluded.entry'),
            search: row.ref('excluded.search'),
            gone_at: null,
          }))
          // What is the same is not indexed anew.
          .where((row) =>
            row.or([
              row('steady_knowledge.entry', '!=', row.ref('excluded.entry')),
              row('steady_knowledge.search', '!=', row.ref('excluded.search')),
              row('steady_knowledge.kind', '!=', row.ref('excluded.kind')),
              row('steady_knowledge.gone_at', 'is not', null),
            ]),
          ),
      )
      .execute();
}

function* batches<One>(all: readonly One[]): Generator<One[]> {
  for (let from = 0; from < all.length; from += BATCH) yield all.slice(from, from + BATCH);
}

function fromRow(row: Omit<Selectable<KnowledgeTableRow>, 'search' | 'team' | 'gone_at'>): KnowledgeRow {
  return {
    shelf: decodeText(row.shelf),
    id: decodeText(row.id),
    kind: decodeText(row.kind),
    entry: decodeJson(row.entry),
    uses: row.uses,
    ...(row.used_on !== null && { usedOn: row.used_on }),
  };
}
