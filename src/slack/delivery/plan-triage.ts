import { triageCard } from '../../../blocks/triage-card.ts';
import { type Incident, isOpen } from '../../domain/incident.ts';
import type { Post } from '../../domain/post.ts';
import { triage } from '../../flows/triage.ts';
import { type Office, type Plan, underCard } from './plan.ts';
import { reading } from './plan-talk.ts';

type Of<K extends Post['kind']> = Extract<Post, { kind: K }>;

/** Asks the systems; the row stays until what they say is on the timeline, so that a crash asks again. */
export async function planTriage(
  { world }: Office,
  incident: Incident,
  { because }: Of<'triage'>,
): Promise<Plan> {
  if (!isOpen(incident)) return { do: 'drop', why: 'it is over' };
  if (incident.shared) return { do: 'drop', why: 'evidence is not shown in a shared channel' };
  return { do: 'run', run: () => triage(world, incident, because) };
}

export async function planTriageCard(
  office: Office,
  incident: Incident,
  { seq }: Of<'triage-card'>,
): Promise<Plan> {
  const found = incident.triages.find((one) => one.seq === seq);
  if (!found) return { do: 'drop', why: `no triage ${seq}` };
  const place = await underCard(office, incident);
  if (!place) return { do: 'wait', why: 'the card is not out yet' };
  return {
    do: 'post',
    to: place,
    message: triageCard(incident, found, await reading(office, incident)),
    binding: { kind: 'triage', id: `${seq}`, incident: incident.number },
  };
}
