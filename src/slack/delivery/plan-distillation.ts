import { distilledMessage } from '../../../blocks/knowledge/distillation.ts';
import type { Incident } from '../../domain/incident.ts';
import { isPersonal } from '../../domain/knowledge/shelf.ts';
import type { Post } from '../../domain/post.ts';
import { keepLessons } from '../../flows/knowledge/keep-lessons.ts';
import { type Office, type Plan, underCard } from './plan.ts';

type Of<K extends Post['kind']> = Extract<Post, { kind: K }>;

/** Saves it; what is said comes of the event. */
export async function planDistil({ world }: Office, incident: Incident): Promise<Plan> {
  if (incident.phase !== 'resolved' || incident.distillation?.state !== 'drafted')
    return { do: 'drop', why: 'there is nothing left to save' };
  return { do: 'run', run: () => keepLessons(world, incident) };
}

/** For everyone under the card; what is one person's alone, to them. */
export async function planDistilled(
  office: Office,
  incident: Incident,
  { seq }: Of<'distilled'>,
): Promise<Plan> {
  const event = incident.timeline.find((one) => one.seq === seq)?.event;
  if (event?.type !== 'distilled' || event.entries.length === 0)
    return { do: 'drop', why: 'nothing was kept' };
  const message = distilledMessage(incident, event.entries);
  // Where another company reads the channel, what is known here is not named there.
  if (incident.shared || event.entries.some((one) => isPersonal(one.shelf)))
    return { do: 'post', to: { dm: event.by }, message };
  const place = await underCard(office, incident);
  return place ? { do: 'post', to: place, message } : { do: 'wait', why: 'the card is not out yet' };
}
