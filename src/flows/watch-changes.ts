import type { Backend, Change } from '../backends/backend.ts';
import { BackendError, RuleViolation } from '../domain/errors.ts';
import { STEADY } from '../domain/incident.ts';
import type { SeenChange } from '../domain/investigation/seen-change.ts';
import { type Duration, type Instant, MINUTE, SECOND, type Window } from '../domain/time.ts';
import type { IncidentRef } from '../storage/store.ts';
import { act } from './act.ts';
import type { World } from './ports.ts';
import { type Repeating, repeat } from './repeat.ts';

/** A look at a system takes no longer. */
const PATIENCE: Duration = 15 * SECOND;
/** Systems hear of a change late: each look covers this much of the one before again. */
const OVERLAP: Duration = 10 * MINUTE;
/** Open incidents that one look is for; the newest where there are more. */
const MOST = 200;
/** Changes of one look; a feed that tells of more is no feed of deploys. */
const MOST_CHANGES = 50;
/** P3 and P4 go on for days beside ordinary deploys: a question for each of those would teach people to mute it. */
const WATCHED: ReadonlySet<string> = new Set(['P1', 'P2']);

/** Looks for changes while a P1 or P2 is open. */
export interface ChangeWatch {
  /** One look at every system that knows of changes, for all open incidents together; nothing where another process just looked. */
  look(signal: AbortSignal): Promise<void>;
  /** What cannot be read, one line each, for whoever looks after Steady: `Sentry prod: changes unread since … (timeout)`. */
  unread(): readonly string[];
}

/** Looks every so often, apart from the tick, which a system that hangs must not delay; stopping cuts a look off. */
export function watchChanges(
  world: World,
  team: string,
  every: Duration,
  fault: (error: unknown) => void,
): Repeating & Pick<ChangeWatch, 'unread'> {
  const leaving = new AbortController();
  const { look, unread } = createChangeWatch(world, { team, every });
  const looking = repeat(world.clock, every, () => look(leaving.signal), fault);
  return {
    soon: looking.soon,
    stop: () => {
      leaving.abort();
      return looking.stop();
    },
    unread,
  };
}

/**
 * What changes, and who does not say so. A system is asked at most once in `every`, by whichever process comes first; what it told
 * is on the timelines before the look counts as done, so that a crash looks again, and the timeline knows what it has.
 */
export function createChangeWatch(
  world: World,
  { team, every }: { readonly team: string; readonly every: Duration },
): ChangeWatch {
  const { store, telemetry } = world;
  const able = telemetry.backends.filter((one) => one.changes);
  const failing = new Map<string, string>();

  async function lookAt(backend: Backend, since: Instant, now: Instant, signal: AbortSignal) {
    const key = `changes-read/${backend.tool}/${backend.deployment}`;
    const last = await store.recall(team, key);
    const from = typeof last === 'number' ? Math.max(since, last - OVERLAP) : since;
    const told = await changesOf(backend, { from, to: now }, signal);
    if ('why' in told) {
      if (!failing.has(backend.title))
        failing.set(
          backend.title,
          `${backend.title}: changes unread since ${new Date(now).toISOString().slice(0, 16)}Z (${told.why})`,
        );
      return [];
    }
    failing.delete(backend.title);
    const done = () => store.remember(team, key, now);
    return [{ changes: told.found.flatMap((one) => seen(one, backend, now)), done }];
  }

  return {
    unread: () => [...failing.values()],
    look: async (signal) => {
      if (able.length === 0) return;
      const open = await store.list(team, { open: true, limit: MOST });
      const watched = open.filter((one) => WATCHED.has(one.severity));
      if (watched.length === 0) return;
      // A little less than the interval, because two clocks are never quite the same.
      if (!(await store.rememberOnce(team, 'changes-looked', world.owner, Math.floor(0.9 * every)))) return;
      const now = await store.now();
      const since = Math.min(...watched.map((one) => one.declaredAt));
      const looks = await Promise.all(able.map((one) => lookAt(one, since, now, signal)));
      const all = looks.flat().flatMap((one) => one.changes);
      const changes = all.toSorted((a, b) => a.at - b.at).slice(-MOST_CHANGES);
      if (changes.length > 0) for (const { ref } of watched) await record(world, ref, changes);
      for (const { done } of looks.flat()) await done();
    },
  };
}

async function record(world: World, ref: IncidentRef, changes: readonly SeenChange[]): Promise<void> {
  try {
    await act(world, ref, { type: 'see-changes', changes }, { by: STEADY });
  } catch (error) {
    // It ended meanwhile.
    if (!(error instanceof RuleViolation)) throw error;
  }
}

/** Only what is wrong with Steady itself is a fault; a system that hangs, whatever it does with its signal, is late. */
async function changesOf(
  backend: Backend,
  window: Window,
  signal: AbortSignal,
): Promise<{ readonly found: readonly Change[] } | { readonly why: string }> {
  const within = AbortSignal.any([signal, AbortSignal.timeout(PATIENCE)]);
  const late = new Promise<'late'>((resolve) => {
    within.addEventListener('abort', () => resolve('late'), { once: true });
  });
  try {
    const told = await Promise.race([backend.changes?.(window, within), late]);
    return told === 'late' ? { why: 'timeout' } : { found: told?.found ?? [] };
  } catch (error) {
    if (error instanceof BackendError) return { why: error.failure };
    if (error instanceof DOMException) return { why: 'timeout' };
    throw error;
  }
}

function seen({ at, kind, title, service, version, url }: Change, backend: Backend, now: Instant) {
  if (kind === 'other' || at > now + MINUTE) return [];
  const change: SeenChange = {
    at,
    kind,
    title: title.slice(0, 200).toWellFormed(),
    source: backend.title,
    ...(service !== undefined && { service }),
    ...(version !== undefined && { version }),
    ...(url !== undefined && { url }),
  };
  return [change];
}
