import { announcement } from '../../../blocks/announcement.ts';
import { doneLine } from '../../../blocks/done.ts';
import type { Message } from '../../../blocks/message.ts';
import { phasePost } from '../../../blocks/phase.ts';
import { statusCard } from '../../../blocks/status-card.ts';
import { heartbeatPost, updatePost } from '../../../blocks/update.ts';
import { type Incident, STEADY } from '../../domain/incident.ts';
import type { Post } from '../../domain/post.ts';
import { isEvidenceHidden } from '../evidence/shared-evidence.ts';
import { peopleOf, readingFor } from '../reading.ts';
import { notesOf } from './card-notes.ts';
import { bound, type Office, type Plan } from './plan.ts';

type Of<K extends Post['kind']> = Extract<Post, { kind: K }>;

export async function reading(office: Office, incident: Incident) {
  return readingFor(office, incident.team, peopleOf(incident));
}

export async function drawCard(office: Office, incident: Incident): Promise<Message> {
  return statusCard(incident, await reading(office, incident), {
    notes: await notesOf(office.world.store, incident),
    evidenceHidden: isEvidenceHidden(office, incident),
  });
}

export async function planCard(office: Office, incident: Incident): Promise<Plan> {
  return {
    do: 'post',
    to: { channel: incident.channel },
    message: await drawCard(office, incident),
    binding: { kind: 'card', id: 'card', incident: incident.number },
  };
}

/** Of several waiting edits the first draws the newest state; the others find that they came too late. */
export async function planCardEdit(office: Office, incident: Incident, post: Of<'card-edit'>): Promise<Plan> {
  const key = `card-drawn/${incident.number}`;
  const drawn = await office.world.store.recall(incident.team, key);
  if (typeof drawn === 'number' && drawn >= post.version)
    return { do: 'drop', why: `the card shows version ${drawn}` };
  const card = await bound(office, incident, 'card');
  if (!card) return { do: 'wait', why: 'the card is not out yet' };
  const announced = await bound(office, incident, 'announcement');
  return {
    do: 'edit',
    edits: [
      { at: card, message: await drawCard(office, incident) },
      ...(announced
        ? [{ at: announced, message: announcement(incident, await reading(office, incident)) }]
        : []),
    ],
    after: () => office.world.store.remember(incident.team, key, incident.version),
  };
}

/** The words of one event for the channel: an update, a heartbeat, a change of phase. */
async function drawEvent(office: Office, incident: Incident, seq: number): Promise<Message | undefined> {
  const recorded = incident.timeline.find((one) => one.seq === seq);
  const record = incident.updates.find((one) => one.seq === seq);
  const words = await reading(office, incident);
  if (record) return updatePost(incident, record, words);
  if (!recorded) return undefined;
  return recorded.event.type === 'no-change'
    ? heartbeatPost(incident, recorded, words)
    : phasePost(incident, recorded, words);
}

export async function planTalk(
  office: Office,
  incident: Incident,
  { seq }: Of<'update' | 'phase'>,
): Promise<Plan> {
  const message = await drawEvent(office, incident, seq);
  if (!message) return { do: 'drop', why: `no event ${seq}` };
  if (incident.channelLost !== undefined) return planUnheard(office, incident, seq, message);
  return {
    do: 'post',
    to: { channel: incident.channel },
    message,
    binding: { kind: 'update', id: `${seq}`, incident: incident.number },
  };
}

/** The channel is lost, so its author hears where the words went, and has them to post there. */
async function planUnheard(office: Office, incident: Incident, seq: number, message: Message): Promise<Plan> {
  const event = incident.timeline.find((one) => one.seq === seq)?.event;
  const author = event && 'by' in event ? event.by : undefined;
  const why = incident.channelLost ?? '';
  if (author === undefined || author === STEADY) return { do: 'drop', why };
  const line = `This is on the timeline and nobody in <#${incident.channel}> reads it, because I cannot post there: ${why}. Post it there yourself, or type \`/invite @steady\` there first.`;
  const note = doneLine(incident, line, await reading(office, incident));
  return { do: 'post', to: { dm: author }, message: { ...note, more: [message, ...(note.more ?? [])] } };
}

export async function planUpdateEdit(
  office: Office,
  incident: Incident,
  { seq }: Of<'update-edit'>,
): Promise<Plan> {
  const message = await drawEvent(office, incident, seq);
  const at = await bound(office, incident, 'update', `${seq}`);
  if (!message) return { do: 'drop', why: `no event ${seq}` };
  if (!at && incident.channelLost !== undefined) return { do: 'drop', why: incident.channelLost };
  if (!at) return { do: 'wait', why: 'the update is not out yet' };
  const copy = await bound(office, incident, 'announced', `${seq}`);
  return { do: 'edit', edits: [{ at, message }, ...(copy ? [{ at: copy, message }] : [])] };
}

export async function planAnnouncement(office: Office, incident: Incident): Promise<Plan> {
  const channel = office.world.announceChannel;
  if (channel === undefined) return { do: 'drop', why: 'announcements are off' };
  return {
    do: 'post',
    to: { channel },
    message: announcement(incident, await reading(office, incident)),
    binding: { kind: 'announcement', id: 'announcement', incident: incident.number },
  };
}

export async function planAnnounced(
  office: Office,
  incident: Incident,
  { seq }: Of<'announced'>,
): Promise<Plan> {
  const root = await bound(office, incident, 'announcement');
  const message = await drawEvent(office, incident, seq);
  if (!message) return { do: 'drop', why: `no event ${seq}` };
  return root
    ? {
        do: 'post',
        to: { channel: root.channel, thread: root.ts },
        message,
        binding: { kind: 'announced', id: `${seq}`, incident: incident.number },
      }
    : { do: 'wait', why: 'the announcement is not out yet' };
}
