import { RuleViolation } from '../../domain/errors.ts';
import type { PersonId } from '../../domain/incident.ts';
import { orgShelf } from '../../domain/knowledge/shelf.ts';
import { lastTurn } from '../../domain/knowledge/sleep-schedule.ts';
import { DAY, type Duration, HOUR, type Instant, MINUTE } from '../../domain/time.ts';
import type { Org, World } from '../ports.ts';
import { dream, type SleepPlan, saySleep, sleep } from './sleep.ts';
import { lastWriter, notify, sleepNotice } from './sleep-notices.ts';

/** How long one process may be at it before another tries: longer than an exchange with a slow repository. */
const HELD: Duration = 10 * MINUTE;
/** What was offered is not offered again for so long. */
const OFFERED_EVERY: Duration = 7 * DAY;

/**
 * Sleeps where it is due: once for each turn of the schedule, whatever process looks, and never while an incident is open: then it
 * waits. The plan is told before it is carried out. A crash anywhere leaves a lease that runs out; then all of it is done again, which
 * changes nothing that was done.
 */
export async function sleepOnSchedule(world: World, team: string): Promise<void> {
  const { sleepAt: schedule, orgs = [] } = world.knowledge ?? {};
  if (!schedule) return;
  for (const org of orgs) {
    if (!org.repository) continue;
    const turn = lastTurn(schedule, await world.store.now());
    const slept = `knowledge/slept/${org.name}`;
    const sleptAt = async () => (await world.store.recall(team, slept)) as Instant | undefined;
    const before = await sleptAt();
    // What is seen for the first time begins with its next turn.
    if (before === undefined) await world.store.remember(team, slept, turn);
    if (before === undefined || before >= turn) continue;
    await tried(world, org, async () => {
      if (await isBusy(world, team)) return;
      if (!(await world.store.rememberOnce(team, `${slept}/held`, world.owner, HELD))) return;
      if (((await sleptAt()) ?? turn) >= turn) return;
      await tellAndSleep(world, team, org, `sleep/${org.name}/${new Date(turn).toISOString()}`);
      await world.store.remember(team, slept, turn);
    });
  }
}

async function tellAndSleep(world: World, team: string, org: Org, key: string): Promise<void> {
  const before = await sleepNotice(world, team, key);
  const planned = before?.lines ?? saySleep(await dream(world, team, org));
  if (planned.length === 0) return;
  const to = before ? before.to : await lastWriter(world, team, org);
  const notice = { org: org.name, why: 'schedule', ...(to !== undefined && { to }) } as const;
  await notify(world, team, key, { ...notice, state: 'planned', lines: planned });
  const done = saySleep(await sleep(world, team, org));
  // Where a process died after the commit, what it had planned is what it did.
  await notify(world, team, key, { ...notice, state: 'slept', lines: done.length > 0 ? done : planned });
}

/** The last offer to an organisation. */
interface Offer {
  readonly key: string;
  readonly at: Instant;
}

/** Offers a sleep where a file has grown beyond what is configured and there is something to tidy up; at most once a week. */
export async function offerSleep(world: World, team: string): Promise<void> {
  const { sleepWhen = 0, orgs = [] } = world.knowledge ?? {};
  if (sleepWhen === 0) return;
  for (const org of orgs) {
    if (!org.repository) continue;
    await tried(world, org, async () => {
      const counts = await world.store.countKnowledge(team, orgShelf(org.name));
      if (!counts.some(({ entries }) => entries > sleepWhen) || (await isBusy(world, team))) return;
      const now = await world.store.now();
      const last = await offerOf(world, team, org);
      if (last && now - last.at < OFFERED_EVERY) return resumed(world, team, last, now);
      if (!(await world.store.rememberOnce(team, `knowledge/offering/${org.name}`, world.owner, HELD)))
        return;
      const plan = await dream(world, team, org);
      if (plan.steps.length === 0) return;
      const to = await lastWriter(world, team, org);
      if (org.channel === undefined && to === undefined) return;
      const key = `sleep/${org.name}/offered/${new Date(now).toISOString()}`;
      await world.store.remember(team, offered(org), { key, at: now });
      await notify(world, team, key, {
        org: org.name,
        why: 'bloat',
        state: 'planned',
        lines: saySleep(plan),
        ...(to !== undefined && { to }),
      });
    });
  }
}

/** An offer whose process died before it was a post is made again under its own key; one that is out is a duplicate. */
async function resumed(world: World, team: string, { key, at }: Offer, now: Instant): Promise<void> {
  const notice = now - at < HOUR ? await sleepNotice(world, team, key) : undefined;
  if (notice?.state === 'planned') await notify(world, team, key, notice);
}

/** What is on offer was done, or is not wanted now: its message says so from then on. Answers whether something was on offer. */
export async function settleOffer(
  world: World,
  team: string,
  org: Org,
  by: PersonId,
  done?: SleepPlan,
): Promise<boolean> {
  const offer = await offerOf(world, team, org);
  const notice = offer && (await sleepNotice(world, team, offer.key));
  if (!offer || notice?.state !== 'planned') return false;
  await notify(world, team, offer.key, {
    ...notice,
    by,
    state: done ? 'slept' : 'later',
    ...(done && { lines: saySleep(done) }),
  });
  return true;
}

async function offerOf(world: World, team: string, org: Org): Promise<Offer | undefined> {
  return ((await world.store.recall(team, offered(org))) ?? undefined) as unknown as Offer | undefined;
}

function offered({ name }: Org): string {
  return `knowledge/sleep-offered/${name}`;
}

async function isBusy(world: World, team: string): Promise<boolean> {
  return (await world.store.list(team, { open: true, limit: 1 })).length > 0;
}

/** One repository that cannot be read keeps no other waiting; an incident that begins meanwhile is nobody's fault. */
async function tried(world: World, org: Org, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof RuleViolation)) world.fault(error, `sleep of ${org.name}`);
  }
}
