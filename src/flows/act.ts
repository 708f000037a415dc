import type { Command } from '../domain/command.ts';
import { decide } from '../domain/decide.ts';
import { Conflict, RuleViolation } from '../domain/errors.ts';
import { evolve } from '../domain/evolve.ts';
import type { Incident, IncidentEvent, MessageRef, PersonId, Recorded } from '../domain/incident.ts';
import { incidentId } from '../domain/incident.ts';
import type { Instant } from '../domain/time.ts';
import type { IncidentRef, OutboxPost, Write } from '../storage/store.ts';
import { doneUnder, incidentOf, toJson } from './incident-of.ts';
import { keptActions } from './owned-actions.ts';
import type { World } from './ports.ts';
import { postsFor } from './posts-for.ts';
import { projectionOf } from './projection-of.ts';

/** Who asks, and from which message. */
export interface Asker {
  readonly by: PersonId;
  readonly via?: MessageRef;
  /** What was asked, as the key of its delivery; kept with the events, so that it is done once. */
  readonly key?: string;
  /** A process died over it: what is on the timeline under this key is not done again. */
  readonly resumed?: boolean;
}

/** What came of a decision; `events` is empty where it was already so. */
export interface Acted {
  readonly before: Incident;
  readonly after: Incident;
  readonly events: readonly Recorded[];
}

/** What goes with a decision besides the posts that follow from its events. */
export interface Besides {
  readonly posts?: (after: Incident, events: readonly Recorded[]) => readonly OutboxPost[];
  readonly drafts?: Write['drafts'];
  readonly settled?: readonly string[];
  readonly snapshots?: (after: Incident) => NonNullable<Write['snapshots']>;
}

/** How often a decision is taken again when somebody else's event came first. */
const TRIES = 8;

/**
 * One decision: load, decide, append with everything that follows from it, or decide again on the newer timeline. Decisions on
 * one incident go one after the other where the world says so: fifty at once would wear out every try.
 */
export function act(
  world: World,
  ref: IncidentRef,
  commands: Command | readonly Command[],
  asker: Asker,
  besides: Besides = {},
): Promise<Acted> {
  const decided = () => decideUntilStored(world, ref, commands, asker, besides);
  return world.inTurn ? world.inTurn(`${ref.team}/${ref.number}`, decided) : decided();
}

async function decideUntilStored(
  world: World,
  ref: IncidentRef,
  commands: Command | readonly Command[],
  asker: Asker,
  besides: Besides,
): Promise<Acted> {
  const list = 'type' in commands ? [commands] : commands;
  if (asker.resumed && asker.key !== undefined) {
    const events = await doneUnder(world.store, ref, asker.key);
    const now = events.length > 0 ? await incidentOf(world.store, ref) : undefined;
    if (now) return { before: now, after: now, events };
  }
  // A long timeline need not be read again for each event; only a stored one is ever refused or answered from.
  let remembered = world.latest?.get(ref);
  for (let attempt = 1; ; attempt++) {
    const guessed = remembered;
    remembered = undefined;
    const before = guessed ?? (await incidentOf(world.store, ref));
    const now = await world.store.now();
    const decided = guessed
      ? tryApply(before, list, { now, asker, world })
      : apply(before, list, { now, asker, world });
    if (decided === undefined) continue;
    const { after, events } = decided;
    if (events.length === 0) return { before, after: before, events: [] };
    const actions = keptActions(before, after);
    const drafts = [...(besides.drafts ?? []), ...(actions.drafts ?? [])];
    const settled = [...(besides.settled ?? []), ...settledDrafts(before, after), ...(actions.settled ?? [])];
    try {
      await world.store.append(ref, before.version, {
        events: events.map(({ at, event }) => ({ at, body: toJson(event, asker.key) })),
        projection: projectionOf(after, world.cadence),
        posts: [
          ...postsFor(before, after, events, { announce: world.announceChannel !== undefined }),
          ...(besides.posts?.(after, events) ?? []),
        ],
        ...(drafts.length > 0 && { drafts }),
        ...(settled.length > 0 && { settled }),
        ...(besides.snapshots && { snapshots: besides.snapshots(after) }),
      });
    } catch (error) {
      if (error instanceof Conflict && attempt < TRIES) continue;
      throw error;
    }
    world.latest?.set(after);
    world.postsWaiting();
    return { before, after, events };
  }
}

interface Surroundings {
  readonly now: Instant;
  readonly asker: Asker;
  readonly world: World;
}

/** Undefined where the guess would be refused or change nothing: the stored timeline has to say so. */
function tryApply(before: Incident, list: readonly Command[], around: Surroundings) {
  try {
    const decided = apply(before, list, around);
    return decided.events.length === 0 ? undefined : decided;
  } catch (error) {
    if (error instanceof RuleViolation) return undefined;
    throw error;
  }
}

function apply(
  before: Incident,
  commands: readonly Command[],
  { now, asker, world }: Surroundings,
): { after: Incident; events: readonly Recorded[] } {
  let after = before;
  const events: Recorded[] = [];
  for (const command of commands) {
    const decided: readonly IncidentEvent[] = decide(after, command, {
      now,
      cadence: world.cadence,
      ...asker,
    });
    for (const event of decided) {
      const recorded: Recorded = { seq: after.version + 1, at: now, event };
      after = evolve(after, recorded, before);
      events.push(recorded);
    }
  }
  return { after, events };
}

/** The stored draft of a promise is settled with it. */
function settledDrafts(before: Incident, after: Incident): readonly string[] {
  if (!before.promise || before.promise.number === after.promise?.number) return [];
  return [draftKey(before.number, before.promise.number)];
}

export function draftKey(incident: number, promise: number): string {
  return `${incidentId(incident)}/promise-${promise}/draft`;
}
