import { doneLine } from '../../../blocks/done.ts';
import { draftMessage } from '../../../blocks/draft.ts';
import type { Message } from '../../../blocks/message.ts';
import { type Nudge, nudgeKept, nudgePost, nudgeReply, nudgeSnoozed } from '../../../blocks/nudge.ts';
import { type Incident, incidentId, isOpen } from '../../domain/incident.ts';
import type { Post } from '../../domain/post.ts';
import { draftKey } from '../../flows/act.ts';
import { findIncident } from '../../flows/incident-of.ts';
import type { Json } from '../../storage/store.ts';
import type { Sent } from '../outbound/contract.ts';
import { isGroup } from '../people.ts';
import { bodyOf } from '../waiting.ts';
import { bound, type Office, type Plan } from './plan.ts';
import { reading } from './plan-talk.ts';

type Of<K extends Post['kind']> = Extract<Post, { kind: K }>;

function promiseId(promise: number): string {
  return `promise-${promise}`;
}

/** A promise that was kept meanwhile is not nudged for. */
function stillOpen(incident: Incident, promise: number): boolean {
  return isOpen(incident) && incident.promise?.number === promise;
}

async function nudgeOf(
  office: Office,
  incident: Incident,
  post: Of<'nudge' | 'nudge-dm'>,
  ask: readonly string[],
): Promise<Nudge> {
  const stored = await office.world.store.draft(incident.team, draftKey(incident.number, post.promise));
  const fields = stored && bodyOf(stored).fields;
  const hasDraft = fields !== undefined && Object.keys(fields).length > 0;
  return {
    promise: post.promise,
    rung: post.rung,
    promisedAt: post.promisedAt,
    overdueBy: Math.max(0, post.at - post.promisedAt),
    ask,
    hasDraft,
  };
}

/** The first rung in the channel, later ones in its thread; by direct message where the channel is lost. */
export async function planNudge(office: Office, incident: Incident, post: Of<'nudge'>): Promise<Plan> {
  if (!stillOpen(incident, post.promise)) return { do: 'drop', why: 'the promise is settled' };
  const nudge = await nudgeOf(office, incident, post, post.asked);
  const words = await reading(office, incident);
  const binding = (kind: string) => ({ kind, id: promiseId(post.promise), incident: incident.number });
  if (incident.channelLost !== undefined) {
    if (post.rung !== 'due') return { do: 'drop', why: 'said by direct message' };
    const to = post.asked[0] ?? incident.lead;
    return {
      do: 'post',
      to: { dm: to },
      message: nudgeReply(incident, nudge, words),
      binding: binding('nudge-dm'),
    };
  }
  const root =
    post.rung === 'due' ? undefined : await bound(office, incident, 'nudge', promiseId(post.promise));
  if (!root)
    return {
      do: 'post',
      to: { channel: incident.channel },
      message: nudgePost(incident, nudge, words),
      binding: binding('nudge'),
    };
  return {
    do: 'post',
    to: { channel: root.channel, thread: root.ts },
    message: nudgeReply(incident, nudge, words),
    binding: binding('nudge-reply'),
  };
}

export async function planNudgeDm(office: Office, incident: Incident, post: Of<'nudge-dm'>): Promise<Plan> {
  if (isGroup(post.to)) return { do: 'drop', why: 'a group has no direct message' };
  if (!stillOpen(incident, post.promise)) return { do: 'drop', why: 'the promise is settled' };
  const message = nudgeReply(
    incident,
    await nudgeOf(office, incident, post, [post.to]),
    await reading(office, incident),
  );
  return {
    do: 'post',
    to: { dm: post.to },
    message,
    binding: { kind: 'nudge-dm', id: promiseId(post.promise), incident: incident.number },
  };
}

function draftMessageKey(incident: number, promise: number): string {
  return `draft-message/${incident}/${promise}`;
}

/** One direct message with the drafts of all the incidents that fall due together. */
export async function planDraft(office: Office, team: string, post: Of<'draft'>): Promise<Plan> {
  const message = await drawDraft(office, team, post);
  if (!message) return { do: 'drop', why: 'every promise is settled' };
  return {
    do: 'post',
    to: { dm: post.to },
    message,
    after: async (sent) => {
      for (const { incident, promise } of post.items) {
        const kept = { channel: sent.channel, ts: sent.ts, post: post as unknown as Json };
        await office.world.store.remember(team, draftMessageKey(incident, promise), kept);
      }
    },
  };
}

async function drawDraft(office: Office, team: string, post: Of<'draft'>): Promise<Message | undefined> {
  const items = [];
  let first: Incident | undefined;
  for (const { incident: number, promise } of post.items) {
    const incident = await findIncident(office.world.store, { team, number });
    const stored = await office.world.store.draft(team, draftKey(number, promise));
    if (!incident || !stored || !stillOpen(incident, promise)) continue;
    first ??= incident;
    items.push({ incident, promise, fields: bodyOf(stored).fields });
  }
  return first && draftMessage(items, await reading(office, first));
}

/** What asked for a promise shrinks to one line without buttons once the promise is settled. */
export async function planSettle(
  office: Office,
  incident: Incident,
  { promise }: Of<'settle'>,
): Promise<Plan> {
  const { store } = office.world;
  const line = await drawSettled(office, incident, promise);
  const asked: { at: Sent; message: Message }[] = [];
  for (const kind of ['nudge', 'nudge-reply', 'nudge-dm']) {
    for (const { id, channel, ts } of await store.bindings(incident, kind)) {
      if (id === promiseId(promise)) asked.push({ at: { channel, ts }, message: line });
    }
  }
  const drafted = (await store.recall(incident.team, draftMessageKey(incident.number, promise))) as
    | { channel: string; ts: string; post: Of<'draft'> }
    | null
    | undefined;
  if (drafted)
    asked.push({
      at: { channel: drafted.channel, ts: drafted.ts },
      message: (await drawDraft(office, incident.team, drafted.post)) ?? line,
    });
  return asked.length === 0 ? { do: 'drop', why: 'nothing had asked' } : { do: 'edit', edits: asked };
}

async function drawSettled(office: Office, incident: Incident, promise: number): Promise<Message> {
  const words = await reading(office, incident);
  const outcome = incident.outcomes.find((one) => one.promise === promise);
  const spoke =
    outcome &&
    incident.timeline.some(
      ({ at, event }) => at === outcome.at && event.type !== 'snoozed' && 'dueAt' in event,
    );
  if (outcome && spoke) return nudgeKept(incident, outcome, words);
  if (!isOpen(incident)) return doneLine(incident, `is ${incident.phase}; no update is due any more.`, words);
  const snoozed = incident.timeline.findLast(
    ({ event }) => event.type === 'snoozed' && event.promise === promise,
  )?.event;
  if (snoozed?.type === 'snoozed') return nudgeSnoozed(incident, snoozed, words);
  return doneLine(
    incident,
    `has been heard from; ${incidentId(incident.number)} owes nothing for this promise.`,
    words,
  );
}
