import { type Due, due, ladder } from '../domain/cadence.ts';
import type { Command } from '../domain/command.ts';
import { draftUpdate } from '../domain/draft-update.ts';
import { Conflict } from '../domain/errors.ts';
import { type Incident, incidentId, type PersonId, STEADY } from '../domain/incident.ts';
import { MINUTE } from '../domain/time.ts';
import type { Draft, Json, OutboxPost, Projection } from '../storage/store.ts';
import { act, draftKey } from './act.ts';
import { findIncident } from './incident-of.ts';
import type { World } from './ports.ts';
import { projectionOf } from './projection-of.ts';
import { row } from './row.ts';

/** How many incidents one tick takes, and how long it may hold them before another process may. */
const LEASE = { for: MINUTE, limit: 100 } as const;

/** Drafts of one person that fall due this close together go into one message. */
const TOGETHER = 5 * MINUTE;

/**
 * Does everything that is due, each rung once: the claim is leased, the rung is an event, its posts are rows with keys in the
 * same transaction. A crash anywhere leaves either nothing or all of it. Answers how many incidents were looked at.
 */
export async function tick(world: World): Promise<number> {
  let looked = 0;
  for (;;) {
    const claimed = await world.store.claimDue({ owner: world.owner, ...LEASE });
    for (const projection of claimed) {
      try {
        await climb(world, projection);
      } catch (error) {
        // One incident that cannot be climbed must not keep the others waiting; its lease runs out and it is tried again.
        if (!(error instanceof Conflict)) {
          world.fault(error, incidentId(projection.ref.number));
          continue;
        }
      }
      await world.store.releaseDue(projection.ref, world.owner);
    }
    looked += claimed.length;
    if (claimed.length < LEASE.limit) return looked;
  }
}

/** Climbs one rung of one incident; a person who cannot be reached brings the next rung at once. */
async function climb(world: World, projection: Projection): Promise<void> {
  for (let rungs = 0; rungs < 8; rungs++) {
    const incident = await findIncident(world.store, projection.ref);
    const now = await world.store.now();
    const step = incident && due(incident, world.cadence, now);
    if (!incident || !step) {
      if (incident)
        await world.store.append(projection.ref, incident.version, {
          events: [],
          projection: projectionOf(incident, world.cadence),
        });
      return;
    }
    const gone = await unreachable(world, incident, step);
    const together = step.rung === 'draft' ? await othersOf(world, incident, now) : [];
    const commands: Command[] = [
      { type: 'nudge', promise: step.promise, rung: step.rung, asked: step.ask, passed: step.passed },
      ...gone.map(
        ({ person, why }): Command => ({ type: 'unreachable', promise: step.promise, person, why }),
      ),
    ];
    const { after } = await act(
      world,
      projection.ref,
      commands,
      { by: STEADY },
      {
        posts: (_after, events) => (events.length === 0 ? [] : postsOf(incident, step, together, now)),
        ...(step.rung === 'draft' && {
          drafts: [incident, ...together].flatMap((one) => draftOf(one, now)),
        }),
      },
    );
    for (const other of together) await draftedWith(world, other);
    if (!due(after, world.cadence, now)) return;
  }
}

async function unreachable(
  world: World,
  incident: Incident,
  step: Due,
): Promise<readonly { person: string; why: string }[]> {
  const known = new Set(incident.promise?.unreachable.map((one) => one.person));
  const gone: { person: string; why: string }[] = [];
  for (const person of step.ask) {
    if (known.has(person)) continue;
    const reach = await world.people.reach(incident.team, person, incident.channel);
    if (!reach.reachable) gone.push({ person, why: reach.why });
  }
  return gone;
}

/** Other open incidents of the same lead whose draft is due now or soon. */
async function othersOf(world: World, incident: Incident, now: number): Promise<readonly Incident[]> {
  const led = await world.store.list(incident.team, { open: true, lead: incident.lead, limit: 10 });
  const others: Incident[] = [];
  for (const { ref } of led) {
    if (ref.number === incident.number) continue;
    const other = await findIncident(world.store, ref);
    const draft =
      other?.promise && other.promise.climbed.length === 0
        ? ladder(other.promise, world.cadence)[0]
        : undefined;
    if (other?.promise && draft && draft.at <= now + TOGETHER && now < other.promise.dueAt)
      others.push(other);
  }
  return others;
}

/**
 * Notes on another incident that its draft went out with the first one's message. Were this lost, its own tick would find the key
 * of its draft taken.
 */
async function draftedWith(world: World, other: Incident): Promise<void> {
  const { promise } = other;
  if (!promise) return;
  const nudge: Command = {
    type: 'nudge',
    promise: promise.number,
    rung: 'draft',
    asked: [other.lead],
    passed: [],
  };
  const { after } = await act(world, other, nudge, { by: STEADY });
  if (after.promise?.number !== promise.number)
    await world.store.settleDraft(other.team, draftKey(other.number, promise.number));
}

function draftOf(incident: Incident, now: number): readonly Draft[] {
  const promise = incident.promise?.number;
  if (promise === undefined) return [];
  return [
    {
      team: incident.team,
      key: draftKey(incident.number, promise),
      person: incident.lead,
      incident: incident.number,
      kind: 'update',
      body: { promise, fields: draftUpdate(incident) as Json },
      at: now,
    },
  ];
}

function postsOf(
  incident: Incident,
  step: Due,
  together: readonly Incident[],
  now: number,
): readonly OutboxPost[] {
  const key = `${incidentId(incident.number)}/promise-${step.promise}/${step.rung}`;
  if (step.rung === 'draft') {
    const items = [incident, ...together].flatMap((one) =>
      one.promise ? [{ incident: one.number, promise: one.promise.number }] : [],
    );
    // The others' keys are taken with a row that says nothing, so that no crash and no second process sends theirs again.
    return items.map((item, index) =>
      row(draftKey(item.incident, item.promise), {
        kind: 'draft',
        to: incident.lead,
        items: index === 0 ? items : [],
      }),
    );
  }
  const nudge = {
    incident: incident.number,
    promise: step.promise,
    rung: step.rung,
    promisedAt: step.promisedAt,
    at: now,
  };
  const dm = (to: PersonId) => row(`${key}/${to}`, { kind: 'nudge-dm', to, ...nudge });
  // A channel that is lost hears nothing: lead and declarer are told instead, besides those who are asked.
  if (incident.channelLost !== undefined)
    return [...new Set([...step.ask, incident.lead, incident.declaredBy])].map(dm);
  return [
    row(key, { kind: 'nudge', asked: step.ask, ...nudge }),
    ...(step.rung === 'due' ? [] : step.ask.map(dm)),
  ];
}
