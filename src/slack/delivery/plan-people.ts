import { catchUp } from '../../../blocks/catch-up.ts';
import { doneLine } from '../../../blocks/done.ts';
import { evidenceCard } from '../../../blocks/evidence/evidence-card.ts';
import { handoffDone, handoffOffer } from '../../../blocks/handoff.ts';
import { keptMessage } from '../../../blocks/kept.ts';
import { keptSoFar } from '../../domain/cadence.ts';
import { owesDistillation } from '../../domain/distillation.ts';
import { earlierOf } from '../../domain/evidence-difference.ts';
import { answerOf } from '../../domain/evidence-note.ts';
import { type Incident, isOpen } from '../../domain/incident.ts';
import { testOf } from '../../domain/investigation/hypothesis.ts';
import { lessonsOf } from '../../domain/knowledge/lessons.ts';
import type { Post } from '../../domain/post.ts';
import { oweLessons } from '../../flows/knowledge/keep-lessons.ts';
import { offeredQuery } from '../../flows/knowledge/offered-query.ts';
import { isEvidenceHidden } from '../evidence/shared-evidence.ts';
import { bound, type Office, type Plan, underCard } from './plan.ts';
import { reading } from './plan-talk.ts';

type Of<K extends Post['kind']> = Extract<Post, { kind: K }>;

/** Under the card, mentioning the one who is asked: nobody else can answer it. The same kind edits it while it is open. */
export async function planOffer(office: Office, incident: Incident, { seq }: Of<'offer'>): Promise<Plan> {
  const { offer } = incident;
  if (!offer || offer.seq !== seq) return { do: 'drop', why: 'the offer is settled' };
  const message = handoffOffer(incident, offer, await reading(office, incident));
  const at = await bound(office, incident, 'offer', `${seq}`);
  if (at) return { do: 'edit', edits: [{ at, message }] };
  const place = await underCard(office, incident);
  if (!place) return { do: 'wait', why: 'the card is not out yet' };
  return {
    do: 'post',
    to: incident.channelLost === undefined ? place : { dm: offer.to },
    message,
    binding: { kind: 'offer', id: `${seq}`, incident: incident.number },
  };
}

export async function planOfferAnswered(
  office: Office,
  incident: Incident,
  post: Of<'offer-answered'>,
): Promise<Plan> {
  const at = await bound(office, incident, 'offer', `${post.offer}`);
  const recorded = incident.timeline.find((one) => one.seq === post.seq);
  if (!at || !recorded) return { do: 'drop', why: 'the offer never went out' };
  const words = await reading(office, incident);
  const answered = ['lead-changed', 'role-given', 'handoff-declined'].includes(recorded.event.type);
  return {
    do: 'edit',
    edits: [
      {
        at,
        message: answered
          ? handoffDone(incident, recorded, words)
          : doneLine(incident, 'the offer is no longer open.', words),
      },
    ],
  };
}

/** In the thread that asked; under the card where nothing did, naming the asker. */
export async function planEvidence(office: Office, incident: Incident, post: Of<'evidence'>): Promise<Plan> {
  const note = incident.evidence.find((one) => one.id === post.id);
  if (!note) return { do: 'drop', why: `no ${post.id}` };
  const place = post.thread
    ? { channel: post.thread.channel, thread: post.thread.ts }
    : await underCard(office, incident);
  if (!place) return { do: 'wait', why: 'the card is not out yet' };
  const tested = testOf(incident, note.id);
  const before = incident.evidence.find((one) => one.id === note.again);
  const offered = await offeredQuery(office.world, incident, note);
  const message = evidenceCard(
    {
      evidence: answerOf(note),
      total: note.count,
      incident,
      ...(tested && { tested }),
      earlier: earlierOf(incident.evidence, note),
      ...(!post.thread && { asker: post.for }),
      ...(before && { again: { before, after: note } }),
      ...(offered && { offered }),
    },
    await reading(office, incident),
  );
  return {
    do: 'post',
    to: place,
    message,
    binding: { kind: 'evidence', id: note.id, incident: incident.number },
  };
}

export async function planKept(office: Office, incident: Incident, { to }: Of<'kept'>): Promise<Plan> {
  const owed = owesDistillation(incident) ? lessonsOf(incident) : [];
  await oweLessons(office.world, incident, to);
  return {
    do: 'post',
    to: { dm: to },
    message: keptMessage(incident, keptSoFar(incident, office.world.clock.now()), owed),
  };
}

/** Five private lines for someone who joins; only worth saying while it lasts. */
export async function planCatchUp(office: Office, incident: Incident, { to }: Of<'catch-up'>): Promise<Plan> {
  if (!isOpen(incident)) return { do: 'drop', why: 'it is over' };
  return {
    do: 'whisper',
    place: { channel: incident.channel },
    to,
    message: catchUp(incident, await reading(office, incident)),
  };
}

export async function planChannelLost(
  office: Office,
  incident: Incident,
  { to }: Of<'channel-lost'>,
): Promise<Plan> {
  if (incident.channelLost === undefined) return { do: 'drop', why: 'the channel is back' };
  const line = `I can no longer speak in the incident's channel: ${incident.channelLost}. Reminders come to you here until someone types \`/invite @steady\` there.`;
  return { do: 'post', to: { dm: to }, message: doneLine(incident, line, await reading(office, incident)) };
}

export async function planChannelShared(
  office: Office,
  incident: Incident,
  { to }: Of<'channel-shared'>,
): Promise<Plan> {
  if (!isEvidenceHidden(office, incident)) return { do: 'drop', why: 'evidence goes on there' };
  const line =
    "the incident's channel is shared with another company now. Updates and reminders go on there; evidence is no longer shown. Ask in an internal channel, naming the incident.";
  return { do: 'post', to: { dm: to }, message: doneLine(incident, line, await reading(office, incident)) };
}
