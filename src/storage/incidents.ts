import { type Insertable, type Kysely, type Selectable, sql, type Transaction } from 'kysely';
import { Conflict, RuleViolation } from '../domain/errors.ts';
import type { Instant } from '../domain/time.ts';
import { decodeJson, decodeText, encodeJson, encodeKey, encodeText } from './codec.ts';
import { writeDrafts } from './drafts.ts';
import { insertPosts } from './outbox-rows.ts';
import type { IncidentRow, Schema } from './schema.ts';
import type { Session } from './session.ts';
import { writeSnapshots } from './snapshots.ts';
import type { IncidentRef, Projection, Store, Write } from './store.ts';

type Incidents = Pick<Store, 'declare' | 'load' | 'append' | 'projection' | 'inChannel' | 'list'>;

/** Rows per insert; PostgreSQL takes 65,535 parameters per statement, SQLite 32,766. */
const EVENTS_PER_INSERT = 500;

/** Timelines and what is known of them without reading them. */
export function incidents(session: Session): Incidents {
  const { engine } = session;

  /** One open incident per channel is held by a unique index, whoever else declares or reopens at this moment. */
  async function oneOpenPerChannel<Result>(
    team: string,
    wanted: () => Write | undefined,
    ref: () => IncidentRef | undefined,
    run: () => Promise<Result>,
  ): Promise<Result> {
    try {
      return await run();
    } catch (error) {
      const write = wanted();
      if (!engine.isDuplicate(error) || write === undefined) throw error;
      const there = await inChannel(team, write.projection.channel);
      if (there?.open !== true || there.ref.number === ref()?.number) throw error;
      throw channelTaken(there.ref);
    }
  }

  async function inChannel(team: string, channel: string): Promise<Projection | undefined> {
    const row = await session.read((db) =>
      db
        .selectFrom('steady_incidents')
        .selectAll()
        .where('team', '=', encodeKey(team))
        .where('channel', '=', encodeKey(channel))
        .orderBy('open', 'desc')
        .orderBy('number', 'desc')
        .limit(1)
        .executeTakeFirst(),
    );
    return row === undefined ? undefined : toProjection(row);
  }

  return {
    inChannel,

    declare(team, opening) {
      let write: Write | undefined;
      const run = () =>
        session.write('declare', async (tx) => {
          write = undefined;
          const number = await nextNumber(tx, team);
          const ref = { team, number };
          const made = opening(ref);
          write = made;
          const now = await session.now(tx);
          await tx
            .insertInto('steady_incidents')
            .values({
              team: encodeKey(team),
              number,
              version: made.events.length,
              ...projectionColumns(made.projection, now),
            })
            .execute();
          await writeRest(tx, ref, 0, made, now);
          return ref;
        });
      return oneOpenPerChannel(
        team,
        () => write,
        () => undefined,
        run,
      );
    },

    async load(ref, after = 0) {
      if (!Number.isSafeInteger(ref.number)) return undefined;
      const team = encodeKey(ref.team);
      const rows = await session.read((db) =>
        db
          .selectFrom('steady_incidents as i')
          .leftJoin('steady_events as e', (join) =>
            join.onRef('e.team', '=', 'i.team').onRef('e.number', '=', 'i.number').on('e.seq', '>', after),
          )
          .select(['i.version', 'e.seq', 'e.at', 'e.body'])
          .where('i.team', '=', team)
          .where('i.number', '=', ref.number)
          .orderBy('e.seq')
          .execute(),
      );
      const version = rows[0]?.version;
      if (version === undefined) return undefined;
      const events = rows.flatMap(({ seq, at, body }) =>
        seq === null || at === null || body === null ? [] : [{ seq, at, body: decodeJson(body) }],
      );
      return { ref, version, events };
    },

    append(ref, expectedVersion, write) {
      const run = () =>
        session.write('append', async (tx) => {
          const now = await session.now(tx);
          const version = expectedVersion + write.events.length;
          const { numUpdatedRows } = await tx
            .updateTable('steady_incidents')
            .set({ version, ...projectionColumns(write.projection, now) })
            .where('team', '=', encodeKey(ref.team))
            .where('number', '=', ref.number)
            .where('version', '=', expectedVersion)
            .executeTakeFirstOrThrow();
          if (numUpdatedRows === 0n)
            throw new Conflict(`INC-${ref.number} is not at version ${expectedVersion}`);
          await writeRest(tx, ref, expectedVersion, write, now);
          return version;
        });
      return oneOpenPerChannel(
        ref.team,
        () => write,
        () => ref,
        run,
      );
    },

    async projection(ref) {
      if (!Number.isSafeInteger(ref.number)) return undefined;
      const row = await session.read((db) =>
        db
          .selectFrom('steady_incidents')
          .selectAll()
          .where('team', '=', encodeKey(ref.team))
          .where('number', '=', ref.number)
          .executeTakeFirst(),
      );
      return row === undefined ? undefined : toProjection(row);
    },

    async list(team, options = {}) {
      const rows = await session.read((db) => listStatement(db, team, options).execute());
      return rows.map(toProjection);
    },
  };
}

/** Its cost follows how many are asked for, not how many are open: the plan is tested. */
export function listStatement(
  db: Kysely<Schema>,
  team: string,
  { open, lead, limit }: NonNullable<Parameters<Store['list']>[1]>,
) {
  let query = db
    .selectFrom('steady_incidents')
    .selectAll()
    .where('team', '=', encodeKey(team))
    .orderBy('number', 'desc');
  // Literal, so that the partial indexes serve.
  if (open !== undefined) query = query.where(open ? sql<boolean>`open = 1` : sql<boolean>`open = 0`);
  if (lead !== undefined) query = query.where('lead', '=', encodeText(lead));
  if (limit !== undefined) query = query.limit(limit);
  return query;
}

/** What the bot knows of an incident, from its row. */
export function toProjection(row: Selectable<IncidentRow>): Projection {
  return {
    ref: { team: decodeText(row.team), number: row.number },
    channel: decodeText(row.channel),
    title: decodeText(row.title),
    severity: decodeText(row.severity),
    phase: decodeText(row.phase),
    open: row.open === 1,
    lead: decodeText(row.lead),
    ...(row.due_at === null ? {} : { dueAt: row.due_at }),
    ...(row.promised_at === null ? {} : { promisedAt: row.promised_at }),
    declaredAt: row.declared_at,
    updatedAt: row.updated_at,
  };
}

function projectionColumns(
  projection: Write['projection'],
  now: Instant,
): Omit<Insertable<IncidentRow>, 'team' | 'number' | 'version' | 'lease_owner' | 'lease_until'> {
  return {
    channel: encodeKey(projection.channel),
    title: encodeText(projection.title),
    severity: encodeText(projection.severity),
    phase: encodeText(projection.phase),
    open: projection.open ? 1 : 0,
    lead: encodeText(projection.lead),
    due_at: projection.dueAt ?? null,
    promised_at: projection.promisedAt ?? null,
    declared_at: projection.declaredAt,
    updated_at: now,
  };
}

async function nextNumber(tx: Transaction<Schema>, team: string): Promise<number> {
  const { last } = await tx
    .insertInto('steady_counters')
    .values({ team: encodeKey(team), last: 1 })
    .onConflict((conflict) =>
      conflict.column('team').doUpdateSet((eb) => ({ last: eb('steady_counters.last', '+', 1) })),
    )
    .returning('last')
    .executeTakeFirstOrThrow();
  return last;
}

async function writeRest(
  tx: Kysely<Schema>,
  ref: IncidentRef,
  version: number,
  write: Write,
  now: Instant,
): Promise<void> {
  const team = encodeKey(ref.team);
  for (let from = 0; from < write.events.length; from += EVENTS_PER_INSERT) {
    await tx
      .insertInto('steady_events')
      .values(
        write.events.slice(from, from + EVENTS_PER_INSERT).map(({ at, body }, index) => ({
          team,
          number: ref.number,
          seq: version + from + index + 1,
          at,
          body: encodeJson(body),
        })),
      )
      .execute();
  }
  await insertPosts(tx, ref.team, write.posts ?? [], now);
  await writeDrafts(tx, ref.team, write.drafts ?? [], write.settled ?? []);
  await writeSnapshots(tx, ref.team, write.snapshots ?? []);
}

function channelTaken(existing: IncidentRef): RuleViolation {
  const name = `INC-${existing.number}`;
  return new RuleViolation(
    'one-open-per-channel',
    `${name} is already open in this channel. Use it, or declare in a new channel.`,
    [{ label: `Use ${name}`, command: `status ${name}` }],
  );
}
