import { type Incident, type IncidentEvent, incidentId, isOpen } from '../../domain/incident.ts';
import type { Post } from '../../domain/post.ts';
import { SlackRefusal } from '../outbound/contract.ts';
import { notesOf, rememberNotes } from './card-notes.ts';
import { bound, type Office, type Plan } from './plan.ts';
import { drawCard } from './plan-talk.ts';

/** Events on which the topic may change; nothing else touches it. */
const TOPICAL: ReadonlySet<IncidentEvent['type']> = new Set([
  'declared',
  'mitigated',
  'resolved',
  'reopened',
  'cancelled',
  'merged',
  'severity-changed',
  'lead-changed',
]);

/** Slack's limit on a topic. https://docs.slack.dev/reference/methods/conversations.setTopic */
const TOPIC_LIMIT = 250;

/** Pin, dashboard bookmark, topic: best effort after the card is out. What fails is a line on the card, tried again at the next change. */
export async function planFurnish(
  office: Office,
  incident: Incident,
  { version }: Extract<Post, { kind: 'furnish' }>,
): Promise<Plan> {
  const card = await bound(office, incident, 'card');
  if (!card) return { do: 'wait', why: 'the card is not out yet' };
  if (incident.channelLost !== undefined) return { do: 'drop', why: incident.channelLost };
  const cause = incident.timeline.findLast((one) => one.seq <= version)?.event.type;
  return {
    do: 'run',
    run: async () => {
      const before = await notesOf(office.world.store, incident);
      const notes: string[] = [];
      const attempt = async (what: string, work: () => Promise<void>) => {
        try {
          await work();
        } catch (error) {
          if (!(error instanceof SlackRefusal)) throw error;
          notes.push(
            `${what}: Slack says ${error.reason}${error.needed === undefined ? '' : `, it needs ${error.needed}`}`,
          );
        }
      };
      await attempt('no pin', () => office.door.pin(card));
      const { link } = incident;
      if (link !== undefined)
        await attempt('no bookmark', () =>
          office.door.bookmark(incident.channel, `${incidentId(incident.number)} dashboard`, link),
        );
      if (cause !== undefined && TOPICAL.has(cause))
        await attempt('no topic', () => setTopic(office, incident));
      if (notes.join() === before.join()) return;
      await rememberNotes(office.world.store, incident, notes);
      await office.door.update(card, await drawCard(office, incident), { priority: 3 });
    },
  };
}

/** Says the state in the topic; the earlier topic is kept and put back at the end. */
async function setTopic({ world, door, looks, directory }: Office, incident: Incident): Promise<void> {
  const key = `topic-before/${incident.number}`;
  const kept = await world.store.recall(incident.team, key);
  if (!isOpen(incident)) {
    if (typeof kept === 'string') await door.setTopic(incident.channel, kept);
    return;
  }
  if (typeof kept !== 'string') {
    const seen = await looks.channel(incident.channel);
    await world.store.remember(incident.team, key, seen?.topic ?? '');
  }
  const lead = await directory.name(incident.team, incident.lead);
  const text = `${incidentId(incident.number)} ${incident.severity} ${incident.phase} · lead ${lead} · ${incident.title}`;
  await door.setTopic(
    incident.channel,
    text.length > TOPIC_LIMIT ? `${text.slice(0, TOPIC_LIMIT - 1).toWellFormed()}…` : text,
  );
}
