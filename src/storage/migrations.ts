import { type Kysely, sql } from 'kysely';
import type { Engine } from './session.ts';

/** One step of the tables' history. Runs once, in a transaction, on either engine; never edited after a release. */
export interface Migration {
  readonly name: string;
  up(db: Kysely<unknown>, engine: Engine['name']): Promise<void>;
}

/**
 * In order; the number of a migration is its place, counted from 1. A new column takes a default, so that a backup of the older
 * tables still fits; where a row changes its meaning, `TABLES` in `backup-format` says how an old one comes back.
 */
export const MIGRATIONS: readonly Migration[] = [
  { name: 'first tables', up: firstTables },
  { name: 'knowledge', up: knowledge },
  { name: 'tries of deliveries', up: triesOfDeliveries },
  { name: 'incidents that used knowledge', up: usesOfKnowledge },
  { name: 'what knowledge is headed by', up: headsOfKnowledge },
];

/** Key and tags begin what is searched: an index of the beginning finds what is named so without weighing all that mention it. */
async function headsOfKnowledge(db: Kysely<unknown>, engine: Engine['name']): Promise<void> {
  for (const statement of engine === 'postgres' ? HEADS_OF_POSTGRES : HEADS_OF_SQLITE)
    await sql.raw(statement).execute(db);
}

async function triesOfDeliveries(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('steady_deliveries')
    .addColumn('tries', 'integer', (c) => c.notNull().defaultTo(0))
    .execute();
}

async function usesOfKnowledge(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('steady_knowledge_uses')
    .addColumn('team', 'text', (c) => c.notNull())
    .addColumn('shelf', 'text', (c) => c.notNull())
    .addColumn('id', 'text', (c) => c.notNull())
    .addColumn('incident', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('steady_knowledge_uses_pk', ['team', 'shelf', 'id', 'incident'])
    .execute();
}

async function firstTables(db: Kysely<unknown>, engine: Engine['name']): Promise<void> {
  const bytes = engine === 'postgres' ? sql`bytea` : sql`blob`;
  const { schema } = db;
  await schema
    .createTable('steady_counters')
    .addColumn('team', 'text', (c) => c.primaryKey())
    .addColumn('last', 'bigint', (c) => c.notNull())
    .execute();

  await schema
    .createTable('steady_incidents')
    .addColumn('team', 'text', (c) => c.notNull())
    .addColumn('number', 'bigint', (c) => c.notNull())
    .addColumn('version', 'integer', (c) => c.notNull())
    .addColumn('channel', 'text', (c) => c.notNull())
    .addColumn('title', 'text', (c) => c.notNull())
    .addColumn('severity', 'text', (c) => c.notNull())
    .addColumn('phase', 'text', (c) => c.notNull())
    .addColumn('open', 'integer', (c) => c.notNull())
    .addColumn('lead', 'text', (c) => c.notNull())
    .addColumn('due_at', 'bigint')
    .addColumn('promised_at', 'bigint')
    .addColumn('declared_at', 'bigint', (c) => c.notNull())
    .addColumn('updated_at', 'bigint', (c) => c.notNull())
    .addColumn('lease_owner', 'text')
    .addColumn('lease_until', 'bigint')
    .addPrimaryKeyConstraint('steady_incidents_pk', ['team', 'number'])
    .execute();
  // Raw because a partial index is used only where the query repeats its condition literally.
  await sql`create unique index steady_incidents_one_open on steady_incidents (team, channel) where open = 1`.execute(
    db,
  );
  await sql`create index steady_incidents_due on steady_incidents (due_at) where open = 1 and due_at is not null`.execute(
    db,
  );
  await sql`create index steady_incidents_open on steady_incidents (team, number) where open = 1`.execute(db);
  await sql`create index steady_incidents_lead on steady_incidents (team, lead, number) where open = 1`.execute(
    db,
  );
  await sql`create index steady_incidents_channel on steady_incidents (team, channel, open, number)`.execute(
    db,
  );

  await schema
    .createTable('steady_events')
    .addColumn('team', 'text', (c) => c.notNull())
    .addColumn('number', 'bigint', (c) => c.notNull())
    .addColumn('seq', 'integer', (c) => c.notNull())
    .addColumn('at', 'bigint', (c) => c.notNull())
    .addColumn('body', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('steady_events_pk', ['team', 'number', 'seq'])
    .addForeignKeyConstraint('steady_events_incident', ['team', 'number'], 'steady_incidents', [
      'team',
      'number',
    ])
    .execute();

  await schema
    .createTable('steady_posts')
    .addColumn('team', 'text', (c) => c.notNull())
    .addColumn('key', 'text', (c) => c.notNull())
    .addColumn('incident', 'bigint')
    .addColumn('priority', 'integer', (c) => c.notNull())
    .addColumn('ready_at', 'bigint', (c) => c.notNull())
    .addColumn('not_before', 'bigint')
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addColumn('place', 'integer', (c) => c.notNull())
    .addColumn('body', 'text', (c) => c.notNull())
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('attempts', 'integer', (c) => c.notNull())
    .addColumn('uncertain', 'integer', (c) => c.notNull())
    .addColumn('why', 'text')
    .addColumn('channel', 'text')
    .addColumn('ts', 'text')
    .addColumn('done_at', 'bigint')
    .addColumn('lease_owner', 'text')
    .addColumn('lease_until', 'bigint')
    .addPrimaryKeyConstraint('steady_posts_pk', ['team', 'key'])
    .execute();
  await sql`create index steady_posts_waiting on steady_posts (priority, created_at, place) where state = 'waiting'`.execute(
    db,
  );
  await sql`create index steady_posts_done on steady_posts (done_at) where done_at is not null`.execute(db);

  await schema
    .createTable('steady_bindings')
    .addColumn('team', 'text', (c) => c.notNull())
    .addColumn('channel', 'text', (c) => c.notNull())
    .addColumn('ts', 'text', (c) => c.notNull())
    .addColumn('incident', 'bigint')
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('id', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('steady_bindings_pk', ['team', 'channel', 'ts'])
    .execute();
  await sql`create index steady_bindings_incident on steady_bindings (team, incident, kind)`.execute(db);

  await schema
    .createTable('steady_deliveries')
    .addColumn('team', 'text', (c) => c.notNull())
    .addColumn('key', 'text', (c) => c.notNull())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('body', 'text', (c) => c.notNull())
    .addColumn('at', 'bigint', (c) => c.notNull())
    .addColumn('finished', 'integer', (c) => c.notNull())
    .addColumn('lease_owner', 'text')
    .addColumn('lease_until', 'bigint')
    .addPrimaryKeyConstraint('steady_deliveries_pk', ['team', 'key'])
    .execute();
  await sql`create index steady_deliveries_unfinished on steady_deliveries (at) where finished = 0`.execute(
    db,
  );
  await sql`create index steady_deliveries_finished on steady_deliveries (at) where finished = 1`.execute(db);

  await schema
    .createTable('steady_drafts')
    .addColumn('team', 'text', (c) => c.notNull())
    .addColumn('key', 'text', (c) => c.notNull())
    .addColumn('person', 'text', (c) => c.notNull())
    .addColumn('incident', 'bigint')
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('body', 'text', (c) => c.notNull())
    .addColumn('at', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('steady_drafts_pk', ['team', 'key'])
    .execute();
  await sql`create index steady_drafts_person on steady_drafts (team, person)`.execute(db);

  await schema
    .createTable('steady_snapshots')
    .addColumn('team', 'text', (c) => c.notNull())
    .addColumn('key', 'text', (c) => c.notNull())
    .addColumn('bytes', bytes, (c) => c.notNull())
    .addPrimaryKeyConstraint('steady_snapshots_pk', ['team', 'key'])
    .execute();

  await schema
    .createTable('steady_memories')
    .addColumn('team', 'text', (c) => c.notNull())
    .addColumn('key', 'text', (c) => c.notNull())
    .addColumn('value', 'text', (c) => c.notNull())
    .addColumn('at', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('steady_memories_pk', ['team', 'key'])
    .execute();
}

async function knowledge(db: Kysely<unknown>, engine: Engine['name']): Promise<void> {
  await db.schema
    .createTable('steady_knowledge')
    // The row that the full-text index points at: https://www.sqlite.org/fts5.html#external_content_tables
    .addColumn('n', engine === 'postgres' ? 'bigint' : 'integer', (c) =>
      engine === 'postgres' ? c.primaryKey().generatedByDefaultAsIdentity() : c.primaryKey(),
    )
    .addColumn('team', 'text', (c) => c.notNull())
    .addColumn('shelf', 'text', (c) => c.notNull())
    .addColumn('id', 'text', (c) => c.notNull())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('entry', 'text', (c) => c.notNull())
    .addColumn('search', 'text', (c) => c.notNull())
    .addColumn('uses', 'integer', (c) => c.notNull().defaultTo(0))
    .addColumn('used_on', 'text')
    .addColumn('gone_at', 'bigint')
    .addUniqueConstraint('steady_knowledge_id', ['team', 'shelf', 'id'])
    .execute();
  for (const statement of engine === 'postgres' ? TRIGRAMS_OF_POSTGRES : TRIGRAMS_OF_SQLITE)
    await sql.raw(statement).execute(db);
}

/**
 * A trigram index of plain arrays: pg_trgm would do the same, but is an extension, which not every owner of a database may create
 * and which lives in one schema. https://www.postgresql.org/docs/15/gin-builtin-opclasses.html
 */
const TRIGRAMS_OF_POSTGRES = [
  `create function steady_trigrams(said text) returns text[] language sql immutable as
    'select array(select distinct substr(said, place, 3) from generate_series(1, length(said) - 2) place)'`,
  'alter table steady_knowledge add column trigrams text[] generated always as (steady_trigrams(search)) stored',
  'create index steady_knowledge_trigrams on steady_knowledge using gin (trigrams)',
];

/** https://www.sqlite.org/fts5.html#the_trigram_tokenizer */
const TRIGRAMS_OF_SQLITE = [
  `create virtual table steady_knowledge_search
    using fts5(search, content='steady_knowledge', content_rowid='n', tokenize='trigram')`,
  `create trigger steady_knowledge_added after insert on steady_knowledge begin
    insert into steady_knowledge_search(rowid, search) values (new.n, new.search);
  end`,
  `create trigger steady_knowledge_removed after delete on steady_knowledge begin
    insert into steady_knowledge_search(steady_knowledge_search, rowid, search) values ('delete', old.n, old.search);
  end`,
  `create trigger steady_knowledge_changed after update of search on steady_knowledge begin
    insert into steady_knowledge_search(steady_knowledge_search, rowid, search) values ('delete', old.n, old.search);
    insert into steady_knowledge_search(rowid, search) values (new.n, new.search);
  end`,
];

const HEADS_OF_POSTGRES = [
  `alter table steady_knowledge add column head_trigrams text[]
    generated always as (steady_trigrams(substr(search, 1, 80))) stored`,
  'create index steady_knowledge_head_trigrams on steady_knowledge using gin (head_trigrams)',
];

/** A table of its own: within one for all columns, a look for headings goes through whatever mentions the words. */
const HEADS_OF_SQLITE = [
  'alter table steady_knowledge add column head text generated always as (substr(search, 1, 80)) virtual',
  `create virtual table steady_knowledge_heads
    using fts5(head, content='steady_knowledge', content_rowid='n', tokenize='trigram')`,
  `insert into steady_knowledge_heads(steady_knowledge_heads) values ('rebuild')`,
  `create trigger steady_knowledge_head_added after insert on steady_knowledge begin
    insert into steady_knowledge_heads(rowid, head) values (new.n, new.head);
  end`,
  `create trigger steady_knowledge_head_removed after delete on steady_knowledge begin
    insert into steady_knowledge_heads(steady_knowledge_heads, rowid, head) values ('delete', old.n, old.head);
  end`,
  `create trigger steady_knowledge_head_changed after update of search on steady_knowledge begin
    insert into steady_knowledge_heads(steady_knowledge_heads, rowid, head) values ('delete', old.n, old.head);
    insert into steady_knowledge_heads(rowid, head) values (new.n, new.head);
  end`,
];
