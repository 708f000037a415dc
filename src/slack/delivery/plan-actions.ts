import { actionsDue, actionsOrphaned, actionsUnnamed } from '../../../blocks/actions.ts';
import type { Message } from '../../../blocks/message.ts';
import type { ActionItem } from '../../domain/action-item.ts';
import { FOLLOW_UPS, followUps, isFollowedUp, isUnnamed } from '../../domain/follow-up.ts';
import { type Incident, incidentId, type PersonId } from '../../domain/incident.ts';
import type { Post } from '../../domain/post.ts';
import { DAY, type Instant } from '../../domain/time.ts';
import { dayOf, inWorkingHours, nextWorkingTime, workingMorning } from '../../domain/working-day.ts';
import { followUpRow } from '../../flows/action-rows.ts';
import { findIncident } from '../../flows/incident-of.ts';
import { type Owned, ownedActions } from '../../flows/owned-actions.ts';
import { row } from '../../flows/row.ts';
import type { Json, OutboxPost } from '../../storage/store.ts';
import { peopleOf, readingFor } from '../reading.ts';
import type { Office, Plan } from './plan.ts';

type Of<K extends Post['kind']> = Extract<Post, { kind: K }>;

/** Finds the owner's morning, and leaves a row for it that all of their items share; the next round has its own row by then. */
export async function planActionDue(
  office: Office,
  incident: Incident,
  { action, asked, round }: Of<'action-due'>,
): Promise<Plan> {
  const item = incident.actions.find((one) => one.id === action);
  if (!item || item.closed || item.asked.seq !== asked || item.owner === undefined)
    return { do: 'drop', why: 'it has moved on' };
  const to = item.owner;
  const zone = await office.directory.zone(incident.team, to);
  const mornings = followUps(item, zone);
  const morning = mornings[round - 1];
  if (morning === undefined) return { do: 'drop', why: 'it has been followed up often enough' };
  const day = dayOf(morning, zone);
  const next = mornings[round];
  return enqueues(office, incident.team, [
    row(`actions/${to}/${day}`, { kind: 'actions-due', to, day }, morning),
    ...(round < FOLLOW_UPS && next !== undefined
      ? followUpRow(incident.number, item, round + 1, next - DAY)
      : []),
  ]);
}

/** Everything of one person that is followed up today, in one message; what a night or a weekend held up waits for the morning. */
export async function planActionsDue(
  office: Office,
  team: string,
  { to, day }: Of<'actions-due'>,
): Promise<Plan> {
  const { store } = office.world;
  const now = await store.now();
  const zone = await office.directory.zone(team, to);
  const today = dayOf(now, zone);
  if (!inWorkingHours(now, zone)) {
    const morning = workingMorning(now, zone);
    const key = `actions/${to}/${day}@${dayOf(morning, zone)}`;
    return enqueues(office, team, [row(key, { kind: 'actions-due', to, day }, morning)]);
  }
  const told = await store.recall(team, toldKey(to));
  const since = typeof told === 'string' && told >= day ? told : dayBefore(day);
  const items = (await ownedActions(store, team, to)).filter(({ item }) =>
    isFollowedUp(item, zone, since, today),
  );
  if (items.length === 0) return { do: 'drop', why: 'nothing of it is open any more' };
  if ((await office.directory.standing(team, to))?.deactivated)
    return enqueues(office, team, orphanRows(items, to, today, now));
  return {
    do: 'post',
    to: { dm: to },
    message: actionsDue(items, await readingOf(office, team, items)),
    after: async (sent) => {
      await rememberMessage(office, team, items, sent, { kind: 'due' });
      await store.remember(team, toldKey(to), today);
    },
  };
}

/** Whoever leads (or declared it) has to find another owner. */
export async function planActionsOrphaned(
  office: Office,
  incident: Incident,
  { owner }: Of<'actions-orphaned'>,
): Promise<Plan> {
  const items = incident.actions.filter((one) => !one.closed && one.owner === owner);
  return askLead(
    office,
    incident,
    items,
    { kind: 'orphaned', owner },
    {
      key: `${incidentId(incident.number)}/orphaned/${owner}`,
      post: { kind: 'actions-orphaned', incident: incident.number, owner },
    },
  );
}

/** Once for each of them, a working day after the end, or after it was added where that was later. */
export async function planActionsUnnamed(
  office: Office,
  incident: Incident,
  { since }: Of<'actions-unnamed'>,
): Promise<Plan> {
  const { store } = office.world;
  const zone = await office.directory.zone(incident.team, incident.lead);
  const then = nextWorkingTime(since, zone);
  const now = await store.now();
  const post: Post = { kind: 'actions-unnamed', incident: incident.number, since };
  const key = `${incidentId(incident.number)}/unnamed-since-${since}`;
  if (now < then) return enqueues(office, incident.team, [row(`${key}@${then}`, post, then)]);
  const asked = await askedBefore(office, incident);
  const items = incident.actions.filter((one) => isUnnamed(one) && !asked.includes(one.id));
  return askLead(office, incident, items, { kind: 'unnamed' }, { key, post });
}

/** What asked for it, drawn again: a line that says how it ended in place of its buttons. */
export async function planActionSettle(
  office: Office,
  incident: Incident,
  { action }: Of<'action-settle'>,
): Promise<Plan> {
  const { team } = incident;
  const kept = (await office.world.store.recall(team, messageKey(incident.number, action))) as
    | Asking
    | undefined;
  if (!kept) return { do: 'drop', why: 'nothing asked for it' };
  const items: Owned[] = [];
  for (const [number, id] of kept.items) {
    const of =
      number === incident.number ? incident : await findIncident(office.world.store, { team, number });
    const item = of?.actions.find((one) => one.id === id);
    if (of && item) items.push({ incident: of, item });
  }
  const at = { channel: kept.channel, ts: kept.ts };
  return { do: 'edit', edits: [{ at, message: await draw(office, team, items, kept.why) }] };
}

type Why =
  | { readonly kind: 'due' }
  | { readonly kind: 'unnamed' }
  | { readonly kind: 'orphaned'; readonly owner: PersonId };

/** Which message asked for some action items, to draw it again. */
interface Asking {
  readonly channel: string;
  readonly ts: string;
  readonly items: readonly (readonly [incident: number, action: string])[];
  readonly why: Why;
}

async function askLead(
  office: Office,
  incident: Incident,
  open: readonly ActionItem[],
  why: Why,
  again: { readonly key: string; readonly post: Post },
): Promise<Plan> {
  if (open.length === 0) return { do: 'drop', why: 'all of it has an owner now' };
  const { team } = incident;
  const to = await leadNow(office, incident);
  if (to === undefined) return { do: 'drop', why: 'nobody who led it is there any more' };
  const now = await office.world.store.now();
  const zone = await office.directory.zone(team, to);
  if (!inWorkingHours(now, zone)) {
    const morning = workingMorning(now, zone);
    return enqueues(office, team, [row(`${again.key}@${morning}`, again.post, morning)]);
  }
  const items = open.map((item) => ({ incident, item }));
  return {
    do: 'post',
    to: { dm: to },
    message: await draw(office, team, items, why),
    after: async (sent) => {
      await rememberMessage(office, team, items, sent, why);
      if (why.kind !== 'unnamed') return;
      const asked = await askedBefore(office, incident);
      const all = [...new Set([...asked, ...open.map((one) => one.id)])];
      await office.world.store.remember(team, unnamedKey(incident.number), all);
    },
  };
}

async function leadNow(office: Office, { team, lead, declaredBy }: Incident): Promise<PersonId | undefined> {
  for (const one of [lead, declaredBy])
    if (!(await office.directory.standing(team, one))?.deactivated) return one;
  return undefined;
}

async function draw(office: Office, team: string, items: readonly Owned[], why: Why): Promise<Message> {
  const words = await readingOf(office, team, items);
  switch (why.kind) {
    case 'due':
      return actionsDue(items, words);
    case 'unnamed':
      return actionsUnnamed(items, words);
    case 'orphaned':
      return actionsOrphaned(why.owner, items, words);
  }
}

async function rememberMessage(
  office: Office,
  team: string,
  items: readonly Owned[],
  sent: { readonly channel: string; readonly ts: string },
  why: Why,
): Promise<void> {
  const { channel, ts } = sent;
  const all = items.map(({ incident, item }) => [incident.number, item.id] as const);
  const asking: Asking = { channel, ts, items: all, why };
  for (const { incident, item } of items)
    await office.world.store.remember(team, messageKey(incident.number, item.id), asking as unknown as Json);
}

function orphanRows(
  items: readonly Owned[],
  owner: PersonId,
  today: string,
  now: Instant,
): readonly OutboxPost[] {
  return [...new Set(items.map(({ incident }) => incident.number))].map((incident) =>
    row(
      `${incidentId(incident)}/orphaned/${owner}/${today}`,
      { kind: 'actions-orphaned', incident, owner },
      now,
    ),
  );
}

/** A row that is there already stays as it is, so that a crash in between changes nothing. */
function enqueues({ world }: Office, team: string, rows: readonly OutboxPost[]): Plan {
  return {
    do: 'run',
    run: async () => {
      for (const one of rows) await world.store.enqueue(team, one);
      world.postsWaiting();
    },
  };
}

async function readingOf(office: Office, team: string, items: readonly Owned[]) {
  return readingFor(office, team, [...new Set(items.flatMap(({ incident }) => peopleOf(incident)))]);
}

async function askedBefore(office: Office, { team, number }: Incident): Promise<readonly string[]> {
  const kept = await office.world.store.recall(team, unnamedKey(number));
  return Array.isArray(kept) ? (kept as readonly string[]) : [];
}

function toldKey(person: PersonId): string {
  return `actions-told/${person}`;
}

function unnamedKey(incident: number): string {
  return `actions-unnamed/${incident}`;
}

function messageKey(incident: number, action: string): string {
  return `action-message/${incident}/${action}`;
}

function dayBefore(day: string): string {
  return new Date(Date.parse(day) - DAY).toISOString().slice(0, 10);
}
