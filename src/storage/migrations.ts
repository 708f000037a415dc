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
export const MIGRATIONS: readonly Migration[] = [{ name: 'first tables', up: firstTables }];

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
