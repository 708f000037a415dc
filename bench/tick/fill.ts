import type { Insertable } from 'kysely';
import type { CadenceSettings } from '../../src/domain/cadence.ts';
import { declare } from '../../src/domain/decide.ts';
import { fold } from '../../src/domain/evolve.ts';
import type { Instant } from '../../src/domain/time.ts';
import { toJson } from '../../src/flows/incident-of.ts';
import { projectionOf } from '../../src/flows/projection-of.ts';
import { encodeJson, encodeKey } from '../../src/storage/codec.ts';
import type { EventRow, IncidentRow } from '../../src/storage/schema.ts';
import type { Engine } from '../../src/storage/session.ts';

/** Rows of one insert; every row of the widest table is 15 parameters, of which PostgreSQL takes 65,535. */
const TOGETHER = 1_000;

/** An incident that was declared at this moment. */
export interface Declared {
  readonly number: number;
  readonly lead: string;
  readonly at: Instant;
}

/** Writes incidents just declared, as declaring them one by one would, but many to an insert and without their posts. */
export async function fill(
  engine: Engine,
  team: string,
  cadence: CadenceSettings,
  incidents: Iterable<Declared>,
): Promise<void> {
  let rows: Insertable<IncidentRow>[] = [];
  let events: Insertable<EventRow>[] = [];
  await engine.db.transaction().execute(async (tx) => {
    const write = async () => {
      if (rows.length > 0) await tx.insertInto('steady_incidents').values(rows).execute();
      for (let from = 0; from < events.length; from += TOGETHER)
        await tx
          .insertInto('steady_events')
          .values(events.slice(from, from + TOGETHER))
          .execute();
      rows = [];
      events = [];
    };
    for (const one of incidents) {
      const made = rowsOf(team, cadence, one);
      rows.push(made.row);
      events.push(...made.events);
      if (rows.length === TOGETHER) await write();
    }
    await write();
  });
}

function rowsOf(
  team: string,
  cadence: CadenceSettings,
  { number, lead, at }: Declared,
): { readonly row: Insertable<IncidentRow>; readonly events: readonly Insertable<EventRow>[] } {
  const title = `checkout of shop ${number} is slow`;
  const channel = `C0BENCH${number}`;
  const decided = declare({ title, severity: 'P2', channel, private: false }, { now: at, cadence, by: lead });
  const recorded = decided.map((event, index) => ({ seq: index + 1, at, event }));
  const incident = fold(team, number, recorded);
  if (incident === undefined) throw new TypeError('Declaring gave no event');
  const { dueAt, promisedAt, ...projection } = projectionOf(incident, cadence);
  return {
    row: {
      team: encodeKey(team),
      number,
      version: recorded.length,
      channel,
      title,
      severity: projection.severity,
      phase: projection.phase,
      open: projection.open ? 1 : 0,
      lead,
      due_at: dueAt ?? null,
      promised_at: promisedAt ?? null,
      declared_at: at,
      updated_at: at,
      lease_owner: null,
      lease_until: null,
    },
    events: recorded.map(({ seq, event }) => ({
      team: encodeKey(team),
      number,
      seq,
      at,
      body: encodeJson(toJson(event)),
    })),
  };
}
